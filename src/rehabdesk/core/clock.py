"""Time, passed in: UTC in whole milliseconds, and its one written form."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from rehabdesk.core.errors import FormatError


class Clock(Protocol):
    """Where times come from."""

    def now(self) -> datetime:
        """The time in UTC, aware, in whole milliseconds."""
        ...

    def monotonic_ms(self) -> int:
        """Milliseconds of a clock that nobody can set; comparable only within one run of the machine."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return whole_ms(datetime.now(UTC))

    def monotonic_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000


class SettableClock:
    """A clock that stands where it is put and moves on by `step` at every look: for tests and the demo."""

    def __init__(self, start: datetime, step: timedelta = timedelta(0)) -> None:
        self._first = self._now = whole_ms(start)
        self._step = step

    def now(self) -> datetime:
        self._now += self._step
        return self._now

    def monotonic_ms(self) -> int:
        return round((self._now - self._first) / timedelta(milliseconds=1))

    def set(self, to: datetime) -> None:
        """Puts the clock to `to`, also backwards."""
        self._now = whole_ms(to)

    def advance(self, by: timedelta) -> None:
        """Moves the clock on by `by`."""
        self._now = whole_ms(self._now + by)


def whole_ms(moment: datetime) -> datetime:
    """The same moment in UTC, cut to whole milliseconds. ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def local_day(clock: Clock) -> date:
    """The calendar day at the desk: what "today" is to who sits there, also where it is another day in UTC."""
    return clock.now().astimezone().date()


def stamp(moment: datetime) -> str:
    """`2026-11-24T09:00:00.000Z`: the form in which times are stored."""
    return whole_ms(moment).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def parse_stamp(text: str) -> datetime:
    """The time that `stamp` wrote. FormatError for any other form."""
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)  # reads other forms too: hence the comparison
        if stamp(moment) == text:
            return moment
    except (ValueError, OverflowError):
        pass
    raise FormatError("A time in the file is not of the form that RehabDesk writes.")
