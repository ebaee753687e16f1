"""What a chaplain reads of a plan, and the comments that chaplaincy may write on family and faith (domain.md 4.2)."""

from dataclasses import dataclass, replace
from datetime import datetime

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.plans.model import NOTHING_SAID, Plan

COMMENTED = frozenset({"PD-5", "PD-6"})
"""The domains of a plan that a chaplain is shown and may comment on."""
LONGEST = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A chaplain's words on one domain of a plan. They stand in the team's record: the person knows and agrees."""

    plan: str
    domain: str
    words: str
    person_agreed: bool = False

    def __post_init__(self) -> None:
        require_text(self.words, field="words", label=tr("Comment"), longest=LONGEST)
        if self.domain not in COMMENTED:
            raise UserError(tr("Chaplaincy comments on family and faith alone. Choose one of them."), field="domain")
        if not self.person_agreed:
            raise UserError(
                tr("The team reads this: ask the person first, and tick that the person agrees."), field="agreed"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredComment:
    """A comment, who wrote it and when."""

    rid: str
    author: str
    at: datetime
    comment: Comment


def for_chaplain(plan: Plan) -> Plan:
    """Goals on family and faith, strengths, and the answer in the person's own words; nothing else."""
    return replace(
        plan,
        goals=tuple(goal for goal in plan.goals if goal.domain in COMMENTED),
        no_need=tuple(each for each in plan.no_need if each.domain in COMMENTED),
        formulation_shared="",
        early_signs="",
        helps="",
        harder="",
        crisis_steps=(),
        protective="",
        responsivity=NOTHING_SAID,
        opened=(),
        return_reason="",
    )
