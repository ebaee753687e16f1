"""Which step in work or learning a packet names, of those that the records hold (S10)."""

from collections.abc import Sequence

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.onward_sections_model import NextStep

NONE = "none"
"""What was chosen where no step is to be named."""


def code_of(step: NextStep) -> str:
    """By what a step is chosen: its day and words, in whatever language the rest is said."""
    return f"{step.date_.isoformat()} {step.what.text}"


def chosen_step(steps: Sequence[NextStep], code: str) -> NextStep | None:
    """The step of that code, the first for "". UserError where the records have changed since it was chosen."""
    if code == NONE or not (steps or code):
        return None
    if not code:
        return steps[0]
    found = next((step for step in steps if code_of(step) == code), None)
    if found is None:
        raise UserError(
            tr("The next step that was chosen does not stand in the plan any more. Choose it again."), field="next_step"
        )
    return found
