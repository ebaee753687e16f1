"""After the seal in the window: withdrawing names the person, and what came back is accepted by a person's hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rehabdesk.handover.after.feedback_model import FeedbackKind
from rehabdesk.handover.after.receipt_service import HeldPacket
from rehabdesk.handover.after.view.after_card import AfterCard, AfterTools
from rehabdesk.handover.after.view.feedback_page import FeedbackPage, FeedbackTools
from rehabdesk.handover.after.view.return_page import CameBack, ReturnPage, ReturnTools, SetItem
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.view.packet_page import PacketPage
from rehabdesk.ui.choices import Combo
from rehabdesk.ui.page import Route
from tests.handover.aftermath import After, Aftermath
from tests.handover.packet_window import NAME, Hand


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    workplace = Aftermath(tmp_path_factory.mktemp("after view"))
    workplace.found()
    return workplace


@pytest.fixture(scope="module")
def person(place: Aftermath) -> str:
    return place.register()


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    found = Hand(qtbot)
    yield found
    found.close()


def tools(officer: After, folder: Path) -> AfterTools:
    return AfterTools(
        shelf=officer.shelf,
        sealing=officer.sealing,
        envelopes=officer.envelopes,
        lists=officer.lists,
        name_of=lambda _person: NAME,
        phone_of=lambda team: officer.trust.teams.team(team).phone,
        may_act=True,
        may_prepare=True,
        folder=lambda *_: folder,
        hand_out=lambda *_: True,
        sealed=lambda *_: None,
        acknowledged=lambda *_: None,
    )


def packet_page(hand: Hand, officer: After, packet: str, folder: Path) -> PacketPage:
    held = tools(officer, folder)
    page = PacketPage(
        hand.kit,
        officer.packets,
        packet,
        name=NAME,
        may_seal=True,
        folder=lambda *_: folder,
        beside=lambda page, about: AfterCard(page, about, held).cards(),
    )
    hand.show(page)
    return page


def test_what_came_back_is_accepted_by_hand(place: Aftermath, person: str, hand: Hand, tmp_path: Path) -> None:
    packet, _ = place.sealed(person, tmp_path)
    with place.after("green-ferry") as officer:
        number = officer.number(packet)
        raw = place.outside.feedback(number, place.clock.now(), FeedbackKind.NO_SHOW, q1="Yes", q9="No bus fare")
        set_: list[SetItem] = []
        context = ReturnTools(
            name_of=lambda _person: NAME,
            item_words=lambda _person, _code: "First appointment",
            set_item=set_.append,
            back=Route(name="inbox"),
        )
        page = ReturnPage(hand.kit, officer.returns, officer.lists, CameBack(name="x.rdfeedback", raw=raw), context)
        hand.show(page)
        hand.wait(lambda: "Accept into record" in hand.buttons(page))
        hand.press(page, "Keep \u2066RR-K2\u2069 open, with the reason")
        page.main_act()
        assert "Choose what kind of reason it is." in hand.words(page)
        hand.press(page, "Practical reason")
        page.main_act()
        assert NAME in page.strip.sentence
        assert officer.state(packet) is PacketState.SEALED  # nothing before it is confirmed
        page.strip.press()
        hand.settle()
        assert officer.state(packet) is PacketState.ACKNOWLEDGED
        assert [(each.code, each.done, each.reason) for each in set_] == [
            ("RR-K2", False, "Practical reason: No bus fare")
        ]
        assert Route(name="packet_view", person=officer.shelf.row(packet).person, id=packet) in hand.gone
        assert "No bus fare" in hand.words(packet_page(hand, officer, packet, tmp_path))


def test_withdrawing_asks_why_and_names_the_person(place: Aftermath, person: str, hand: Hand, tmp_path: Path) -> None:
    packet, _ = place.sealed(person, tmp_path)
    with place.after("green-ferry") as officer:
        page = packet_page(hand, officer, packet, tmp_path)
        hand.press(page, "Withdraw…")
        hand.press(page, "Withdraw…")
        assert "Choose from the list why." in hand.words(page)
        page.leave()  # a form stands where the pages were
        combo = page.findChild(Combo)
        assert combo is not None
        combo.choose("consent")
        hand.press(page, "Withdraw…")
        assert NAME in page.strip.sentence
        assert "cannot be erased" in page.strip.sentence
        assert officer.state(packet) in (PacketState.SEALED, PacketState.ACKNOWLEDGED)
        page.strip.press()
        hand.settle()
        assert officer.state(packet) is PacketState.WITHDRAWN
        shown = hand.words(page)
        assert "+000 20 555 220" in shown  # list, notice and telephone, at once
        assert "Print the notice" in shown
        assert "A supervisor makes the new status list" in shown


def test_writing_feedback_says_what_is_missing_at_its_field(place: Aftermath, hand: Hand, tmp_path: Path) -> None:
    saved: list[tuple[str, bytes]] = []

    def save(_owner: object, name: str, content: bytes) -> Path:
        saved.append((name, content))
        return tmp_path / name

    held = FeedbackTools(now=place.clock.now, save=save, back=Route(name="packet_check"), key=lambda: place.outside.key)
    page = FeedbackPage(hand.kit, "RD-NORD-2026-000124-Y", held)
    hand.show(page)
    page.main_act()
    assert page.fields["kind"].error == "Choose what kind of answer it is."
    page._kind.choose("received")
    page._by.setText("Marième Sow")
    page._number.setText("RD-X")
    page.main_act()
    assert page.fields["number"].error
    assert page.fields["kind"].error == ""
    page._number.setText("RD-NORD-2026-000124-Y")
    page.main_act()
    assert page.fields["q1"].error == "Answer at least one question."
    page._answers["q1"].setText("Yes")
    page.main_act()
    assert [name for name, _ in saved] == ["RD-NORD-2026-000124-Y.rdfeedback"]
    assert hand.gone == [Route(name="packet_check")]


def test_a_receipt_is_written_from_the_same_page(place: Aftermath, hand: Hand, tmp_path: Path) -> None:
    saved: list[str] = []

    def save(_owner: object, name: str, _content: bytes) -> Path:
        saved.append(name)
        return tmp_path / name

    number = "RD-NORD-2026-000124-Y"
    came = HeldPacket(number=number, pdf_sha256="0" * 64, state=State.GENUINE)
    back = Route(name="inbox_packet", id="x")
    page = FeedbackPage(
        hand.kit,
        number,
        FeedbackTools(now=place.clock.now, save=save, back=back, key=lambda: place.outside.key, by="Paul", held=came),
    )
    hand.show(page)
    hand.press(page, "Receipt…")
    hand.press(page, "Sign and save")
    assert "Choose what you do with the packet." in hand.words(page)
    hand.press(page, "Accepted")
    hand.press(page, "Sign and save")
    assert saved == [f"{number}.rdreceipt"]
    assert "Write feedback" in hand.words(page)
