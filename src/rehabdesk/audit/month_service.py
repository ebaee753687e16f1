"""My month: what the own login did, by kind of work, for one's own supervision or report. Nobody else's is given."""

from datetime import date, datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.audit import month_store as store
from rehabdesk.audit.month_model import MonthOfWork, counted
from rehabdesk.audit.month_store import OwnEntry
from rehabdesk.core.clock import local_day, stamp
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr

MONTHS = 12
HAS_MONTH = frozenset({Role.PSY, Role.CSUP, Role.CO, Role.SUP, Role.FAC})
"""Who works on records. A chaplain has the month sheet of the chaplaincy instead (domain.md 7.3)."""


class OwnMonths:
    """The months of the one who is signed in. There is no way to ask for those of another login: they are for talking
    about one's own work, not for comparing staff.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def may_see(self) -> bool:
        """Whether this role has months of work at all."""
        return self._desk.role in HAS_MONTH

    def months(self) -> tuple[str, ...]:
        """The present month and those before it, a year in all, as `YYYY-MM`."""
        today = local_day(self._desk.clock)
        count = today.year * 12 + today.month - 1
        return tuple(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(count, count - MONTHS, -1))

    def month(self, month: str) -> MonthOfWork:
        """UserError for a role without one, and for a month that is not one of `months`."""
        if not self.may_see:
            raise UserError(tr("Your role has no such page."))
        if month not in self.months():
            raise UserError(tr("There is nothing to open here for this login."))
        first = date.fromisoformat(f"{month}-01")
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        entries = store.entries_of(self._desk.truth, self._desk.uid, _begins(first), _begins(after))
        return counted(month, (entry.deed for entry in _deeds(entries)))


def _begins(day: date) -> str:
    """The stamp of the first moment of a day where the desk stands."""
    return stamp(datetime(day.year, day.month, day.day).astimezone())


def _deeds(entries: tuple[OwnEntry, ...]) -> list[OwnEntry]:
    """A deed that wrote several records is many entries of one moment and counts once, as in the log."""
    found: list[OwnEntry] = []
    before: OwnEntry | None = None
    for entry in entries:
        if not entry.wrote or entry != before:
            found.append(entry)
        before = entry
    return found
