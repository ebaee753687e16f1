"""My month: own deeds and own meetings by kind, for one's own supervision or report. Nobody's name, nobody else's work.

A sheet of this kind is for talking about one's work, never for comparing staff: it exists for the one who is signed in
alone, and the order of its lines is that of the words. On the screen the own numbers are exact; on paper, which others
read, they are a statistic, and every number below ten is hidden (G34). Reasons of the house stand apart from the
person's (G33).
"""

from collections.abc import Callable
from datetime import date

from rehabdesk.access.service import Desk
from rehabdesk.audit.month_model import month_parts
from rehabdesk.audit.month_service import OwnMonths
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.notes.forms.blanks_service import DEMO_SITE
from rehabdesk.notes.groups.met_model import Side, side_words
from rehabdesk.notes.groups.met_service import OwnMeetings
from rehabdesk.notes.paper.printout_service import LONGEST_RECIPIENT, WAYS
from rehabdesk.overview.month_model import MonthPaper, MonthPart
from rehabdesk.overview.month_pdf import month_pages


class MyMonth:
    """The months of one unlocked login."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._months, self._meetings = desk, OwnMonths(desk), OwnMeetings(desk)

    @property
    def may_see(self) -> bool:
        """Whether this role has months of work at all."""
        return self._months.may_see

    def months(self) -> tuple[str, ...]:
        """The present month and those before it, a year in all, as `YYYY-MM`."""
        return self._months.months()

    def parts(self, month: str) -> tuple[MonthPart, ...]:
        """Meetings first, where there were any, then deeds by kind. UserError as `OwnMonths.month` raises it."""
        deeds = month_parts(self._months.month(month))
        met = self._meetings.month(month)
        if not any(met.values()):
            return deeds
        return ((tr("Meetings"), tuple((side_words(side), met[side]) for side in Side)), *deeds)

    def paper(self, month: str, recipient: str) -> Callable[[], bytes]:
        """What lays the sheet out, in a job. UserError for a recipient that names nobody."""
        name = require_text(recipient, field="recipient", label=tr("For whom"), longest=LONGEST_RECIPIENT)
        if "\n" in name:
            raise UserError(tr("For whom: one line, please."), field="recipient")
        site = self._desk.settings()
        made = MonthPaper(
            month=date.fromisoformat(f"{month}-01"),
            parts=self.parts(month),
            staff=self._desk.staff(self._desk.uid).name,
            recipient=name,
            site=site.name,
            at=self._desk.clock.now(),
            training=site.site == DEMO_SITE,
        )
        return lambda: month_pages(made)

    def leaves(self, how: str) -> None:
        """Logs that a sheet leaves, by one of `WAYS`. No month and no number stands in the log."""
        if how not in WAYS:
            raise ValueError(f"pages do not leave by {how}")
        self._desk.log(how)
