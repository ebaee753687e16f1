"""Who leaves when, and of whom no day is known: facts of the register, for lists. Reads, and writes nothing."""

from datetime import date, timedelta

from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people import release_store as store
from rehabdesk.people.caseload_service import Caseload
from rehabdesk.people.model import PersonRow
from rehabdesk.people.service import MAY_READ_WHOLE, PAGE

FAR = date(9999, 12, 31)
MOST = 2_000


class Leaving:
    """Days of release of one unlocked desk. `mine`: own cases alone.

    UserError for a role that does not see legal days.
    """

    def __init__(self, desk: Desk, caseload: Caseload) -> None:
        self._desk, self._caseload = desk, caseload

    def dated(self, *, within: timedelta | None = None, mine: bool = False, limit: int = MOST) -> tuple[PersonRow, ...]:
        """Persons in custody with a planned release, also one that has passed, the nearest first."""
        self._require()
        until = FAR if within is None else local_day(self._desk.clock) + within
        return store.leaving(self._desk.index(TEAM), until, self._persons(mine=mine), limit)

    def undated(
        self, *, mine: bool = False, after: PersonRow | None = None, limit: int = PAGE
    ) -> tuple[PersonRow, ...]:
        """Persons in custody of whom no day of release is known, by case number, a page at a time."""
        self._require()
        place = (after.case_ref, after.id) if after else ("", "")
        return store.undated(self._desk.index(TEAM), self._persons(mine=mine), after=place, limit=limit)

    def _persons(self, *, mine: bool) -> frozenset[str] | None:
        return self._caseload.own_cases() if mine else None

    def _require(self) -> None:
        if self._desk.role not in MAY_READ_WHOLE:
            raise UserError(tr("Your role does not see the legal stage."))
