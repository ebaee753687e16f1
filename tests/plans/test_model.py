"""The three axes of a plan: no forbidden step, every guard; goals, steps and marks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.core.choices import load_choice_lists
from rehabdesk.core.errors import UserError
from rehabdesk.plans.lifecycle_model import (
    AGREEMENT_MAY_BECOME,
    BECAUSE,
    GOAL_MAY_BECOME,
    MAY_BECOME,
    SIGN_OFF_MAY_BECOME,
    STEP_MAY_BECOME,
    agreed,
    moved,
    signed_off,
)
from rehabdesk.plans.mark_model import Mark, marked
from rehabdesk.plans.model import (
    IN_FORCE,
    Agreement,
    ClosedBecause,
    GoalStatus,
    RemovalReason,
    SignOff,
    StepStatus,
    VersionState,
)
from rehabdesk.plans.smart_model import smart_warnings
from tests.people.cases import TODAY
from tests.plans.cases import GOALS, WORDS, draft_plan

PROPOSED = moved(draft_plan(), VersionState.PROPOSED)
ANSWERED = agreed(PROPOSED, Agreement.AGREED, words=WORDS)
ACTIVE = moved(ANSWERED, VersionState.ACTIVE)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from(VersionState), st.sampled_from(["", "hospital", "transferred"])),
        st.tuples(st.just("answer"), st.sampled_from(Agreement), st.sampled_from(["", WORDS])),
        st.tuples(st.just("sign"), st.sampled_from(SignOff), st.sampled_from(["", "Please add the address."])),
    ),
    max_size=25,
)


@pytest.mark.parametrize(
    ("states", "table"),
    [
        (VersionState, MAY_BECOME),
        (SignOff, SIGN_OFF_MAY_BECOME),
        (GoalStatus, GOAL_MAY_BECOME),
        (StepStatus, STEP_MAY_BECOME),
    ],
)
def test_every_state_has_its_line_and_never_leads_to_itself(
    states: type[StrEnum], table: Mapping[StrEnum, frozenset[StrEnum]]
) -> None:
    assert set(table) == set(states)
    assert not [state for state in states if state in table[state]]


@given(DEEDS)
def test_no_order_of_deeds_breaks_an_axis_or_a_guard(deeds: list[tuple[str, Any, str]]) -> None:
    plan = draft_plan()
    for kind, to, words in deeds:
        before = plan
        try:
            if kind == "move":
                plan = moved(plan, to, because=words)
            elif kind == "answer":
                plan = agreed(plan, to, words=words)
            else:
                plan = signed_off(plan, to, reason=words)
        except UserError:
            continue
        changed = [axis for axis in ("state", "agreement", "signoff") if getattr(plan, axis) != getattr(before, axis)]
        assert changed in ([], [{"move": "state", "answer": "agreement", "sign": "signoff"}[kind]])
        assert plan.state is before.state or plan.state in MAY_BECOME[before.state]
        assert plan.signoff is before.signoff or plan.signoff in SIGN_OFF_MAY_BECOME[before.signoff]
        if plan.state in IN_FORCE:
            assert plan.agreement is not Agreement.NOT_ASKED
            assert plan.agreement_words or plan.no_words_because
            assert plan.review_due is not None
        assert (plan.state in BECAUSE) == bool(plan.state_code)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"agreement": Agreement.NOT_ASKED}, "agreement"),
        ({"agreement_words": " "}, "agreement_words"),
        ({"goals": ()}, "goals"),
        ({"goals": (replace(GOALS[0], approach=False),)}, "goals"),
        ({"goals": (replace(GOALS[0], status=GoalStatus.REMOVED),)}, "goals"),
        ({"review_due": None}, "review_due"),
    ],
)
def test_each_guard_holds_a_plan_back_by_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(UserError) as refused:
        moved(replace(ANSWERED, **changes), VersionState.ACTIVE)
    assert refused.value.field == field


@pytest.mark.parametrize("answer", [answer for answer in Agreement if answer is not Agreement.NOT_ASKED])
def test_no_answer_of_the_person_holds_a_plan_back(answer: Agreement) -> None:
    answered = agreed(PROPOSED, answer, words=WORDS, no_words_because="He was in hospital.")
    assert moved(answered, VersionState.ACTIVE).state is VersionState.ACTIVE


def test_nobody_answers_a_plan_that_was_not_proposed() -> None:
    with pytest.raises(UserError, match="Propose the plan"):
        agreed(draft_plan(), Agreement.AGREED, words=WORDS)


def test_why_the_person_could_not_be_asked_is_written_down() -> None:
    with pytest.raises(UserError) as refused:
        agreed(PROPOSED, Agreement.COULD_NOT_BE_ASKED)
    assert refused.value.field == "no_words_because"


@pytest.mark.parametrize("to", [VersionState.SUSPENDED, VersionState.CLOSED])
def test_suspending_and_closing_need_their_reason_from_the_list(to: VersionState) -> None:
    for because in ("", "weather"):
        with pytest.raises(UserError) as refused:
            moved(ACTIVE, to, because=because)
        assert refused.value.field == "because"
    with pytest.raises(UserError) as refused:
        moved(ACTIVE, to, because="other")
    assert refused.value.field == "words"
    assert moved(ACTIVE, to, because="other", words="The wing burned.").state_reason == "The wing burned."


def test_a_plan_that_the_person_withdrew_from_is_not_taken_up_without_asking() -> None:
    rests = agreed(
        moved(ACTIVE, VersionState.SUSPENDED, because="person_withdrew"), Agreement.WITHDREW, words="Enough."
    )
    with pytest.raises(UserError, match="Ask again"):
        moved(rests, VersionState.ACTIVE)
    back = moved(agreed(rests, Agreement.AGREED_IN_PART, words="The work, yes."), VersionState.ACTIVE)
    assert (back.state_code, back.state_reason) == ("", "")


def test_every_answer_can_follow_every_other_and_nobody_is_unasked() -> None:
    assert set(AGREEMENT_MAY_BECOME) == set(Agreement)
    assert not [answer for answer, following in AGREEMENT_MAY_BECOME.items() if Agreement.NOT_ASKED in following]


def test_a_return_needs_its_reason() -> None:
    waiting = replace(PROPOSED, signoff=SignOff.AWAITING_COUNTERSIGN)
    with pytest.raises(UserError, match="why the plan goes back"):
        signed_off(waiting, SignOff.RETURNED)
    returned = signed_off(waiting, SignOff.RETURNED, reason="Add the address.")
    rests = moved(
        moved(agreed(returned, Agreement.AGREED, words=WORDS), VersionState.ACTIVE),
        VersionState.SUSPENDED,
        because="hospital",
    )
    assert rests.return_reason == "Add the address.", "the axes keep their reasons apart"
    assert not signed_off(rests, SignOff.SELF_SIGNED).return_reason


def test_a_goal_that_is_hard_to_follow_is_said_to_be_and_kept() -> None:
    whole = replace(GOALS[0], good_tag="work")
    assert smart_warnings(whole, TODAY) == ()
    bare = replace(GOALS[1], approach=False)
    words = [warning.partition(":")[0] for warning in smart_warnings(bare, TODAY)]
    assert words == ["Specific", "Measurable", "Achievable", "Relevant", "Time-bound"]
    late = replace(whole, target_date=TODAY - timedelta(days=1))
    assert smart_warnings(late, TODAY) == ("Time-bound: the target date has passed.",)


def test_marks_change_statuses_and_nothing_else() -> None:
    marks = (
        Mark(plan="p", version=1, goal="g1", step="s1", status=StepStatus.IN_PROGRESS),
        Mark(plan="p", version=1, goal="g1", step="s1", status=StepStatus.COMPLETED),
        Mark(plan="p", version=1, goal="g2", status=GoalStatus.REMOVED, reason="merged"),
        Mark(plan="p", version=1, goal="gone", status=GoalStatus.ACHIEVED),
    )
    after = marked(ACTIVE, marks)
    assert after.goal("g1").steps[0].status is StepStatus.COMPLETED
    assert after.goal("g2").status is GoalStatus.REMOVED
    assert after.goal("g2").removed_because is RemovalReason.MERGED
    assert replace(after, goals=ACTIVE.goals) == ACTIVE


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": GoalStatus.REMOVED}, "reason"),
        ({"status": GoalStatus.REMOVED, "reason": "because"}, "reason"),
        ({"status": GoalStatus.REMOVED, "reason": "other"}, "words"),
        ({"status": GoalStatus.ACHIEVED, "reason": "merged"}, "reason"),
        ({"status": StepStatus.COMPLETED}, "status"),
        ({"step": "s1", "status": GoalStatus.ACHIEVED}, "status"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(UserError) as refused:
        Mark(plan="p", version=1, goal="g1", **changes)
    assert refused.value.field == field


def test_the_lists_offer_what_the_records_know() -> None:
    lists = load_choice_lists()
    assert {choice.code for choice in lists["A3"].choices} == set(Agreement)
    assert {choice.code for choice in lists["A4"].choices} == set(RemovalReason)
    assert {choice.code for choice in lists["A5"].choices} == set(ClosedBecause)
