"""What differs between two versions of a plan, in the order in which people ask: the answer, goals, steps, words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.model import Goal, GoalStatus, Plan, Step
from rehabdesk.plans.plan_words_model import (
    goal_horizon_words,
    good_words,
    horizon_words,
    responsivity_words,
    side_words,
    state_reason_words,
)
from rehabdesk.plans.words_model import (
    actor_words,
    agreement_words,
    goal_words,
    removal_words,
    sign_off_words,
    state_words,
    step_words,
)

T = TypeVar("T")


class Change(StrEnum):
    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One text or choice that is not the same: what it is called, and what it said before and says now ("" = empty)."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDifference:
    change: Change
    text: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDifference:
    """`gone`: taken out of the work, by removing it or by leaving it out of the later version."""

    change: Change
    domain: str
    wording: str
    lines: tuple[Line, ...] = ()
    steps: tuple[StepDifference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Between `before` and `after`, which are numbers of versions. `states`: agreement, sign-off, state."""

    before: int
    after: int
    states: tuple[Line, ...]
    goals: tuple[GoalDifference, ...]
    words: tuple[Line, ...]

    @property
    def none(self) -> bool:
        return not (self.states or self.goals or self.words)


def difference(before: Plan, after: Plan, *, titles: Mapping[str, str], name: str) -> Difference:
    """`titles`: the name of each domain. `name`: the person, as an actor of steps.

    Goals and steps are the same where their words are; else where their number and domain are.
    """
    pairs = _pairs(
        before.goals, after.goals, lambda goal: (goal.domain, goal.wording), lambda goal: (goal.domain, goal.id)
    )
    goals = [_goal(old, new, titles, name) for old, new in pairs]
    return Difference(
        before=before.version,
        after=after.version,
        states=_states(before, after),
        goals=tuple(each for each in goals if each is not None),
        words=_words(before, after, titles),
    )


def _states(before: Plan, after: Plan) -> tuple[Line, ...]:
    return _lines(
        (tr("The person's answer"), agreement_words(before.agreement)[0], agreement_words(after.agreement)[0]),
        (tr("In the person's words"), before.agreement_words, after.agreement_words),
        (tr("Why there are no words"), before.no_words_because, after.no_words_because),
        (tr("State"), _state(before), _state(after)),
        (tr("Signatures"), sign_off_words(before.signoff)[0], sign_off_words(after.signoff)[0]),
        (tr("Next review"), _day(before.review_due), _day(after.review_due)),
    )


def _state(plan: Plan) -> str:
    return " · ".join(each for each in (state_words(plan.state)[0], state_reason_words(plan)) if each)


def _words(before: Plan, after: Plan, titles: Mapping[str, str]) -> tuple[Line, ...]:
    needs = zip(responsivity_words(before.responsivity), responsivity_words(after.responsivity), strict=True)
    return _lines(
        (tr("Strengths"), before.strengths, after.strengths),
        (tr("Who and what stands by"), before.protective, after.protective),
        (tr("Shared understanding"), before.formulation_shared, after.formulation_shared),
        (tr("What helps"), before.helps, after.helps),
        (tr("What makes it harder"), before.harder, after.harder),
        (tr("Early signs that it gets hard"), before.early_signs, after.early_signs),
        (tr("On a hard day"), "\n".join(before.crisis_steps), "\n".join(after.crisis_steps)),
        (tr("What the plan looks towards"), horizon_words(before.horizon), horizon_words(after.horizon)),
        *((caption, old, new) for (_, caption, old), (_, _, new) in needs),
        (tr("No need identified"), _no_need(before, titles), _no_need(after, titles)),
    )


def _no_need(plan: Plan, titles: Mapping[str, str]) -> str:
    asked = tr("{area} (asked on {day})")
    return "\n".join(
        asked.format(area=tr(titles.get(each.domain, each.domain)), day=_day(each.asked_on)) for each in plan.no_need
    )


def _goal(old: Goal | None, new: Goal | None, titles: Mapping[str, str], name: str) -> GoalDifference | None:
    goal = new or old
    if goal is None:
        return None
    title = titles.get(goal.domain, goal.domain)
    if old is None:
        steps = tuple(StepDifference(change=Change.ADDED, text=step.text) for step in goal.steps)
        return GoalDifference(change=Change.ADDED, domain=title, wording=goal.wording, steps=steps)
    if new is None:
        return GoalDifference(change=Change.GONE, domain=title, wording=goal.wording)
    lines = _lines(
        (tr("Status"), _status(old), _status(new)),
        (tr("In the person's words"), old.wording, new.wording),
        (tr("In the staff's words"), old.staff_wording, new.staff_wording),
        (tr("Seen when"), old.indicator, new.indicator),
        (tr("By"), _day(old.target_date), _day(new.target_date)),
        (tr("What it gives"), good_words(old.good_tag), good_words(new.good_tag)),
        (tr("How far ahead"), goal_horizon_words(old.horizon), goal_horizon_words(new.horizon)),
        (tr("Who carries it"), side_words(old.side), side_words(new.side)),
    )
    pairs = _pairs(old.steps, new.steps, lambda step: step.text, lambda step: step.id)
    steps = tuple(each for each in (_step(*pair, name) for pair in pairs) if each is not None)
    if not lines and not steps:
        return None
    removed = new.status is GoalStatus.REMOVED and old.status is not GoalStatus.REMOVED
    change = Change.GONE if removed else Change.CHANGED
    return GoalDifference(change=change, domain=title, wording=new.wording, lines=lines, steps=steps)


def _status(goal: Goal) -> str:
    said = [goal_words(goal.status)[0], goal.status_words]
    if goal.removed_because is not None:
        said.insert(1, removal_words(goal.removed_because))
    return " · ".join(each for each in said if each)


def _step(old: Step | None, new: Step | None, name: str) -> StepDifference | None:
    if old is None or new is None:
        step, change = (old, Change.GONE) if new is None else (new, Change.ADDED)
        return None if step is None else StepDifference(change=change, text=step.text)
    lines = _lines(
        (tr("Step"), old.text, new.text),
        (tr("Who"), actor_words(old.actor, name), actor_words(new.actor, name)),
        (tr("By"), _day(old.due), _day(new.due)),
        (tr("Status"), step_words(old.status)[0], step_words(new.status)[0]),
    )
    return StepDifference(change=Change.CHANGED, text=new.text, lines=lines) if lines else None


def _pairs(before: Sequence[T], after: Sequence[T], *alike: Callable[[T], object]) -> list[tuple[T | None, T | None]]:
    """Each of `after` with its like of `before`, by the first rule that finds one; then those that are left over."""
    found: dict[int, T] = {}
    left = list(before)
    for rule in alike:
        for place, new in enumerate(after):
            old = None if place in found else next((each for each in left if rule(each) == rule(new)), None)
            if old is not None:
                found[place] = old
                left.remove(old)
    return [*((found.get(place), new) for place, new in enumerate(after)), *((old, None) for old in left)]


def _day(day: date | None) -> str:
    return "" if day is None else isolate(day_text(day))


def _lines(*found: tuple[str, str, str]) -> tuple[Line, ...]:
    return tuple(Line(label=label, before=old, after=new) for label, old, new in found if old != new)
