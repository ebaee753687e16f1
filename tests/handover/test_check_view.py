"""Checking a packet in the window: eleven results, and what may be read is read from the signed data."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.core.errors import UserError
from rehabdesk.core.text import without_isolates
from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.reading_model import LineKind
from rehabdesk.handover.checking.reading_service import read
from rehabdesk.handover.checking.together_service import Together
from rehabdesk.handover.checking.verdict_model import (
    MAY_BE_OPENED,
    Examined,
    Known,
    ListedAs,
    Listing,
    Outcome,
    PacketFacts,
    SignerFacts,
    Standing,
    State,
)
from rehabdesk.handover.checking.verdict_words_model import sentence
from rehabdesk.handover.checking.view.check_page import CheckPage
from rehabdesk.handover.checking.view.check_result import Acts, CheckResult
from rehabdesk.handover.checking.view.check_words import checked_lines
from rehabdesk.handover.content.onward_sections_model import S10
from rehabdesk.handover.content.profile_model import SectionCode
from rehabdesk.handover.state_words_model import verdict_look
from rehabdesk.handover.view.pages_view import PagesView
from rehabdesk.seals import sealing
from tests.handover import sample
from tests.handover.made import MadeSite
from tests.handover.packet_window import Hand
from tests.handover.test_brought import WITHDRAWN
from tests.handover.test_brought import signed as signed_list
from tests.handover.test_inbox_view import drop

NOW = sample.ISSUED.replace(hour=12)
AUTHOR = SignerFacts(role="author", staff_role="CO", name="Claire Dumont", cert_sha256="a" * 64, stated_at=NOW)
SUPERVISOR = SignerFacts(role="supervisor", staff_role="SUP", name="Jonas Weyland", cert_sha256="b" * 64, stated_at=NOW)
FACTS = PacketFacts(
    number="RD-DEMO-2026-000012-F",
    site="DEMO",
    site_name="Residence of the Three Wells",
    team="T-RIVER",
    team_name="River District Resettlement Team",
    team_keys=(),
    issued=NOW,
    expires=date(2027, 5, 24),
)
FOUND = Examined(
    outcome=Outcome.INTACT,
    reasons=(),
    standing=Standing.TRUSTED,
    packet=FACTS,
    signers=(AUTHOR, SUPERVISOR),
    list_issued=NOW,
    list_due=NOW,
)
KNOWN = Known(judged_at=NOW, site_name="Residence of the Three Wells", team="T-RIVER")
PENDING = replace(FACTS, countersign_due=datetime(2026, 12, 1, tzinfo=UTC))
CASES = {
    State.GENUINE: (FOUND, KNOWN),
    State.EXPRESS_PENDING: (
        replace(FOUND, outcome=Outcome.INCOMPLETE, reasons=(v.SECOND_MISSING,), packet=PENDING, signers=(AUTHOR,)),
        KNOWN,
    ),
    State.UNKNOWN_SITE: (replace(FOUND, standing=Standing.UNKNOWN_ROOT), replace(KNOWN, site_name="")),
    State.OUT_OF_DATE: (replace(FOUND, packet=replace(FACTS, expires=date(2026, 1, 1))), KNOWN),
    State.NOT_FOR_THIS_TEAM: (FOUND, replace(KNOWN, team="T-OTHER")),
    State.REPLACED: (
        FOUND,
        replace(KNOWN, listing=Listing(listed_as=ListedAs.SUPERSEDED, at=NOW.date(), by="RD-DEMO-2026-000013-R")),
    ),
    State.WITHDRAWN: (
        FOUND,
        replace(KNOWN, listing=Listing(listed_as=ListedAs.WITHDRAWN, at=NOW.date(), reason="error")),
    ),
    State.INCOMPLETE: (
        replace(FOUND, outcome=Outcome.INCOMPLETE, reasons=(v.SECOND_MISSING,), signers=(AUTHOR,)),
        KNOWN,
    ),
    State.CHANGED: (Examined(outcome=Outcome.CHANGED, reasons=("extra_bytes",)), KNOWN),
    State.CANNOT_OPEN: (Examined(outcome=Outcome.CANNOT_OPEN, reasons=(v.NO_MATCHING_KEY,)), KNOWN),
    State.REFUSED: (Examined(outcome=Outcome.REFUSED, reasons=("active_content",)), KNOWN),
}


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    one = Hand(qtbot)
    yield one
    one.close()


class Stick:
    """The files that a person would choose, one after another; and what was saved."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.next = folder, folder
        self.saved: dict[str, bytes] = {}

    def put(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def choose(self, _owner: QWidget, _title: str, _pattern: str) -> Path | None:
        return self.next

    def save(self, _owner: QWidget, name: str, content: bytes) -> Path | None:
        self.saved[name] = content
        return self.folder / name


def test_while_and_after_checking_the_saved_state_has_words(hand: Hand, made: MadeSite, tmp_path: Path) -> None:
    stick = Stick(tmp_path)
    page = check_page(hand, stick, made)
    said: list[tuple[str, str]] = []
    page.saving.connect(lambda code, words: said.append((code, words)))
    checked(hand, page, stick, stick.put("river.rdsite", made.site_card()))
    stick.next = tmp_path / "gone.age"
    page._choose_packet()
    hand.wait(lambda: len(said) == 4)

    assert said == [("saving", "Checking…"), ("saved", "All work saved")] * 2


def check_page(hand: Hand, stick: Stick, made: MadeSite, *, cards: bool = True) -> CheckPage:
    page = CheckPage(
        hand.kit,
        now=lambda: NOW,
        choose=stick.choose,
        own_cards=[made.site_card()] if cards else [],
        save=stick.save,
    )
    hand.show(page)
    key = stick.put("river.agekey", f"# created: today\n{made.identity}\n".encode("ascii"))
    stick.next = key
    hand.press(page, "Key of this team…")
    return page


def checked(hand: Hand, page: CheckPage, stick: Stick, file: Path) -> str:
    stick.next = file
    page.checked = None
    page._given.put_away()
    page._choose_packet()
    hand.wait(lambda: page.checked is not None)
    return without_isolates(hand.words(page))


@pytest.mark.parametrize("state", list(State))
def test_each_of_the_eleven_results_in_its_own_words(hand: Hand, state: State) -> None:
    verdict = v.judge(*CASES[state])
    assert verdict.state is state
    main = QPushButton("next")
    result = CheckResult(hand.kit, Checked(verdict=verdict), "en", Acts(main=main), vouched=False)
    hand.qtbot.addWidget(result)
    result.show()
    words = hand.words(result)

    said = sentence(verdict, "en")
    assert said in words
    assert main.accessibleDescription() == said
    title, icon, colour = verdict_look(state)
    assert (colour == "green") is (state is State.GENUINE)
    assert ("check" in icon) is (state is State.GENUINE), "a tick only for genuine"
    assert "Reasons:" not in words, "codes are for IT, below their button"
    details = next(each for each in result.findChildren(QPushButton) if each.text() == "Details for IT")
    details.click()
    assert all(code in hand.words(result) for code in verdict.reasons)
    lines = checked_lines(verdict)
    assert bool(lines) is (state not in (State.CANNOT_OPEN, State.REFUSED, State.CHANGED))
    if state is State.GENUINE:
        assert all(line.good for line in lines)
    elif lines:
        assert any(line.good is not True for line in lines), title


def test_claims_of_a_site_that_nobody_knows_stand_in_quotation_marks() -> None:
    verdict = v.judge(*CASES[State.UNKNOWN_SITE])
    words = "\n".join(without_isolates(line.words) for line in checked_lines(verdict))
    assert "“Claire Dumont”" in words
    assert "“River District Resettlement Team”" in words
    assert "Residence of the Three Wells" not in words


def test_a_genuine_packet_is_read_from_its_data_and_never_drawn(hand: Hand, made: MadeSite, tmp_path: Path) -> None:
    stick = Stick(tmp_path)
    page = check_page(hand, stick, made)
    words = checked(hand, page, stick, stick.put("p.pdf.age", made.sealed))
    assert "Genuine. Signed by Claire Dumont, approved by Jonas Weyland" in words
    assert page.checked is not None
    assert page.checked.packet_code is not None
    assert f"{page.checked.packet_code}" in words
    assert "Compare by phone with Residence of the Three Wells, +000 20 555 010:" in words
    assert "--" not in words, "no option of the command line in a window"

    hand.press(page, "Save the pages…")
    assert list(stick.saved.values()) == [made.packet]

    page.main_act()
    hand.settle()
    assert "Idrissa Kadri" in without_isolates(hand.words(page))
    assert page.findChildren(PagesView) == [], "a received PDF is never rendered inside the program"
    assert page._view is not None
    assert page._view.count == 11
    hand.press(page, "Back to the result")
    assert "Genuine. Signed by Claire Dumont" in without_isolates(hand.words(page))
    page.main_act()
    hand.settle()
    page.leave()
    assert "Idrissa Kadri" not in hand.words(page)


def test_what_may_not_be_read_offers_something_else(hand: Hand, made: MadeSite, tmp_path: Path) -> None:
    stick = Stick(tmp_path)
    page = check_page(hand, stick, made)
    spoilt = bytearray(made.packet)
    spoilt[len(spoilt) // 2] ^= 1
    for name, content, state, act in (
        ("changed.pdf", bytes(spoilt), State.CHANGED, "Call sheet"),
        ("letter.pdf", b"%PDF-1.7 a letter", State.REFUSED, "Check another file"),
        ("author.pdf", made.certified(), State.INCOMPLETE, "Call sheet"),
        ("other.pdf.age", _sealed_to_others(made), State.CANNOT_OPEN, "Key of this team…"),
    ):
        words = checked(hand, page, stick, stick.put(name, content))
        assert page.checked is not None
        assert page.checked.verdict.state in (state, State.REFUSED)
        assert ("No key was chosen yet" in words) == (state is State.CANNOT_OPEN and page._given.files.identity is None)
        assert page.checked.verdict.state not in MAY_BE_OPENED
        assert "Read the packet" not in hand.buttons(page)
        assert "Save the pages…" not in hand.buttons(page)
        first = page.first_focus()
        assert isinstance(first, QPushButton)
        wanted = act if page.checked.verdict.state is state else "Check another file"
        assert first.text() == wanted, "a flipped byte is changed or refused"
    assert "Idrissa" not in hand.words(page)


def test_a_card_that_is_chosen_must_be_compared_by_its_digits(hand: Hand, made: MadeSite, tmp_path: Path) -> None:
    stick = Stick(tmp_path)
    page = check_page(hand, stick, made, cards=False)
    words = checked(hand, page, stick, stick.put("p.pdf.age", made.sealed))
    assert "this computer does not know “Residence of the Three Wells” yet" in words
    assert "Read the packet" not in hand.buttons(page)
    page.checked = None
    stick.next = stick.put("site.rdsite", made.site_card())
    page.main_act()
    hand.wait(lambda: page.checked is not None)
    assert page.checked is not None
    digits = page.checked.sites[0].digits
    words = without_isolates(hand.words(page))
    assert f"compare its 24 digits {digits} on a number that you already know" in words
    assert "The card of Residence of the Three Wells was chosen for this check" in words
    assert "+000 20 555 010" not in words, "nobody is called on a number from the card that is to be compared"
    assert "is known on this computer" not in words
    assert "Read the packet" in hand.buttons(page)


def test_a_card_alone_is_called_a_card(hand: Hand, made: MadeSite, tmp_path: Path) -> None:
    stick = Stick(tmp_path)
    page = check_page(hand, stick, made)
    words = checked(hand, page, stick, stick.put("site.rdsite", made.site_card()))
    assert "Site card of Residence of the Three Wells, unchanged." in words
    assert "Signed by ," not in words
    page.checked = None
    stick.next = stick.put("p.pdf.age", made.sealed)
    hand.press(page, "Choose a packet file")
    hand.wait(lambda: page.checked is not None)
    assert [card.name for card in page._given.files.cards] == ["site.rdsite"], "the card belongs to what comes after it"


def test_a_file_that_is_gone_is_said_and_another_can_be_chosen(hand: Hand, made: MadeSite, tmp_path: Path) -> None:
    stick = Stick(tmp_path)
    page = check_page(hand, stick, made)
    stick.next = tmp_path / "gone.pdf.age"
    page._choose_packet()
    hand.wait(lambda: "cannot be read" in hand.words(page))
    assert "Choose a packet file" in hand.buttons(page)


def test_a_section_of_another_profile_is_read_too() -> None:
    packet = sample.whole_packet(author_sha256="a" * 64, supervisor_sha256="b" * 64, root_sha256="c" * 64)
    entry = replace(packet.manifest.sections[0], code=SectionCode.S10)
    section = S10(skills=(sample.text("Sewing"),), certificates=())
    with_it = replace(
        packet,
        sections=replace(packet.sections, S10=section),
        manifest=replace(packet.manifest, sections=(*packet.manifest.sections, entry)),
    )
    last = read(with_it)[-1]
    assert last.title == "Work, learning, certificates"
    assert "Sewing" in [line.words for line in last.lines if line.kind is LineKind.POINT]


def _sealed_to_others(made: MadeSite) -> bytes:
    return sealing.seal(made.packet, [sealing.recipient_of(sealing.new_identity())])


def test_files_that_belong_together_are_chosen_together(hand: Hand, made: MadeSite, tmp_path: Path) -> None:
    """Without a desk: packet, card, list and key, in one go, as the window offers it and as files are dropped."""
    stick = Stick(tmp_path)
    files = [
        stick.put("RD-DEMO-2026-000012-F.pdf.age", made.sealed),
        stick.put("river.agekey", made.identity.encode("ascii")),
        stick.put("DEMO.rdsite", made.site_card()),
    ]
    page = CheckPage(hand.kit, now=lambda: NOW, choose=stick.choose, several=lambda *_: files)
    hand.show(page)
    hand.press(page, "Choose a packet file")
    hand.wait(lambda: page.checked is not None)
    assert page.checked is not None
    assert page.checked.verdict.state is State.GENUINE
    page.checked = None
    drop(page, [stick.put("DEMO-1.rdstatus", signed_list(made, replace(WITHDRAWN, number=sample.NUMBER)))])
    hand.wait(lambda: page.checked is not None)
    again: Checked | None = page.checked
    assert again is not None
    assert again.verdict.state is State.WITHDRAWN
    page._start_again()
    assert "DEMO-1.rdstatus" in without_isolates(hand.words(page)), "cards, lists and key stay for the next one"
    drop(page, [stick.put("one.pdf", b""), stick.put("two.pdf", b"")])
    assert "one packet at a time" in hand.words(page)


@pytest.mark.parametrize(
    ("names", "subject", "beside", "cards", "lists"),
    [
        ("a.rdsite", "a.rdsite", "", "", ""),
        ("a.rdsite b.rdstatus", "b.rdstatus", "", "a.rdsite", ""),
        ("a.rdsite p.pdf.age b.rdstatus", "p.pdf.age", "", "a.rdsite", "b.rdstatus"),
        ("RD-1.pdf RD-1-CX.pdf.age a.rdsite", "RD-1-CX.pdf.age", "RD-1.pdf", "a.rdsite", ""),
        ("RD-1-INDEX.pdf.age", "RD-1-INDEX.pdf.age", "", "", ""),
        ("RD-1-INDEX.pdf.age RD-1.pdf.age a.rdsite", "RD-1.pdf.age", "", "a.rdsite", ""),
        ("a.rdreceipt T.rdteam", None, "", "", ""),
        ("RD-1.pdf RD-1-INDEX.pdf RD-2-INDEX.pdf", None, "", "", ""),
        ("RD-1.pdf RD-1-INDEX.pdf RD-1-CX.pdf.age", None, "", "", ""),
    ],
)
def test_what_is_checked_and_what_belongs_to_it(
    names: str, subject: str | None, beside: str, cards: str, lists: str
) -> None:
    paths = [Path(name) for name in names.split()]
    if subject is None:
        with pytest.raises(UserError, match="one packet at a time"):
            Together().plus(paths)
        return
    found = Together().plus(paths)
    assert found.subject == Path(subject)
    kept = [" ".join(path.name for path in each) for each in (found.beside, found.cards, found.lists)]
    assert kept == [beside, cards, lists]
    assert found.plus([Path("c.rdstatus")]).subject == Path(subject), "a list that comes later is not what is checked"


def test_packet_and_file_index_find_each_other_whichever_comes_first() -> None:
    packet, index, other = (Path(name) for name in ("RD-1.pdf.age", "RD-1-INDEX.pdf.age", "RD-2.pdf.age"))
    both = Together(subject=packet, index=index)
    nothing = Together()
    assert nothing.plus([packet, index]) == both
    assert nothing.plus([index]).plus([packet]) == both
    assert nothing.plus([packet]).plus([index]) == both
    assert nothing.plus([index]).with_packet(packet) == both
    assert both.is_alone, "a desk judges it with its own sites and keys"
    assert both.plus([Path("a.rdsite")]) == replace(both, cards=(Path("a.rdsite"),))
    assert both.plus([other]) == Together(subject=other), "another packet has another index"


def test_an_examiner_waits_while_the_page_is_open_and_goes_with_it(qtbot: QtBot, hand: Hand) -> None:
    page = CheckPage(hand.kit, now=lambda: NOW, choose=lambda *_: None)
    qtbot.addWidget(page)
    child = page._examiner.child
    qtbot.waitUntil(lambda: child._child is not None)
    waiting = child._child
    assert waiting is not None
    assert waiting.is_there

    page.leave()

    assert child._child is None
    assert not waiting.is_there
