"""The clinical annex: asked for, written, signed, released by its packet, and opened by the named clinician alone."""

import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.db.projection import CLINICAL, TEAM
from rehabdesk.handover.annex import annex_making_service as making
from rehabdesk.handover.annex.annex_check_service import WITHOUT_PACKET, AnnexCheck, is_for, not_released
from rehabdesk.handover.annex.annex_model import AnnexState
from rehabdesk.handover.annex.annex_reading_service import AnnexReading
from rehabdesk.handover.annex.annex_records_model import TypedAnnex
from rehabdesk.handover.annex.annex_service import Annexes
from rehabdesk.handover.annex.annex_writing_service import AnnexWriting
from rehabdesk.handover.annex.clinician_key_service import ClinicianKeys, key_digits
from rehabdesk.handover.annex.clinician_model import NewClinician
from rehabdesk.handover.checking import check_service
from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.examination_service import Checked, facts_of
from rehabdesk.handover.checking.verdict_model import Examined, Known, Standing, State, judge
from rehabdesk.handover.checking.verdict_words_model import sentence
from rehabdesk.handover.content.packet_model import Annex, LegalBasis
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.inbox.inbox_model import HeldHere
from rehabdesk.handover.inbox.inbox_service import Inbox, Trusted
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.model import AssignmentDetails, Capacity
from rehabdesk.seals import sealing
from rehabdesk.seals.findings import Findings, Outcome
from tests.desks import START
from tests.handover import sample
from tests.handover.inbox_desk import InProcess
from tests.handover.made import MadeSite
from tests.handover.workplace import Signed, Workplace
from tests.people.cases import TODAY

PROFILE = ProfileCode.COMMUNITY_PSYCHOLOGIST
SECRET = "Zebrafinch und Quittenbaum: he talks of the flood, eleven sessions."
IDENTITY = sealing.new_identity()
KNOWN = Known(judged_at=sample.ISSUED, team="T-RIVER")


class Psychologist:
    """What one psychologist has at an open desk."""

    def __init__(self, at: Signed) -> None:
        self.keys = ClinicianKeys(at.desk)
        self.annexes: Annexes = at.packets.annexes
        self.writing = AnnexWriting(at.desk, at.people, self.annexes, self.keys, at.trust, at.packets.shelf)
        self.reading = AnnexReading(at.desk, at.people, self.keys)


