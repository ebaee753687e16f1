"""Annex and Express packet in the window, each from the first button to the last."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rehabdesk.core.text import without_isolates
from rehabdesk.handover.annex.annex_model import AnnexState
from rehabdesk.handover.annex.annex_reading_service import AnnexReading
from rehabdesk.handover.annex.annex_writing_service import AnnexWriting
from rehabdesk.handover.annex.clinician_key_service import ClinicianKeys
from rehabdesk.handover.annex.view.annex_in_page import AnnexInPage
from rehabdesk.handover.annex.view.annex_page import AnnexPage
from rehabdesk.handover.checking.examination_service import NOTHING_HELD
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.view.packet_page import PacketPage
from rehabdesk.handover.view.packets_page import PacketsPage
from rehabdesk.handover.view.review_page import ReviewPage
from rehabdesk.seals import sealing
from rehabdesk.ui.page import Route
from tests.desks import START, passphrase
from tests.handover import sample
from tests.handover.packet_window import NAME, Hand, PacketDesk
from tests.handover.test_annex import certify_psychologist, new_clinician, own_case
from tests.handover.test_inbox_view import drop
from tests.handover.workplace import Signed, Workplace

SECRET = "He has learned to name what comes before he shouts."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> PacketDesk:
    made = PacketDesk(tmp_path_factory.mktemp("annex"))
    certify_psychologist(made, made.person)
    with made.open("calm-harbour") as at:
        key = sealing.recipient_of(sealing.new_identity())
        ClinicianKeys(at.desk).take(new_clinician(key), START.date())
    return made


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    made = Hand(qtbot)
    yield made
    made.close()


def packets_page(desk: PacketDesk, hand: Hand, at: Signed, *, officer: bool) -> PacketsPage:
    page = PacketsPage(
        hand.kit,
        at.packets,
        name_of=lambda _person: NAME,
        may_prepare=officer,
        may_countersign=False,
        person_id=desk.person,
        annexes=True,
    )
    hand.show(page)
    return page


def test_asked_for_written_and_signed(desk: PacketDesk, hand: Hand) -> None:
    with desk.open("green-ferry") as officer:
        typed = desk.typed(profile=ProfileCode.COMMUNITY_PSYCHOLOGIST.value)
        draft = officer.packets.drafts.keep_typed(desk.person, typed)
        page = packets_page(desk, hand, officer, officer=True)
        hand.press(page, "Ask for an annex")
        hand.press(page, "Name of calm-harbour")
        hand.press(page, "Ask for an annex")
        assert "Asked of" in hand.words(page)
        asked = officer.packets.annexes.of_draft(draft)
        assert asked is not None
    with desk.open("calm-harbour") as at:
        keys = ClinicianKeys(at.desk)
        writing = AnnexWriting(at.desk, at.people, at.packets.annexes, keys, at.trust, at.packets.shelf)
        hand.press(packets_page(desk, hand, at, officer=False), "Write the annex")
        sheet = AnnexPage(hand.kit, writing, asked, name=NAME, asked_by="Paul", prove=desk.keys("calm-harbour"))
        hand.show(sheet)
        sheet.main_act()
        assert "Choose the clinician whose key opens it." in hand.words(sheet)
        sheet._clinician.choose(keys.known()[0].id)
        sheet._texts["treatment_summary"].set_words(SECRET)
        sheet._texts["onward_plan"].set_words("Weekly talks.")
        sheet.main_act()
        hand.wait(lambda: sheet._pages is not None)
        hand.press(sheet, "Back")
        assert sheet._texts["treatment_summary"].words() == SECRET
        sheet.main_act()
        hand.wait(lambda: sheet._pages is not None)
        sheet.main_act()
        hand.sign(sheet, passphrase("calm-harbour"))
        hand.wait(lambda: at.packets.annexes.asked(asked.id).state is AnnexState.READY)
        assert at.desk.drafts("annex_typed") == ()
    with desk.open("green-ferry") as officer:
        words = hand.words(packets_page(desk, hand, officer, officer=True))
        assert "has signed it" in words
        assert SECRET not in words


def test_a_missing_key_is_said_before_anything_is_written(founded: Workplace, hand: Hand) -> None:
    person = founded.register()
    own_case(founded, person)
    with founded.open("green-ferry") as officer:
        profile = ProfileCode.COMMUNITY_PSYCHOLOGIST
        draft = officer.packets.drafts.start(person, founded.choices(profile=profile), sample.whole_sections())
        asked = officer.packets.annexes.request(
            person, draft, founded.uids["calm-harbour"], profile=profile, team_name="River"
        )
    with founded.open("calm-harbour") as at:
        keys = ClinicianKeys(at.desk)
        writing = AnnexWriting(at.desk, at.people, at.packets.annexes, keys, at.trust, at.packets.shelf)
        asked_of_me = writing.mine(asked.id)
        page = AnnexPage(hand.kit, writing, asked_of_me, name=NAME, asked_by="Paul", prove=lambda _phrase: None)
        hand.show(page)
        assert "You have no signing key yet." in hand.words(page)
        hand.press(page, "Open signing keys")
        assert hand.gone[-1] == Route(name="signing_keys")


def test_an_annex_is_found_from_packets_and_dropped(desk: PacketDesk, hand: Hand, tmp_path: Path) -> None:
    """The psychologist has no Inbox: the way in is in Packets. The own key does not open what is somebody else's."""
    with desk.open("calm-harbour") as at:
        packets = PacketsPage(hand.kit, at.packets, name_of=str, may_prepare=False, may_countersign=False, annexes=True)
        hand.show(packets)
        hand.press(packets, "Open a clinical annex")
        assert hand.gone[-1] == Route(name="inbox_annex")
        page = AnnexInPage(
            hand.kit,
            AnnexReading(at.desk, at.people, ClinicianKeys(at.desk)),
            choose=lambda *_: None,
            now=at.desk.clock.now,
            cards=(),
            lists=(),
            seen=NOTHING_HELD,
            note=lambda _checked: None,
            at_hand=lambda _number: None,
            cases=(),
        )
        hand.show(page)
        file = tmp_path / "RD-CX.pdf.age"
        file.write_bytes(sealing.seal(b"%PDF-1.7 for another", [sealing.recipient_of(sealing.new_identity())]))
        drop(page, [tmp_path / "gone.age"])
        assert "gone.age cannot be read" in without_isolates(hand.words(page))
        drop(page, [file])
        hand.wait(lambda: page.checked is not None)
        assert page.checked is not None
        assert page.checked.verdict.state is State.CANNOT_OPEN
        assert "Choose another file" in hand.buttons(page)


