"""The register on a real encrypted desk."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.db.projection import PROTECTED
from rehabdesk.people import contact_store, store
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.model import (
    AssignmentDetails,
    Capacity,
    ContactConsent,
    ContactDetails,
    ContactKind,
    PersonName,
    PersonRow,
    Placement,
    Script,
)
from rehabdesk.people.service import People
from tests.people.cases import TODAY, CaseDesk, details, legal

CONSENT = ConsentDetails(
    purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG,
    status=ConsentStatus.GIVEN,
    scope="Plan and conditions",
    recipient="River District Resettlement Team",
    explained_in="dje",
    method=ConsentMethod.THUMBPRINT,
    given_on=TODAY,
)


def test_a_registered_person_is_found_in_every_script_and_spelling_after_a_new_unlock(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("silver-reed") as opened:
        people = People(opened)
        for words in ("Kadri", "driss", "abu sena", "ادريسا", "قادرى", "24-017"):
            assert [row.id for row in people.find(words)] == [person], words
        assert people.find("Nobody") == ()
        assert people.person(person).details == details()
        assert people.row(person).name_arabic == "إدريسا قادري"


def test_a_case_number_is_given_once(desk: CaseDesk) -> None:
    desk.register()
    with desk.as_login("quiet-orchard") as opened, pytest.raises(UserError) as refused:
        People(opened).register(details(), legal())
    assert refused.value.field == "case_ref"


def test_a_case_number_is_one_number_in_any_digits_and_letters(desk: CaseDesk) -> None:
    person = desk.register("24/b-017")
    with desk.as_login("quiet-orchard") as opened:
        people = People(opened)
        for same in ("24/B-017", "٢٤/b-٠١٧"):
            with pytest.raises(UserError) as refused:
                people.register(details(same), legal())
            assert refused.value.field == "case_ref"
            assert people.known.has_number(person, same)
        people.amend(person, details("24/B-017"))
        assert people.row(person).case_ref == "24/B-017"


def test_an_amended_identity_replaces_what_is_shown_and_searched(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        people = People(opened)
        people.amend(person, replace(details(), display_alias="Idrissa Q."))
        assert people.row(person).display_alias == "Idrissa Q."
        assert len(people.find("Idrissa")) == 1


def test_only_a_case_officer_registers_and_changes_stages(desk: CaseDesk) -> None:
    person = desk.register()
    for sign_in in ("calm-harbour", "plain-lantern", "silver-reed", "north-window"):
        with desk.as_login(sign_in) as opened:
            people = People(opened)
            with pytest.raises(UserError):
                people.register(details("24-018"), legal())
            with pytest.raises(UserError):
                people.set_stage(person, Stage.PRE_RELEASE, on=TODAY, source=DateSource.COURT)


def test_an_administrator_holds_no_key_of_the_register(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("amber-kite") as opened, pytest.raises(NoKey):
        People(opened).row(person)


def test_a_chaplain_sees_the_row_but_not_the_whole_identity(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("plain-lantern") as opened:
        people = People(opened)
        assert people.row(person).name == "Idrissa Kadri"
        with pytest.raises(UserError):
            people.person(person)


def test_stage_history_keeps_day_source_and_author(desk: CaseDesk) -> None:
    person = desk.register(stage=Stage.PRE_TRIAL)
    with desk.as_login("green-ferry") as opened:
        people = People(opened)
        people.set_stage(person, Stage.CONVICTED, on=date(2026, 3, 1), source=DateSource.COURT)
        people.set_stage(person, Stage.SENTENCED, on=date(2026, 3, 9), source=DateSource.WARRANT)
        history = people.legal_history(person)
        assert [change.episode.stage for change in history] == [Stage.PRE_TRIAL, Stage.CONVICTED, Stage.SENTENCED]
        assert history[-1].episode.source is DateSource.WARRANT
        assert history[-1].recorded_by == opened.uid
        assert people.legal(person).dates.conviction == date(2026, 3, 1)


@pytest.mark.parametrize("stage", [Stage.PRE_TRIAL, Stage.CONVICTED, Stage.SENTENCED, Stage.CLEARED])
def test_a_release_can_always_be_recorded(desk: CaseDesk, stage: Stage) -> None:
    person = desk.register(stage=stage)
    with desk.as_login("green-ferry") as opened:
        people = People(opened)
        episode = people.record_release(
            person,
            Stage.RELEASED_UNSUPERVISED,
            on=TODAY,
            source=DateSource.REGISTRY,
            route=ReleaseRoute.PARDON,
            short_notice=True,
        )
        assert episode.dates.actual_release == TODAY
        assert people.legal(person) == episode
        assert people.row(person).stage == episode.stage


def test_a_recall_opens_a_new_episode_and_keeps_the_old_one(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        people = People(opened)
        people.record_release(
            person,
            Stage.RELEASED_SUPERVISED,
            on=TODAY,
            source=DateSource.REGISTRY,
            route=ReleaseRoute.CONDITIONAL,
        )
        people.set_stage(person, Stage.RECALLED, on=TODAY + timedelta(days=3), source=DateSource.COURT)
        rid, episode = store.legal_now(opened.index("team"), person) or ("", None)
        assert episode is not None
        assert episode.stage is Stage.RECALLED
        rids = {row[0] for row in opened.index("team").rows("SELECT rid FROM people_legal")}
        assert len(rids) == 2
        assert rid in rids


def test_a_move_ends_the_placement_before_it(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        people = People(opened)
        people.place(person, Placement(establishment="Three Wells", unit="A", since=TODAY))
        people.place(person, Placement(establishment="Three Wells", unit="B", since=TODAY + timedelta(days=2)))
        assert people.row(person).unit == "B"
        assert [one.until for one in people.placements(person)] == [None, TODAY + timedelta(days=2)]


def test_a_consent_holds_until_it_is_withdrawn_or_its_review_is_over(desk: CaseDesk) -> None:
    person = desk.register()
    team = CONSENT.recipient
    with desk.as_login("green-ferry") as opened:
        people = People(opened)
        purpose = ConsentPurpose.SHARE_WITH_NAMED_ORG
        kept = people.consents.record(person, replace(CONSENT, review_due=TODAY + timedelta(days=30)))
        assert people.consents.standing(person, purpose, recipient=team) == kept
        assert people.consents.standing(person, purpose, recipient="Another organisation") is None
        desk.clock.advance(timedelta(days=31))
        assert people.consents.standing(person, purpose, recipient=team) is None
        again = people.consents.record(person, CONSENT)
        people.consents.withdraw(again.id, on=TODAY + timedelta(days=31))
        assert people.consents.standing(person, purpose, recipient=team) is None
        assert people.consents.consent(again.id).details.status is ConsentStatus.WITHDRAWN


def test_a_safety_note_is_never_among_team_records(desk: CaseDesk) -> None:
    person = desk.register()
    contact = ContactDetails(
        kind=ContactKind.FAMILY, name="Hawa Kadri", consent_to_be_contacted=ContactConsent.UNSAFE, do_not_contact=True
    )
    with desk.as_login("green-ferry") as opened:
        made = People(opened).circle.add(person, contact, safety_note="Her brother listens to her calls.")
        assert not opened.holds(PROTECTED)
        assert opened.index("team").match("brother") == []
    with desk.as_login("calm-harbour") as opened:
        (kept,) = contact_store.safety_notes(opened.index(PROTECTED), made.id)
        assert kept.author != opened.uid
        assert opened.read(PROTECTED, kept.rid).payload["words"] == "Her brother listens to her calls."


def test_own_cases_follow_the_assignments_of_the_day(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        people = People(opened)
        mine = next(one for one in people.assignments(person) if one.details.capacity is Capacity.PSYCHOLOGIST)
        people.end_assignment(mine.id, until=TODAY + timedelta(days=1))
    with desk.as_login("calm-harbour") as opened:
        people = People(opened)
        assert people.caseload.own_cases() == {person}
        desk.clock.advance(timedelta(days=1))
        assert people.caseload.own_cases() == frozenset()
        with pytest.raises(UserError):
            people.caseload.require(person)


def test_two_capacities_in_one_person_are_warned_about_and_overridden_with_a_reason(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("silver-reed") as opened:
        people = People(opened)
        uids = {member.sign_in: member.card.uid for member in opened.members()}
        wish = AssignmentDetails(staff=uids["calm-harbour"], capacity=Capacity.ASSESSMENT_AUTHOR, since=TODAY)
        with pytest.raises(UserError) as refused:
            people.assign(person, wish)
        assert refused.value.field == "override_reason"
        people.assign(person, replace(wish, override_reason="No other psychologist speaks Zarma."))
        with pytest.raises(UserError):
            people.assign(person, replace(wish, capacity=Capacity.CHAPLAIN))


def test_the_register_is_read_page_by_page(desk: CaseDesk) -> None:
    with desk.as_login("green-ferry") as opened:
        people = People(opened)
        for number in range(7):
            people.register(details(f"24-{number:03d}"), legal())
        seen, after = [], None
        while page := people.register_page(after=after, limit=3):
            seen += [row.case_ref for row in page]
            after = page[-1]
        assert seen == [f"24-{number:03d}" for number in range(7)]


def test_a_chaplain_is_given_names_and_units_by_name_and_nothing_of_the_case(desk: CaseDesk) -> None:
    names = ("Zakaria T.", "amadou S.", "Moussa D.", "Bakary K.", "Idrissa K.")
    with desk.as_login("green-ferry") as opened:
        people = People(opened)
        for number, name in enumerate(names):
            people.register(replace(details(f"24-{number:03d}"), display_alias=name), legal(Stage.PRE_TRIAL))
    with desk.as_login("plain-lantern") as opened:
        people, after = People(opened), None
        seen: list[PersonRow] = []
        while page := people.register_page(after=after, limit=2):
            seen += page
            after = page[-1]
        assert [row.display_alias for row in seen] == sorted(names, key=str.casefold)
        assert {(row.case_ref, row.stage, row.planned_release) for row in seen} == {("", "", None)}
        assert people.released_page() == ()
        assert not people.known.convicted(seen[0].id)
        assert people.known.has_number(seen[0].id, "24-001 ")
        assert not people.known.has_number(seen[0].id, "24-002")
        with pytest.raises(UserError, match="legal stage"):
            people.legal(seen[0].id)


def test_a_name_is_found_by_its_usual_spellings_exact_ones_first(desk: CaseDesk) -> None:
    desk.register("24-017")
    with desk.as_login("green-ferry") as opened:
        people = People(opened)
        other = replace(
            details("24-018"),
            display_alias="Othman B.",
            names=(PersonName(script=Script.LATIN, given="Othman", family="Abdoulkader"),),
        )
        people.register(other, legal())
        arabic = PersonName(script=Script.ARABIC, given="عثمان", family="عبد القادر")
        people.register(replace(details("24-019"), display_alias="Third", names=(arabic,)), legal())

        def said(words: str) -> list[tuple[str, bool]]:
            return [(found.row.case_ref, found.similar) for found in people.search.persons(words)]

        assert said("Othman") == [("24-018", False), ("24-019", True)]
        assert said("عثمان") == [("24-019", False), ("24-018", True)]
        assert said("Ousmane Abdel Kader") == [("24-018", True), ("24-019", True)]
        assert said("Idriss") == [("24-017", False)]
        assert said("Ousmane Kadri") == []
        assert said("24-01") == [("24-017", False), ("24-018", False), ("24-019", False)]


def test_an_older_spelling_of_an_amended_name_finds_nobody(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        people = People(opened)
        name = PersonName(script=Script.LATIN, given="Ousmane", family="Sall")
        people.amend(person, replace(details(), display_alias="Ousmane S.", names=(name,)))
        assert [row.id for row in people.find("Uthman")] == [person]
        assert people.find("Driss") == ()


def test_contacts_are_found_by_their_usual_spellings_by_who_is_shown_contacts(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        People(opened).circle.add(person, ContactDetails(kind=ContactKind.FAMILY, name="Fatma Kadri"))
        assert [
            (found.details.name, similar) for found, similar in People(opened).search.contacts("Fatoumata Kadri")
        ] == [("Fatma Kadri", True)]
        assert [similar for _, similar in People(opened).search.contacts("fatma")] == [False]
