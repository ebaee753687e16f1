"""The content of a packet that was checked: its sections beside the one that is read. Never its PDF."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rehabdesk.handover.checking.reading_model import Line, LineKind, Part
from rehabdesk.handover.view.section_list import SectionList
from rehabdesk.ui.kit import STRETCH, Kit, empty

CAPTION = 210
"""Width of the captions of facts."""


class ReadingView(QWidget):
    """Up, Down, Page Up and Page Down go from section to section."""

    def __init__(self, kit: Kit, parts: Sequence[Part]) -> None:
        super().__init__()
        self.kit, self._parts = kit, tuple(parts)
        self._list = SectionList(kit)
        self._list.show_words([part.title for part in self._parts])
        self._place = QVBoxLayout()
        self._list.currentRowChanged.connect(self._show)
        kit.fill(
            QHBoxLayout(self), (kit.column(self._list, STRETCH), (kit.box(kit.column(self._place, STRETCH)), 1)), gap=3
        )
        self._list.setCurrentRow(0)

    @property
    def count(self) -> int:
        """How many sections there are."""
        return len(self._parts)

    def first_focus(self) -> QWidget:
        return self._list

    def forget(self) -> None:
        """Drops every word."""
        self._parts = ()
        self._list.forget()
        empty(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not self._list.turn(event):
            super().keyPressEvent(event)

    def _show(self, row: int) -> None:
        empty(self._place)
        if not 0 <= row < len(self._parts):
            return
        part = self._parts[row]
        self._place.addWidget(self.kit.card(part.title, *(self._line(line) for line in part.lines), gap=2))

    def _line(self, line: Line) -> QWidget:
        kit = self.kit
        if line.kind is LineKind.HEADING:
            return kit.label(line.words, "h3", wrap=True)
        words = kit.label(line.words, wrap=True)
        if line.kind is LineKind.POINT:
            return kit.box(kit.row(kit.label("·"), (words, 1), gap=1))
        if line.kind is LineKind.TEXT:
            return words
        caption = kit.label(line.caption, tone="muted", wrap=True)
        caption.setFixedWidth(kit.theme.px(CAPTION))
        caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        return kit.box(kit.row(caption, (words, 1), gap=3))
