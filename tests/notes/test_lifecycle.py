"""Drafts that nag, notes moved to the right person, paper days, contributions and counts, on a real encrypted desk."""

from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.access.drafts_service import OldDrafts
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM
from rehabdesk.notes.chaplaincy.contact_log_service import ContactLog
from rehabdesk.notes.chaplaincy.contribution_model import Agreed, Audience, Contribution
from rehabdesk.notes.chaplaincy.contribution_service import Contributions
from rehabdesk.notes.chaplaincy.follow_up_service import FollowUps
from rehabdesk.notes.chaplaincy.month_service import Months
from rehabdesk.notes.chaplaincy.pastoral_model import GroupCount, MonthSheet
from rehabdesk.notes.chaplaincy.sealed_words_model import sealed_words_in
from rehabdesk.notes.chaplaincy.sealed_words_service import load_sealed_words
from rehabdesk.notes.draft_age_model import DraftAge, age_colour, age_words, draft_age
from rehabdesk.notes.forms.answers_model import UnansweredError
from rehabdesk.notes.model import AddendumType, Part
from rehabdesk.notes.paper.paper_service import Paper
from rehabdesk.notes.service import NOTE_DRAFT
from rehabdesk.notes.words_model import note_tags
from rehabdesk.people.model import AssignmentDetails, Capacity
from tests.notes.sessions import HEADER, KEYWORK, MEETING, SESSION, VISIT, services
from tests.notes.test_service import deeds
from tests.people.cases import NOON, TODAY, CaseDesk

PSY, CHA, CO = "psychologist_session", "chaplain_engagement", "keywork"


# drafts


@pytest.mark.parametrize(
    ("age", "stage", "colour", "says"),
    [
        (timedelta(hours=24), DraftAge.FRESH, "grey", ""),
        (timedelta(hours=25), DraftAge.NAGS, "amber", ""),
        (timedelta(hours=73), DraftAge.COUNTED, "amber", "supervisor"),
        (timedelta(days=31), DraftAge.WARNED, "amber", "30 days"),
        (timedelta(days=91), DraftAge.TO_DECIDE, "red", "90 days"),
    ],
)
def test_a_draft_nags_as_it_ages(age: timedelta, stage: DraftAge, colour: str, says: str) -> None:
    assert draft_age(NOON - age, NOON) is stage
    assert age_colour(stage) == colour
    assert says in age_words(stage)


