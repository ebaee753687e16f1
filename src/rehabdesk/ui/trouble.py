"""The red line under the top bar while something typed could not be saved; it stays until a save works."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.ui.kit import Kit


class SaveTrouble(QWidget):
    """`again`: the person asks to try once more. `copy`: the person wants a sealed copy on a USB stick."""

    again = Signal()
    copy = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._words = kit.label("", "strong", tone="danger", wrap=True)
        self._again = kit.button(tr("Try again"), kind="primary")
        self._copy = kit.button(tr("Copy to USB"), icon="usb")
        self._again.clicked.connect(self.again)
        self._copy.clicked.connect(self.copy)
        icon = kit.picture("circle-alert", "danger", 18)
        self._card = kit.card("", kit.row(icon, (self._words, 1), self._copy, self._again, gap=3), kind="error")
        kit.fill(QVBoxLayout(self), (self._card,), margins=(24, 8, 24, 0))
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty while all is well."""
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str) -> None:
        """Shows the sentence; an empty one takes the line away."""
        self._words.setText(sentence)
        self._card.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def insist(self) -> None:
        """Somebody wanted to leave: the focus goes where one can do something about it."""
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)
