"""A packet from draft to verdict on a real desk, and everybody who is refused on the way."""

from dataclasses import replace
from pathlib import Path

import pytest

from rehabdesk.audit.deeds_model import known_deeds
from rehabdesk.audit.log_service import Log
from rehabdesk.core import canon
from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.packet_model import LegalBasis, PersonCopy
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.making.own_copy_service import DEEDS, OwnPackets
from rehabdesk.handover.making.typed_again_model import typed_again
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.records_model import NamedRecipient
from rehabdesk.handover.wire import encode
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.seals import sealing
from tests.desks import passphrase
from tests.handover import sample
from tests.handover.workplace import Workplace, choices
from tests.people.cases import TODAY


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    workplace = Workplace(tmp_path_factory.mktemp("handover"))
    workplace.found()
    return workplace


@pytest.fixture(scope="module")
def person(place: Workplace) -> str:
    return place.register()


def test_from_draft_to_genuine(place: Workplace, person: str, tmp_path: Path) -> None:
    packet = place.signed(person)
    with place.open("silver-reed") as supervisor:
        assert packet in [row.id for row in supervisor.packets.shelf.waiting()]
        review = supervisor.packets.review(packet)
        assert review.pdf.startswith(b"%PDF-2.0")
    place.countersigned(packet)
    with place.open("green-ferry") as officer:
        sent = officer.packets.seal(packet, tmp_path)
        steps = [step.state for step in officer.packets.shelf.steps(packet)]
        assert steps == [PacketState.SIGNED, PacketState.COUNTERSIGNED, PacketState.SEALED]
        final = officer.packets.shelf.signed_pdf(packet, PacketState.COUNTERSIGNED)
        content = officer.packets.shelf.packet(packet).content
        card = officer.trust.site_card()
    assert final.startswith(review.pdf)  # the author's bytes stay in front
    assert sealing.open_sealed(sent.file.read_bytes(), place.identity) == final
    checked = PacketCheck([card]).check(
        sent.file.read_bytes(), moment=place.clock.now(), identity=place.identity, team="T-RIVER"
    )
    assert (checked.verdict.state, checked.verdict.reasons) == (State.GENUINE, ())
    assert checked.json == encode(content)
    assert [each.name for each in checked.verdict.signers] == ["Name of green-ferry", "Name of silver-reed"]
    slip = sent.slip.read_text("utf-8")
    assert canon.digits24(final) in slip
    assert sent.sealed_sha256 in slip
    assert "Idrissa" not in slip
    number = content.packet.number
    assert {file.name for file in tmp_path.iterdir()} == {f"{number}.pdf.age", f"{number}.txt"}


def test_numbers_rise_and_are_never_given_twice(place: Workplace, person: str) -> None:
    packets = [place.signed(person) for _ in range(2)]
    with place.open("green-ferry") as officer:
        counts = [int(officer.packets.shelf.packet(each).record.number.split("-")[3]) for each in packets]
    assert counts[1] == counts[0] + 1


def test_the_author_cannot_countersign(place: Workplace, person: str) -> None:
    packet = place.signed(person)
    with place.open("green-ferry") as officer:
        review = officer.packets.review(packet)
        with pytest.raises(UserError, match="as its author"):
            officer.packets.countersign(
                packet, seen_sha256=review.pdf_sha256, typed_again=place.site.keys("green-ferry")
            )


@pytest.mark.parametrize(
    ("sign_in", "words"),
    [("quiet-orchard", "Only a supervisor"), ("second-sup", "not one of the supervisors")],
)
def test_a_second_person_must_be_a_supervisor_whom_the_author_named(
    place: Workplace, person: str, sign_in: str, words: str
) -> None:
    packet = place.signed(person)
    with place.open(sign_in) as other:
        review = other.packets.review(packet)
        with pytest.raises(UserError, match=words):
            other.packets.countersign(packet, seen_sha256=review.pdf_sha256, typed_again=place.site.keys(sign_in))


def test_a_signature_needs_the_own_passphrase_and_the_pages_that_were_seen(place: Workplace, person: str) -> None:
    packet = place.signed(person)
    with place.open("silver-reed") as supervisor:
        review = supervisor.packets.review(packet)
        with pytest.raises(UserError, match="own passphrase"):
            supervisor.packets.countersign(
                packet, seen_sha256=review.pdf_sha256, typed_again=place.site.keys("green-ferry")
            )
        with pytest.raises(UserError, match="not the pages"):
            supervisor.packets.countersign(packet, seen_sha256="0" * 64, typed_again=place.site.keys("silver-reed"))


