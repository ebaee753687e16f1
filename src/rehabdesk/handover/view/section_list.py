"""The list of a packet's sections, beside the one that is read."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget

from rehabdesk.core.i18n import tr
from rehabdesk.ui.kit import Kit

WIDTH, _SIDES = 250, 28
"""Pixels: of the list, and of what stands at both sides of its words."""


class SectionList(QListWidget):
    """As high as its rows. Up, Down, Page Up and Page Down go from section to section."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._px = kit.theme.px
        self.setProperty("sections", True)
        self.setAccessibleName(tr("Sections"))
        self.setFixedWidth(self._px(WIDTH))
        self.setWordWrap(True)
        self.setSpacing(self._px(1))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_words(self, rows: Sequence[str]) -> None:
        """One row for each; where rows are there already, only their words change."""
        for row, words in enumerate(rows):
            if row == self.count():
                self.addItem("")
            self.item(row).setText(words)
        self._fit()

    def turn(self, event: QKeyEvent) -> bool:
        """Whether the key was one that leads to the section before or to the next one."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))
        return bool(step)

    def forget(self) -> None:
        """Drops every word."""
        self.blockSignals(True)  # else the list goes from section to section as it empties
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not self.turn(event):
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Every row as high as its words, and the list as high as its rows."""
        px, height = self._px, 0
        for row in range(self.count()):
            item, room = self.item(row), QRect(0, 0, px(WIDTH - _SIDES), px(400))
            words = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
            item.setSizeHint(QSize(0, words.height() + px(12)))
            height += words.height() + px(14)
        self.setMinimumHeight(height + px(8))
