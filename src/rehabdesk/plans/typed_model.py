"""A plan as it is being typed: nothing needs to be complete. `as_plan` makes a plan of it, or says what is missing."""

from dataclasses import dataclass, field
from datetime import date

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.plans.model import Actor, Goal, GoalStatus, Horizon, Plan, Step, StepStatus, VersionState


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedStep:
    """One line of a goal."""

    text: str = ""
    actor: Actor = Actor.PERSON
    due: date | None = None
    status: StepStatus = StepStatus.NOT_STARTED


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedGoal:
    """One goal; `domain` may still be empty."""

    domain: str = ""
    wording: str = ""
    staff_wording: str = ""
    indicator: str = ""
    target_date: date | None = None
    status: GoalStatus = GoalStatus.ACTIVE
    steps: tuple[TypedStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPlan:
    """`plan` is the id of the plan over all versions, empty for a new one."""

    plan: str = ""
    strengths: str = ""
    helps: str = ""
    harder: str = ""
    early_signs: str = ""
    review_due: date | None = None
    goals: tuple[TypedGoal, ...] = field(default_factory=tuple)


def typed_from(plan: Plan) -> TypedPlan:
    """What the next version starts with: goals that were removed or achieved stay behind."""
    kept = [goal for goal in plan.goals if goal.status not in (GoalStatus.REMOVED, GoalStatus.ACHIEVED)]
    return TypedPlan(
        plan=plan.plan,
        strengths=plan.strengths,
        helps=plan.helps,
        harder=plan.harder,
        early_signs=plan.early_signs,
        goals=tuple(
            TypedGoal(
                domain=goal.domain,
                wording=goal.wording,
                staff_wording=goal.staff_wording,
                indicator=goal.indicator,
                target_date=goal.target_date,
                status=goal.status,
                steps=tuple(
                    TypedStep(text=step.text, actor=step.actor, due=step.due, status=step.status) for step in goal.steps
                ),
            )
            for goal in kept
        ),
    )


def as_plan(typed: TypedPlan) -> Plan:
    """UserError names the first thing that is missing; its `field` is `strengths`, or `goal<number>` counted from 0."""
    if not typed.strengths.strip():
        raise UserError(tr("Write what the person is good at first."), field="strengths")
    goals: list[Goal] = []
    step_number = 0
    for number, goal in enumerate(typed.goals):
        if not goal.wording.strip() and not goal.domain:
            continue
        if not goal.domain:
            raise UserError(tr("Choose the domain of the goal."), field=f"goal{number}")
        if not goal.wording.strip():
            raise UserError(tr("Write the goal in the person's words."), field=f"goal{number}")
        steps = _steps(goal, step_number)
        step_number += len(steps)
        goals.append(
            Goal(
                id=f"g{len(goals) + 1}",
                domain=goal.domain,
                wording=goal.wording.strip(),
                staff_wording=goal.staff_wording.strip(),
                indicator=goal.indicator.strip(),
                target_date=goal.target_date,
                status=goal.status,
                steps=steps,
            )
        )
    if not goals:
        raise UserError(tr("Write at least one goal."), field="goals")
    return Plan(
        plan=typed.plan,
        version=1,
        state=VersionState.DRAFT,
        horizon=Horizon.RELEASE,
        strengths=typed.strengths.strip(),
        helps=typed.helps.strip(),
        harder=typed.harder.strip(),
        early_signs=typed.early_signs.strip(),
        goals=tuple(goals),
        review_due=typed.review_due,
    )


def _steps(goal: TypedGoal, before: int) -> tuple[Step, ...]:
    """The lines that say something; their numbers go on over the whole plan."""
    said = [step for step in goal.steps if step.text.strip()]
    return tuple(
        Step(id=f"s{before + place}", text=step.text.strip(), actor=step.actor, due=step.due, status=step.status)
        for place, step in enumerate(said, 1)
    )