def test_a_supervisor_learns_how_many_drafts_are_old_and_nothing_else(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        psychologist = opened.uid
        first = notes.start(PSY, person, answers={"psy.P3.free": "Old words"})
        notes.start(PSY, person)
        notes.reminders.keep("Not a note", person_id=person, note="")
    desk.clock.advance(timedelta(hours=71))
    with desk.as_login("silver-reed") as opened:
        assert OldDrafts(opened, (NOTE_DRAFT,)).by_member() == {}
    with desk.as_login("calm-harbour") as opened:  # typing on does not make it young again
        services(opened).notes.save_draft(first, occurred_at=MEETING, answers={"psy.P3.free": "Newer words"})
    desk.clock.advance(timedelta(hours=2))
    with desk.as_login("silver-reed") as opened:
        assert OldDrafts(opened, (NOTE_DRAFT,)).by_member() == {psychologist: 2}
        assert opened.drafts() == ()
        with pytest.raises(UserError):
            opened.draft(first)
    with desk.as_login("green-ferry") as opened, pytest.raises(UserError):
        OldDrafts(opened, (NOTE_DRAFT,)).by_member()


def test_nothing_deletes_a_draft_by_itself(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("calm-harbour") as opened:
        services(opened).notes.start(PSY, person)
    desk.clock.advance(timedelta(days=400))
    with desk.as_login("calm-harbour") as opened:
        here = services(opened)
        here.notes.reminders.drop_old()
        assert len(here.notes.drafts()) == 1


def test_an_inspector_is_offered_no_addition_and_a_colleague_the_persons_statement(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        notes = services(opened).notes
        rid, mine = notes.sign(notes.start(CO, person, occurred_at=MEETING, answers=KEYWORK)).note.rid, opened.uid
        assert notes.additions(mine) == tuple(AddendumType)
    with desk.as_login("silver-reed") as opened:
        assert services(opened).notes.additions(mine) == (AddendumType.PERSON_STATEMENT,)
    with desk.as_login("north-window") as opened:
        notes = services(opened).notes
        assert notes.additions(mine) == ()
        with pytest.raises(UserError, match="adds nothing"):
            notes.add(TEAM, rid, AddendumType.PERSON_STATEMENT, "Said so.")


# the wrong person


def test_honest_mistake(desk: CaseDesk) -> None:
    """domain.md 14.3: struck on A, draft on B, B signed again, both linked, and A's copy tells a day and no more."""
    wrong, right = desk.register("24-017"), desk.register("24-018")
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        rid = notes.sign(notes.start(PSY, wrong, occurred_at=MEETING, answers=SESSION)).note.rid
        assert notes.timeline.removals(wrong) == ()
        draft = notes.recorded_on_wrong_person(CLINICAL, rid, right, "Two files were open.")
        moved = notes.sign(draft).note
        struck = notes.timeline.open(CLINICAL, rid).part.note
        links = [extra for deed, _, extra in deeds(opened) if deed in ("strike", "sign") and extra]
        assert {"draft": draft, "reason": "wrong_person"} in links
        assert {"moved_from": struck} in links
        assert moved.person_id == right
        assert notes.timeline.removals(wrong) == (TODAY,)
        assert notes.timeline.removals(right) == ()
    for sign_in in ("green-ferry", "north-window"):
        with desk.as_login(sign_in) as opened:
            assert services(opened).notes.timeline.removals(wrong) == (TODAY,)
    with desk.as_login("green-ferry") as opened:
        assert services(opened).notes.timeline.page(wrong) == ()


@pytest.mark.parametrize("case", ["no_reason", "same_person", "not_my_case"])
def test_a_note_that_cannot_be_moved_leaves_no_draft_behind(desk: CaseDesk, case: str) -> None:
    wrong, right = desk.register("24-017"), desk.register("24-018")
    with desk.as_login("green-ferry") as opened:
        people = services(opened).people
        for one in people.assignments(right) if case == "not_my_case" else ():
            people.end_assignment(one.id, until=TODAY)
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        rid = notes.sign(notes.start(PSY, wrong, occurred_at=MEETING, answers=SESSION)).note.rid
        to, words = (wrong if case == "same_person" else right), ("" if case == "no_reason" else "Two files.")
        with pytest.raises(UserError) as refused:
            notes.recorded_on_wrong_person(CLINICAL, rid, to, words)
        assert refused.value.field in ("reason", "right_person", "person")
        assert notes.drafts() == ()
        assert notes.timeline.open(CLINICAL, rid).strike is None
        assert notes.may_write_on(right) is (case != "not_my_case")


@pytest.mark.parametrize("moved", [True, False], ids=["on the wrong person", "in error"])
def test_what_lies_in_the_protected_record_is_struck_by_who_holds_no_key_of_it(desk: CaseDesk, moved: bool) -> None:
    wrong, right = desk.register("24-017"), desk.register("24-018")
    answers = {**HEADER, "fam.F1": "phone", "fam.F2": ("children_only",), "fam.F3": "not_ours", "fam.F4": "afraid"}
    with desk.as_login("green-ferry") as opened:
        here = services(opened)
        psy = next(member.card.uid for member in opened.members() if member.sign_in == "calm-harbour")
        lead = AssignmentDetails(staff=psy, capacity=Capacity.SAFEGUARDING_LEAD, since=TODAY)
        here.people.assign(wrong, lead)
        draft = here.notes.start("family_contact", wrong, occurred_at=MEETING, answers=answers)
        rid = here.notes.sign(draft).note.rid
    with desk.as_login("calm-harbour") as opened:
        assert PROTECTED in {entry.comp for entry in services(opened).notes.timeline.page(wrong)}
    with desk.as_login("green-ferry") as opened:
        notes = services(opened).notes
        assert notes.kept.out_of_reach("family_contact")
        assert not notes.kept.out_of_reach(CO)
        if moved:
            notes.recorded_on_wrong_person(TEAM, rid, right, "Two files were open.")
        else:
            notes.entered_in_error(TEAM, rid, "The call did not take place.")
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        assert not notes.kept.out_of_reach("family_contact")
        assert notes.timeline.page(wrong) == ()
        assert notes.timeline.removals(wrong) == (TODAY,)


def test_a_private_reminder_goes_with_the_note_to_the_right_person(desk: CaseDesk) -> None:
    wrong, right = desk.register("24-017"), desk.register("24-018")
    with desk.as_login("plain-lantern") as opened:
        notes = services(opened).notes
        rid = notes.sign(notes.start(CHA, wrong, occurred_at=MEETING, answers=VISIT)).note.rid
        draft = notes.recorded_on_wrong_person(PASTORAL, rid, right, "Two files were open.")
        assert notes.reminders.all() == ()
        assert notes.draft(draft).answers["cha.C7"] == VISIT["cha.C7"]
        notes.sign(draft)
        assert [(one.person_id, one.words) for one in notes.reminders.all()] == [(right, VISIT["cha.C7"])]


# paper


def test_paper_day(desk: CaseDesk) -> None:
    """domain.md 14.15: filled by hand, entered later, flagged late, and the paper destroyed on a day."""
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        notes = services(opened).notes
        paper = Paper(opened, notes.timeline)
        answers = {**KEYWORK, "hdr.10": "paper"}
        four_days_ago = NOON - timedelta(days=4)
        note = notes.sign(notes.start(CO, person, occurred_at=four_days_ago, answers=answers)).note
        entry = notes.timeline.require_entry(TEAM, note.rid)
        assert note_tags(entry) == (("Signed", "green"), ("Late entry", "grey"))
        assert paper.may_tick(note)
        for day, field in ((TODAY + timedelta(days=2), "on"), (TODAY - timedelta(days=30), "on")):
            with pytest.raises(UserError) as refused:
                paper.destroyed(TEAM, note.rid, day)
            assert refused.value.field == field
        gone = paper.destroyed(TEAM, note.rid, TODAY)
        assert gone.paper_destroyed == TODAY
        assert gone.part.words == note.part.words
        with pytest.raises(UserError):
            paper.destroyed(TEAM, note.rid, TODAY)
        typed = notes.sign(notes.start(CO, person, occurred_at=MEETING, answers=KEYWORK)).note
        with pytest.raises(UserError):
            paper.destroyed(TEAM, typed.rid, TODAY)
    with desk.as_login("quiet-orchard") as opened:
        timeline = services(opened).notes.timeline
        assert timeline.open(TEAM, note.rid).paper_destroyed == TODAY
        with pytest.raises(UserError):
            Paper(opened, timeline).destroyed(TEAM, typed.rid, TODAY)


# the chaplain's work


def contribution(**changes: object) -> Contribution:
    values: dict[str, object] = {
        "words": "He helps to keep the library.",
        "read_back": True,
        "consent": "",
        "audience": Audience.TEAM,
        "agreed": Agreed.WITNESSED,
    }
    return Contribution(**{**values, **changes})  # type: ignore[arg-type]  # what a test changes


def test_a_pastoral_contribution_needs_consent_reading_back_and_agreed_wording(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("plain-lantern") as opened:
        here = services(opened)
        given = Contributions(opened, here.people, here.notes.timeline)
        with pytest.raises(UserError) as refused:
            given.give(person, contribution())
        assert refused.value.field == "consent"
        kept = given.record_consent(person, explained_in="dje", method=Agreed.WITNESSED)
        for changes, field in (
            ({"read_back": False}, "read_back"),
            ({"agreed": None}, "agreed"),
            ({"words": " "}, "words"),
            ({"words": "x" * 2_001}, "words"),
            ({"words": "a\u202eb"}, "words"),
            ({"audience": Audience.NAMED_FAITH_LEADER}, "leader"),
        ):
            with pytest.raises(UserError) as refused:
                given.give(person, contribution(**changes))
            assert refused.value.field == field
        given.keep_words(person, "He helps to keep")
        entry = given.give(person, contribution())
        assert given.kept_words(person) == ""
        here.people.consents.withdraw(kept.id, on=TODAY)
        with pytest.raises(UserError):
            given.give(person, contribution(words="And the garden."))
    with desk.as_login("green-ferry") as opened:
        here = services(opened)
        note = here.notes.timeline.open(TEAM, entry.rid)
        assert note.part.answer("cha.C9") == "He helps to keep the library."
        with pytest.raises(UserError):
            Contributions(opened, here.people, here.notes.timeline).give(person, contribution())


def test_a_contribution_of_the_first_version_is_still_read() -> None:
    old: dict[str, Json] = {"words": "He keeps the library.", "read_back": True, "consent": "c", "audience": "team"}
    assert from_payload(Contribution, old).agreed is None
    newest = contribution().resting_on("c")
    assert from_payload(Contribution, to_payload(newest)) == newest


def test_all_contacts_are_signed_or_none_is(desk: CaseDesk) -> None:
    first, second = desk.register("24-017"), desk.register("24-018")
    with desk.as_login("plain-lantern") as opened:
        notes = services(opened).notes
        log = ContactLog(opened, notes)
        good = log.keep(first, VISIT, on=TODAY)
        bad = log.keep(second, {"cha.C1": "request"}, on=TODAY)
        assert [one.ready for one in log.logged()] == [True, False]
        with pytest.raises(UnansweredError):
            log.sign([good, bad])
        assert len(log.logged()) == 2
        assert notes.reminders.all() == ()
        assert notes.timeline.page(first) == ()
        (signed,) = log.sign([good])
        assert signed.note.person_id == first
        with pytest.raises(UserError):
            log.sign([])
        with pytest.raises(UserError):
            log.keep(first, {**VISIT, "cha.C1": "worship"}, on=TODAY)
        with pytest.raises(UserError):  # half a character, which no file can hold
            log.keep(first, {**VISIT, "cha.C6": "\ud800"}, on=TODAY)


def test_a_contact_that_turns_out_to_be_with_somebody_else_starts_anew(desk: CaseDesk) -> None:
    first, second = desk.register("24-017"), desk.register("24-018")
    with desk.as_login("plain-lantern") as opened:
        log = ContactLog(opened, services(opened).notes)
        draft = log.keep(first, VISIT, on=TODAY)
        other = log.keep(second, VISIT, on=TODAY, draft_id=draft)
        (kept,) = log.logged()
        assert (kept.draft.id, kept.draft.person_id) == (other, second)


def test_promises_are_found_without_opening_a_note_and_ticked(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("plain-lantern") as opened:
        notes = services(opened).notes
        follow_ups = FollowUps(opened, notes.reminders)
        rid = notes.sign(notes.start(CHA, person, occurred_at=MEETING, answers=VISIT)).note.rid
        before = [deed for deed, _, _ in deeds(opened)]
        (promise,) = follow_ups.open()
        assert [deed for deed, _, _ in deeds(opened)][len(before) :] == ["list"]
        assert promise.words == VISIT["cha.C6"]
        follow_ups.set_done(promise.note, True)
        assert follow_ups.open() == ()
        assert [one.done for one in notes.reminders.all()] == [True]
        follow_ups.set_done(promise.note, False)
        assert [one.done for one in notes.reminders.all()] == [False]
        desk.clock.advance(timedelta(days=31))
        assert notes.reminders.drop_old() == 0
        with pytest.raises(UserError):
            follow_ups.set_done("0" * 32, True)
        notes.entered_in_error(PASTORAL, rid, "Wrong day.")
        assert follow_ups.open() == ()
    with desk.as_login("green-ferry") as opened:
        notes = services(opened).notes
        assert FollowUps(opened, notes.reminders).open() == ()
        with pytest.raises(UserError):
            FollowUps(opened, notes.reminders).set_done(promise.note, True)


def test_the_month_counts_what_stands_and_names_nobody(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("plain-lantern") as opened:
        here, months = services(opened), Months(opened)
        assert months.month_sheet("2026-11").empty
        log = ContactLog(opened, here.notes)
        for kind in ("festival", "request", "request"):
            here.notes.sign(here.notes.start(CHA, person, occurred_at=MEETING, answers={**VISIT, "cha.C1": kind}))
        struck = here.notes.sign(here.notes.start(CHA, person, occurred_at=MEETING, answers=VISIT)).note
        here.notes.entered_in_error(PASTORAL, struck.rid, "Wrong day.")
        log.count_worship(TODAY, 40)
        log.count_worship(TODAY, 2)
        here.encounters.record(TODAY)
        with pytest.raises(UserError):
            log.count_worship(TODAY + timedelta(days=3), 2)
        before = [deed for deed, _, _ in deeds(opened)]
        sheet = months.month_sheet("2026-11")
        assert [deed for deed, _, _ in deeds(opened)] == before, "no note was opened for the counts"
        assert sheet == MonthSheet(
            month="2026-11",
            contacts=3,
            kinds={"request": 2, "festival": 1},
            needs={"books": 3},
            encounters=1,
            gatherings=2,
            worship=42,
        )
        assert person not in str(sheet)
        assert months.months()[0] == "2026-11"
        assert len(months.months()) == 12
        with pytest.raises(UserError):
            months.team_count("2026-11")
    with desk.as_login("silver-reed") as opened:
        months = Months(opened)
        assert months.team_count("2026-11").pastoral_notes is None, "fewer than ten"
        with pytest.raises(UserError):
            months.month_sheet("2026-11")
        with pytest.raises(NoKey):
            opened.index(PASTORAL)
    with desk.as_login("plain-lantern") as opened:
        notes = services(opened).notes
        for _ in range(6):
            notes.sign(notes.start(CHA, person, occurred_at=MEETING, answers=VISIT))
    with desk.as_login("green-ferry") as opened:
        assert Months(opened).team_count("2026-11").pastoral_notes == 10
    with desk.as_login("calm-harbour") as opened, pytest.raises(UserError):
        Months(opened).team_count("2026-11")


def test_a_group_count_has_no_room_for_a_person_a_day_or_words() -> None:
    assert set(GroupCount.__dataclass_fields__) == {"what", "month", "number"}


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("He confessed to it.", True),
        ("He CONFESSED, he said", True),
        ("s'est confessé hier", True),
        ("اعترف لي", True),
        ("اِعْتَرَفَ لي", True),
        ("Bring the small prayer mat.", False),
        ("professed his thanks", False),
        ("", False),
    ],
)
def test_words_of_sealed_matters_are_found_in_any_spelling(text: str, hit: bool) -> None:
    assert bool(sealed_words_in(text, load_sealed_words())) is hit


def test_the_sites_own_words_stand_over_pastoral_forms_only(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("plain-lantern") as opened:
        assert services(opened).notes.sheet(CHA, person).banner == opened.settings().sealed_rule_text
    with desk.as_login("green-ferry") as opened:
        assert services(opened).notes.sheet(CO, person).banner == ""


def test_a_note_of_a_chaplain_is_one_persons_only(desk: CaseDesk, tmp_path: Path) -> None:
    first, second = desk.register("24-017"), desk.register("24-018")
    with desk.as_login("plain-lantern") as opened:
        notes = services(opened).notes
        log = ContactLog(opened, notes)
        log.sign([log.keep(person, VISIT, on=TODAY) for person in (first, second)])
        for person, other in ((first, second), (second, first)):
            (entry,) = notes.timeline.page(person)
            assert entry.part is Part.NOTE
            assert other not in str(opened.read(PASTORAL, entry.rid))
