"""A file index beside its packet is known by its sum; alone, or changed, it is nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.text import without_isolates
from rehabdesk.handover.checking.check_service import json_object
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.together_service import Together, with_index
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.checking.view.check_acts import HereActs
from rehabdesk.handover.checking.view.check_page import CheckPage
from rehabdesk.handover.content.packet_model import Handover, Sections
from rehabdesk.handover.content.profile_model import PROFILES, ProfileCode
from rehabdesk.handover.file_index.file_index_check_service import recognised
from rehabdesk.handover.file_index.file_index_model import EntryKind, FileEntry, IndexFound, IndexIs
from rehabdesk.handover.file_index.file_index_model import with_index as naming
from rehabdesk.handover.file_index.file_index_pdf import index_pages
from rehabdesk.handover.inbox.inbox_model import FileKind
from rehabdesk.seals import sealing
from tests.handover import sample
from tests.handover.inbox_desk import InboxDesk, InProcess, Receiving
from tests.handover.made import MadeSite
from tests.handover.packet_window import Hand
from tests.handover.test_check_service import SEEN, Bench
from tests.handover.test_check_view import Stick, check_page, checked

Sent = tuple[bytes, bytes]
NUMBER = sample.whole_packet().packet.number


@pytest.fixture(scope="module")
def sent(made: MadeSite) -> Sent:
    """A packet for the person's lawyer, signed twice, and the pages of its file index."""
    content = for_lawyer(made.content())
    entry = FileEntry(on=sample.ISSUED.date(), kind=EntryKind.DETAILS, role="CO", version=1)
    index = index_pages(content, [entry], version="0")
    return made.signed(naming(content, index)), index


def for_lawyer(content: Handover) -> Handover:
    held = content.sections
    assert held.S1 is not None
    kept = {code: getattr(held, code) for code in PROFILES[ProfileCode.LAWYER_PERSON].sections}
    short = replace(held.S1, date_of_birth=None, birth_precision=None)
    sections = Sections(**kept | {"S1": short})  # type: ignore[arg-type]  # sections by their codes
    manifest = sample.manifest_of(sections, ProfileCode.LAWYER_PERSON)
    head = replace(content.packet, profile=ProfileCode.LAWYER_PERSON)
    return replace(content, packet=head, sections=sections, manifest=manifest)


def test_given_beside_its_packet_it_is_what_the_packet_is(tmp_path: Path, made: MadeSite, sent: Sent) -> None:
    bench = Bench(tmp_path, made)
    assert bench.verify(bench.put("I.pdf", sent[1]), bench.put("P.pdf", sent[0])) == 0
    first, second = bench.said[:4], "\n".join(bench.said[4:])
    assert f"The file index of packet {NUMBER}, unchanged" in first[1]
    assert "Genuine" in first[2]
    assert "A file index goes with it" in second


def test_also_sealed_and_never_to_be_opened_as_a_packet(made: MadeSite, sent: Sent) -> None:
    packet, index = judged(made, sent[0], sealing.seal(sent[1], [sealing.recipient_of(made.identity)]))
    assert (packet.index_of, index.index_of) == ("", NUMBER)
    assert index.verdict.state is State.GENUINE
    assert (index.sha256, index.packet, index.pdf) == (sha256_hex(sent[1]), None, None)
    assert json_object(index, "I.pdf", sent[1])["file_index_of"] == NUMBER
    assert "file_index_of" not in json_object(packet, "P.pdf", sent[0])


def test_alone_changed_or_beside_a_packet_of_an_unknown_site_it_is_refused(made: MadeSite, sent: Sent) -> None:
    packet, index = sent
    for cards, files in (
        ([made.site_card()], [index]),
        ([made.site_card()], [packet, index + b" "]),
        ([], [packet, index]),
        ([made.site_card()], [made.packet, index]),
    ):
        *_, last = judged(made, *files, cards=cards)
        assert (last.verdict.state, last.index_of) == (State.REFUSED, "")


def judged(made: MadeSite, *files: bytes, cards: Sequence[bytes] | None = None) -> list[Checked]:
    check = InProcess([made.site_card()] if cards is None else cards)
    return recognised([check.check(raw, moment=SEEN, identity=made.identity) for raw in files])


def test_together_with_its_packet_the_window_says_what_it_is(tmp_path: Path, made: MadeSite, sent: Sent) -> None:
    packet, index = sent
    sealed = sealing.seal(index, [sealing.recipient_of(made.identity)])
    for raw, content, keys, wanted in (
        (packet, index, [], IndexIs.NAMED),
        (packet, sealed, [sealing.new_identity(), made.identity], IndexIs.NAMED),
        (packet, sealed, [], IndexIs.CLOSED),
        (packet, sealed, [sealing.new_identity()], IndexIs.CLOSED),
        (packet, index + b" ", [], IndexIs.OTHER),
        (made.packet, index, [], IndexIs.OTHER),
        (packet[:-9], index, [], IndexIs.WAITS),
    ):
        lies = tmp_path / "RD-1-index.pdf"
        lies.write_bytes(content)
        given = Together(subject=tmp_path / "RD-1.pdf", index=lies)
        (alone,) = judged(made, raw)
        found = with_index(given, alone, keys)
        assert found.index == IndexFound(is_=wanted, pdf=index if wanted is IndexIs.NAMED else None)
        assert replace(found, index=None) == alone, "the verdict is the packet's own"


