"""The certified file index: what stands on it, what never does, and that the packet names exactly these bytes."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.app import PROJECTIONS
from rehabdesk.core import resources
from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import speaking
from rehabdesk.core.text import without_isolates
from rehabdesk.db.projection import TEAM
from rehabdesk.handover.content.binding_wire import content_problems
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.file_index.file_index_model import EntryKind, FileEntry, index_of, with_index
from rehabdesk.handover.file_index.file_index_pdf import index_blocks, index_pages
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.making.typed_model import TypedPacket
from rehabdesk.handover.service import Packets
from rehabdesk.handover.wire import decode_handover
from rehabdesk.notes.alerts.alert_model import AlertKind, AtRisk, TypedAlert
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.paper.blocks import texts_of
from rehabdesk.people.consent_model import ConsentPurpose
from rehabdesk.seals import sealing
from tests.desks import START
from tests.handover import sample
from tests.handover.collecting import file_entries
from tests.handover.packet_window import CHAPLAIN
from tests.handover.seeded import FOR_LEADER, GIVEN, NOTES, STAYS, SeededDesk
from tests.handover.workplace import Signed, Workplace
from tests.notes.sessions import KEYWORK, services
from tests.paper.samples import output_of

K = EntryKind
ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
LISTED = {
    *("person", "legal", "placement", "contact", "consent", "assignment"),
    *("note", "shared_summary", "group_attendance", "safety_alert", "received_outside", "external_assessment"),
    *("plan", "progress", "review", "review_put_off", "review_move", "conference", "intervention"),
    *("session_attendance", "checklist", "condition", "packet"),
}
PART_OF_ANOTHER = {
    *("addendum", "note_struck", "cosign", "paper_destroyed", "attachment", "alert_outcome", "group_member"),
    *("plan_mark", "checklist_mark", "progress_remark", "conference_mark", "conference_addition"),
    *("packet_file", "packet_step", "packet_index_file", "packet_delivery", "packet_withdrawal", "packet_receipt"),
    "packet_feedback",
    *("conference_exchange", "packet_return_seen", "received_acceptance"),
}
"""Seen in the entry of that record, or steps of it."""
STAYS_CLOSED = {
    *("clinical_marker", "pastoral_contribution", "plan_comment", "follow_up", "encounter_link"),
    *("annex_request", "annex_step", "annex", "annex_file", "annex_received", "group_line", "clinical_need"),
    *("safety_note", "protected_part", "protected_note", "children"),
    *("alert_named_person", "ill_treatment_disclosure", "request_refusal"),
}
OF_NOBODY_ALONE = {
    *("group", "group_meeting", "group_debrief", "meeting_signature", "meeting_addendum", "meeting_struck"),
    *("tally", "group_count", "site_programme", "review_rules"),
    *("packet_first_seen", "received_packet", "received_part", "received_mark"),
}


@dataclass(frozen=True, kw_only=True)
class Made:
    """One packet for a lawyer with its index, and the words of the index."""

    packet: Handover
    pdf: bytes
    said: str
    manifest: str
    entries: tuple[FileEntry, ...]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> SeededDesk:
    made = SeededDesk(tmp_path_factory.mktemp("index"))
    with made.open("green-ferry") as officer:
        made.consent(officer)
        notes, alerts = services(officer.desk).notes, Alerts(officer.desk, officer.people)
        at = START - timedelta(days=9)
        wrong, mistaken = (
            notes.sign(notes.start("keywork", made.person, occurred_at=at, answers=KEYWORK)).note for _ in range(2)
        )
        notes.entered_in_error(TEAM, mistaken.rid, "zeppelin")
        notes.recorded_on_wrong_person(TEAM, wrong.rid, made.other, "zeppelin")
        for at_risk, kind in ((AtRisk.SELF, AlertKind.SELF_HARM), (AtRisk.CHILD, AlertKind.HARM_TO_CHILD)):
            alerts.tell(alert(alerts, at_risk, kind), made.person)
    return made


@pytest.fixture(scope="module")
def officer(desk: SeededDesk) -> Iterator[Signed]:
    with desk.open("green-ferry") as signed:
        yield with_file(signed)


@pytest.fixture(scope="module")
def made(desk: SeededDesk, officer: Signed) -> Made:
    pages = making.lay(assembled(desk, officer))
    assert pages.index is not None
    assert pages.of.entries is not None
    packet = decode_handover(pages.json).value
    manifest = "".join(words_of(pages.prepared).split())
    said = words_of(pages.index)
    return Made(packet=packet, pdf=pages.index, said=said, manifest=manifest, entries=pages.of.entries)


def with_file(signed: Signed) -> Signed:
    entries = file_entries(signed.desk, signed.people)
    signed.packets = Packets(signed.desk, signed.people, signed.trust, file_of=entries.of_person)
    return signed


def alert(alerts: Alerts, at_risk: AtRisk, kind: AlertKind) -> TypedAlert:
    return TypedAlert(
        kind=kind,
        facts="quicksilver was said",
        at_risk=at_risk,
        did="Told the duty officer.",
        told_who="The wing",
        told_at=START,
        told_how="by phone",
        person_told="yes",
        review_by=alerts.latest_review(),
    )


def typed(desk: SeededDesk, **changes: object) -> TypedPacket:
    chosen = desk.typed(**changes).for_audience("lawyer")
    return replace(chosen, countersigners=(desk.uids["silver-reed"],))


def assembled(desk: SeededDesk, officer: Signed, **changes: object) -> making.ToLayOut:
    return desk.preparing(officer).assemble(desk.person, typed(desk, **changes), "a draft")[0]


def words_of(pdf: bytes) -> str:
    return " ".join(without_isolates(output_of("pdftotext", "-layout", "-", "-", given=pdf)).split())


def test_it_lists_what_the_file_holds_by_day_kind_and_role(made: Made) -> None:
    held = [(one.kind, one.role) for one in made.entries]
    for kind, role in (
        (K.DETAILS, "CO"),
        (K.LEGAL, "CO"),
        (K.NOTE, "CO"),
        (K.SUMMARY, "PSY"),
        (K.PLAN, "CO"),
        (K.OWN_WORD, "CO"),
        (K.CONFERENCE, "CO"),
        (K.PROGRAMME, "CO"),
        (K.CONSENT, "CO"),
        (K.ALERT, "CO"),
        (K.CONTACT, "CO"),
        (K.ASSIGNMENT, "CO"),
    ):
        assert (kind, role) in held
    assert [one.on for one in made.entries] == sorted(one.on for one in made.entries)
    assert f"{len(made.entries)} entries" in made.said
    assert re.search(r"Plan, version 1 +Case officer", made.said)
    assert "Shared summary Psychologist" in made.said
    assert "listed in the manifest of packet" in made.said
    assert made.packet.packet.number in made.said
    assert "page 1 of" in made.said


def test_no_text_no_name_and_nothing_closed_stands_on_it(desk: SeededDesk, made: Made) -> None:
    written = made.said.casefold()
    stays = (*STAYS, GIVEN, FOR_LEADER, "count to ten", "Oriane", "Sewing", "Vell", "Quartz", "second pattern")
    assert [word for word in stays if word.casefold() in written] == []
    people = [f"Name of {sign_in}" for sign_in, *_ in NOTES] + [CHAPLAIN, "Idrissa", "Marième Sow"]
    assert [name for name in people if name.casefold() in written] == []
    for closed in ("clinical entry", "pastoral contribution", "chaplain engagement", "disclosure"):
        assert closed not in written
    assert "CHA" not in {one.role for one in made.entries}
    assert len([one for one in made.entries if one.kind is K.CONTACT]) == 2, "neither child, faith, nor protected"
    assert len([one for one in made.entries if one.kind is K.PROGRAMME]) == 1, "neither faith nor health"
    assert len([one for one in made.entries if one.kind is K.ASSIGNMENT]) == 1, "no psychologist and no chaplain"
    assert len([one for one in made.entries if one.kind is K.ALERT]) == 1, "no alert about danger to somebody else"
    consents = [one for one in made.entries if one.kind is K.CONSENT]
    assert len(consents) == 1, ConsentPurpose.PASTORAL_CONTRIBUTION


def test_what_was_struck_is_listed_as_such_and_never_what_is_about_somebody_else(made: Made) -> None:
    assert [one.kind for one in made.entries if one.struck] == [K.NOTE]
    assert "entered in error" in made.said


def test_that_there_is_something_closed_can_be_told_from_nothing(desk: SeededDesk, officer: Signed) -> None:
    """About somebody whom no psychologist and no chaplain met, the same sentences stand."""
    other = file_entries(officer.desk, officer.people).of_person(desk.other)
    said = words_of(index_pages(sample.whole_packet(), other, version="0"))
    assert "Psychology and chaplaincy keep files of their own" in said
    assert "no consequence" in said


def test_the_manifest_names_the_very_bytes(made: Made) -> None:
    named = index_of(made.packet)
    assert named is not None
    assert named.pdf_sha256 == sha256_hex(made.pdf)
    assert named.for_ == made.packet.to.name
    assert named.pdf_sha256 in made.manifest, "whole, for who has the paper"


def test_the_same_packet_and_entries_give_the_same_bytes(made: Made) -> None:
    assert index_pages(made.packet, made.entries, version="0") == index_pages(made.packet, made.entries, version="0")


@pytest.mark.parametrize("spoken", ["en", "fr", "ar"])
def test_public_tools_read_it_in_each_language(made: Made, spoken: str, tmp_path: Path) -> None:
    packet = sample.with_head(made.packet, languages=(spoken,))
    entries = made.entries * 4
    pdf = index_pages(packet, entries, version="0")
    file = tmp_path / "index.pdf"
    file.write_bytes(pdf)
    checked = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False).stdout
    assert "No syntax or stream encoding errors found" in checked
    said = output_of("pdftotext", "-", "-", given=pdf)
    assert said.count(made.packet.packet.number) >= 3, "at the foot of each page"
    assert "Idrissa" not in said


@pytest.mark.parametrize("spoken", ["en", "fr", "ar"])
def test_numbers_dates_and_names_keep_their_order_in_each_language(made: Made, spoken: str) -> None:
    packet = sample.with_head(made.packet, languages=(spoken,))
    every = [FileEntry(on=START.date(), kind=kind, role="CO", version=3, added=True, struck=True) for kind in K]
    entries = [*every, FileEntry(on=START.date(), kind=K.PACKET, role="", title=packet.packet.number, attachments=2)]
    with speaking(f"{spoken}-MA", resources.path("i18n")):
        texts = texts_of(index_blocks(packet, entries, pages=3))
    for text in texts:
        rest = text
        while (without := ISOLATED.sub("", rest)) != rest:
            rest = without
        assert not re.search(r"\d[ \u00a0/.:-]+\d|\+\d|\d{4}|River|Residence|RD-", rest), text


def test_only_packets_to_the_lawyer_or_the_person_go_with_one(desk: SeededDesk, officer: Signed) -> None:
    for audience in ("supervision", "court", "ngo"):
        chosen = replace(desk.typed().for_audience(audience), countersigners=(desk.uids["silver-reed"],))
        assert desk.preparing(officer).assemble(desk.person, chosen, "a draft")[0].entries is None


def test_every_kind_of_record_of_the_team_is_listed_or_left_out_on_purpose() -> None:
    kinds = {kind for each in PROJECTIONS if TEAM in each.comps for kind in each.kinds}
    known = {*LISTED, *PART_OF_ANOTHER, *STAYS_CLOSED, *OF_NOBODY_ALONE}
    assert kinds == known


def test_another_profile_may_not_name_one(made: Made) -> None:
    assert "annex_rule" not in content_problems(made.packet)
    assert "annex_rule" in content_problems(with_index(made.packet, b"twice"))
    assert "annex_rule" in content_problems(sample.with_head(made.packet, profile=ProfileCode.NGO_MENTOR))


def test_it_is_frozen_with_the_signature_and_goes_beside_the_sealed_packet(founded: Workplace) -> None:
    person, held = founded.register(), [FileEntry(on=START.date(), kind=K.DETAILS, role="CO", version=1)]
    with founded.open("green-ferry") as officer:
        keys = founded.site.keys("green-ferry")
        packets = Packets(officer.desk, officer.people, officer.trust, file_of=lambda _: tuple(held))
        chosen = founded.choices(profile=ProfileCode.LAWYER_PERSON)
        whole = sample.whole_sections()
        assert whole.S1 is not None
        short = replace(whole, S1=replace(whole.S1, date_of_birth=None, birth_precision=None))
        draft = packets.drafts.start(person, chosen, short)
        pages = making.lay(packets.assemble(draft))
        held *= 2  # the file grows between the pages and the signature
        ticked = [hit.id for hit in packets.drafts.hits(draft)]
        signing = packets.allow_signature(pages, ticked=ticked, typed_again=keys)
        packet = packets.keep_signed(pages, signing, making.sign(signing), ticked=ticked)
        assert packets.indexes.pdf(packet) == pages.index
    founded.countersigned(packet.id)
    with founded.open("green-ferry") as officer:
        officer.packets.seal(packet.id, founded.outbox)
        officer.packets.indexes.leaves("print", packet.id)
    sealed = (founded.outbox / f"{packet.record.number}-INDEX.pdf.age").read_bytes()
    assert sealing.open_sealed(sealed, founded.identity) == pages.index
    slip = (founded.outbox / f"{packet.record.number}.txt").read_text("utf-8")
    assert f"file index, sealed: {packet.record.number}-INDEX.pdf.age" in slip
    assert sha256_hex(pages.index or b"") in slip
    with founded.open("calm-harbour") as psychologist, pytest.raises(UserError, match="does not print"):
        psychologist.packets.indexes.leaves("print", packet.id)
