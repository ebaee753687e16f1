"""A packet through its pages: prepared, looked at, signed, countersigned or returned, sealed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rehabdesk.app_keeping import KeptForms
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.making.view.packet_builder import CONTENTS, PAGES
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.view.packet_page import PacketPage
from rehabdesk.handover.view.packets_page import PacketsPage
from rehabdesk.handover.view.review_page import ReviewPage
from rehabdesk.seals import sealing
from rehabdesk.ui.page import Route
from rehabdesk.ui.pages_view import KEPT, PagesView
from rehabdesk.ui.scroll import scroll_of
from tests.desks import passphrase
from tests.handover.packet_window import NAME, Hand, PacketDesk, plain, ready_builder, signed_by_hand
from tests.handover.workplace import Signed


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> PacketDesk:
    return PacketDesk(tmp_path_factory.mktemp("packets"))


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    one = Hand(qtbot)
    yield one
    one.close()


@pytest.fixture
def officer(desk: PacketDesk) -> Iterator[Signed]:
    with desk.open("green-ferry") as signed:
        yield signed
        for draft in signed.desk.drafts():
            signed.desk.drop_draft(draft.id)


def review_page(desk: PacketDesk, hand: Hand, at: Signed, packet: str) -> ReviewPage:
    page = ReviewPage(hand.kit, at.packets, packet, name=NAME, prove=desk.keys("silver-reed"))
    hand.show(page)
    return page


def packet_page(
    hand: Hand, at: Signed, packet: str, folder: Path | None = None, *, may_seal: bool = True
) -> PacketPage:
    page = PacketPage(hand.kit, at.packets, packet, name=NAME, may_seal=may_seal, folder=lambda _owner, _title: folder)
    hand.show(page)
    return page


# preparing


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    desk: PacketDesk, hand: Hand, officer: Signed
) -> None:
    page = desk.builder(hand.kit, officer)
    hand.show(page)
    step = page._form
    assert step is not None
    step._purpose.setText("Supervision after release")  # type: ignore[union-attr]  # the first step
    page.main_act()

    assert "Choose the team that receives the packet." in hand.words(page)
    assert step.fields["team"].error == "Choose the team that receives the packet."
    assert "Say what the team is: it decides what is in the packet." in hand.words(page), "all of it at once"
    assert page._step == 0
    for name in ("audience", "recipient"):  # the team has the focus of the first complaint
        page.reveal(step.fields["team" if name == "audience" else "audience"].control)
        page.next_unanswered()
        assert step.fields[name].isAncestorOf(page.window().focusWidget()), name
    ((_, person, kept),) = officer.packets.drafts.typed()
    assert (person, kept.purpose) == (desk.person, "Supervision after release")


def test_finish_later_keeps_every_step_and_leads_back(desk: PacketDesk, hand: Hand, officer: Signed) -> None:
    draft = officer.packets.drafts.keep_typed(desk.person, desk.typed(texts={}))
    page = desk.builder(hand.kit, officer, draft)
    hand.show(page)
    page.main_act()
    page._form._texts["first_night"].setPlainText("At my mother's house.")  # type: ignore[union-attr]  # step 2
    hand.press(page, "Finish later")

    assert hand.gone == [Route(name="person", person=desk.person, id="packets")]
    assert officer.packets.drafts.typed()[0][2].texts == {"first_night": "At my mother's house."}
    again = desk.builder(hand.kit, officer, draft)
    hand.show(again)
    again.restore({"step": CONTENTS})
    assert again._form._texts["first_night"].words() == "At my mother's house."  # type: ignore[union-attr]  # step 2


def test_the_bytes_in_sight_are_the_bytes_that_are_signed(desk: PacketDesk, hand: Hand, officer: Signed) -> None:
    page = ready_builder(desk, hand, officer, texts={**desk.typed().texts, "journey": "Call 0205550199 first."})
    assert page._view is not None
    shown = page._view.pdf
    assert page._ticks, "a phone number in the text must be looked at"
    page.main_act()
    assert not page.strip.is_open()
    assert "has not been looked at" in hand.words(page) or "have not been looked at" in hand.words(page)

    for box in page._ticks.values():
        box.setChecked(True)
    page.main_act()
    assert page.strip.sentence.startswith("Signing packet")
    assert NAME in page.strip.sentence
    hand.sign(page, "not the passphrase at all")
    hand.wait(lambda: page.strip._error is not None and bool(page.strip._error.text()))
    assert page.strip.is_open()
    hand.sign(page, passphrase("green-ferry"))
    hand.wait(lambda: bool(hand.gone))

    newest = officer.packets.shelf.packets_of(desk.person)[0]
    assert officer.packets.shelf.signed_pdf(newest.id, PacketState.SIGNED).startswith(shown)
    page.leave()
    assert officer.desk.drafts() == (), "the draft went with the signature, and nothing brings it back"


def test_ticks_are_kept_and_looking_twice_leaves_one_draft(desk: PacketDesk, hand: Hand, officer: Signed) -> None:
    page = ready_builder(desk, hand, officer, texts={**desk.typed().texts, "journey": "Call 0205550199 first."})
    box = next(iter(page._ticks.values()))
    assert page._view is not None
    box.setFocus()
    hand.wait(lambda: page._view is not None and page._view.page > 0)
    assert page._view.page == making.section_pages(page._view.pdf)["S4"], "where it stands"
    box.setChecked(True)
    code = next(iter(page._ticks))
    hand.press(page, "Back")
    page._pages = None
    page.main_act()
    hand.wait(lambda: page._pages is not None)

    assert page._ticks[code].isChecked()
    assert len(officer.desk.drafts()) == 1


def test_pages_turn_by_keys_and_few_pictures_are_held(desk: PacketDesk, hand: Hand, officer: Signed) -> None:
    page = ready_builder(desk, hand, officer)
    view = page._view
    assert view is not None
    assert view.count >= 6
    for number in range(1, 6):
        leaf(hand, view, Qt.Key.Key_PageDown)
        hand.wait(lambda number=number: number in view._large)  # type: ignore[misc]  # bound now
    assert f"Page 6 of {view.count}" in hand.words(page)
    leaf(hand, view, Qt.Key.Key_PageUp)
    assert f"Page 5 of {view.count}" in hand.words(page)
    assert len(view._large) <= KEPT

    page.keep()
    assert len(view._large) > 0, "another window in front takes nothing away"
    assert not view._page.pixmap().isNull()
    page.leave()
    assert view._large == {}
    assert view._page.pixmap().isNull()


def leaf(hand: Hand, view: PagesView, key: Qt.Key) -> None:
    """Page Up or Page Down, from where the focus is, until another page is there: first comes the rest of this one."""
    page, scroll = view.page, scroll_of(view)
    assert scroll is not None
    hand.wait(lambda: page in view._large)  # its picture is made in a job; without one there is no rest to be seen
    bar, hidden = scroll.verticalScrollBar(), view._page.height() - scroll.viewport().height()
    hand.wait(lambda: bar.maximum() >= hidden)  # the page is laid out
    places = [bar.value()]
    while view.page == page:
        QTest.keyClick(view.first_focus(), key)
        places.append(bar.value())
        assert len(places) < 8, "the keys lead nowhere"
    if key is Qt.Key.Key_PageDown:
        assert places[:-1] == sorted(places[:-1])
        assert places[-2] - places[0] >= hidden, "all of the page was seen"


def test_after_an_unlock_the_pages_are_there_again(desk: PacketDesk, hand: Hand, officer: Signed) -> None:
    page = ready_builder(desk, hand, officer)
    place = page.place()
    page.leave()
    draft = place["draft"]
    assert isinstance(draft, str)
    again = desk.builder(hand.kit, officer, draft)
    hand.show(again)
    again.restore(place)
    hand.wait(lambda: again._view is not None)
    assert again._view is not None
    again._view.turn_to(2)
    again.refresh()
    assert again._view is not None
    assert again._step == PAGES


# the second signature


def test_the_supervisor_signs_what_the_author_signed(desk: PacketDesk, hand: Hand) -> None:
    packet = signed_by_hand(desk, hand)
    with desk.open("silver-reed") as supervisor:
        page = review_page(desk, hand, supervisor, packet)
        assert page._view is not None
        shown = page._view.pdf
        assert shown == supervisor.packets.shelf.signed_pdf(packet, PacketState.SIGNED)
        assert "seal or faith confidence" in hand.words(page)
        page.main_act()
        hand.sign(page, passphrase("silver-reed"))
        hand.wait(lambda: supervisor.packets.shelf.packet(packet).state is PacketState.COUNTERSIGNED)
        assert supervisor.packets.shelf.signed_pdf(packet, PacketState.COUNTERSIGNED).startswith(shown)


def test_returned_with_a_reason_nobody_types_it_twice(desk: PacketDesk, hand: Hand) -> None:
    packet = signed_by_hand(desk, hand, kept_back=("child", "victim"))
    with desk.open("silver-reed") as supervisor:
        page = review_page(desk, hand, supervisor, packet)
        hand.press(page, "Return with a reason")
        page.main_act()
        assert "Say why the packet goes back." in hand.words(page)
        reason = next(each for each in page.findChildren(type(hand.kit.text_area())) if each.isVisible())
        page.use_keeper(KeptForms(supervisor.desk).at(Route(name="packet_review", id=packet)))
        reason.set_words("Say who meets him at the gate.")
        page.save()
        page = review_page(desk, hand, supervisor, packet)
        page.use_keeper(KeptForms(supervisor.desk).at(Route(name="packet_review", id=packet)))
        page.main_act()
        assert supervisor.desk.drafts("form") == ()
        assert supervisor.packets.shelf.packet(packet).state is PacketState.RETURNED
        assert hand.buttons(packet_page(hand, supervisor, packet, may_seal=False)) == ["Back"]
    with desk.open("green-ferry") as officer:
        own = packet_page(hand, officer, packet)
        assert "Say who meets him at the gate." in hand.words(own)
        hand.gone.clear()
        own.main_act()
        route = hand.gone[0]
        assert isinstance(route, Route)
        assert (route.name, route.person) == ("packet", desk.person)
        typed = desk.preparing(officer).typed(route.id)
        assert plain(typed) == plain(desk.typed(kept_back=("child", "victim"), texts=typed.texts))
        assert {**desk.typed().texts, **typed.texts} == typed.texts
        assert not typed.no_alert, "that no alert is open is said anew"
        assert packet not in [row.id for row in officer.packets.shelf.open_rows()]
        officer.desk.drop_draft(route.id)


# the seal


def test_sealed_read_back_and_the_code_is_there_to_be_said(desk: PacketDesk, hand: Hand, tmp_path: Path) -> None:
    packet = signed_by_hand(desk, hand)
    desk.countersigned(packet)
    heard: list[tuple[str, str]] = []
    with desk.open("green-ferry") as officer:
        page = packet_page(hand, officer, packet, tmp_path)
        page.sealed.connect(lambda person, number: heard.append((person, number)))
        page.main_act()
        page.main_act()  # an impatient second time
        hand.wait(lambda: bool(heard))
        number = officer.packets.shelf.packet(packet).record.number
        assert heard == [(desk.person, number)]
        opened = sealing.open_sealed((tmp_path / f"{number}.pdf.age").read_bytes(), desk.identity)
        assert opened == officer.packets.shelf.signed_pdf(packet, PacketState.COUNTERSIGNED)
        code = officer.packets.shelf.code(packet)
        assert code in hand.words(page)
        assert "Saved and read back" in hand.words(page)
        assert code in (tmp_path / f"{number}.txt").read_text("utf-8")
        assert "Seal and save" not in hand.buttons(page)
        assert code in hand.words(packet_page(hand, officer, packet)), "the code can be looked up later"


def test_a_folder_that_is_gone_seals_nothing_and_says_so(desk: PacketDesk, hand: Hand, tmp_path: Path) -> None:
    packet = signed_by_hand(desk, hand)
    desk.countersigned(packet)
    with desk.open("green-ferry") as officer:
        page = packet_page(hand, officer, packet, tmp_path / "no stick")
        page.main_act()
        hand.wait(lambda: "There is no folder" in hand.words(page))
        assert officer.packets.shelf.packet(packet).state is PacketState.COUNTERSIGNED
        assert "Seal and save" in hand.buttons(page)


def test_what_was_not_read_back_does_not_stay_and_a_second_try_works(
    desk: PacketDesk, hand: Hand, tmp_path: Path
) -> None:
    packet = signed_by_hand(desk, hand)
    desk.countersigned(packet)
    with desk.open("green-ferry") as officer:
        number = officer.packets.shelf.packet(packet).record.number
        in_the_way = tmp_path / f"{number}.txt"
        in_the_way.mkdir()
        page = packet_page(hand, officer, packet, tmp_path)
        page.main_act()
        hand.wait(lambda: "There is a problem" in hand.words(page))
        assert "Put it back or choose another one, then save again." in hand.words(page)
        assert list(tmp_path.glob("*.age")) == []
        assert officer.packets.shelf.packet(packet).state is PacketState.COUNTERSIGNED

        in_the_way.rmdir()
        page.main_act()
        hand.wait(lambda: officer.packets.shelf.packet(packet).state is PacketState.SEALED)


def test_the_supervisor_sees_what_is_new_for_the_team(desk: PacketDesk, hand: Hand, tmp_path: Path) -> None:
    before = signed_by_hand(desk, hand)
    desk.countersigned(before)
    desk.sealed(before, tmp_path)
    packet = signed_by_hand(desk, hand, texts={**desk.typed().texts, "first_night": "At his uncle's house."})
    with desk.open("silver-reed") as supervisor:
        page = review_page(desk, hand, supervisor, packet)
        new = page._differences()
        assert supervisor.packets.shelf.packet(before).record.number in new[0]
        assert new[1:] == ["First fortnight"]


# lists


def test_lists_show_drafts_and_what_waits_and_only_what_a_role_may(
    desk: PacketDesk, hand: Hand, officer: Signed
) -> None:
    officer.packets.drafts.keep_typed(desk.person, desk.typed())
    page = PacketsPage(hand.kit, officer.packets, name_of=lambda _person: NAME, may_prepare=True, may_countersign=False)
    hand.show(page)
    lines = page._lines()
    assert (lines[0].team, lines[0].tag[0]) == ("River District Resettlement Team", "Draft")
    assert "Prepare packet" not in hand.buttons(page), "a packet is about a person"
    of_person = PacketsPage(
        hand.kit,
        officer.packets,
        name_of=lambda _person: NAME,
        may_prepare=False,
        may_countersign=True,
        person_id=desk.person,
    )
    hand.show(of_person)
    assert "Prepare packet" not in hand.buttons(of_person)
    assert all(line.tag[0] != "Draft" for line in of_person._lines())
