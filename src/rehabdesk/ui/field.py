"""The frame that gives a control its caption, hint, error and room count. The controls themselves: fields.py."""

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from rehabdesk.core.i18n import ntr
from rehabdesk.ui.theme import restyle

NEARLY = 0.8
"""A field with a limit tells what is left from here on (interface.md 14)."""
GROWS = "grows"
"""Property of a control that takes more height when it holds more."""


def typed_into(control: QWidget) -> QWidget:
    """What takes the keys: of a date or a time its line, else the control itself."""
    line = getattr(control, "line", None)
    return line if isinstance(line, QLineEdit) else control


class Field(QWidget):
    """A caption, an optional hint, room for an error, and the control that they belong to."""

    def __init__(
        self, caption: QLabel, hint: QLabel | None, error: tuple[QWidget, QLabel], control: QWidget, gap: int
    ) -> None:
        super().__init__()
        self.caption, self.control = caption, control
        self._error, self._words = error
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        grows = bool(control.property(GROWS))
        if not grows:
            column.addStretch(1)  # fields of one row stand on one line, also when one shows an error
        for part in (caption, hint, self._error, control):
            if part is not None:
                column.addWidget(part)
        self._error.hide()
        self._left = QLabel()
        self._left.setProperty("tone", "hint")
        self._left.setAccessibleName("")
        self._left.hide()
        column.addWidget(self._left)

    def complain(self, sentence: str) -> None:
        """Shows the error above the control, and says it to screen readers."""
        self._words.setText(sentence)
        self._error.show()
        self._mark(invalid=True)
        self.control.setAccessibleDescription(sentence)

    def calm(self) -> None:
        """Takes the error away."""
        if not self._error.isHidden():
            self._error.hide()
            self._mark(invalid=False)
            self.control.setAccessibleDescription("")

    @property
    def error(self) -> str:
        """The sentence that is shown, or nothing."""
        return "" if self._error.isHidden() else self._words.text()

    def count_down(self, length: int, limit: int) -> None:
        """Tells how much room is left once most of it is used; beyond the limit by how much it is passed."""
        over = length - limit
        self._left.setVisible(length >= NEARLY * limit)
        if over > 0:
            self._left.setText(ntr("{count} too many", "{count} too many", over))
        else:
            self._left.setText(ntr("{count} left", "{count} left", -over))

    def _mark(self, *, invalid: bool) -> None:
        target = typed_into(self.control)
        target.setProperty("invalid", "true" if invalid else "false")
        restyle(target)
