"""That an assessment with an instrument exists elsewhere: a marker, never its items, levels or totals (G3)."""

from dataclasses import dataclass
from datetime import date, datetime

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalAssessment:
    """Name, day, assessor and where it is kept. There is no other field: a plan cites needs, never what is in it.

    `override_reason`: why the psychologist of the person is the assessor too (domain.md 1.3), else "".
    """

    name: str
    on: date
    assessor: str
    held_by: str
    next_review: date | None = None
    person_comment: str = ""
    override_reason: str = ""

    def __post_init__(self) -> None:
        for text, field, label, longest, empty in (
            (self.name, "name", tr("Name of the assessment"), 120, False),
            (self.assessor, "assessor", tr("Assessor"), 120, False),
            (self.held_by, "held_by", tr("Where it is kept"), 200, False),
            (self.person_comment, "person_comment", tr("The person's comment"), 2_000, True),
            (self.override_reason, "override_reason", tr("Reason"), 300, True),
        ):
            require_text(text, field=field, label=label, longest=longest, empty_allowed=empty)
        if self.next_review is not None and self.next_review < self.on:
            raise UserError(tr("The next review lies before the assessment."), field="next_review")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAssessment:
    """A marker as it was recorded."""

    rid: str
    person_id: str
    assessment: ExternalAssessment
    author: str
    recorded_at: datetime