def new_clinician(own: str, **changes: object) -> NewClinician:
    made = NewClinician(
        name="Hélène Brandt",
        org="Office of Community Supervision",
        phone="+000 20 555 231",
        key=own,
        digits=key_digits(own),
        read_aloud=False,
        their_name="Hélène Brandt",
        channel=Channel.CALL_BACK,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of it


def certify_psychologist(desk: Workplace, person: str) -> None:
    """The psychologist gets a certificate, and the person as an own case."""
    with desk.open("calm-harbour") as psychologist:
        psychologist.trust.request_certificate()
    with desk.open("amber-kite") as admin:
        for request in admin.trust.requests():
            admin.trust.issue(request.uid, desk.site.keys("silver-reed"), seen_in_person=True)
    own_case(desk, person)


def own_case(desk: Workplace, person: str) -> None:
    """The psychologist works with the person."""
    with desk.open("green-ferry") as officer:
        officer.people.assign(
            person,
            AssignmentDetails(
                staff=desk.uids["calm-harbour"],
                capacity=Capacity.PSYCHOLOGIST,
                since=START.date(),
                person_told=True,
            ),
        )


class Ward(Workplace):
    """A site whose psychologist has a certificate, an own case, and a clinician outside."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.found()
        self.person = self.register()
        certify_psychologist(self, self.person)
        with self.open("green-ferry") as officer:
            self.card = officer.trust.site_card()
        with self.open("calm-harbour") as at:
            key = sealing.recipient_of(IDENTITY)
            self.clinician = Psychologist(at).keys.take(new_clinician(key), START.date()).id

    def draft(self, officer: Signed, **changes: object) -> str:
        choices = self.choices(profile=PROFILE, **changes)
        return officer.packets.drafts.start(self.person, choices, sample.whole_sections())

    def asked(self, **changes: object) -> tuple[str, str]:
        """Draft of the packet, and the request."""
        with self.open("green-ferry") as officer:
            draft = self.draft(officer, **changes)
            return draft, officer.packets.annexes.request(
                self.person, draft, self.uids["calm-harbour"], profile=PROFILE, team_name="River"
            ).id

    def written(self, request: str) -> None:
        with self.open("calm-harbour") as at:
            work, draft = Psychologist(at), None
            typed = TypedAnnex(clinician=self.clinician, treatment_summary=SECRET, onward_plan="Weekly.", lang="en")
            draft = work.writing.keep(request, typed, draft)
            assert work.writing.start(request) == (draft, typed)
            pages = making.lay(*work.writing.assemble(request, typed))
            keys = self.site.keys("calm-harbour")
            signing = work.writing.allow_signature(request, pages, self.clinician, keys)
            work.writing.keep_signed(
                request, pages, making.sign_and_seal(signing), clinician_id=self.clinician, draft_id=draft
            )

    def packet(self, draft: str) -> str:
        with self.open("green-ferry") as officer:
            ticked = [hit.id for hit in officer.packets.drafts.hits(draft)]
            return officer.packets.sign(draft, ticked=ticked, typed_again=self.site.keys("green-ferry")).id


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Ward:
    return Ward(tmp_path_factory.mktemp("annex"))


def test_from_the_question_to_the_clinician(ward: Ward, tmp_path: Path) -> None:
    draft, request = ward.asked()
    with ward.open("green-ferry") as officer, pytest.raises(UserError, match="is not ready"):
        officer.packets.assemble(draft)
    ward.written(request)
    with ward.open("calm-harbour") as at, pytest.raises(UserError, match="has countersigned"):
        Psychologist(at).writing.send(request, tmp_path)
    packet = ward.packet(draft)
    with ward.open("green-ferry") as officer:
        asked = officer.packets.annexes.asked(request)
        content = officer.packets.shelf.packet(packet).content
    (named,) = content.manifest.annexes
    assert (named.code, named.for_, named.pdf_sha256) == ("CX", "Hélène Brandt", asked.pdf_sha256)
    assert content.packet.number == asked.number
    with ward.open("calm-harbour") as at, pytest.raises(UserError, match="has countersigned"):
        Psychologist(at).writing.send(request, tmp_path)
    ward.countersigned(packet)
    with ward.open("calm-harbour") as at:
        work = Psychologist(at)
        file = work.writing.send(request, tmp_path)
        assert work.annexes.asked(request).state is AnnexState.SENT
        signed = work.writing.signed_pdf(request)
        pdf = at.packets.shelf.newest_pdf(packet)
    printed = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    assert "a file of its own for" in printed
    assert named.pdf_sha256[:12] in printed
    raw = file.read_bytes()
    assert file.name == f"{asked.number}-CX.pdf.age"
    assert sealing.open_sealed(raw, IDENTITY) == signed
    assert sha256_hex(signed) == named.pdf_sha256

    looking, now = InProcess([ward.card]), ward.clock.now()
    check = AnnexCheck(looking)
    alone = check.check(raw, moment=now, identity=IDENTITY)
    assert (alone.verdict.state, alone.verdict.reasons) == (State.INCOMPLETE, ("annex_without_packet",))
    assert (alone.annex, alone.pdf, alone.number) == (None, None, asked.number)
    its_packet = looking.check(pdf, moment=now, team="T-RIVER")
    found = check.check(raw, moment=now, identity=IDENTITY, packet=its_packet)
    assert (found.verdict.state, found.verdict.reasons) == (State.GENUINE, ())
    assert [each.name for each in found.verdict.signers] == ["Name of calm-harbour", "Name of silver-reed"]
    assert found.annex is not None
    assert found.annex.treatment_summary.text == SECRET
    assert found.annex.formulation is None

    unasked = check.check(signed, moment=now, packet=its_packet).verdict
    assert (unasked.state, unasked.notes) == (State.GENUINE, (v.CLINICIAN_NOT_JUDGED,)), "nobody says who reads"

    given_on_one_command_line(ward, tmp_path, raw, pdf)
    nobody_else_holds_a_word_of_it(ward)
    with ward.open("calm-harbour") as at:
        reading = Psychologist(at).reading
        closed = reading.job(raw, cards=[ward.card], packet=its_packet).run().verdict
        assert (closed.state, closed.reasons) == (State.CANNOT_OPEN, ("no_matching_key",)), "it is for somebody else"
        again = sealing.seal(signed, [Psychologist(at).keys.recipient()])
        for passed_on in (signed, again):
            read = reading.job(passed_on, cards=[ward.card], packet=its_packet).run()
            assert (read.verdict.state, read.verdict.reasons) == (State.NOT_FOR_THIS_TEAM, (v.OTHER_CLINICIAN,))
            assert (read.annex, read.pdf) == (None, None)
            assert "Hélène Brandt" in sentence(read.verdict, "en"), "it says whom it is for"
        with pytest.raises(UserError, match="status list cannot be used"):  # so the lists count for an annex too
            reading.job(signed, cards=[ward.card], packet=its_packet, lists=[ward.card]).run()
        with pytest.raises(UserError, match="Only a genuine annex"):
            reading.keep(alone, ward.person)
        reading.keep(found, ward.person)
        with pytest.raises(UserError, match="kept here already"):
            reading.keep(found, ward.person)
        (kept,) = reading.kept(ward.person)
        assert kept.annex.treatment_summary.text == SECRET
        assert (kept.received.number, kept.received.approved_by) == (asked.number, "Name of silver-reed")


def test_an_annex_is_judged_by_when_it_was_first_seen(ward: Ward, tmp_path: Path) -> None:
    """Its packet is out of date by then; the signers' keys and lists are those of the first day."""
    draft, request = ward.asked()
    ward.written(request)
    packet = ward.packet(draft)
    ward.countersigned(packet)
    with ward.open("calm-harbour") as at:
        signed, pdf = Psychologist(at).writing.signed_pdf(request), at.packets.shelf.newest_pdf(packet)
        looking, inbox = InProcess([ward.card]), Inbox(at.desk, nothing_trusted)
        alone = AnnexCheck(looking).check(signed, moment=ward.clock.now(), identity=IDENTITY)
        for _ in range(2):
            inbox.note_seen(Checked(verdict=alone.verdict, sha256=alone.sha256))
            seen = inbox.held_here().first_seen[sha256_hex(signed)]  # kept once, by whoever opens it
    moment = seen + timedelta(days=500)

    def judged(held: HeldHere) -> tuple[State, tuple[str, ...]]:
        its_packet = looking.check(pdf, moment=moment, held=held)
        found = AnnexCheck(looking).check(signed, moment=moment, identity=IDENTITY, packet=its_packet, held=held)
        return found.verdict.state, found.verdict.reasons

    known = HeldHere(first_seen={sha256_hex(signed): seen, sha256_hex(pdf): seen})
    assert judged(known) == (State.OUT_OF_DATE, (v.PAST_EXPIRY,))
    assert judged(HeldHere(first_seen={sha256_hex(pdf): seen}))[0] is State.UNKNOWN_SITE, "by today's list"


def given_on_one_command_line(ward: Ward, folder: Path, raw: bytes, pdf: bytes) -> None:
    """`rehabdesk verify`, whatever comes first; a packet of something else releases nothing."""
    card, key, packet, annex, other = (
        folder / name for name in ("x.rdsite", "x.agekey", "RD.pdf", "RD-CX.pdf.age", "other.pdf")
    )
    for file, content in ((card, ward.card), (key, IDENTITY.encode()), (packet, pdf), (annex, raw), (other, b"%PDF-")):
        file.write_bytes(content)

    def verify(*paths: Path) -> tuple[int, list[tuple[str, str, list[str]]]]:
        said: list[str] = []
        status = check_service.verify(
            paths, site_cards=[card], identity=key, team="T-RIVER", as_json=True, clock=ward.clock, say=said.append
        )
        found = [json.loads(line) for line in said]
        return status, [(each["file"], each["state"], each["reasons"]) for each in found]

    assert verify(annex, packet) == (0, [("RD-CX.pdf.age", "genuine", []), ("RD.pdf", "genuine", [])])
    status, found = verify(annex, other)
    assert (status, found[0]) == (1, ("RD-CX.pdf.age", "incomplete", [WITHOUT_PACKET]))


def nothing_trusted() -> Trusted:
    raise AssertionError("noting that a file was seen asks nobody")


@pytest.mark.parametrize(("name", "reads"), [("hélène  Brandt", True), ("Jonas Weyland", False), ("", None)])
def test_an_annex_that_names_no_key_goes_by_the_name(name: str, reads: bool | None) -> None:
    annex = sample.annex()
    assert is_for(annex, IDENTITY, name) is reads
    assert is_for(annex, None, "Hélène Brandt") is None
    assert is_for(replace(annex, age=sealing.recipient_of(IDENTITY)), IDENTITY, "ﻫﻴﻠﻴﻦ") is True, "the key tells"


def nobody_else_holds_a_word_of_it(ward: Ward) -> None:
    for sign_in in ("green-ferry", "silver-reed", "amber-kite"):
        with ward.open(sign_in) as at:
            with pytest.raises(NoKey):
                at.desk.index(CLINICAL)
            if sign_in != "amber-kite":
                index = at.desk.index(TEAM)
                for (table,) in index.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
                    assert "Zebrafinch" not in str(index.rows(f'SELECT * FROM "{table}"'))
    for file in ward.site.folder.rglob("*"):
        assert not file.is_file() or b"Zebrafinch" not in file.read_bytes()


def test_a_packet_that_names_another_annex_releases_nothing(ward: Ward) -> None:
    """By its words alone: the examination of files is done above."""
    site = MadeSite.new()
    content = site.content()
    findings = Findings(outcome=Outcome.INTACT, reasons=(), sha256="a" * 64, root_sha256=content.site.root_sha256)
    annex = sample.annex(content.packet.number)
    verdict = judge(Examined(outcome=v.Outcome.INTACT, reasons=(), standing=Standing.TRUSTED), KNOWN)
    named = Annex(code="CX", for_="Hélène Brandt", pdf_sha256="a" * 64)

    def missing(annexes: tuple[Annex, ...], **changes: str) -> tuple[str, ...]:
        packet = replace(content, manifest=replace(content.manifest, annexes=annexes))
        seen = replace(annex, **changes)  # type: ignore[arg-type]  # texts only
        return not_released(findings, seen, Checked(verdict=verdict, packet=packet))

    assert missing((named,)) == ()
    other = replace(named, pdf_sha256="c" * 64)
    for annexes in ((), (other,), (named, other), (replace(named, code="INDEX"),), (replace(named, for_="Another"),)):
        assert missing(annexes) == (WITHOUT_PACKET,)
    assert missing((named,), number=sample.NUMBER[:-1] + "Z") == (WITHOUT_PACKET,)
    facts = facts_of(content)
    withdrawn = Checked(verdict=replace(verdict, state=State.WITHDRAWN, packet=facts))
    assert not_released(findings, annex, withdrawn) == (), "it is withdrawn as its packet is"
    changed = Checked(verdict=replace(verdict, state=State.CHANGED, packet=None))
    assert not_released(findings, annex, changed) == (WITHOUT_PACKET,)


def test_a_consent_that_was_withdrawn_keeps_the_annex_here(ward: Ward, tmp_path: Path) -> None:
    with ward.open("green-ferry") as officer:
        answer = ConsentDetails(
            purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG,
            status=ConsentStatus.GIVEN,
            scope="What the team needs",
            recipient="Office of Community Supervision",
            explained_in="fr",
            method=ConsentMethod.SIGNATURE,
            given_on=TODAY,
        )
        consent = officer.people.consents.record(ward.person, answer).id
    draft, request = ward.asked(legal_basis=LegalBasis.CONSENT)
    ward.written(request)
    ward.countersigned(ward.packet(draft))
    with ward.open("green-ferry") as officer:
        officer.people.consents.withdraw(consent, on=TODAY)
    with ward.open("calm-harbour") as at, pytest.raises(UserError, match="was withdrawn"):
        Psychologist(at).writing.send(request, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_kept_number_is_given_to_nobody_else(ward: Ward) -> None:
    draft, request = ward.asked()
    with ward.open("green-ferry") as officer:
        assert officer.packets.annexes.take_back(request).state is AnnexState.TAKEN_BACK
        made = officer.packets.assemble(draft)
        assert made.made.manifest.annexes == ()
        assert made.issue.number != officer.packets.annexes.asked(request).number
        officer.desk.drop_draft(draft)


def test_who_may_ask_and_write(ward: Ward) -> None:
    with ward.open("green-ferry") as officer:
        annexes, draft = officer.packets.annexes, ward.draft(officer)
        with pytest.raises(UserError, match="Only packets to"):
            annexes.request(
                ward.person, draft, ward.uids["calm-harbour"], profile=ProfileCode.NGO_MENTOR, team_name="River"
            )
        with pytest.raises(UserError, match="Choose a psychologist"):
            annexes.request(ward.person, draft, ward.uids["silver-reed"], profile=PROFILE, team_name="River")
        asked = annexes.request(ward.person, draft, ward.uids["calm-harbour"], profile=PROFILE, team_name="River")
        with pytest.raises(UserError, match="asked for already"):
            annexes.request(ward.person, draft, ward.uids["calm-harbour"], profile=PROFILE, team_name="River")
        with pytest.raises(UserError, match="Only the psychologist"):
            Psychologist(officer).writing.start(asked.id)
        with pytest.raises(UserError, match="Only psychologists"):
            Psychologist(officer).keys.recipient()
        officer.desk.drop_draft(draft)
    with ward.open("silver-reed") as supervisor, pytest.raises(UserError, match="nothing to do with"):
        supervisor.packets.annexes.of_person(ward.person)
    with ward.open("calm-harbour") as at:
        work = Psychologist(at)
        assert asked.id in [one.id for one in work.annexes.to_me() if one.state is AnnexState.ASKED]
        for typed, field in (
            (TypedAnnex(), "clinician"),
            (TypedAnnex(clinician=ward.clinician), "treatment_summary"),
            (TypedAnnex(clinician=ward.clinician, treatment_summary="Ten talks."), "onward_plan"),
            (TypedAnnex(clinician=ward.clinician, treatment_summary="a" * 20_001), "treatment_summary"),
            (TypedAnnex(clinician=ward.clinician, treatment_summary="Ten\u202etalks."), "treatment_summary"),
        ):
            with pytest.raises(UserError) as refused:
                work.writing.assemble(asked.id, typed)
            assert refused.value.field == field
        work.writing.decline(asked.id, None)
        assert work.annexes.asked(asked.id).state is AnnexState.DECLINED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"digits": "0000-0000-0000-0000-0000-0000"}, "digits"),
        ({"digits": ""}, "digits"),
        ({"key": "age1nonsense"}, "key"),
        ({"name": " "}, "name"),
        ({"their_name": ""}, "their_name"),
    ],
)
def test_a_key_counts_only_after_the_ceremony(ward: Ward, changes: dict[str, object], field: str) -> None:
    with ward.open("calm-harbour") as at:
        keys, key = ClinicianKeys(at.desk), sealing.recipient_of(sealing.new_identity())
        before = keys.known()
        with pytest.raises(UserError) as refused:
            keys.take(new_clinician(key, **changes), START.date())
        assert refused.value.field == field
        assert keys.known() == before
        assert keys.recipient() == keys.recipient()
