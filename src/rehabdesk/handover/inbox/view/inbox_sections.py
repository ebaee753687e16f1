"""The content of a packet that came, section by section: each thing is accepted or left by a person's hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.inbox.staging_model import StagedItem, StagedLine, StagedPart
from rehabdesk.handover.inbox.staging_service import Staged
from rehabdesk.handover.inbox.staging_words_service import heard
from rehabdesk.handover.view.section_list import SectionList
from rehabdesk.ui.kit import STRETCH, Kit, empty

CAPTION = 190
"""Width of captions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """An act that a section offers besides, by its code: words, and what it does."""

    section: str
    words: str
    do: Callable[[], None]


class SectionsView(QWidget):
    """`may_act`: whether this login accepts, and may now. Up, Down, Page Up and Page Down go through the sections."""

    accepted = Signal(object)
    """Ids of items."""
    left = Signal(object)
    taken_back = Signal(str)

    def __init__(self, kit: Kit, staged: Staged, *, may_act: bool, more: Sequence[More] = ()) -> None:
        super().__init__()
        self.kit, self._staged, self._may_act, self._more = kit, staged, may_act, tuple(more)
        self._list = SectionList(kit)
        self._list.show_words([self._line(part) for part in staged.parts])
        self._place = QVBoxLayout()
        self._list.currentRowChanged.connect(self._show)
        kit.fill(
            QHBoxLayout(self), (kit.column(self._list, STRETCH), (kit.box(kit.column(self._place, STRETCH)), 1)), gap=3
        )
        self.show_section("S1")

    def first_focus(self) -> QWidget:
        return self._list

    @property
    def section(self) -> str:
        """The code of the section that is shown."""
        row = self._list.currentRow()
        return self._staged.parts[row].code if 0 <= row < len(self._staged.parts) else ""

    def show_section(self, code: str) -> None:
        codes = [part.code for part in self._staged.parts]
        self._list.setCurrentRow(codes.index(code) if code in codes else 0)

    def forget(self) -> None:
        """Drops every word."""
        self._list.forget()
        empty(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not self._list.turn(event):
            super().keyPressEvent(event)

    def _line(self, part: StagedPart) -> str:
        """The title, and how much of it nobody has answered."""
        if not part.items:
            return part.title
        waits = len(self._staged.open_items(part.code))
        words = ntr("{count} to answer", "{count} to answer", waits) if waits else tr("answered")
        return f"{part.title}\n{words}"

    def _show(self, row: int) -> None:
        empty(self._place)
        if not 0 <= row < len(self._staged.parts):
            return
        kit, part = self.kit, self._staged.parts[row]
        waiting = self._staged.open_items(part.code)
        acts: list[QWidget] = []
        if self._may_act and len(waiting) > 1:
            whole = self._button(tr("Accept all of this section"), lambda: self.accepted.emit(waiting), part.title)
            acts.append(whole)
        acts += [self._button(each.words, each.do, "") for each in self._more if each.section == part.code]
        head = kit.column(kit.label(part.title, "h2", wrap=True), kit.flow(*acts) if acts else None, gap=2)
        if part.absent:
            head.addWidget(kit.label(tr("Left out: {reason}").format(reason=isolate(part.absent)), wrap=True))
        self._place.addWidget(kit.box(head))
        if part.lines:
            self._place.addWidget(kit.card("", *(self._said(line) for line in part.lines), kind="flat", gap=1))
        for item in part.items:
            self._place.addWidget(self._item(item))

    def _item(self, item: StagedItem) -> QWidget:
        kit, staged = self.kit, self._staged
        tag, acts = None, []
        if staged.stands(item.id):
            tag = kit.tag(tr("Accepted"), "green")
            if self._may_act:
                acts.append(self._button(tr("Take back"), lambda: self.taken_back.emit(item.id), item.title, "quiet"))
        elif self._may_act:
            acts.append(self._button(tr("Accept"), lambda: self.accepted.emit((item.id,)), item.title))
            if not staged.was_left(item.id):
                acts.append(self._button(tr("Leave"), lambda: self.left.emit((item.id,)), item.title, "quiet"))
        if staged.was_left(item.id):
            tag = kit.tag(tr("Not accepted"), "grey")
        title = kit.row((kit.label(item.title, "h3", wrap=True), 1), tag)
        lines = [self._said(line) for line in item.lines]
        return kit.card("", kit.box(title), *lines, kit.flow(*acts) if acts else None, kind="flat", gap=1)

    def _said(self, line: StagedLine) -> QWidget:
        kit = self.kit
        text = kit.label(heard(line), wrap=True, selectable=True)
        if not line.caption:
            return text
        caption = kit.label(line.caption, tone="muted", wrap=True)
        caption.setFixedWidth(kit.theme.px(CAPTION))
        caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        return kit.box(kit.row(caption, (text, 1), gap=3))

    def _button(self, words: str, do: Callable[[], None], about: str, kind: str = "") -> QPushButton:
        button = self.kit.button(words, kind=kind)
        button.setAccessibleName(f"{words}: {about}" if about else words)
        button.clicked.connect(lambda _on=False: do())
        return button
