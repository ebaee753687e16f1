"""One writer at a time: a long writing in a job has the desk's turn, and the window waits a moment or says so."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar, overload

from rehabdesk.core.errors import StorageError
from rehabdesk.core.i18n import tr

PATIENCE = 1.0
"""Seconds that the window waits for a long writing before it says that it is not its turn."""
Report = Callable[[int, int], None]
"""Called as a long writing goes: done, of how many. What it raises ends the writing, of which then nothing is kept."""
T = TypeVar("T")


class Turn:
    """Of one desk. The same thread may take it again inside."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.busy = False
        """Whether a long writing is under way: idle work waits for it to end."""

    @contextmanager
    def taken(self) -> Iterator[None]:
        """StorageError where a long writing does not end in time."""
        if not self._lock.acquire(timeout=PATIENCE):
            raise StorageError(tr("A list is being brought in. Nothing was lost; try again in a moment."))
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def for_long(self) -> Iterator[None]:
        """As `taken`, and idle work knows of it."""
        with self.taken():
            self.busy = True
            try:
                yield
            finally:
                self.busy = False


class Reported(Sequence[T]):
    """A sequence that tells how far one has come in it."""

    def __init__(self, things: Sequence[T], report: Report) -> None:
        self._things, self._report = things, report

    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        return self._things[place]

    def __iter__(self) -> Iterator[T]:
        for number, thing in enumerate(self._things):
            self._report(number, len(self._things))
            yield thing
