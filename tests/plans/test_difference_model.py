"""What differs between two versions: the answer, goals and steps found again by words or number, other words."""

from dataclasses import replace
from datetime import date

from rehabdesk.plans.difference_model import Change, Difference, difference
from rehabdesk.plans.difference_pdf import DifferenceFrame, difference_paper
from rehabdesk.plans.model import (
    Actor,
    Agreement,
    Goal,
    GoalStatus,
    NoNeed,
    Plan,
    RemovalReason,
    Responsivity,
    Step,
    StepStatus,
)
from rehabdesk.plans.typed_model import TypedGoal, TypedStep, as_plan, typed_from
from tests.people.cases import NOON
from tests.plans.cases import DOMAINS, GOALS, draft_plan

TITLES = {domain.code: domain.title for domain in DOMAINS.domains}
BEFORE = draft_plan(agreement=Agreement.AGREED, agreement_words="Yes.")


def differs(before: Plan, after: Plan) -> Difference:
    return difference(before, after, titles=TITLES, name="Idrissa K.")


def test_the_same_plan_differs_in_nothing() -> None:
    assert differs(BEFORE, BEFORE).none


def test_the_answer_and_every_text_stand_with_before_and_now() -> None:
    after = replace(
        BEFORE,
        version=2,
        agreement=Agreement.AGREED_IN_PART,
        agreement_words="Not the third.",
        strengths="Patient with others.",
        protective="My mother.",
        responsivity=Responsivity(literacy="Read aloud"),
        no_need=(NoNeed(domain="PD-3", asked_on=date(2026, 11, 2)),),
        goals=BEFORE.goals,
    )
    found = differs(BEFORE, after)
    assert [(line.label, line.before, line.after) for line in found.states] == [
        ("The person's answer", "Agrees", "Agrees in part"),
        ("In the person's words", "Yes.", "Not the third."),
    ]
    assert [line.label for line in found.words] == [
        "Strengths",
        "Who and what stands by",
        "Reading and writing",
        "No need identified",
    ]
    assert found.goals == ()


def test_goals_and_steps_that_came_went_or_changed() -> None:
    certificate, mother, moving = BEFORE.goals
    test, unlock = certificate.steps
    later = replace(
        certificate,
        wording="I finish my certificate and open a shop.",
        steps=(
            replace(test, status=StepStatus.COMPLETED),
            Step(id="s9", text="Ask my cousin for a machine", actor=Actor.FAMILY),
        ),
    )
    removed = replace(
        moving, status=GoalStatus.REMOVED, removed_because=RemovalReason.NOT_POSSIBLE_HERE, status_words="No host."
    )
    after = replace(BEFORE, version=2, goals=(later, removed, Goal(id="g9", domain="PD-10", wording="I rehearse.")))
    found = differs(BEFORE, after)
    assert [(goal.change, goal.wording) for goal in found.goals] == [
        (Change.CHANGED, later.wording),
        (Change.GONE, moving.wording),
        (Change.ADDED, "I rehearse."),
        (Change.GONE, mother.wording),
    ]
    assert [(step.change, step.text) for step in found.goals[0].steps] == [
        (Change.CHANGED, test.text),
        (Change.ADDED, "Ask my cousin for a machine"),
        (Change.GONE, unlock.text),
    ]
    assert found.goals[1].lines[0].after == "Removed · Not possible here · No host."


def test_goals_that_older_versions_counted_anew_are_found_by_their_words() -> None:
    """Before numbers stayed, g2 of one version could be g1 of the next."""
    counted_anew = replace(BEFORE.goals[1], id="g1")
    found = differs(BEFORE, replace(BEFORE, version=2, goals=(counted_anew,)))
    assert [(goal.change, goal.wording) for goal in found.goals] == [
        (Change.GONE, GOALS[0].wording),
        (Change.GONE, GOALS[2].wording),
    ]


def test_numbers_stay_over_versions_and_are_never_given_twice() -> None:
    removed = replace(BEFORE.goals[2], status=GoalStatus.REMOVED, removed_because=RemovalReason.MERGED)
    typed = typed_from(replace(BEFORE, goals=(*BEFORE.goals[:2], removed)))
    new = TypedGoal(domain="PD-10", wording="I rehearse.", steps=(TypedStep(text="Walk it through"),))
    plan = as_plan(replace(typed, goals=(*typed.goals, new)))
    assert [goal.id for goal in plan.goals] == ["g1", "g2", "g4", "g3"]
    assert plan.goal("g4").steps[0].id == "s3"
    assert plan.goal("g3").removed_because is RemovalReason.MERGED, "a removed goal stays with its reason"


def test_it_prints_in_the_order_of_the_screen() -> None:
    after = replace(BEFORE, version=2, strengths="Patient.", goals=BEFORE.goals[:2])
    frame = DifferenceFrame(about="Idrissa K.", case_ref="24-017", site="Three Wells", recipient="The team", at=NOON)
    assert difference_paper(differs(BEFORE, after), frame)().startswith(b"%PDF")
