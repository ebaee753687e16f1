"""What people do with markers of assessments made elsewhere: record one, see which exist."""

from dataclasses import replace

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.notes.assessments import assessment_store as store
from rehabdesk.notes.assessments.assessment_model import ExternalAssessment, StoredAssessment
from rehabdesk.people.model import AssignmentDetails, Capacity
from rehabdesk.people.service import People

PAYLOAD_VERSION = 1
WRITE = frozenset({Role.PSY, Role.CSUP})
READ_WHOLE = WRITE | {Role.AUD}
READ = READ_WHOLE | {Role.CO, Role.SUP}


class Assessments:
    """Markers of one unlocked desk (domain.md 4.2: psychologists C R, case officer and supervisor that they exist)."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    @property
    def may_record(self) -> bool:
        return self._desk.role in WRITE

    @property
    def may_read(self) -> bool:
        return self._desk.role in READ

    def record(self, person_id: str, assessment: ExternalAssessment, *, by_me: bool) -> StoredAssessment:
        """Records that an assessment exists. `by_me`: this login is the assessor.

        UserError with the dual-role warning where the person's psychologist is the assessor and gives no reason.
        """
        if not self.may_record:
            raise UserError(tr("Psychologists record that an assessment exists."))
        self._people.caseload.require(person_id)
        if assessment.on > local_day(self._desk.clock):
            raise UserError(tr("The day lies in the future. Correct it."), field="on")
        warning = self.dual_role_warning(person_id) if by_me else None
        if warning is not None and not assessment.override_reason.strip():
            raise UserError(warning, field="override_reason")
        kept = assessment if warning is not None else replace(assessment, override_reason="")
        item = NewRecord(
            comp=TEAM, kind=store.ASSESSMENT, pv=PAYLOAD_VERSION, person=person_id, payload=to_payload(kept)
        )
        extra = {"override": "dual_capacity"} if warning is not None else None
        (record,) = self._desk.commit("assessment", [item], extra=extra)
        return StoredAssessment(
            rid=record.rid,
            person_id=person_id,
            assessment=kept,
            author=record.author,
            recorded_at=record.recorded_at,
        )

    def dual_role_warning(self, person_id: str) -> str | None:
        """The sentence to show before this login is named as assessor, or None (domain.md 1.3)."""
        today = local_day(self._desk.clock)
        as_author = AssignmentDetails(staff=self._desk.uid, capacity=Capacity.ASSESSMENT_AUTHOR, since=today)
        return self._people.dual_capacity_warning(person_id, as_author)

    def of_person(self, person_id: str) -> tuple[StoredAssessment, ...]:
        """Newest first. Who needs to know only that it exists is not shown what the person said about it."""
        if not self.may_read:
            raise UserError(tr("Your role does not see assessments."))
        self._people.caseload.require(person_id)
        found = store.of_person(self._desk.index(TEAM), person_id)
        if self._desk.role in READ_WHOLE:
            return found
        return tuple(
            replace(one, assessment=replace(one.assessment, person_comment="", override_reason="")) for one in found
        )
