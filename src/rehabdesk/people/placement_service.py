"""Where a person lives: moves with their day and reason, and the way back from a slip."""

from dataclasses import replace

from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.people import store
from rehabdesk.people.model import PLACEMENT_VERSION, Placement
from rehabdesk.people.service import MAY_READ_WHOLE, MAY_REGISTER, People


class Placements:
    """Placements of one unlocked desk."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    @property
    def may_write(self) -> bool:
        return self._desk.role in MAY_REGISTER

    def of_person(self, person_id: str) -> tuple[Placement, ...]:
        """Newest first, also those that were taken back."""
        if self._desk.role not in MAY_READ_WHOLE:
            raise UserError(tr("Your role sees name, unit and languages of a person only."))
        return self._people.placements(person_id)

    def recorded(self, person_id: str) -> tuple[tuple[str, Placement], ...]:
        """As `of_person`, each with the id of its record."""
        self.of_person(person_id)
        return store.placements(self._desk.index(TEAM), person_id)

    def move(self, person_id: str, placement: Placement) -> None:
        """Records a move; the present placement ends on its day. UserError for a day before that one began."""
        if placement.since > local_day(self._desk.clock):
            raise UserError(tr("The day must be today or in the past."), field="since")
        present = self._present(person_id)
        if present is not None and placement.since < present[1].since:
            sentence = tr("The present placement began on {day}. A move cannot lie before it.")
            raise UserError(sentence.format(day=isolate(day_text(present[1].since))), field="since")
        self._people.place(person_id, placement)

    def take_back(self, person_id: str) -> None:
        """The opposite of the newest move: it ends on its own day, and the placement before it goes on."""
        if not self.may_write:
            raise UserError(tr("A case officer records moves."))
        found = store.placements(self._desk.index(TEAM), person_id)
        present = self._present(person_id)
        before = next((one for one in found if present and one[0] != present[0] and _ended(one[1], present[1])), None)
        if present is None or before is None:
            raise UserError(tr("There is no placement before this one."))
        items = [
            _item(person_id, present[0], replace(present[1], until=present[1].since, taken_back=True)),
            _item(person_id, before[0], replace(before[1], until=None)),
        ]
        self._desk.commit("place", items)

    def _present(self, person_id: str) -> tuple[str, Placement] | None:
        found = store.placements(self._desk.index(TEAM), person_id)
        return next((one for one in found if one[1].until is None), None)


def _ended(earlier: Placement, later: Placement) -> bool:
    """Whether the earlier placement ended by the move to the later one."""
    return earlier.until == later.since and not earlier.taken_back


def _item(person_id: str, rid: str, placement: Placement) -> NewRecord:
    return NewRecord(
        comp=TEAM,
        kind=store.PLACEMENT,
        pv=PLACEMENT_VERSION,
        person=person_id,
        payload=to_payload(placement),
        rid=rid,
    )
