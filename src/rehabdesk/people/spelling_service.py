"""How people are called, for work on words: every spelling of every name, and what somebody speaks."""

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people import store
from rehabdesk.people.caseload_service import Caseload
from rehabdesk.people.model import Language, PersonRow


class Spellings:
    """Names of one unlocked desk. What it gives of all people is to be compared with, never to be shown as a list."""

    def __init__(self, desk: Desk, caseload: Caseload) -> None:
        self._desk, self._caseload = desk, caseload

    def spellings(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(id, every way in which the person is written) of the whole register."""
        return tuple((one.id, one.details.spellings) for one in store.persons(self._desk.index(TEAM)))

    def row(self, person_id: str) -> PersonRow | None:
        """Name and unit of somebody of whom the caller may know already, for example from an own group's past."""
        return next(iter(store.rows_of(self._desk.index(TEAM), (person_id,))), None)

    def languages(self, person_id: str) -> tuple[Language, ...]:
        """What the person speaks, for every role that works with the case."""
        self._caseload.require(person_id)
        found = store.person(self._desk.index(TEAM), person_id)
        if found is None:
            raise UserError(tr("This person is not in the register."), field="person")
        return found.details.languages
