"""The next examiner of a page on which files are looked at: started while somebody is still looking for the stick."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from rehabdesk.handover.checking.examination_service import ready_examiner

_SOON_MS = 300
"""The page stands first; who only passes by starts nothing."""


class ReadyExaminer(QObject):
    """`child` is for checks from this page, each by a child of its own. It ends with the page, and at a lock."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.child = ready_examiner()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._prepare)
        page.destroyed.connect(self.child.end)
        self.prepare_soon()

    def prepare_soon(self) -> None:
        """When nothing was asked for a moment."""
        self._soon.start(_SOON_MS)

    def end(self) -> None:
        """The page is left."""
        self._soon.stop()
        self.child.end()

    def _prepare(self) -> None:
        try:
            self.child.prepare()
        except OSError:
            pass  # the check then starts its own, and says what is wrong
