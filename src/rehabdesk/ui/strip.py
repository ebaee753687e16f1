"""The strip at the foot of a page: names what will be done and asks once, with the passphrase where it must."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout

from rehabdesk.core.i18n import tr
from rehabdesk.ui.kit import Kit, empty


class Strip(QFrame):
    """Focus is on Back, or in the passphrase field. Esc goes back. Enter without a passphrase does nothing."""

    closed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setProperty("card", "strip")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._do: Callable[..., None] | None = None
        self._phrase: QLineEdit | None = None
        self._error: QLabel | None = None
        self._back: QPushButton | None = None
        self._act: QPushButton | None = None
        self._sentence = ""

    @property
    def sentence(self) -> str:
        """What is asked; empty while nothing is."""
        return self._sentence

    @property
    def phrase_field(self) -> QLineEdit | None:
        return self._phrase

    def ask(self, sentence: str, act: str, do: Callable[..., None], *, passphrase: bool, danger: bool) -> None:
        """Shows the question. See `Page.ask`."""
        self._clear()
        kit, self._do, self._sentence = self._kit, do, sentence
        self.setAccessibleName(sentence)
        self._back = kit.button(tr("&Back"))
        self._back.setObjectName("strip-back")
        self._act = kit.button(act, kind="danger" if danger else "primary")
        self._act.setObjectName("strip-act")
        self._back.clicked.connect(self.finish)
        self._act.clicked.connect(self.press)
        self._error = kit.label("", "small", tone="danger", wrap=True)
        self._error.hide()
        field = None
        if passphrase:
            self._phrase = kit.secret()
            self._phrase.setObjectName("strip-passphrase")
            self._phrase.returnPressed.connect(self.press)
            self._phrase.setMinimumWidth(kit.theme.px(220))
            field = kit.field(tr("Your passphrase"), self._phrase)
        words = kit.label(sentence, "strong", wrap=True)
        row = kit.row((kit.column(words, self._error, gap=1), 1), field, self._back, self._act, gap=3)
        if field is not None:
            row.setAlignment(self._back, Qt.AlignmentFlag.AlignBottom)
            row.setAlignment(self._act, Qt.AlignmentFlag.AlignBottom)
        holder = kit.box(kit.column(row, margins=(14, 10, 14, 10)))
        self._column.addWidget(holder)
        first = self._phrase or self._back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self) -> None:
        """The act, as its button or a second Ctrl+Enter does it."""
        if self._do is None or self._act is None or not self._act.isEnabled():
            return
        do, phrase = self._do, self._phrase
        if phrase is None:
            self.finish()
            do()
            return
        if not phrase.text():
            phrase.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.busy(True)
        do(phrase.text())

    def busy(self, on: bool) -> None:
        """While the act is under way nothing can be pressed twice."""
        for part in (self._act, self._phrase, self._back):
            if part is not None:
                part.setEnabled(not on)

    def complain(self, sentence: str) -> None:
        """Keeps the strip, says what was wrong, and takes the passphrase away."""
        self.busy(False)
        if self._error is not None:
            self._error.setText(sentence)
            self._error.show()
        if self._phrase is not None:
            self._phrase.clear()
            self._phrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Closes the strip."""
        self._clear()
        self.closed.emit()

    def is_open(self) -> bool:
        return self._do is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and (self._back is None or self._back.isEnabled()):
            self.finish()
            return
        super().keyPressEvent(event)

    def _clear(self) -> None:
        self._do = self._phrase = self._error = self._back = self._act = None
        self._sentence = ""
        empty(self._column)
