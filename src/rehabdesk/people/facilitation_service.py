"""What belonging to a group means in the register: who leads it works with the person, as a facilitator.

Only a login of that role needs it: it is what opens name, unit, language and the own notes (domain.md 4.3). For a
psychologist it would open the person's clinical file, which leading a group does not do.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.people import store
from rehabdesk.people.model import (
    PAYLOAD_VERSION,
    Assignment,
    AssignmentDetails,
    Capacity,
)
from rehabdesk.people.service import People


class Facilitations:
    """Gives the records that a deed on a group writes beside its own, in the same transaction."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    def begun(self, person_id: str, staff: Iterable[str], *, since: date, override_reason: str) -> list[NewRecord]:
        """Assignments of these facilitators that do not run yet.

        UserError with the dual-role warning unless there is a reason (domain.md 1.3).
        """
        found = []
        for uid in staff:
            details = AssignmentDetails(
                staff=uid, capacity=Capacity.FACILITATOR, since=since, override_reason=override_reason
            )
            warning = self._people.dual_capacity_warning(person_id, details)
            if warning is not None and not override_reason:
                raise UserError(warning, field="override_reason")
            if self._desk.staff(uid).role is Role.FAC and not self._running(person_id, uid, since):
                found.append(_record(person_id, details, None))
        return found

    def ended(self, person_id: str, staff: Iterable[str], *, until: date) -> list[NewRecord]:
        """The running assignments of these facilitators, ended; `until` is the first day on which no longer."""
        return [
            _record(person_id, replace(one.details, until=max(until, one.details.since)), one.id)
            for uid in staff
            for one in self._running(person_id, uid, until)
        ]

    def _running(self, person_id: str, uid: str, day: date) -> list[Assignment]:
        return [
            one
            for one in self._people.assignments(person_id)
            if one.details.staff == uid
            and one.details.capacity is Capacity.FACILITATOR
            and (one.details.until is None or day < one.details.until)
        ]


def _record(person_id: str, details: AssignmentDetails, rid: str | None) -> NewRecord:
    return NewRecord(
        comp=TEAM, kind=store.ASSIGNMENT, pv=PAYLOAD_VERSION, person=person_id, payload=to_payload(details), rid=rid
    )
