"""What is never in a packet, whatever is chosen for it (domain.md 10.4, interface.md 16, criterion 37)."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabdesk.core import resources
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import speaking
from rehabdesk.handover.collecting.content_check_model import HitKind
from rehabdesk.handover.collecting.still_given_service import StillGiven
from rehabdesk.handover.content.audience_model import PROFILE_OF, AudienceCode, audiences
from rehabdesk.handover.content.binding_wire import content_problems
from rehabdesk.handover.content.packet_model import LegalBasis, NotInformedBecause, PersonCopy
from rehabdesk.handover.content.profile_model import PROFILES, SectionCode
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.making.typed_model import KEPT_BACK, NEEDS_REASON, TypedPacket
from rehabdesk.handover.wire import encode
from rehabdesk.people.consent_model import ConsentPurpose
from rehabdesk.people.legal_model import DateSource, ReleaseRoute
from rehabdesk.people.model import AgeRegime, ContactConsent, ContactDetails, ContactKind
from tests.handover.packet_window import TEXTS
from tests.handover.seeded import FOR_LEADER, GIVEN, STAYS, SeededDesk
from tests.handover.workplace import TEAM, Signed
from tests.people.cases import TODAY, details, legal

OPTIONAL = [section.value for section in SectionCode]
NAMED = ("Aboubakar Quartz", "Boubacar Quartz", "Aboubacar Quartz", "Abou Bakr Quartz", "Barnaby Holt", "Leopoldine")
"""Somebody else of the register, in spellings that the register has and has not, and people around the person."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> SeededDesk:
    made = SeededDesk(tmp_path_factory.mktemp("stays"))
    with made.open("green-ferry") as officer:
        made.consent(officer)
    return made


@pytest.fixture(scope="module")
def officer(desk: SeededDesk) -> Iterator[Signed]:
    with desk.open("green-ferry") as signed:
        yield signed


@st.composite
def chosen(draw: st.DrawFn) -> TypedPacket:
    """Anything that can be chosen for a packet."""
    told = draw(st.sampled_from(["yes", "no"]))
    because = draw(st.sampled_from([each.value for each in NotInformedBecause])) if told == "no" else ""
    optional = draw(st.sets(st.sampled_from(["journey", "medicines", "money", "phone_access", "safe_times"])))
    typed = TypedPacket(
        team="T-RIVER",
        recipient=draw(st.sampled_from(["Marième Sow", "Ilyas Moro"])),
        recipient_role="who reads it",
        purpose="Support after release",
        basis=draw(st.sampled_from([each.value for each in LegalBasis])),
        cite="Article 12",
        expires=SeededDesk.LAST,
        told=told,
        not_told_because=because,
        copy=draw(st.sampled_from([each.value for each in (PersonCopy if told == "yes" else NEEDS_REASON)])),
        copy_because="No safe place to keep it.",
        kept_back=tuple(draw(st.sets(st.sampled_from(sorted(KEPT_BACK))))),
        put_in=draw(st.sampled_from([tuple(OPTIONAL), ("S9",), ("S11", "S14"), ()])),
        left_out=tuple(draw(st.sets(st.sampled_from(OPTIONAL)))),
        no_alert=True,
        texts={**TEXTS, **dict.fromkeys(optional, "As we said.")},
    )
    # most of what could go wrong is in the packet that holds most
    audience = st.sampled_from([AudienceCode.PRISON, *audiences(child=False)])
    return typed.for_audience(draw(st.one_of(st.just(AudienceCode.PRISON), audience)).value)


@settings(max_examples=25, deadline=None)
@given(typed=chosen())
def test_nothing_that_stays_is_in_any_packet(desk: SeededDesk, officer: Signed, typed: TypedPacket) -> None:
    made = assembled(desk, officer, typed).made
    written = encode(made).decode("utf-8")
    assert [word for word in STAYS if word.casefold() in written.casefold()] == []
    assert content_problems(made) == (), "exactly the sections of the profile, in their forms"
    assert (FOR_LEADER in written) == (made.sections.S11 is not None and typed.recipient == "Ilyas Moro")
    assert not (GIVEN in written and FOR_LEADER in written)
    assert made.sections.S9 is None or "S9" in typed.put_in
    assert made.sections.S11 is None or "S11" in typed.put_in


