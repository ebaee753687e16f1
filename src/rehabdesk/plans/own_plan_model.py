"""What of a plan stands on the person's own paper: goals by what is done with them, nothing that only staff reads."""

from dataclasses import dataclass, replace

from rehabdesk.plans.model import Goal, GoalStatus, Plan, StepStatus

NOW = frozenset({GoalStatus.ACTIVE, GoalStatus.PARTLY_ACHIEVED, GoalStatus.CARRIED_OVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGoals:
    """`now` with the steps that are still to be done, or were; what was removed stands nowhere."""

    now: tuple[Goal, ...]
    later: tuple[Goal, ...]
    reached: tuple[Goal, ...]


def own_goals(plan: Plan, shown: frozenset[str]) -> OwnGoals:
    """`shown`: the domains that are open for this person."""
    goals = [goal for goal in plan.goals if goal.domain in shown]
    return OwnGoals(
        now=tuple(_with_steps(goal) for goal in goals if goal.status in NOW),
        later=tuple(goal for goal in goals if goal.status is GoalStatus.FUTURE),
        reached=tuple(goal for goal in goals if goal.status is GoalStatus.ACHIEVED),
    )


def _with_steps(goal: Goal) -> Goal:
    return replace(goal, steps=tuple(step for step in goal.steps if step.status is not StepStatus.NO_LONGER_NEEDED))


def typed_texts(plan: Plan, shown: frozenset[str]) -> tuple[str, ...]:
    """Every text of a plan that stands on the paper as somebody typed it."""
    goals = own_goals(plan, shown)
    wordings = [goal.wording for goal in (*goals.now, *goals.later, *goals.reached)]
    steps = [step.text for goal in goals.now for step in goal.steps]
    return tuple(text for text in (plan.agreement_words, plan.strengths, plan.helps, *wordings, *steps) if text)
