"""One sentence about what was just done, for some seconds, with an Undo where there is one."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.ui.kit import Kit

SECONDS = 8
ABOVE_FOOT = 84


class Toast(QFrame):
    """Lies over the foot of the window."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._kit = window, kit
        self.setProperty("card", "toast")
        self._words = kit.label("", "small")
        self._undo: QPushButton | None = None
        self._row = kit.row(self._words, margins=(14, 10, 14, 10), gap=3)
        self.setLayout(self._row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.end)
        self.hide()

    @property
    def words(self) -> str:
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        """Shows the sentence; screen readers get it as the name of the widget."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        if self._undo is not None:
            self._row.removeWidget(self._undo)
            self._undo.deleteLater()
            self._undo = None
        if undo is not None:
            self._undo = self._kit.button(tr("Undo"))
            self._undo.clicked.connect(self.end)
            self._undo.clicked.connect(lambda _on=False: undo())
            self._row.addWidget(self._undo)
        self.show()
        self.raise_()
        self.settle()
        self._timer.start(SECONDS * 1000)

    def end(self) -> None:
        """Takes it away, and the sentence with it."""
        self.hide()
        self._words.setText("")
        self.setAccessibleName("")

    def settle(self) -> None:
        """Keeps its place at the foot of the window."""
        if self.isHidden():
            return
        self._words.setWordWrap(False)
        room = self._window.width() - self._kit.theme.px(96)
        if self.sizeHint().width() > room:
            self._words.setWordWrap(True)
            self.setFixedWidth(room)
        self.adjustSize()
        x = (self._window.width() - self.width()) // 2
        self.move(x, self._window.height() - self.height() - self._kit.theme.px(ABOVE_FOOT))
