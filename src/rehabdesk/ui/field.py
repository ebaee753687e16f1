"""The frame that gives a control its caption, hint, error and room count. The controls themselves: fields.py."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.ui.theme import restyle

NEARLY = 0.8
"""A field with a limit tells what is left from here on (interface.md 14)."""
GROWS = "grows"
"""Property of a control that takes more height when it holds more."""


MOST_HELD = 20_000
"""Characters that a field without a limit holds; one with a limit holds twice that, so that one can still shorten.

One word as long is laid out in 30 ms, and that time grows with its square: of 100,000 letters each key took half a
second.
"""
LEAST_HELD = 1_000


def room_of(control: QWidget) -> int:
    """How many characters a control may ever hold: what is pasted beyond that is refused whole (interface.md 14)."""
    limit = control.property("limit")
    return max(2 * limit, LEAST_HELD) if isinstance(limit, int) else MOST_HELD


def refuse_paste(control: QWidget, length: int) -> None:
    """Says at the field of a control that what was pasted would make it `length` characters long."""
    from PySide6.QtWidgets import QTextEdit  # here: the lock page stands without it

    around = control.parentWidget()
    while around is not None and not isinstance(around, Field):
        around = around.parentWidget()
    sentence = tr("Nothing was pasted: the text would be {length} characters long, and {most} fit here. Paste a part.")
    if isinstance(around, Field):
        around.complain(sentence.format(length=length, most=room_of(control)))
        if isinstance(control, (QLineEdit, QTextEdit)):
            control.textChanged.connect(around.calm, Qt.ConnectionType.SingleShotConnection)


def typed_into(control: QWidget) -> QWidget:
    """What takes the keys: of a date or a time its line, else the control itself."""
    line = getattr(control, "line", None)
    return line if isinstance(line, QLineEdit) else control


class Line(QLineEdit):
    """One line. What is pasted goes in whole or not at all; Qt would cut it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setMaxLength(1 << 24)
        self.textEdited.connect(self._check)

    def _check(self, text: str) -> None:
        if len(text) > room_of(self):
            QTimer.singleShot(0, self, lambda: self._take_back(len(text)))  # Qt is still telling of the change

    def _take_back(self, length: int) -> None:
        self.undo()
        refuse_paste(self, length)


class Field(QWidget):
    """A caption, an optional hint, room for an error, and the control that they belong to.

    What most fields never show (an error, the room that is left) is made when it is first shown: a note has forty
    fields.
    """

    def __init__(
        self,
        caption: QLabel,
        hint: QLabel | None,
        make_error: Callable[[], tuple[QWidget, QLabel]],
        control: QWidget,
        gap: int,
    ) -> None:
        super().__init__()
        self.caption, self.control = caption, control
        self._make_error = make_error
        self._error: tuple[QWidget, QLabel] | None = None
        self._left: QLabel | None = None
        self._origin: QLabel | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        if not control.property(GROWS):
            column.addStretch(1)  # fields of one row stand on one line, also when one shows an error
        for part in (caption, hint, control):
            if part is not None:
                column.addWidget(part)

    def complain(self, sentence: str) -> None:
        """Shows the error above the control, and says it to screen readers."""
        if self._error is None:
            self._error = self._make_error()
            self._column.insertWidget(self._column.indexOf(self.control), self._error[0])
        box, words = self._error
        words.setText(sentence)
        box.show()
        self._mark(invalid=True)
        self.control.setAccessibleDescription(sentence)

    def calm(self) -> None:
        """Takes the error away."""
        if self._error is not None and not self._error[0].isHidden():
            self._error[0].hide()
            self._mark(invalid=False)
            self.control.setAccessibleDescription("")

    @property
    def error(self) -> str:
        """The sentence that is shown, or nothing."""
        return "" if self._error is None or self._error[0].isHidden() else self._error[1].text()

    def count_down(self, length: int, limit: int) -> None:
        """Tells how much room is left once most of it is used; beyond the limit by how much it is passed."""
        over, near = length - limit, length >= NEARLY * limit
        if self._left is None:
            if not near:
                return
            self._left = QLabel()
            self._left.setProperty("tone", "hint")
            self._left.setAccessibleName("")
            self._column.addWidget(self._left)
        self._left.setVisible(near)
        if over > 0:
            self._left.setText(ntr("{count} too many", "{count} too many", over))
        else:
            self._left.setText(ntr("{count} left", "{count} left", -over))

    def say_origin(self, words: str) -> None:
        """A grey line below the control that says where part of its text came from; empty: nothing did."""
        if self._origin is None:
            if not words:
                return
            self._origin = QLabel()
            self._origin.setProperty("tone", "hint")
            self._column.addWidget(self._origin)
        self._origin.setText(words)
        self._origin.setVisible(bool(words))

    @property
    def origin(self) -> str:
        """What `say_origin` shows."""
        return "" if self._origin is None or self._origin.isHidden() else self._origin.text()

    def _mark(self, *, invalid: bool) -> None:
        target = typed_into(self.control)
        target.setProperty("invalid", "true" if invalid else "false")
        restyle(target)
