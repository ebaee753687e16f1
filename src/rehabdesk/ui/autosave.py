"""Writes what is typed a second after the last key, and never later than two seconds after the first one."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

AFTER_LAST_MS = 1_000
AFTER_FIRST_MS = 2_000


class Autosave(QObject):
    """`write` writes everything that is typed and unsaved, and is awaited: nothing is dropped, nothing overtaken."""

    def __init__(self, owner: QObject, write: Callable[[], None]) -> None:
        super().__init__(owner)
        self._write = write
        self._last, self._first = self._timer(AFTER_LAST_MS), self._timer(AFTER_FIRST_MS)

    def touch(self) -> None:
        """Something was typed."""
        self._last.start()
        if not self._first.isActive():
            self._first.start()

    def now(self) -> None:
        """Writes at once, if anything is unsaved: leaving a field, a page, the desk."""
        if self._last.isActive() or self._first.isActive():
            self.write()

    def write(self) -> None:
        """Writes at once, whether anything is unsaved or not."""
        self._last.stop()
        self._first.stop()
        try:
            self._write()
        except BaseException:
            self._last.start()  # nothing was kept: it is tried again
            raise

    def forget(self) -> None:
        """What was typed is gone for good (signed, deleted): nothing is written any more."""
        self._last.stop()
        self._first.stop()

    def again(self) -> None:
        """After a failure: tries once more soon."""
        self._last.start()

    def _timer(self, wait: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(self.write)
        return timer
