"""Identity, legal page, placements, assignments, children, protected notes and needs on a real encrypted desk."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.db.projection import CLINICAL, PROTECTED, TEAM
from rehabdesk.people.assignment_service import Assignments
from rehabdesk.people.children_service import Children
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.identity_service import Identities
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.legal_service import LegalStages
from rehabdesk.people.model import (
    AssignmentDetails,
    BirthPrecision,
    Capacity,
    ContactConsent,
    ContactDetails,
    ContactKind,
    PersonName,
    Placement,
    Script,
)
from rehabdesk.people.need_service import Needs
from rehabdesk.people.placement_service import Placements
from rehabdesk.people.protected_model import About, AgeBand, ChildrenCount, ProtectedNote, Recruited
from rehabdesk.people.protected_service import ProtectedNotes
from rehabdesk.people.service import People
from tests.people.cases import TODAY, CaseDesk, details

OFFICER, SECOND, PSYCHOLOGIST, OTHER_PSYCHOLOGIST = "green-ferry", "quiet-orchard", "calm-harbour", "warm-bridge"
CHAPLAIN, SUPERVISOR, INSPECTOR = "plain-lantern", "silver-reed", "north-window"
READERS = (OFFICER, PSYCHOLOGIST, SUPERVISOR, INSPECTOR)
DAUGHTER = ContactDetails(kind=ContactKind.FAMILY, name="Sena Kadri", is_child=True, child_birth_year=2019)


def uid_of(desk: Desk, sign_in: str) -> str:
    return next(member.card.uid for member in desk.members() if member.sign_in == sign_in)


def name_lead(desk: CaseDesk, person: str, sign_in: str) -> None:
    with desk.as_login(OFFICER) as opened:
        lead = AssignmentDetails(staff=uid_of(opened, sign_in), capacity=Capacity.SAFEGUARDING_LEAD, since=TODAY)
        Assignments(opened, People(opened)).give(person, lead)


# identity


def test_a_change_tells_what_changed_and_every_version_stays(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        identities = Identities(opened, People(opened))
        changed = identities.change(person, replace(details(), display_alias="Idrissa Q.", interpreter_needed=True))
        versions = identities.versions(person)
        assert changed == ("display_alias", "interpreter_needed")
        assert [version.number for version in versions] == [2, 1]
        assert [version.changed for version in versions] == [("display_alias", "interpreter_needed"), ()]
        assert versions[1].details == details()
        assert versions[0].author == opened.uid
        with pytest.raises(UserError):
            identities.change(person, versions[0].details)


def test_versions_are_there_for_who_reads_the_identity_only(desk: CaseDesk) -> None:
    person = desk.register()
    for sign_in in READERS:
        with desk.as_login(sign_in) as opened:
            assert len(Identities(opened, People(opened)).versions(person)) == 1
    with desk.as_login(CHAPLAIN) as opened, pytest.raises(UserError):
        Identities(opened, People(opened)).versions(person)


def test_faith_is_kept_only_where_the_site_has_it_on(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        people = People(opened)
        identities = Identities(opened, people)
        assert not identities.holds_faith
        with pytest.raises(UserError):
            identities.change(person, replace(details(), faith_self_described="Muslim"))
        identities.change(person, replace(details(), faith_self_described="Muslim", interpreter_needed=True))
        assert people.person(person).details.faith_self_described == ""


@pytest.mark.parametrize(
    ("given", "family", "year", "found"),
    [
        ("Idrissa", "Kadri", 1997, True),
        ("Idrisa", "Kadry", 1998, True),
        ("Driss", "Kadri", None, True),
        ("إدريسا", "قادري", None, True),
        ("Idrissa", "Kadri", 1978, False),
        ("Omar", "Sall", 1997, False),
    ],
)
def test_who_may_be_the_same_person_is_found(
    desk: CaseDesk, given: str, family: str, year: int | None, found: bool
) -> None:
    person = desk.register()
    name = PersonName(script=Script.LATIN, given=given, family=family)
    born = (date(year, 1, 1), BirthPrecision.ESTIMATED) if year else (None, BirthPrecision.UNKNOWN)
    with desk.as_login(SECOND) as opened:
        similar = Identities(opened, People(opened)).similar(name, born)
        assert [row.id for row in similar] == ([person] if found else [])


# clinical needs


def test_a_need_stays_clinical_until_its_author_lowers_the_practical_side(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(PSYCHOLOGIST) as opened:
        needs = Needs(opened)
        needs.keep(person, "Deaf on the left side since the explosion.")
        (kept,) = needs.kept(person)
        assert "explosion" in needs.read(person, kept.rid)
        assert People(opened).person(person).details.practical_access_need == ""
        needs.lower(person, kept.rid, "Speak on the right side.")
    with desk.as_login(OFFICER) as opened:
        people = People(opened)
        assert people.person(person).details.practical_access_need == "Speak on the right side."
        with pytest.raises(NoKey):
            opened.index(CLINICAL)
        assert opened.index(TEAM).match("explosion") == []
        Identities(opened, people).change(person, replace(details(), interpreter_needed=True))
        assert people.person(person).details.practical_access_need == "Speak on the right side."


def test_only_the_author_lowers_and_only_on_own_cases(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(PSYCHOLOGIST) as opened:
        Needs(opened).keep(person, "Cannot climb stairs.")
        (kept,) = Needs(opened).kept(person)
    with desk.as_login(OTHER_PSYCHOLOGIST) as opened:
        assert not Needs(opened).may_use(person)
        with pytest.raises(UserError):
            Needs(opened).kept(person)
    with desk.as_login(OFFICER) as opened:
        colleague = AssignmentDetails(
            staff=uid_of(opened, OTHER_PSYCHOLOGIST), capacity=Capacity.PSYCHOLOGIST, since=TODAY
        )
        People(opened).assign(person, colleague)
    with desk.as_login(OTHER_PSYCHOLOGIST) as opened:
        assert Needs(opened).read(person, kept.rid) == "Cannot climb stairs."
        with pytest.raises(UserError):
            Needs(opened).lower(person, kept.rid, "Ground floor.")


# what is protected


def test_a_protected_note_is_read_by_author_and_safeguarding_lead_alone_and_the_reading_is_logged(
    desk: CaseDesk,
) -> None:
    person = desk.register()
    note = ProtectedNote(about=About.RECRUITED_AS_CHILD, words="Taken at eleven.", recruited=Recruited.YES)
    with desk.as_login(OFFICER) as opened:
        notes = ProtectedNotes(opened)
        assert not notes.keep(person, note)
        assert notes.kept(person) == ()
        assert not opened.holds(PROTECTED)
    with desk.as_login(PSYCHOLOGIST) as opened:
        assert ProtectedNotes(opened).kept(person) == ()
    name_lead(desk, person, PSYCHOLOGIST)
    with desk.as_login(PSYCHOLOGIST) as opened:
        notes = ProtectedNotes(opened)
        (kept,) = notes.kept(person)
        before = opened.truth.head().n
        assert notes.read(person, kept.rid) == note
        assert opened.truth.head().n == before + 1
    with desk.as_login(OTHER_PSYCHOLOGIST) as opened, pytest.raises(UserError):
        ProtectedNotes(opened).read(person, kept.rid)


def test_no_word_of_a_protected_record_lies_in_the_index_of_the_team(desk: CaseDesk) -> None:
    person = desk.register()
    words = ("Zebrafish", "Quagmire", "Saltpan")
    with desk.as_login(OFFICER) as opened:
        people, notes = People(opened), ProtectedNotes(opened)
        notes.keep(person, ProtectedNote(about=About.RECRUITED_AS_CHILD, words=words[0], recruited=Recruited.YES))
        notes.keep(person, ProtectedNote(about=About.CHILDREN, words=words[1]))
        unsafe = ContactDetails(
            kind=ContactKind.FAMILY, name="Hawa Kadri", consent_to_be_contacted=ContactConsent.UNSAFE
        )
        people.circle.add(person, unsafe, safety_note=words[2])
    for sign_in in (OFFICER, CHAPLAIN, SUPERVISOR, INSPECTOR):
        with desk.as_login(sign_in) as opened:
            index = opened.index_file(TEAM)
            tables = [row[0] for row in index.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            held = "".join(
                repr(row)
                for table in tables
                if table.startswith("people")
                for row in index.rows(f"SELECT * FROM {table}")
            )
            assert "Hawa" in held
            assert not any(word in held or index.match(word) for word in (*words, "recruited"))


def test_a_safety_note_is_told_as_a_tick_and_read_by_author_and_lead(desk: CaseDesk) -> None:
    person = desk.register()
    unsafe = ContactDetails(kind=ContactKind.FAMILY, name="Hawa Kadri", consent_to_be_contacted=ContactConsent.UNSAFE)
    with desk.as_login(PSYCHOLOGIST) as opened:
        circle = People(opened).circle
        made = circle.add(person, unsafe, safety_note="Her brother listens.")
        (note,) = circle.notes(made)
        assert circle.read_note(made, note.rid) == "Her brother listens."
    with desk.as_login(OFFICER) as opened:
        circle = People(opened).circle
        (seen,) = circle.of_person(person)
        assert seen.details.protected_note
        assert circle.notes(seen) == ()
        circle.change(seen.id, replace(seen.details, relation="mother", protected_note=False))
        assert circle.of_person(person)[0].details.protected_note
    with desk.as_login(OTHER_PSYCHOLOGIST) as opened:
        circle = People(opened).circle
        assert circle.notes(circle.of_person(person)[0]) == ()


# children and contacts


@pytest.mark.parametrize("sign_in", [CHAPLAIN, SUPERVISOR, INSPECTOR])
def test_a_child_is_an_age_band_for_who_does_not_keep_the_contacts(desk: CaseDesk, sign_in: str) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        People(opened).circle.add(person, DAUGHTER)
        assert People(opened).circle.of_person(person)[0].details.child_birth_year == 2019
    with desk.as_login(sign_in) as opened:
        (seen,) = People(opened).circle.of_person(person)
        assert seen.details.child_birth_year is None
        assert seen.band is AgeBand.UP_TO_11


def test_a_victim_liaison_holds_nothing_about_a_victim(desk: CaseDesk) -> None:
    person = desk.register()
    office = ContactDetails(kind=ContactKind.VICTIM_LIAISON, name="Victim support office", phone="+000 20 555 999")
    with desk.as_login(OFFICER) as opened:
        circle = People(opened).circle
        circle.add(person, office)
        with pytest.raises(UserError) as refused:
            circle.add(person, replace(office, relation="sister of the man who died"))
        assert refused.value.field == "kind"


def test_children_are_counted_by_band_for_who_prepares_a_release(desk: CaseDesk) -> None:
    person = desk.register()
    counts = ChildrenCount(up_to_5=2, up_to_17=1, counted_on=TODAY)
    with desk.as_login(OFFICER) as opened:
        Children(opened).count(person, replace(counts, up_to_5=1))
        Children(opened).count(person, counts)
    for sign_in in (SUPERVISOR, PSYCHOLOGIST, INSPECTOR):
        with desk.as_login(sign_in) as opened:
            assert Children(opened).of_person(person) == counts
    with desk.as_login(CHAPLAIN) as opened, pytest.raises(UserError):
        Children(opened).of_person(person)


# legal stage


def test_a_change_of_stage_is_taken_back_as_a_correction_and_both_stay(desk: CaseDesk) -> None:
    person = desk.register(stage=Stage.PRE_TRIAL)
    with desk.as_login(OFFICER) as opened:
        legal = LegalStages(opened, People(opened))
        before = legal.now(person)
        legal.change(person, Stage.CONVICTED, on=TODAY, source=DateSource.COURT)
        after = legal.take_back(person)
        assert replace(after, correction="") == before
        assert after.correction
        assert Stage.CONVICTED in [change.episode.stage for change in legal.history(person)]


def test_a_release_is_taken_back_with_its_day_and_route(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        legal = LegalStages(opened, People(opened))
        before = legal.now(person)
        legal.release(
            person,
            legal.usual_way(person, ReleaseRoute.CONDITIONAL),
            on=TODAY,
            source=DateSource.REGISTRY,
            route=ReleaseRoute.CONDITIONAL,
        )
        assert legal.now(person).stage is Stage.RELEASED_SUPERVISED
        assert [row.id for row in People(opened).released_page()] == [person]
        legal.take_back(person)
        assert replace(legal.now(person), correction="") == before
        assert People(opened).released_page() == ()


def test_a_recall_that_was_a_slip_is_taken_back_too(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        legal = LegalStages(opened, People(opened))
        legal.release(
            person, Stage.RELEASED_SUPERVISED, on=TODAY, source=DateSource.COURT, route=ReleaseRoute.CONDITIONAL
        )
        legal.change(person, Stage.RECALLED, on=TODAY, source=DateSource.COURT)
        legal.take_back(person)
        assert legal.now(person).stage is Stage.RELEASED_SUPERVISED


def test_a_day_that_is_to_come_and_an_empty_reason_are_refused(desk: CaseDesk) -> None:
    person = desk.register()
    tomorrow = TODAY + timedelta(days=1)
    with desk.as_login(OFFICER) as opened:
        legal = LegalStages(opened, People(opened))
        with pytest.raises(UserError) as refused:
            legal.change(person, Stage.HOSPITAL, on=tomorrow, source=DateSource.COURT)
        assert refused.value.field == "since"
        with pytest.raises(UserError) as refused:
            legal.correct(person, Stage.PRE_TRIAL, on=TODAY, source=DateSource.COURT, reason=" ")
        assert refused.value.field == "correction"


def test_before_a_conviction_no_label_of_an_offence_is_kept(desk: CaseDesk) -> None:
    person = desk.register(stage=Stage.PRE_TRIAL)
    with desk.as_login(OFFICER) as opened:
        legal = LegalStages(opened, People(opened))
        with pytest.raises(UserError) as refused:
            legal.change_facts(person, replace(legal.now(person), offence_label_short="Association"))
        assert refused.value.field == "offence_label_short"
        legal.change_facts(person, replace(legal.now(person), file_no="F-1", under_appeal=True))
        assert legal.now(person).file_no == "F-1"


def test_who_was_cleared_stands_on_the_day_of_officer_and_supervisor_with_the_day_of_the_review(
    desk: CaseDesk,
) -> None:
    person = desk.register(stage=Stage.PRE_TRIAL)
    with desk.as_login(OFFICER) as opened:
        legal = LegalStages(opened, People(opened))
        legal.change(person, Stage.CLEARED, on=TODAY, source=DateSource.COURT)
        assert legal.erasure_reviews() == ((person, TODAY + timedelta(days=30)),)
    for sign_in, seen in ((SUPERVISOR, 1), (PSYCHOLOGIST, 0), (CHAPLAIN, 0)):
        with desk.as_login(sign_in) as opened:
            assert len(LegalStages(opened, People(opened)).erasure_reviews()) == seen


def test_a_chaplain_has_no_legal_stage(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(CHAPLAIN) as opened, pytest.raises(UserError):
        LegalStages(opened, People(opened)).now(person)


# placements


def test_a_move_is_taken_back_and_the_placement_before_it_goes_on(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        people = People(opened)
        placements = Placements(opened, people)
        placements.move(person, Placement(establishment="Three Wells", unit="A", since=TODAY - timedelta(days=4)))
        placements.move(person, Placement(establishment="Three Wells", unit="B", since=TODAY))
        assert people.row(person).unit == "B"
        placements.take_back(person)
        assert people.row(person).unit == "A"
        assert [one.unit for one in placements.of_person(person) if one.taken_back] == ["B"]
        placements.move(person, Placement(establishment="Three Wells", unit="C", since=TODAY))
        placements.take_back(person)
        assert people.row(person).unit == "A"


def test_a_move_before_the_present_placement_is_refused_beside_its_day(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        placements = Placements(opened, People(opened))
        placements.move(person, Placement(establishment="Three Wells", unit="A", since=TODAY))
        for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
            with pytest.raises(UserError) as refused:
                placements.move(person, Placement(establishment="Three Wells", unit="B", since=day))
            assert refused.value.field == "since"


# assignments


def test_an_assignment_is_given_once_ended_and_taken_up_again(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(SUPERVISOR) as opened:
        people = People(opened)
        assignments = Assignments(opened, people)
        wish = AssignmentDetails(staff=uid_of(opened, SECOND), capacity=Capacity.DEPUTY, since=TODAY)
        given = assignments.give(person, wish)
        with pytest.raises(UserError) as refused:
            assignments.give(person, wish)
        assert refused.value.field == "staff"
        ended = assignments.end(given, until=TODAY)
        assert assignments.is_over(ended)
        assignments.reopen(given)
        assert any(one.id == given.id and one.details.until is None for one in assignments.of_person(person))
        assignments.tell(given)
        assert next(one for one in assignments.of_person(person) if one.id == given.id).details.person_told
        offered = {uid for uid, _name in assignments.offered(Capacity.PSYCHOLOGIST)}
        assert offered == {uid_of(opened, PSYCHOLOGIST), uid_of(opened, OTHER_PSYCHOLOGIST)}


def test_both_pairs_of_capacities_are_warned_about(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        assignments = Assignments(opened, People(opened))
        for sign_in, capacity in ((CHAPLAIN, Capacity.FACILITATOR), (PSYCHOLOGIST, Capacity.ASSESSMENT_AUTHOR)):
            wish = AssignmentDetails(staff=uid_of(opened, sign_in), capacity=capacity, since=TODAY)
            assert assignments.warning(person, wish) is not None
            with pytest.raises(UserError) as refused:
                assignments.give(person, wish)
            assert refused.value.field == "override_reason"
            given = assignments.give(person, replace(wish, override_reason="Nobody else speaks Zarma."))
            assert given.details.override_reason


@pytest.mark.parametrize(("first", "then"), [(0, -30), (20, 5)], ids=["entered late", "begins later"])
def test_capacities_are_warned_about_whichever_begins_first(desk: CaseDesk, first: int, then: int) -> None:
    person = desk.register("24-021")
    with desk.as_login(OFFICER) as opened:
        assignments, uid = Assignments(opened, People(opened)), uid_of(opened, OTHER_PSYCHOLOGIST)
        author = AssignmentDetails(staff=uid, capacity=Capacity.ASSESSMENT_AUTHOR, since=TODAY + timedelta(days=first))
        given = assignments.give(person, author)
        with pytest.raises(UserError) as twice:
            assignments.give(person, replace(author, since=TODAY + timedelta(days=then)))
        assert twice.value.field == "staff"
        treats = replace(author, capacity=Capacity.PSYCHOLOGIST, since=TODAY + timedelta(days=then))
        assert assignments.warning(person, treats) is not None
        assert assignments.warning(person, replace(treats, until=author.since)) is None
        assignments.end(given, until=author.since)
        assert assignments.warning(person, treats) is None


# consents


def test_a_consent_keeps_its_history_and_comes_to_my_day_before_it_ends(desk: CaseDesk) -> None:
    person = desk.register()
    given = ConsentDetails(
        purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG,
        status=ConsentStatus.GIVEN,
        scope="Plan and conditions",
        recipient="River District Resettlement Team",
        explained_in="dje",
        method=ConsentMethod.THUMBPRINT,
        given_on=TODAY,
        review_due=TODAY + timedelta(days=20),
    )
    with desk.as_login(OFFICER) as opened:
        consents = People(opened).consents
        kept = consents.record(person, given)
        assert consents.due_soon() == ()
        desk.clock.advance(timedelta(days=7))
        assert [one.id for one in consents.due_soon()] == [kept.id]
        again = consents.record(person, replace(given, review_due=TODAY + timedelta(days=200)))
        assert consents.due_soon() == ()
        consents.withdraw(again.id, on=TODAY + timedelta(days=7))
        history = consents.history(again.id)
        assert [one.details.status for one in history] == [ConsentStatus.WITHDRAWN, ConsentStatus.GIVEN]
        assert consents.notice(again.id, about="Idrissa K., case 24-017").startswith(b"%PDF")
        with pytest.raises(UserError):
            consents.notice(kept.id, about="Idrissa K., case 24-017")
    with desk.as_login(SECOND) as opened:
        assert People(opened).consents.due_soon() == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"given_on": TODAY + timedelta(days=1)}, "given_on"),
        ({"review_due": TODAY - timedelta(days=1)}, "review_due"),
    ],
)
def test_days_of_a_consent_that_cannot_be_are_refused(desk: CaseDesk, changes: dict[str, date], field: str) -> None:
    person = desk.register()
    plain = ConsentDetails(
        purpose=ConsentPurpose.PHOTO,
        status=ConsentStatus.GIVEN,
        scope="Portrait",
        explained_in="fr",
        method=ConsentMethod.SIGNATURE,
        given_on=TODAY,
    )
    with desk.as_login(OFFICER) as opened, pytest.raises(UserError) as refused:
        People(opened).consents.record(person, replace(plain, **changes))  # type: ignore[arg-type]  # days of the case
    assert refused.value.field == field
