"""A line in which one finds one of many by typing: what matches stands below, Enter takes it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.ui.kit import Kit

MOST_SHOWN = 6
ROW = 32


class Found(NamedTuple):
    """One of many: its id, its words, and what tells it from others of that name."""

    id: str
    words: str
    detail: str = ""


class FindLine(QWidget):
    """`taken`: one was chosen, by Enter or a click; `changed`: anything was typed or chosen."""

    taken = Signal(str)
    changed = Signal()

    def __init__(self, kit: Kit, find: Callable[[str], Sequence[Found]], *, hint: str = "") -> None:
        super().__init__()
        self._kit, self._find = kit, find
        self._chosen: Found | None = None
        self.line = kit.line(hint=hint)
        self.line.textEdited.connect(self._typed)
        self.line.installEventFilter(self)
        self.hits = QListWidget()
        self.hits.setAccessibleName(tr("What was found"))
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.itemClicked.connect(self._take)
        self.hits.hide()
        self._nothing = kit.label(tr("Nobody of that name. Check the spelling, or try the number."), "small", wrap=True)
        self._nothing.setProperty("tone", "hint")
        self._nothing.hide()
        kit.fill(QVBoxLayout(self), (self.line, self.hits, self._nothing), gap=1)
        self.setFocusProxy(self.line)

    def chosen(self) -> str | None:
        """The id of what was chosen; None while nothing is, or once something else was typed."""
        return None if self._chosen is None else self._chosen.id

    def chosen_words(self) -> str:
        return "" if self._chosen is None else self._chosen.words

    def choose(self, found: Found | None) -> None:
        """Shows one as chosen; None empties the line."""
        self._chosen = found
        self.line.setText("" if found is None else found.words)
        self._hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._hide()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            item: QListWidgetItem | None = self.hits.currentItem()
            if item is not None:
                self._take(item)
            return True
        if self.hits.isHidden() or key not in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape}:
            return super().eventFilter(watched, event)
        if key == Qt.Key.Key_Escape:
            self._hide()
        else:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.hits.setCurrentRow(max(0, min(self.hits.count() - 1, self.hits.currentRow() + step)))
        return True

    def _typed(self, words: str) -> None:
        self._chosen = None
        self.hits.clear()
        found = self._find(words.strip())[:MOST_SHOWN] if words.strip() else ()
        for one in found:
            item = QListWidgetItem(f"{isolate(one.words)}   {isolate(one.detail)}")
            item.setSizeHint(QSize(0, self._kit.theme.px(ROW)))
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, join_words((one.words, one.detail)))
            self.hits.addItem(item)
        self.hits.setVisible(bool(found))
        self.hits.setFixedHeight(self._kit.theme.px(len(found) * ROW + 4))
        self.hits.setCurrentRow(0)
        self._nothing.setVisible(bool(words.strip()) and not found)
        self.changed.emit()

    def _take(self, item: QListWidgetItem) -> None:
        found = Found(*item.data(Qt.ItemDataRole.UserRole))
        self.choose(found)
        self.changed.emit()
        self.taken.emit(found.id)

    def _hide(self) -> None:
        self.hits.clear()
        self.hits.hide()
        self._nothing.hide()