def test_a_signature_that_was_made_twice_is_kept_once(place: Workplace, person: str) -> None:
    with place.open("green-ferry") as officer:
        draft = officer.packets.drafts.start(person, place.choices(), sample.whole_sections())
        ticked = [hit.id for hit in officer.packets.drafts.hits(draft)]
        pages = making.lay(officer.packets.assemble(draft))
        signing = officer.packets.allow_signature(pages, ticked=ticked, typed_again=place.site.keys("green-ferry"))
        signed = making.sign(signing)
        packet = officer.packets.keep_signed(pages, signing, signed, ticked=ticked).id
        with pytest.raises(UserError, match="took this number"):
            officer.packets.keep_signed(pages, signing, signed, ticked=ticked)
    with place.open("silver-reed") as supervisor:
        review = supervisor.packets.review(packet)
        second = supervisor.packets.allow_countersignature(
            review, seen_sha256=review.pdf_sha256, typed_again=place.site.keys("silver-reed")
        )
        twice = making.sign(second)
        supervisor.packets.keep_countersigned(review, twice)
        with pytest.raises(UserError, match="countersigned already"):
            supervisor.packets.keep_countersigned(review, twice)
        assert supervisor.packets.shelf.newest_pdf(packet) == twice


def test_one_signature_is_not_sealed(place: Workplace, person: str) -> None:
    packet = place.signed(person)
    with place.open("green-ferry") as officer, pytest.raises(UserError, match="supervisor must countersign"):
        officer.packets.seal(packet, place.outbox)
    assert not list(place.outbox.iterdir())


def test_a_sealed_packet_is_final(place: Workplace, person: str, tmp_path: Path) -> None:
    packet = place.signed(person)
    place.countersigned(packet)
    with place.open("silver-reed") as supervisor:
        review = supervisor.packets.review(packet)
        with pytest.raises(UserError, match="countersigned already"):
            supervisor.packets.countersign(
                packet, seen_sha256=review.pdf_sha256, typed_again=place.site.keys("silver-reed")
            )
    with place.open("green-ferry") as officer:
        officer.packets.seal(packet, tmp_path)
        with pytest.raises(UserError, match="sealed already"):
            officer.packets.seal(packet, tmp_path)


def test_what_it_replaces_is_said_again_with_what_was_typed() -> None:
    made = replace(choices("a supervisor"), replaces=("an earlier packet",))
    assert typed_again(made, sample.whole_sections(), ()).replaces == ("an earlier packet",)


def test_returned_with_a_reason_it_is_signed_anew(place: Workplace, person: str) -> None:
    packet = place.signed(person)
    with place.open("silver-reed") as supervisor:
        with pytest.raises(UserError, match="Say why"):
            supervisor.packets.give_back(packet, reason=" ")
        assert supervisor.packets.give_back(packet, reason="The bus line has changed.").state is PacketState.RETURNED
        with pytest.raises(UserError, match="Only its author"):
            supervisor.packets.reopen(packet)
    with place.open("green-ferry") as officer:
        draft = officer.packets.drafts.draft(officer.packets.reopen(packet))
        assert draft.sections == sample.whole_sections()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"person_informed": None}, "told"),
        ({"person_informed": False}, "why the person was not told"),
        ({"person_copy": None}, "copy"),
        ({"countersigners": ()}, "one to five supervisors"),
        ({"recipients": ()}, "who receives"),
        ({"team": "T-HILL"}, "not known here"),
    ],
)
def test_what_must_be_answered_before_signing(
    place: Workplace, person: str, changes: dict[str, object], words: str
) -> None:
    with place.open("green-ferry") as officer:
        draft = officer.packets.drafts.start(person, place.choices(**changes), sample.whole_sections())
        with pytest.raises(UserError, match=words):
            officer.packets.sign(draft, ticked=[], typed_again=place.site.keys("green-ferry"))
        officer.desk.drop_draft(draft)


def test_hits_must_be_ticked(place: Workplace, person: str) -> None:
    sections = sample.whole_sections()
    assert sections.S4 is not None
    talkative = replace(sections, S4=replace(sections.S4, money=sample.text("Call 020 555 377.")))
    with place.open("green-ferry") as officer:
        draft = officer.packets.drafts.start(person, place.choices(), talkative)
        assert [hit.found for hit in officer.packets.drafts.hits(draft)] == ["020 555 377"]
        with pytest.raises(UserError, match="1 places"):
            officer.packets.sign(draft, ticked=[], typed_again=place.site.keys("green-ferry"))


