"""Reviews on a real encrypted desk: due by the case, signed as one deed, late with reasons that blame nobody."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.notes.service import Notes
from rehabdesk.overview.review_tasks_service import word_draft_tasks
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.model import AssignmentDetails, Capacity, Placement
from rehabdesk.people.service import People
from rehabdesk.plans.model import Agreement, GoalStatus, StepStatus, VersionState
from rehabdesk.plans.progress.progress_model import PROGRESS_MAY_BECOME, ProgressState, Voice
from rehabdesk.plans.progress.progress_typed_model import TypedProgress
from rehabdesk.plans.reviews.review_model import REVIEW_MAY_BECOME, LateGroup, PutOff, ReviewMove, ReviewState
from rehabdesk.plans.reviews.review_rule_model import DueKind, MovedBecause, Situation
from rehabdesk.plans.reviews.review_stored_model import counted
from rehabdesk.plans.reviews.review_typed_model import TypedLook
from tests.all_roles import VOICE
from tests.notes.sessions import FORMS, KEYWORK, MEETING
from tests.people.cases import NOON, TODAY, details, legal
from tests.plans.cases import (
    LATE,
    PlanDesk,
    Work,
    activate,
    draft_plan,
    shared_words,
    typed_review,
    typed_words,
    work,
)

OFFICER = "green-ferry"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> PlanDesk:
    """One desk for all tests of this file; each registers people of its own."""
    folder = tmp_path_factory.mktemp("desk")
    return PlanDesk(folder / "desk", folder / "profile")


@pytest.fixture
def me(held: PlanDesk) -> Iterator[Work]:
    """The case officer at work."""
    held.clock.set(NOON)
    with held.as_login(OFFICER) as desk:
        yield work(desk)


def case(me: Work, stage: Stage = Stage.SENTENCED, **changes: Any) -> str:
    """A new own case of whoever is signed in."""
    number = f"26-{len(me.people.register_page(limit=500)) + 1:03d}"
    episode = replace(legal(stage), **changes)
    person = me.people.register(details(number), episode).id
    assign(me.desk, me.people, person)
    return person


def assign(desk: Desk, people: People, person: str) -> None:
    people.assign(
        person,
        AssignmentDetails(staff=desk.uid, capacity=Capacity.LEAD_CASE_OFFICER, since=TODAY, person_told=True),
    )


def planned(me: Work, **changes: Any) -> str:
    """A case with a plan in force, reviewed in 30 days."""
    person = case(me)
    activate(me.plans, person, draft_plan(**({"review_due": TODAY + timedelta(days=30)} | changes)))
    return person


def begin(me: Work, person: str, **changes: Any) -> str:
    """A review in writing; gives its draft."""
    draft, start = me.review_writing.start(person)
    return me.review_writing.keep(person, typed_review(start, **changes), draft)


def refused(me: Work, person: str, field: str, **changes: Any) -> None:
    draft = begin(me, person, **changes)
    with pytest.raises(UserError) as problem:
        me.review_writing.sign(person, draft)
    assert problem.value.field == field
    me.review_writing.drop(draft)


def test_a_review_is_one_deed(me: Work) -> None:
    person = planned(me)
    draft = begin(
        me,
        person,
        words={"PD-7": shared_words()},
        goals={"g2": TypedLook(status="achieved"), "g1": TypedLook(steps={"s1": "in_progress"})},
        agreement="did_not_agree",
        agreement_words="Not goal 3.",
        next_due=TODAY + timedelta(days=14),
        outcome="new_version",
    )
    before = me.desk.truth.head().n
    stored = me.review_writing.sign(person, draft)

    entries = [json.loads(body) for _, body, _, _ in me.desk.truth.raw_entries(after=before)]
    assert {entry["a"] for entry in entries} == {"sign_review"}
    assert len(entries) == 6, "the review, two words, two marks, the plan"
    assert stored.review.domains == ("PD-7",)
    plan = me.plans.in_force(person)
    assert plan is not None
    assert plan.plan.state is VersionState.UNDER_REVIEW
    assert (plan.plan.agreement, plan.plan.agreement_words) == (Agreement.DID_NOT_AGREE, "Not goal 3.")
    assert plan.plan.review_due == TODAY + timedelta(days=14)
    assert plan.plan.goal("g2").status is GoalStatus.ACHIEVED
    assert plan.plan.goal("g1").steps[0].status is StepStatus.IN_PROGRESS
    (line,) = me.progress.lines(person, "PD-7")
    assert line.staff is not None
    assert line.own is not None
    assert line.staff.progress.review == line.own.progress.review == stored.rid
    assert me.review_writing.of_person(person) == ()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("looked_back", {"looked_back": " "}),
        ("looked_back", {"looked_back": "x" * 4_001}),
        ("own_page", {"own_page": ""}),
        ("own_page", {"own_page": "written"}),
        ("agreement", {"agreement": ""}),
        ("agreement_words", {"agreement_words": ""}),
        ("no_words_because", {"agreement": "could_not_be_asked", "agreement_words": ""}),
        ("next_due", {"next_due": None}),
        ("next_due", {"next_due": TODAY}),
        ("next_due", {"next_due": TODAY + timedelta(days=181)}),
        ("next_due", {"agreement": "did_not_agree", "next_due": TODAY + timedelta(days=22)}),
        ("goal.g1", {"goals": {"g1": TypedLook(status="future")}}),
        ("goal.g1", {"goals": {"g1": TypedLook(status="removed")}}),
        ("words.PD-7.shared_with_person_on", {"words": {"PD-7": typed_words()}}),
        ("words.PD-7.own", {"words": {"PD-7": typed_words(own="")}}),
        ("words.PD-7.basis", {"words": {"PD-7": shared_words(basis="Has grown a beard.")}}),
    ],
)
def test_what_is_missing_is_said_beside_its_field(me: Work, field: str, changes: dict[str, Any]) -> None:
    refused(me, planned(me), field, **changes)


def test_a_review_without_a_plan_or_at_another_desk_is_not_begun(me: Work) -> None:
    with pytest.raises(UserError, match="no plan in force"):
        me.review_writing.start(case(me))
    gone = planned(me)
    me.people.set_stage(gone, Stage.TRANSFERRED, on=TODAY, source=DateSource.REGISTRY)
    assert me.reviews.calendar.of_person(gone) == ()
    draft = begin(me, gone)
    with pytest.raises(UserError, match="At this legal stage"):
        me.review_writing.sign(gone, draft)


def test_the_guards_count_what_is_marked_in_the_same_sitting(me: Work) -> None:
    goals = {f"g{n}": TypedLook(status="removed", reason="no_longer_wanted") for n in (1, 2, 3)}
    refused(me, planned(me), "goals", goals=goals)


def test_a_late_review_says_why_and_the_regime_is_not_the_person(held: PlanDesk, me: Work) -> None:
    person = planned(me)
    held.clock.set(NOON + timedelta(days=33))
    late = TODAY + timedelta(days=33)
    me.reviews.put_off(person, PutOff(on=late, because="no_escort"))
    (line,) = me.reviews.calendar.of_person(person)
    assert (line.put_off, line.is_late(late)) == (LateGroup.REGIME, True)
    counts = counted([line], late)
    assert (counts.late, counts.put_off) == (1, {LateGroup.REGIME: 1})

    after = late + timedelta(days=30)
    refused(me, person, "late_because", next_due=after)
    refused(me, person, "late_words", next_due=after, late_because="other")
    refused(me, person, "late_because", next_due=after, late_because="laziness")
    stored = me.review_writing.sign(person, begin(me, person, next_due=after, late_because="no_escort"))
    assert (stored.review.due, stored.review.late_because) == (TODAY + timedelta(days=30), "no_escort")
    (line,) = me.reviews.calendar.of_person(person)
    assert (line.put_off, line.on) == (None, after)


def test_each_late_reason_of_the_domain_has_its_group() -> None:
    groups = {choice.code: LateGroup(choice.group) for choice in LATE.choices}
    assert [code for code, group in groups.items() if group is LateGroup.PERSON] == [
        "asked_another_day",
        "declined_this_time",
    ]
    assert sum(group is LateGroup.REGIME for group in groups.values()) == 9
    assert len(groups) == 17


def test_what_happens_brings_the_review_forward_until_it_is_held(held: PlanDesk, me: Work) -> None:
    person = planned(me)
    held.clock.set(NOON + timedelta(days=3))
    day = TODAY + timedelta(days=3)
    me.reviews.note_move(person, ReviewMove(because=MovedBecause.BEREAVEMENT, on=day))
    (line,) = me.reviews.calendar.of_person(person)
    assert (line.on, line.moved) == (day + timedelta(days=14), MovedBecause.BEREAVEMENT)
    with pytest.raises(UserError):
        me.reviews.note_move(person, ReviewMove(because=MovedBecause.BEREAVEMENT, on=day + timedelta(days=1)))
    with pytest.raises(UserError):
        ReviewMove(because=MovedBecause.RECALL, on=day)
    slip = me.reviews.note_move(person, ReviewMove(because=MovedBecause.MAJOR_INCIDENT, on=TODAY))
    me.reviews.take_back(slip)
    with pytest.raises(UserError, match="not there"):
        me.reviews.take_back(slip)
    assert me.reviews.calendar.of_person(person) == (line,)
    assert [one.move.because for one in me.reviews.moves(person)] == [MovedBecause.BEREAVEMENT]
    me.review_writing.sign(person, begin(me, person, next_due=day + timedelta(days=30)))
    (line,) = me.reviews.calendar.of_person(person)
    assert (line.on, line.moved) == (day + timedelta(days=30), None)


def test_a_disagreement_a_transfer_and_a_recall_bring_it_forward_by_themselves(held: PlanDesk, me: Work) -> None:
    contested, moved, recalled = planned(me), planned(me), planned(me)
    held.clock.set(NOON + timedelta(days=2))
    day = TODAY + timedelta(days=2)
    plan = me.plans.in_force(contested)
    assert plan is not None
    me.plans.record_agreement(plan.rid, Agreement.AGREED_IN_PART, words="Not goal 3.")
    me.people.place(moved, Placement(establishment="Other house", since=TODAY - timedelta(days=9)))
    me.people.place(moved, Placement(establishment="This house", since=day))
    me.people.record_release(
        recalled, Stage.RELEASED_SUPERVISED, on=day, source=DateSource.COURT, route=ReleaseRoute.CONDITIONAL
    )
    me.people.set_stage(recalled, Stage.RECALLED, on=day, source=DateSource.COURT)

    found = {
        person: next(line for line in me.reviews.calendar.of_person(person) if line.kind is DueKind.REVIEW)
        for person in (contested, moved, recalled)
    }
    assert [found[one].moved for one in (contested, moved, recalled)] == [
        MovedBecause.PLAN_DISAGREEMENT,
        MovedBecause.TRANSFER_IN,
        MovedBecause.RECALL,
    ]
    assert {line.on for line in found.values()} == {day + timedelta(days=14)}

    # the same answer once more is no new disagreement
    me.review_writing.sign(
        contested,
        begin(me, contested, agreement="agreed_in_part", agreement_words="Still.", next_due=day + timedelta(days=90)),
    )
    (line,) = me.reviews.calendar.of_person(contested)
    assert (line.on, line.moved) == (day + timedelta(days=90), None)


def test_a_stage_that_was_corrected_moves_nothing(held: PlanDesk, me: Work) -> None:
    person = planned(me)
    me.people.set_stage(person, Stage.TRANSFERRED, on=TODAY, source=DateSource.REGISTRY)
    me.people.set_stage(person, Stage.SENTENCED, on=TODAY, source=DateSource.REGISTRY, correction="A slip.")
    (line,) = me.reviews.calendar.of_person(person)
    assert line.moved is None


def test_my_day_has_own_cases_and_a_board_has_everybody(held: PlanDesk, me: Work) -> None:
    own = planned(me, review_due=TODAY + timedelta(days=3))
    held.clock.set(NOON + timedelta(days=1))
    assert own in {line.person for line in me.reviews.due(within=timedelta(days=7))}
    with held.as_login("quiet-orchard") as desk:
        other = work(desk)
        assert own not in {line.person for line in other.reviews.due(within=timedelta(days=7))}
    with held.as_login("silver-reed") as desk:
        board = work(desk)
        lines = board.reviews.due(within=timedelta(days=7), everybody=True)
        assert own in {line.person for line in lines}
        assert board.reviews.counts(within=timedelta(days=7), everybody=True).this_week >= 1
        assert list(lines) == sorted(lines, key=lambda line: line.on)
    for sign_in in ("plain-lantern", "amber-kite"):
        with held.as_login(sign_in) as desk, pytest.raises(UserError):
            work(desk).reviews.due(everybody=True)


def test_a_welcome_talk_is_due_until_somebody_met_the_person(held: PlanDesk, me: Work) -> None:
    person = case(me, Stage.PRE_TRIAL, since=TODAY - timedelta(days=1))
    assert [line.kind for line in me.reviews.calendar.of_person(person)] == [DueKind.WELCOME_TALK, DueKind.FIRST_PLAN]
    notes = Notes(me.desk, me.people, FORMS)
    notes.sign(notes.start("keywork", person, occurred_at=MEETING, answers=KEYWORK))
    assert [line.kind for line in me.reviews.calendar.of_person(person)] == [DueKind.FIRST_PLAN]


def test_a_supervisor_alone_shortens(held: PlanDesk, me: Work) -> None:
    with pytest.raises(UserError):
        me.reviews.shorten(Situation.NO_DATE, 20)
    with held.as_login("silver-reed") as desk:
        board = work(desk).reviews
        with pytest.raises(UserError):
            board.shorten(Situation.NO_DATE, 121)
        board.shorten(Situation.NO_DATE, 20)
        assert board.calendar.rules().rule(Situation.NO_DATE).every == 20
        board.shorten(Situation.NO_DATE, 120)
        assert board.calendar.rules().shortened == {}
        for deed in (lambda: board.plan_under_review("x"), lambda: board.put_off("x", PutOff(on=TODAY, because="x"))):
            with pytest.raises(UserError):
                deed()


def test_reviews_keep_to_their_states_on_any_way(held: PlanDesk, me: Work) -> None:
    """Drafted, signed or dropped; nothing leaves the last two."""
    rng, person = random.Random(64), planned(me)
    state, draft = ReviewState.DRAFTED, begin(me, person)
    signed = 0
    for _ in range(40):
        deed = rng.choice(("keep", "sign", "drop", "begin"))
        if deed == "begin":
            if state is not ReviewState.DRAFTED:
                draft, state = begin(me, person), ReviewState.DRAFTED
            continue
        allowed = state is ReviewState.DRAFTED
        if deed == "keep" and not allowed:
            continue  # the page forgets its draft with the deed that ends it
        wanted = {"keep": state, "sign": ReviewState.SIGNED, "drop": ReviewState.DROPPED}[deed]
        assert deed == "keep" or (wanted in REVIEW_MAY_BECOME[state]) is allowed
        try:
            if deed == "keep":
                _, start = me.review_writing.start(person)
                me.review_writing.keep(person, typed_review(start), draft)
            elif deed == "sign":
                me.review_writing.sign(person, draft)
                signed += 1
            else:
                me.review_writing.drop(draft)
        except UserError:
            assert not allowed
            continue
        assert allowed
        state = wanted
    assert len(me.reviews.history(person)) == signed > 3


def test_words_keep_to_the_states_of_the_domain_on_any_way(held: PlanDesk, me: Work) -> None:
    """6.4: drafted, shared with the person, recorded; a changed word is shared again, a recorded one is followed."""
    rng, person = random.Random(46), planned(me)
    writing = me.progress_writing
    typed: TypedProgress = typed_words()
    draft, seen, recorded = writing.keep(person, typed), set[tuple[ProgressState, ProgressState]](), 0
    for number in range(60):
        state = typed.state
        deed = rng.choice(("share", "record", "change", "ask later"))
        try:
            if deed == "share":
                typed = writing.share(person, draft, TODAY)
                after = ProgressState.SHARED
            elif deed == "record":
                writing.record(person, draft)
                after, recorded = ProgressState.RECORDED, recorded + 1
            elif deed == "change":
                typed = replace(typed, basis=f"Attended {number} classes.")
                after = ProgressState.DRAFTED
                draft = writing.keep(person, typed, draft)
            else:
                unasked = writing.keep(person, replace(typed, own=""), None)
                with pytest.raises(UserError, match="own word first"):
                    writing.record(person, unasked)
                writing.drop(unasked)
                continue
        except UserError:
            wanted = ProgressState.SHARED if deed == "share" else ProgressState.RECORDED
            assert wanted not in PROGRESS_MAY_BECOME[state]
            continue
        if after is not state:
            assert after in PROGRESS_MAY_BECOME[state]
            seen.add((state, after))
        if after is ProgressState.RECORDED:
            with pytest.raises(UserError):
                writing.record(person, draft)
            typed = typed_words()
            draft = writing.keep(person, typed)
        else:
            assert typed.state is after
    assert seen == {(before, after) for before, all_ in PROGRESS_MAY_BECOME.items() for after in all_}
    words = me.progress.history(person)["PD-7"]
    assert sum(one.progress.voice is Voice.STAFF for one in words) == recorded > 2


def test_a_draft_of_another_version_is_not_signed(me: Work) -> None:
    person = planned(me)
    draft = begin(me, person)
    activate(me.plans, person)
    with pytest.raises(UserError, match="Another version"):
        me.review_writing.sign(person, draft)


def test_own_page_since_the_last_review_is_found(held: PlanDesk, me: Work) -> None:
    person = planned(me)
    assert me.reviews.own_page(person) is None
    notes = Notes(me.desk, me.people, FORMS)
    note = notes.sign(notes.start("voice_statement", person, occurred_at=NOON, answers=VOICE)).note.rid
    assert me.reviews.own_page(person) == (note, TODAY)
    stored = me.review_writing.sign(person, begin(me, person, own_page="written"))
    assert stored.review.own_page_note == note
    assert me.reviews.own_page(person) is None, "it is asked again at the next review"


def test_nobody_else_reads_a_review(held: PlanDesk, me: Work) -> None:
    person = planned(me)
    rid = me.review_writing.sign(person, begin(me, person)).rid
    for sign_in in ("plain-lantern", "amber-kite", "calm-harbour"):
        with held.as_login(sign_in) as desk:
            other = work(desk)
            with pytest.raises((UserError, NoKey)):
                other.reviews.review(rid)
    with held.as_login("north-window") as desk:
        assert work(desk).reviews.review(rid).review.looked_back.startswith("He finished")


def test_after_a_plan_was_closed_no_first_plan_is_late(held: PlanDesk, me: Work) -> None:
    """Nobody is told for ever to write a plan for who withdrew from all of it; a new stage asks anew."""
    person = planned(me)
    plan = me.plans.in_force(person)
    assert plan is not None
    me.plans.move(plan.rid, VersionState.CLOSED, because="person_withdrew")
    assert me.reviews.calendar.of_person(person) == ()
    held.clock.advance(timedelta(days=2))
    me.people.set_stage(person, Stage.RECALLED, on=me.reviews.today(), source=DateSource.REGISTRY, correction="Back.")
    assert [line.kind for line in me.reviews.calendar.of_person(person)] == [DueKind.FIRST_PLAN]

    twice = planned(me)
    plan = me.plans.in_force(twice)
    assert plan is not None
    me.plans.move(plan.rid, VersionState.CLOSED, because="duplicate")
    assert [line.kind for line in me.reviews.calendar.of_person(twice)] == [DueKind.FIRST_PLAN]


def test_a_plan_that_rests_still_waits_for_its_countersignature(me: Work) -> None:
    person = planned(me)
    plan = me.plans.in_force(person)
    assert plan is not None
    me.plans.ask_countersign(plan.rid)
    me.plans.move(plan.rid, VersionState.SUSPENDED, because="hospital")
    assert person in me.plans.waiting()
    me.plans.move(plan.rid, VersionState.CLOSED, because="died")
    assert person not in me.plans.waiting()


def test_a_review_in_writing_is_carried_over_to_the_version_that_is_in_force(me: Work) -> None:
    person = planned(me)
    draft = begin(me, person, goals={"g1": TypedLook(steps={"s1": "in_progress"}), "g9": TypedLook(status="achieved")})
    activate(me.plans, person, draft_plan(review_due=TODAY + timedelta(days=30)))
    again, typed = me.review_writing.start(person)
    assert (again, typed.version, typed.looked_back) == (draft, 2, "He finished the first part of the course.")
    assert typed.agreement == typed.agreement_words == "", "nobody answered to this version yet"
    assert list(typed.goals) == ["g1"]
    me.review_writing.keep(person, typed_review(typed), draft)
    me.review_writing.sign(person, draft)
    assert me.review_writing.of_person(person) == ()


def test_a_review_in_writing_of_a_plan_that_rests_leads_to_where_it_is_deleted(me: Work) -> None:
    person = planned(me)
    begin(me, person)

    def page() -> str:
        tasks = word_draft_tasks(me.review_writing, me.progress_writing, lambda _person: "Idrissa")
        return next(task.page for task in tasks if task.person == person)

    assert page() == "review"
    plan = me.plans.in_force(person)
    assert plan is not None
    me.plans.move(plan.rid, VersionState.SUSPENDED, because="hospital")
    assert page() == "reviews"
