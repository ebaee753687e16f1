"""Lines under the top bar that stay: a live alert, a banner of the site."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import ntr
from rehabdesk.ui.kit import Kit, empty

MOST_STRIPS = 2
"""In sight at once; the others behind a button (interface.md 2)."""


class Strips(QWidget):
    """`opened`: the button for the others was pressed, and is gone with the focus."""

    opened = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._column = QVBoxLayout(self)
        self._column.setSpacing(kit.theme.space(1))
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_all(self, strips: Sequence[QWidget]) -> None:
        """The most urgent first: two in sight, the others behind a button."""
        empty(self._column)
        for strip in strips:
            self._column.addWidget(strip)
        gap = 12 if strips else 0
        self._column.setContentsMargins(*(self._kit.theme.px(each) for each in (24, gap, 24, 0)))
        rest = strips[MOST_STRIPS:]
        if not rest:
            return
        for strip in rest:
            strip.hide()
        more = self._kit.button(ntr("{count} more", "{count} more", len(rest)), kind="quiet")

        def show_rest() -> None:
            for strip in rest:
                strip.show()
            more.hide()
            self.opened.emit()

        more.clicked.connect(show_rest)
        self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)
