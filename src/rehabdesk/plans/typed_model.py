"""A plan as it is being typed: nothing needs to be complete. `as_plan` makes a plan of it, or says what is missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.plans.model import (
    Actor,
    Goal,
    GoalHorizon,
    GoalStatus,
    Horizon,
    NoNeed,
    Opened,
    Plan,
    Responsivity,
    Side,
    Step,
    StepStatus,
    VersionState,
)
from rehabdesk.plans.plan_words_model import responsivity_words

SETTLED = (GoalStatus.ACHIEVED, GoalStatus.REMOVED)
"""Goals that a later version holds as they are: they are read and taken up again, not written anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedStep:
    """One line of a goal. `id` of a step that stood in the version before; a new one has none yet."""

    text: str = ""
    actor: Actor = Actor.PERSON
    due: date | None = None
    status: StepStatus = StepStatus.NOT_STARTED
    id: str = ""
    status_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedGoal:
    """One goal; `domain` may still be empty. `id` as with a step."""

    domain: str = ""
    wording: str = ""
    staff_wording: str = ""
    indicator: str = ""
    target_date: date | None = None
    status: GoalStatus = GoalStatus.ACTIVE
    steps: tuple[TypedStep, ...] = ()
    id: str = ""
    good_tag: str = ""
    horizon: GoalHorizon = GoalHorizon.MEDIUM
    side: Side = Side.BOTH
    approach: bool = True
    shareable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPlan:
    """`plan` is the id of the plan over all versions, empty for a new one.

    `settled`: goals of the version before that stay as they are. `goals_before`, `steps_before`: the highest numbers
    that were given, so that no new goal is taken for an old one. `needs` are the fields of `Responsivity`.
    """

    plan: str = ""
    strengths: str = ""
    helps: str = ""
    harder: str = ""
    early_signs: str = ""
    review_due: date | None = None
    goals: tuple[TypedGoal, ...] = field(default_factory=tuple)
    horizon: Horizon = Horizon.RELEASE
    formulation_shared: str = ""
    protective: str = ""
    crisis: str = ""
    needs: Mapping[str, str] = field(default_factory=dict)
    opened: tuple[Opened, ...] = ()
    no_need: tuple[NoNeed, ...] = ()
    settled: tuple[Goal, ...] = ()
    goals_before: int = 0
    steps_before: int = 0


def typed_from(plan: Plan) -> TypedPlan:
    """What the next version starts with: goals that were removed or achieved stay as they are."""
    return TypedPlan(
        plan=plan.plan,
        strengths=plan.strengths,
        helps=plan.helps,
        harder=plan.harder,
        early_signs=plan.early_signs,
        horizon=plan.horizon,
        formulation_shared=plan.formulation_shared,
        protective=plan.protective,
        crisis="\n".join(plan.crisis_steps),
        needs={name: words for name, _, words in responsivity_words(plan.responsivity) if words},
        opened=plan.opened,
        no_need=plan.no_need,
        goals=tuple(_typed(goal) for goal in plan.goals if goal.status not in SETTLED),
        settled=tuple(goal for goal in plan.goals if goal.status in SETTLED),
        goals_before=_highest(goal.id for goal in plan.goals),
        steps_before=_highest(step.id for goal in plan.goals for step in goal.steps),
    )


def _typed(goal: Goal) -> TypedGoal:
    return TypedGoal(
        id=goal.id,
        domain=goal.domain,
        wording=goal.wording,
        staff_wording=goal.staff_wording,
        indicator=goal.indicator,
        target_date=goal.target_date,
        status=goal.status,
        good_tag=goal.good_tag,
        horizon=goal.horizon,
        side=goal.side,
        approach=goal.approach,
        shareable=goal.shareable,
        steps=tuple(
            TypedStep(
                id=step.id,
                text=step.text,
                actor=step.actor,
                due=step.due,
                status=step.status,
                status_words=step.status_words,
            )
            for step in goal.steps
        ),
    )


def as_plan(typed: TypedPlan) -> Plan:
    """UserError names the first thing that is missing; its `field` is `strengths`, or `goal<number>` counted from 0."""
    if not typed.strengths.strip():
        raise UserError(tr("Write what the person is good at first."), field="strengths")
    goals: list[Goal] = []
    new_goals, new_steps = count(typed.goals_before + 1), count(typed.steps_before + 1)
    for place, goal in enumerate(typed.goals):
        if not goal.wording.strip() and not goal.domain:
            continue
        if not goal.domain:
            raise UserError(tr("Choose the domain of the goal."), field=f"goal{place}")
        if not goal.wording.strip():
            raise UserError(tr("Write the goal in the person's words."), field=f"goal{place}")
        try:
            goals.append(_goal(goal, new_goals, new_steps))
        except UserError as problem:
            raise UserError(problem.sentence, field=f"goal{place}") from problem
    if not goals:
        raise UserError(tr("Write at least one goal."), field="goals")
    _require_no_contradiction(typed, goals)
    label = tr("On a hard day")
    crisis = require_text(typed.crisis, field="crisis_steps", label=label, longest=1_000, empty_allowed=True)
    return Plan(
        plan=typed.plan,
        version=1,
        state=VersionState.DRAFT,
        horizon=typed.horizon,
        strengths=typed.strengths.strip(),
        helps=typed.helps.strip(),
        harder=typed.harder.strip(),
        early_signs=typed.early_signs.strip(),
        formulation_shared=typed.formulation_shared.strip(),
        protective=typed.protective.strip(),
        crisis_steps=tuple(line.strip() for line in crisis.splitlines() if line.strip()),
        responsivity=Responsivity(**{name: words.strip() for name, words in typed.needs.items()}),
        opened=typed.opened,
        no_need=typed.no_need,
        goals=(*goals, *typed.settled),
        review_due=typed.review_due,
    )


def _goal(goal: TypedGoal, new_goals: Iterator[int], new_steps: Iterator[int]) -> Goal:
    """The lines of steps that say something; their numbers go on over the whole plan."""
    return Goal(
        id=goal.id or f"g{next(new_goals)}",
        domain=goal.domain,
        wording=goal.wording.strip(),
        staff_wording=goal.staff_wording.strip(),
        indicator=goal.indicator.strip(),
        target_date=goal.target_date,
        status=goal.status,
        good_tag=goal.good_tag,
        horizon=goal.horizon,
        side=goal.side,
        approach=goal.approach,
        shareable=goal.shareable,
        steps=tuple(
            Step(
                id=step.id or f"s{next(new_steps)}",
                text=step.text.strip(),
                actor=step.actor,
                due=step.due,
                status=step.status,
                status_words=step.status_words,
            )
            for step in goal.steps
            if step.text.strip()
        ),
    )


def _require_no_contradiction(typed: TypedPlan, goals: list[Goal]) -> None:
    """Where there is a goal there is a need."""
    with_goal = {goal.domain for goal in goals}
    if any(each.domain in with_goal for each in typed.no_need):
        raise UserError(
            tr("There is a goal in an area where you noted that no need was found. Take one of the two out."),
            field="no_need",
        )


def _highest(ids: Iterable[str]) -> int:
    """Of g1, g2, … or s1, s2, …"""
    return max((int(each[1:]) for each in ids if each[1:].isdigit()), default=0)