def test_alone_it_is_said_to_be_perhaps_one_and_what_to_do(tmp_path: Path, made: MadeSite, sent: Sent) -> None:
    bench = Bench(tmp_path, made)
    lone, packet = bench.put("RD-1-INDEX.pdf", sent[1]), bench.put("P-INDEX.pdf", sent[0])
    words = "This may be the file index of a packet. Check it together with its packet."
    assert bench.open(lone, tmp_path / "out") == 1
    assert words in bench.said[1]
    assert not (tmp_path / "out").exists()
    assert bench.verify(lone) == 1
    assert words in bench.said[1]
    bench.verify(lone, packet)
    assert words not in "".join(bench.said)
    given = Together().plus([lone])
    (refused,) = judged(made, sent[1])
    assert with_index(given, refused, []).index == IndexFound(is_=IndexIs.ALONE)
    (genuine,) = judged(made, sent[0])
    assert with_index(Together().plus([packet]), genuine, []).index is None, "a packet is one under any name"


def test_opened_with_its_packet_its_pages_are_written_if_the_packet_names_them(
    tmp_path: Path, made: MadeSite, sent: Sent
) -> None:
    bench = Bench(tmp_path, made)
    packet, out = bench.put("P.pdf", sent[0]), tmp_path / "out"
    assert bench.open(packet, out, index=bench.put("wrong.pdf", sent[1] + b" ")) == 1
    assert "The file index is not the one that the packet names. Do not use it" in "".join(bench.said)
    assert {each.name for each in out.iterdir()} == {f"{NUMBER}.pdf", f"{NUMBER}.json"}
    sealed = bench.put("I.pdf.age", sealing.seal(sent[1], [sealing.recipient_of(made.identity)]))
    assert bench.open(packet, out, index=sealed, identity=None) == 2
    assert bench.open(packet, out, index=sealed) == 0
    assert bench.open(bench.put("P-INDEX.pdf", sent[1]), out, index=packet) == 0, "in the order of a folder"
    assert (out / f"{NUMBER}-INDEX.pdf").read_bytes() == sent[1]


def test_the_window_checks_both_and_offers_its_pages(qtbot: QtBot, tmp_path: Path, made: MadeSite, sent: Sent) -> None:
    hand, stick = Hand(qtbot), Stick(tmp_path)
    page = check_page(hand, stick, made)
    words = checked(hand, page, stick, stick.put("RD-1-INDEX.pdf", sent[1]))
    assert "This may be the file index of a packet." in words
    assert "Not a RehabDesk packet" not in words
    stick.next, page.checked = stick.put("RD-1.pdf", sent[0]), None
    hand.press(page, "Choose its packet")
    hand.wait(lambda: page.checked is not None)
    words = without_isolates(hand.words(page))
    assert "Genuine." in words
    assert "The file index is the one that the packet names, unchanged." in words
    assert "RD-1-INDEX.pdf" in words
    hand.press(page, "Save the file index…")
    assert stick.saved == {f"{NUMBER}-INDEX.pdf": sent[1]}
    hand.close()


@pytest.fixture
def officer(tmp_path: Path, made: MadeSite) -> Iterator[Receiving]:
    place = InboxDesk(tmp_path, made)
    with place.officer() as signed:
        yield signed


def test_the_inbox_knows_it_before_and_after_its_packet(officer: Receiving, sent: Sent) -> None:
    packet, index = sent
    early = officer.take(index)
    assert early.looked.kind is FileKind.OTHER
    officer.take(packet)
    late = officer.take(index)
    for arrived in (officer.inbox.arrival(early.id), late):
        assert arrived.looked.kind is FileKind.FILE_INDEX
        assert NUMBER in arrived.sentence
    assert [row.packet.number for row in officer.inbox.rows()] == [NUMBER], "it is no packet, and is not kept"


def test_a_desk_opens_both_with_the_keys_of_its_team(
    qtbot: QtBot, tmp_path: Path, made: MadeSite, officer: Receiving, sent: Sent
) -> None:
    hand, stick, keys = Hand(qtbot), Stick(tmp_path), [sealing.recipient_of(made.identity)]
    names = ("RD-1-INDEX.pdf.age", "RD-1.pdf.age")
    files = [stick.put(name, sealing.seal(raw, keys)) for name, raw in zip(names, reversed(sent), strict=True)]
    inbox = officer.inbox
    here = HereActs(
        looking=inbox.looking_anywhere,
        seen=inbox.note_seen,
        keep=inbox.keep,
        newer=lambda _: "",
        leads=lambda _: False,
    )
    page = CheckPage(hand.kit, now=inbox.now, choose=stick.choose, several=lambda *_: files, save=stick.save, here=here)
    hand.show(page)
    page.main_act()
    hand.wait(lambda: page.checked is not None)
    assert "The file index is the one that the packet names, unchanged." in without_isolates(hand.words(page))
    assert "Accept into record" in hand.buttons(page)
    hand.press(page, "Save the file index…")
    assert list(stick.saved.values()) == [sent[1]]
    hand.close()