@pytest.mark.parametrize("audience", [AudienceCode.PRISON, AudienceCode.LAWYER])
def test_nor_on_its_pages(desk: SeededDesk, officer: Signed, tmp_path: Path, audience: AudienceCode) -> None:
    everything = desk.typed(put_in=("S9", "S11", "S14")).for_audience(audience.value)
    pages = making.lay(assembled(desk, officer, everything))
    file = tmp_path / "pages.pdf"
    file.write_bytes(pages.prepared)
    printed = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True).stdout.decode()
    assert "I count to ten before I answer." in printed, "the packet itself can be read"
    assert [word for word in STAYS if word.casefold() in printed.casefold()] == []
    whole = audience is AudienceCode.PRISON
    for said in (GIVEN, "Oriane Vell", "A room.", "Sewing course", "by years of age", "Training centre"):
        assert (said in printed) == whole
    assert ("What I can ask for" in printed) == PROFILES[PROFILE_OF[audience]].with_rights


def test_somebody_else_is_named_only_by_a_choice_of_its_own(desk: SeededDesk, officer: Signed) -> None:
    preparing, keys = desk.preparing(officer), desk.site.keys("green-ferry")
    for name, field in zip(NAMED, ("first_night", "journey", "return_channel") * 2, strict=True):
        typed = desk.typed(texts={**TEXTS, field: f"Ask {name} about the key."})
        to_lay, hits = preparing.assemble(desk.person, typed, "a draft")
        (named,) = (hit for hit in hits if hit.kind is HitKind.OTHER_PERSON)
        assert named.found in name
        pages = making.Pages(of=to_lay, packet=to_lay.made, json=b"", prepared=b"")
        with pytest.raises(UserError, match="1 places"):
            preparing.allow_signature(pages, [hit.id for hit in hits if hit != named], keys)
        preparing.allow_signature(pages, [hit.id for hit in hits], keys)


def test_the_contact_who_agreed_is_named_by_the_choice_of_the_section(desk: SeededDesk, officer: Signed) -> None:
    said = {**TEXTS, "journey": "Oriane Vell meets him at the gate."}
    none: list[str] = []
    for put_in, found in ((("S9",), none), ((), ["Oriane Vell"])):
        typed = desk.typed(texts=said, put_in=put_in).for_audience("prison")
        hits = desk.preparing(officer).assemble(desk.person, typed, "a draft")[1]
        assert [hit.found for hit in hits if hit.kind is HitKind.OTHER_PERSON] == found


def test_what_was_copied_from_inside_is_looked_at(desk: SeededDesk, officer: Signed) -> None:
    said = {**TEXTS, "journey": "periwinkle grows slowly beside the old workshop wall"}
    hits = desk.preparing(officer).assemble(desk.person, desk.typed(texts=said), "a draft")[1]
    assert [hit.where for hit in hits if hit.kind is HitKind.LEVEL] == ["S4.journey.text"]


def test_a_child_or_somebody_protected_is_known_by_the_first_name_alone(desk: SeededDesk, officer: Signed) -> None:
    child = ContactDetails(kind=ContactKind.FAMILY, name="Thandeka Kadri", is_child=True)
    officer.people.circle.add(desk.person, child)
    said = {**TEXTS, "journey": "Thandeka waits with mother Kadri; Barnaby drives."}
    hits = desk.preparing(officer).assemble(desk.person, desk.typed(texts=said), "a draft")[1]
    assert [hit.found for hit in hits if hit.kind is HitKind.OTHER_PERSON] == ["Thandeka"]


def test_what_was_taken_back_since_does_not_leave(desk: SeededDesk, officer: Signed) -> None:
    everything = desk.typed(put_in=("S9", "S11")).for_audience("prison")
    made = assembled(desk, officer, everything).made.sections
    people, check = officer.people, StillGiven(officer.desk, officer.people)
    check.require(desk.person, made)
    (mother,) = [each for each in people.contacts(desk.person) if each.details.name == "Oriane Vell"]
    people.circle.change(mother.id, replace(mother.details, consent_to_be_contacted=ContactConsent.NO))
    with pytest.raises(UserError, match="Oriane Vell"):
        check.require(desk.person, made)
    people.circle.change(mother.id, mother.details)
    (consent,) = people.consents.of_person(desk.person, ConsentPurpose.PASTORAL_CONTRIBUTION)[-1:]
    people.consents.withdraw(consent.id, on=TODAY)
    with pytest.raises(UserError, match="pastoral contribution"):
        check.require(desk.person, made)
    people.consents.record(desk.person, consent.details)
    check.require(desk.person, made)


