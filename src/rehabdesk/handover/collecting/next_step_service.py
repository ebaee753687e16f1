"""The next steps in work or learning that the records hold, by their day: a packet names one of them (S10).

No record says which of them is the next: the author chooses, and the first stands there until then.
"""

from collections.abc import Callable, Iterable
from datetime import date

from rehabdesk.core.i18n import tr
from rehabdesk.handover.collecting.plan_sections_service import HANDED_ON
from rehabdesk.handover.collecting.text_service import text
from rehabdesk.handover.content.onward_sections_model import NextStep
from rehabdesk.plans.model import Goal, Plan, Side, StepStatus
from rehabdesk.plans.programmes.intervention_model import Intervention, InterventionState, Kind
from rehabdesk.plans.words_model import actor_words

LEARNING_DOMAIN = "PD-7"
_OPEN = frozenset({StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS})
_PLANNED = frozenset({Kind.EDUCATION, Kind.WORK})


def next_steps(
    plan: Plan | None,
    programmes: Iterable[Intervention],
    title: Callable[[Intervention], str],
    *,
    after: date,
    language: str,
) -> tuple[NextStep, ...]:
    """Open steps of shareable goals of education and work, and courses that are to begin, from `after` on, by day."""
    found = [
        NextStep(what=text(step.text, language), with_=actor_words(step.actor, tr("the person")), date_=step.due)
        for goal in (() if plan is None else plan.goals)
        if _is_handed_on(goal)
        for step in goal.steps
        if step.status in _OPEN and step.due is not None and step.due >= after
    ]
    found += [
        NextStep(what=text(title(one), "und"), with_=one.provider, date_=one.start)
        for one in programmes
        if one.kind in _PLANNED and one.state is InterventionState.PLANNED and one.start >= after
    ]
    return tuple(sorted(found, key=lambda step: (step.date_, step.what.text)))


def _is_handed_on(goal: Goal) -> bool:
    """Whether it is about work or learning, goes out, and is not the prison's alone."""
    shared = goal.shareable and goal.status in HANDED_ON
    return shared and goal.domain == LEARNING_DOMAIN and goal.side is not Side.PRISON
