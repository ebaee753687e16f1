"""Who works with a person, in which capacity: given, ended, told. Never a count or an order of staff."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.people import store
from rehabdesk.people.model import PAYLOAD_VERSION, Assignment, AssignmentDetails, Capacity
from rehabdesk.people.service import CAPACITY_ROLES, MAY_ASSIGN, MAY_READ_WHOLE, People, run_together


class Assignments:
    """Assignments of one unlocked desk."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    @property
    def may_write(self) -> bool:
        return self._desk.role in MAY_ASSIGN

    def of_person(self, person_id: str) -> tuple[Assignment, ...]:
        """Those that run first, each part in the order of capacities."""
        if self._desk.role not in MAY_READ_WHOLE:
            raise UserError(tr("Your role sees name, unit and languages of a person only."))
        order, today = list(Capacity), self._today()
        found = self._people.assignments(person_id)
        return tuple(sorted(found, key=lambda one: (self.is_over(one, today), order.index(one.details.capacity))))

    def is_over(self, one: Assignment, today: date | None = None) -> bool:
        until = one.details.until
        return until is not None and until <= (today or self._today())

    def offered(self, capacity: Capacity) -> Sequence[tuple[str, str]]:
        """Active staff whose role may take the capacity, as (uid, name), by name."""
        roles = CAPACITY_ROLES[capacity]
        found = [member.card for member in self._desk.members() if member.active and member.card.role in roles]
        return sorted(((card.uid, card.name) for card in found), key=lambda one: one[1].casefold())

    def warning(self, person_id: str, details: AssignmentDetails) -> str | None:
        """What speaks against two capacities in one hand, or None (domain.md 1.3)."""
        return self._people.dual_capacity_warning(person_id, details)

    def give(self, person_id: str, details: AssignmentDetails) -> Assignment:
        """Assigns. UserError where that runs already, or with the dual-role warning unless there is a reason."""
        for one in self._people.assignments(person_id):
            same = one.details.staff == details.staff and one.details.capacity is details.capacity
            if same and run_together(one.details, details):
                name = isolate(self._desk.staff(details.staff).name)
                raise UserError(tr("{name} works with this person in this capacity.").format(name=name), field="staff")
        return self._people.assign(person_id, details)

    def end(self, one: Assignment, *, until: date) -> Assignment:
        """Ends it: on `until` it no longer runs."""
        return self._people.end_assignment(one.id, until=until)

    def tell(self, one: Assignment) -> None:
        """Notes that the person was told who works with him or her."""
        self._write(replace(one, details=replace(one.details, person_told=True)))

    def reopen(self, one: Assignment) -> None:
        """The opposite of `end`."""
        self._write(replace(one, details=replace(one.details, until=None)))

    def _write(self, one: Assignment) -> None:
        if not self.may_write:
            raise UserError(tr("Case officers and supervisors assign staff."))
        item = NewRecord(
            comp=TEAM,
            kind=store.ASSIGNMENT,
            pv=PAYLOAD_VERSION,
            person=one.person_id,
            payload=to_payload(one.details),
            rid=one.id,
        )
        self._desk.commit("assign", [item])

    def _today(self) -> date:
        return self._desk.clock.now().date()
