"""A file index beside its packet is known by its sum; alone, or changed, it is nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rehabdesk.core.canon import sha256_hex
from rehabdesk.handover.checking.check_service import json_object
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.packet_model import Handover, Sections
from rehabdesk.handover.content.profile_model import PROFILES, ProfileCode
from rehabdesk.handover.file_index.file_index_check_service import recognised
from rehabdesk.handover.file_index.file_index_model import EntryKind, FileEntry, with_index
from rehabdesk.handover.file_index.file_index_pdf import index_pages
from rehabdesk.handover.inbox.inbox_model import FileKind
from rehabdesk.seals import sealing
from tests.handover import sample
from tests.handover.inbox_desk import InboxDesk, InProcess, Receiving
from tests.handover.made import MadeSite
from tests.handover.test_check_service import SEEN, Bench

Sent = tuple[bytes, bytes]
NUMBER = sample.whole_packet().packet.number


@pytest.fixture(scope="module")
def sent(made: MadeSite) -> Sent:
    """A packet for the person's lawyer, signed twice, and the pages of its file index."""
    content = for_lawyer(made.content())
    entry = FileEntry(on=sample.ISSUED.date(), kind=EntryKind.DETAILS, role="CO", version=1)
    index = index_pages(content, [entry], version="0")
    return made.signed(with_index(content, index)), index


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
