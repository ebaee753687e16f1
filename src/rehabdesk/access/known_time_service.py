"""The latest time that has certainly been, as the chain of entries says. It never goes back (packet.md 7.5)."""

from contextlib import suppress
from datetime import datetime, timedelta

from rehabdesk.access.known_time_store import entry_times
from rehabdesk.access.pins_service import Pin
from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.errors import FormatError
from rehabdesk.db.truth import Truth

LONGEST_PAUSE = timedelta(days=400)
CONFIRMED = "confirm_clock"
"""The deed by which somebody says that the clock is right."""


class KnownTime:
    """The highest time of all entries of one desk, whoever wrote them, this session's too.

    An entry more than 400 days after everything before it counts only once somebody said that the clock is right: a
    clock that stood in a wrong year for a while locks nothing. The pin remembers where its login's last session ended,
    so that only later entries are read; without one, all of them are, once.
    """

    def __init__(self, truth: Truth, pin: Pin | None) -> None:
        self._truth, self._read = truth, 0
        self._latest: datetime | None = None
        if pin is not None and pin.known is not None:
            self._read, self._latest = pin.n, pin.known

    def latest(self) -> datetime | None:
        """None before the first entry. Reads what was written since it was asked last. StorageError."""
        for n, at, deed in entry_times(self._truth, self._read):
            with suppress(FormatError):  # the check of the desk speaks of it
                self._take(parse_stamp(at), deed)
            self._read = n
        return self._latest

    def _take(self, moment: datetime, deed: str) -> None:
        latest = self._latest
        if latest is None or (moment > latest and (moment - latest <= LONGEST_PAUSE or deed == CONFIRMED)):
            self._latest = moment
