"""Marks beside a plan version: a new status of a goal or a step, and the plan as it stands after them."""

from dataclasses import dataclass, replace

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.plans.model import GoalStatus, Plan, RemovalReason, StepStatus

MARK_VERSION = 1
"""Of the payload of a mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A new status of a goal (`step` empty) or of a step, in one version of a plan.

    `reason` is a code of A4 where a goal is removed, else empty.
    """

    plan: str
    version: int
    goal: str
    step: str = ""
    status: str
    reason: str = ""
    words: str = ""

    def __post_init__(self) -> None:
        require_text(self.words, field="words", label=tr("Note"), longest=600, empty_allowed=True)
        known = [str(status) for status in (StepStatus if self.step else GoalStatus)]
        if self.status not in known:
            raise UserError(tr("Choose a status from the list."), field="status")
        removes = not self.step and self.status == GoalStatus.REMOVED
        if removes != (self.reason in [str(reason) for reason in RemovalReason]) or (self.reason and not removes):
            raise UserError(tr("Choose from the list why the goal is removed."), field="reason")
        if self.reason == RemovalReason.OTHER and not self.words.strip():
            raise UserError(tr("Say why the goal is removed."), field="words")


def marked(plan: Plan, marks: tuple[Mark, ...]) -> Plan:
    """The plan as it stands after `marks`, oldest first; marks of goals that are gone change nothing."""
    for mark in marks:
        goal = next((one for one in plan.goals if one.id == mark.goal), None)
        if goal is None:
            continue
        if mark.step:
            steps = tuple(
                replace(step, status=StepStatus(mark.status), status_words=mark.words) if step.id == mark.step else step
                for step in goal.steps
            )
            plan = plan.with_goal(replace(goal, steps=steps))
        else:
            reason = RemovalReason(mark.reason) if mark.reason else None
            plan = plan.with_goal(
                replace(goal, status=GoalStatus(mark.status), removed_because=reason, status_words=mark.words)
            )
    return plan
