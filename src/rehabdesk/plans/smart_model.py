"""The five questions that make a goal easier to follow. They warn, they never block (domain.md 8.1)."""

from datetime import date

from rehabdesk.core.i18n import tr
from rehabdesk.plans.model import Goal


def smart_warnings(goal: Goal, today: date) -> tuple[str, ...]:
    """What makes the goal hard to follow, in the order specific, measurable, achievable, relevant, time-bound."""
    found = []
    if not goal.approach:
        found.append(tr("Specific: say it as something to do, become or have."))
    if not goal.indicator:
        found.append(tr("Measurable: say what anybody could see when the goal is reached."))
    if not goal.steps:
        found.append(tr("Achievable: write the first step and who does it."))
    if not goal.good_tag:
        found.append(tr("Relevant: ask what the goal gives the person."))
    if goal.target_date is None:
        found.append(tr("Time-bound: say by when."))
    elif goal.target_date < today:
        found.append(tr("Time-bound: the target date has passed."))
    return tuple(found)