def test_one_signature_then_the_second_then_sent_again(desk: PacketDesk, hand: Hand, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
    packet = desk.signed(desk.person, profile=ProfileCode.EXPRESS, audience="ngo", one_signature=True)

    def seal(words: str) -> None:
        with desk.open("green-ferry") as officer:
            page = PacketPage(
                hand.kit,
                officer.packets,
                packet,
                name=NAME,
                may_seal=True,
                folder=lambda _owner, _title: folders.pop(0),
            )
            hand.show(page)
            hand.press(page, words)
            hand.wait(lambda: officer.packets.shelf.packet(packet).state is PacketState.SEALED)
            hand.wait(lambda: page._delivered is not None)
            page.close()

    seal("Seal with one signature")
    desk.clock.set(desk.clock.now() + timedelta(hours=73))
    with desk.open("silver-reed") as supervisor:
        shown = ReviewPage(hand.kit, supervisor.packets, packet, name=NAME, prove=desk.keys("silver-reed"))
        hand.show(shown)
        assert "Until it is there" in hand.words(shown)
        assert "Return with a reason" not in hand.buttons(shown)
        hand.press(shown, "Countersign")
        hand.sign(shown, passphrase("silver-reed"))
        hand.wait(lambda: supervisor.packets.shelf.packet(packet).state is PacketState.COUNTERSIGNED)
    seal("Seal again and save")
    assert folders == []
