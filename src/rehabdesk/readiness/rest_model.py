"""Days on which offices are closed: the weekend of the country and the site's own holidays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.readiness.model import Item

DAY = timedelta(days=1)
MOST_HOLIDAYS = 400
_LONGEST_REST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day on which offices are closed, with the name that people know it by."""

    day: date
    name: str

    def __post_init__(self) -> None:
        require_text(self.name, field="name", label=tr("Name of the holiday"), longest=80)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestDays:
    """`weekend`: weekdays, Monday is 0. Kept by the site; without that, the weekend of its country."""

    weekend: tuple[int, ...]
    holidays: tuple[Holiday, ...] = ()

    def __post_init__(self) -> None:
        if not set(self.weekend) <= set(range(7)) or len(set(self.weekend)) > 4:
            raise UserError(tr("Choose at most four days of the week on which offices are closed."), field="weekend")
        if len({each.day for each in self.holidays}) != len(self.holidays):
            raise UserError(tr("This day is in the list already."), field="day")
        if len(self.holidays) > MOST_HOLIDAYS:
            raise UserError(tr("The list is full. Take out holidays that are past."), field="day")

    def is_closed(self, day: date) -> bool:
        return day.weekday() in self.weekend or any(each.day == day for each in self.holidays)

    def name_of(self, day: date) -> str:
        """The holiday on that day, or nothing."""
        return next((each.name for each in self.holidays if each.day == day), "")

    def last_open(self, day: date) -> date:
        """That day, or the last one before it on which offices work."""
        return self._nearest(day, -DAY)

    def next_open(self, day: date) -> date:
        """That day, or the first one after it on which offices work."""
        return self._nearest(day, DAY)

    def _nearest(self, day: date, step: timedelta) -> date:
        for _ in range(_LONGEST_REST):
            if not self.is_closed(day):
                return day
            day += step
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class RestWarning:
    """A release on or before days of rest. `closed`: the days, in order. `items`: what offices must still do.

    `until` is the last day on which they work before it, `again` the first one after.
    """

    on_rest_day: bool
    closed: tuple[date, ...]
    until: date
    again: date
    items: tuple[Item, ...]


def rest_warning(anchor: date, rest: RestDays, items: Sequence[Item]) -> RestWarning | None:
    """None where offices work on the release day and on the next one."""
    on_rest_day = rest.is_closed(anchor)
    if not on_rest_day and not rest.is_closed(anchor + DAY):
        return None
    until, again = rest.last_open(anchor), rest.next_open(anchor if on_rest_day else anchor + DAY)
    closed = tuple(until + DAY * number for number in range(1, (again - until).days))
    needed = tuple(item for item in items if item.open and item.template.office and item.due <= anchor)
    return RestWarning(on_rest_day=on_rest_day, closed=closed, until=until, again=again, items=needed)