def test_an_express_packet_begins_in_the_language_of_the_window(desk: SeededDesk, officer: Signed) -> None:
    with speaking("fr", resources.path("i18n")):
        _, begun = desk.preparing(officer).express(desk.person)
    assert begun.language == "fr"


def test_whom_to_call_there_has_the_number_of_the_team(desk: SeededDesk, officer: Signed) -> None:
    back = assembled(desk, officer, desk.typed()).made.sections.S13
    assert back is not None
    assert [(each.name, each.phone) for each in back.contacts] == [("Marième Sow", TEAM.phone)]


@pytest.mark.parametrize(
    ("field", "words", "says"),
    [("journey", "a" * 1_000_000, "too long"), ("link_name", "a" * 201, "too long"), ("journey", "\ud800", "U+D800")],
)
def test_what_no_packet_can_hold_is_said_at_its_field(
    desk: SeededDesk, officer: Signed, field: str, words: str, says: str
) -> None:
    with pytest.raises(UserError, match=re.escape(says)) as refused:
        assembled(desk, officer, desk.typed(texts={**TEXTS, field: words}))
    assert refused.value.field == field


def test_a_table_that_was_pasted_goes_in(desk: SeededDesk, officer: Signed) -> None:
    to_lay = assembled(desk, officer, desk.typed(purpose="Work\tand papers", texts={**TEXTS, "journey": "9:00\tBus"}))
    assert b"Work and papers" in encode(to_lay.made)
    assert b"9:00 Bus" in encode(to_lay.made)


def test_the_ledger_names_kinds_and_who_decided(desk: SeededDesk, officer: Signed) -> None:
    typed = replace(desk.typed(kept_back=("victim",)), countersigners=(desk.uids["silver-reed"],))
    withheld = assembled(desk, officer, typed).made.manifest.withheld
    assert [(each.kind, each.decided_by, each.reason.value) for each in withheld] == [
        ("Notes of psychological sessions", "Name of calm-harbour", "professional_secrecy"),
        ("Pastoral notes and sealed matters, if there are any", "chaplaincy", "faith_confidence"),
        ("Notes that protect other people", "safeguarding lead", "third_party"),
        ("Matters of victims", "case officer", "victim"),
    ]
    nobody_met = desk.preparing(officer).contents.of(desk.other, desk.typed()).stays
    assert [each.kind for each in nobody_met] == ["Pastoral notes and sealed matters, if there are any"], (
        "that somebody sees a chaplain is told to nobody"
    )


def test_about_a_child_nothing_is_said_of_belonging_and_others_read_it(desk: SeededDesk, officer: Signed) -> None:
    people, preparing = officer.people, desk.preparing(officer)
    child = people.register(replace(details("24-777"), age_regime=AgeRegime.CHILD), legal()).id
    people.plan_release(child, date(2027, 1, 8), on=TODAY, source=DateSource.COURT, route=ReleaseRoute.COURT_ORDER)
    assert preparing.addressees(child, ()).audiences == (AudienceCode.CHILD_SERVICES, AudienceCode.GUARDIAN)
    typed = desk.typed(audience="child_services")
    to_lay, _ = preparing.assemble(child, typed, "a draft")
    (words,) = (entry for entry in to_lay.made.manifest.sections if entry.code == "S7")
    assert words.reason == "not put in for this recipient", "no words on progress by default"
    for wrong in ("supervision", "faith"):
        with pytest.raises(UserError, match="under 18"):
            preparing.check_choices(child, typed.for_audience(wrong))
    said = {**TEXTS, "journey": "His uncle, a member of the council, waits at the gate."}
    with pytest.raises(UserError, match="member of the council") as stopped:
        preparing.assemble(child, replace(typed, texts=said), "a draft")
    assert "First fortnight" in stopped.value.sentence
    said = {**TEXTS, "journey": "Elle était membre d’un groupe et fut recrutée par son oncle."}
    with pytest.raises(UserError, match="membre d’un groupe"):
        preparing.assemble(child, replace(typed, texts=said), "a draft")
    preparing.assemble(desk.person, desk.typed(texts=said), "a draft")  # an adult's is looked at, not stopped


def assembled(desk: SeededDesk, officer: Signed, typed: TypedPacket) -> making.ToLayOut:
    typed = replace(typed, countersigners=(desk.uids["silver-reed"],))
    return desk.preparing(officer).assemble(desk.person, typed, "a draft")[0]