def test_an_empty_ledger_must_be_said(place: Workplace, person: str, tmp_path: Path) -> None:
    packet = place.signed(person, withheld=())
    place.countersigned(packet)
    with place.open("green-ferry") as officer, pytest.raises(UserError, match="kept back"):
        officer.packets.seal(packet, tmp_path)


def test_a_key_that_was_not_confirmed_seals_nothing(place: Workplace, person: str, tmp_path: Path) -> None:
    packet = place.signed(person)
    place.countersigned(packet)
    with place.open("green-ferry") as officer:
        newer = officer.trust.teams.take_card(place.team_card(sealing.new_identity()))
        with pytest.raises(UserError, match="not confirmed"):
            officer.packets.seal(packet, tmp_path)
        place.confirm(officer, newer)
        with pytest.raises(UserError, match="not confirmed"):  # the content names the former key
            officer.packets.seal(packet, tmp_path)
        place.confirm(officer, officer.trust.teams.take_card(place.team_card()))
        officer.packets.seal(packet, tmp_path)


def test_a_character_that_cannot_be_printed_stops_with_its_place(place: Workplace, person: str) -> None:
    with place.open("green-ferry") as officer:
        choices = place.choices(recipients=(NamedRecipient(name="Zoë 漢", role="officer"),))
        draft = officer.packets.drafts.start(person, choices, sample.whole_sections())
        with pytest.raises(UserError, match="漢"):
            officer.packets.sign(draft, ticked=[], typed_again=place.site.keys("green-ferry"))


def test_only_a_case_officer_takes_a_packet_out(place: Workplace, person: str, tmp_path: Path) -> None:
    packet = place.signed(person)
    place.countersigned(packet)
    for sign_in in ("calm-harbour", "silver-reed"):
        with place.open(sign_in) as other, pytest.raises(UserError, match="case officer"):
            other.packets.seal(packet, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_those_who_may_read_the_team_see_packets(place: Workplace, person: str) -> None:
    place.signed(person)
    with place.open("amber-kite") as adm, pytest.raises(NoKey):
        adm.packets.shelf.packets_of(person)
    with place.open("calm-harbour") as psychologist:
        assert psychologist.packets.shelf.packets_of(person)
        with pytest.raises(UserError, match="case officer prepares"):
            psychologist.packets.drafts.start(person, place.choices(), sample.whole_sections())


def test_nothing_of_a_packet_lies_open_in_the_vault(place: Workplace, person: str) -> None:
    place.signed(person)
    for file in place.site.folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert b"%PDF-" not in content
            assert b"Idrissa" not in content
            assert passphrase("green-ferry").encode() not in content


def test_a_consent_that_was_withdrawn_after_the_signatures_stops_the_seal(
    place: Workplace, person: str, tmp_path: Path
) -> None:
    with place.open("green-ferry") as officer:
        answer = ConsentDetails(
            purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG,
            status=ConsentStatus.GIVEN,
            scope="What the team needs",
            recipient="Office of Community Supervision",
            explained_in="fr",
            method=ConsentMethod.SIGNATURE,
            given_on=TODAY,
        )
        consent = officer.people.consents.record(person, answer).id
    packet = place.signed(person, legal_basis=LegalBasis.CONSENT)
    place.countersigned(packet)
    with place.open("green-ferry") as officer:
        officer.people.consents.withdraw(consent, on=TODAY)
        with pytest.raises(UserError, match="was withdrawn"):
            officer.packets.seal(packet, tmp_path)
    with pytest.raises(UserError, match="was withdrawn"):
        place.signed(person, legal_basis=LegalBasis.CONSENT)


def test_the_copy_for_the_person_is_logged_before_it_leaves_and_warns(place: Workplace, person: str) -> None:
    packet = place.signed(person, person_copy=PersonCopy.NOT_SAFE, copy_because="The cell is searched.")
    with place.open("green-ferry") as officer:
        copies = OwnPackets(officer.desk, officer.people, officer.packets.shelf)
        assert "The cell is searched." in copies.warning(packet)
        assert copies.paper(packet, "fr")().startswith(b"%PDF")
        with pytest.raises(UserError, match="English, French or Arabic"):
            copies.paper(packet, "xx")
        for how in DEEDS:
            copies.leaves(how, packet)
        assert set(DEEDS.values()) <= {line.deed for line in Log(officer.desk).page()} & known_deeds()
        with pytest.raises(ValueError, match="pigeon"):
            copies.leaves("pigeon", packet)
    with place.open("calm-harbour") as psychologist:
        copies = OwnPackets(psychologist.desk, psychologist.people, psychologist.packets.shelf)
        with pytest.raises(UserError, match="Your role"):
            copies.paper(packet, "en")
