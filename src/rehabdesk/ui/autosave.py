"""Writes what is typed a second after the last key, and never later than two seconds after the first one."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QTimer

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr

AFTER_LAST_MS = 1_000
AFTER_FIRST_MS = 2_000
AGAIN_MS = 2_000


@runtime_checkable
class SaysSo(Protocol):
    """An owner that shows where the saved state stands that something could not be kept: every page is one."""

    def not_kept(self, sentence: str) -> None: ...


class Autosave(QObject):
    """`write` writes everything that is typed and unsaved, and is awaited: nothing is dropped, nothing overtaken.

    It raises what goes wrong. That is said by the owner, and what could not be kept stays unsaved and is tried again;
    a `write` that says so itself calls `again`.
    """

    def __init__(self, owner: QObject, write: Callable[[], None]) -> None:
        super().__init__(owner)
        self._owner, self._write = owner, write
        self._last, self._first = self._timer(AFTER_LAST_MS), self._timer(AFTER_FIRST_MS)
        self._unsaved = False
        self.problem = ""
        """The sentence of the last attempt, while what was typed could not be kept."""

    def touch(self) -> None:
        """Something was typed."""
        self._unsaved = True
        self._last.start(AFTER_LAST_MS)
        if not self._first.isActive():
            self._first.start()

    def now(self) -> None:
        """Writes at once, if anything is unsaved: leaving a field, a page, the desk."""
        if self._unsaved:
            self.write()

    def write(self) -> None:
        """Writes at once, whether anything is unsaved or not."""
        self._stop()
        self._unsaved, self.problem = False, ""
        try:
            self._write()
        except RehabDeskError as problem:
            self._fail(_sentence(problem), try_again=not isinstance(problem, UserError))
        except BaseException:
            self._fail(not_saved())  # nothing was kept: it is tried again
            raise

    def forget(self) -> None:
        """What was typed is gone for good (signed, deleted): nothing is written any more."""
        self._stop()
        self._unsaved, self.problem = False, ""

    def again(self) -> None:
        """After a failure: tries once more soon."""
        self._unsaved, self.problem = True, not_saved()
        self._last.start(AGAIN_MS)

    def _fail(self, sentence: str, *, try_again: bool = True) -> None:
        self._unsaved, self.problem = True, sentence
        if try_again:
            self._last.start(AGAIN_MS)
        if isinstance(self._owner, SaysSo):
            self._owner.not_kept(sentence)

    def _stop(self) -> None:
        self._last.stop()
        self._first.stop()

    def _timer(self, wait: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(self.write)
        return timer


def not_saved() -> str:
    """The sentence of interface.md 6 for a store that does not take what was typed."""
    return tr(
        "We could not save to this computer. Your text is still here. Free some space or copy it to a USB stick now."
    )


def _sentence(problem: RehabDeskError) -> str:
    """What is too long, or wrong in another way, says so itself; a failing store says what all its failures mean."""
    if isinstance(problem, UserError):
        kept = tr("It is not saved yet. Your text is still here.")
        return f"{problem.sentence} {kept}"
    return not_saved()
