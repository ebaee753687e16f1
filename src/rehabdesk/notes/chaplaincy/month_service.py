"""The month in numbers: a chaplain's own sheet, and the one number that others may see (domain.md 4.2, G34)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import PASTORAL, TEAM
from rehabdesk.notes import tally_store
from rehabdesk.notes.chaplaincy import pastoral_store
from rehabdesk.notes.chaplaincy.pastoral_model import DECLINED, SHOWN_FROM, Gathering, MonthSheet
from rehabdesk.notes.model import Tallied, month_of

COUNTS_SEEN_BY = frozenset({Role.CO, Role.SUP, Role.AUD})
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCount:
    """What others than the chaplaincy learn of its month. None: fewer than ten, or none (G34)."""

    month: str
    pastoral_notes: int | None


class Months:
    """Counts by month of one unlocked login. No name and no id is in any of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def months(self) -> tuple[str, ...]:
        """The present month and those before it, a year in all, as `YYYY-MM`."""
        today, found = local_day(self._desk.clock), []
        year, month = today.year, today.month
        for _ in range(MONTHS):
            found.append(month_of(date(year, month, 1)))
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return tuple(found)

    def month_sheet(self, month: str) -> MonthSheet:
        """The own month of a chaplain; a note that was struck does not count."""
        if self._desk.role is not Role.CHA:
            raise UserError(tr("Only a chaplain has a month sheet."))
        pastoral = self._desk.index(PASTORAL)
        met = pastoral_store.contacts(pastoral, self._desk.uid, month)
        kinds = Counter(kind for kind, came in met if kind and came != DECLINED)
        tallies = tally_store.tally(self._desk.index(TEAM), month)
        gatherings, worship = pastoral_store.gatherings(pastoral, Gathering.WORSHIP, month)
        return MonthSheet(
            month=month,
            contacts=len(met),
            declined=sum(came == DECLINED for _, came in met),
            kinds=dict(kinds),
            needs=dict(pastoral_store.needs(pastoral, self._desk.uid, month)),
            encounters=tallies.get(Tallied.CONFIDENTIAL_ENCOUNTER, 0),
            gatherings=gatherings,
            worship=worship,
        )

    def team_count(self, month: str) -> TeamCount:
        """How many pastoral notes a month had, for those to whom the matrix gives counts only."""
        if self._desk.role not in COUNTS_SEEN_BY:
            raise UserError(tr("Your role does not see these counts."))
        number = tally_store.tally(self._desk.index(TEAM), month).get(Tallied.PASTORAL_NOTE, 0)
        return TeamCount(month=month, pastoral_notes=number if number >= SHOWN_FROM else None)
