"""The find box when it is open: people and actions, over the shaded page. What may be found is decided elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route

WIDTH, TOP, ROW = 560, 8, 34


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of the palette. `note`: what Ctrl+Enter does, where that differs from opening."""

    words: str
    detail: str
    icon: str
    route: Route
    note: Route | None = None


Finder = Callable[[str], Sequence[Hit]]


class _Line(QStyledItemDelegate):
    """One hit: its icon and words, and at the other end what is known of it."""

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self._kit.theme.px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, px = self._kit.theme, self._kit.theme.px
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("selection"))
        rtl = theme.look.rtl
        icon = theme.pixmap(hit.icon, "text2", 18)
        x = area.right() - px(10) - px(18) if rtl else area.left() + px(10)
        painter.drawPixmap(x, area.top() + (area.height() - px(18)) // 2, icon)
        room = area.adjusted(px(10), 0, -px(38), 0) if rtl else area.adjusted(px(38), 0, -px(10), 0)
        painter.setFont(theme.font("small"))
        metrics = painter.fontMetrics()
        detail = metrics.elidedText(isolate(hit.detail), Qt.TextElideMode.ElideRight, int(room.width() * 0.6))
        taken = metrics.horizontalAdvance(detail) + px(12) if detail else 0
        painter.setPen(theme.colour("text3"))
        trailing = Qt.AlignmentFlag.AlignLeft if rtl else Qt.AlignmentFlag.AlignRight
        painter.drawText(room, _aligned(trailing), detail)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        words = room.adjusted(taken, 0, 0, 0) if rtl else room.adjusted(0, 0, -taken, 0)
        shown = painter.fontMetrics().elidedText(isolate(hit.words), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _aligned(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()


def _aligned(side: Qt.AlignmentFlag) -> int:
    return int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


class Palette(QWidget):
    """Covers the window. Enter opens, Ctrl+Enter starts a note, Esc closes."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, window: QWidget, find: Finder) -> None:
        super().__init__(window)
        self._window, self._kit, self._find = window, kit, find
        self.line = kit.line(hint=tr("Find a person or do something"))
        self.line.setAccessibleName(tr("Find a person or do something"))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._show)
        self.hits = QListWidget()
        self.hits.setAccessibleName(tr("What was found"))
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.hits.setUniformItemSizes(True)
        self.hits.setItemDelegate(_Line(kit, self.hits))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.itemClicked.connect(lambda item: self._choose(item, note=False))
        self._nothing = kit.label(
            tr("Nothing matches. Check the spelling, or try the number."), tone="muted", wrap=True
        )
        keys = kit.label(tr("Enter opens · Ctrl+Enter starts a note · Esc closes"), "caption", tone="hint", wrap=True)
        self._card = kit.card("", self.line, self.hits, self._nothing, keys, kind="palette", gap=2)
        self._card.setParent(self)
        self._card.setAccessibleName(tr("Find a person or do something"))
        self.hide()

    def open(self) -> None:
        """Shows it, empty, with the focus in its line."""
        self.setGeometry(self._window.rect())
        self.line.clear()
        self._show("")
        self.show()
        self.raise_()
        self._set_card()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_it(self) -> None:
        """Hides it and forgets what was typed and found."""
        self.hide()
        self.line.clear()
        self.hits.clear()

    def choose_current(self, *, note: bool) -> None:
        """Enter, or with `note` Ctrl+Enter, which the frame takes as a shortcut."""
        item: QListWidgetItem | None = self.hits.currentItem()
        if item is not None:
            self._choose(item, note=note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_it()
            self.chosen.emit(None)
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.hits.setCurrentRow(max(0, min(self.hits.count() - 1, self.hits.currentRow() + step)))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.choose_current(note=False)
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            return True  # one control only: Tab stays, Esc leaves
        else:
            return super().eventFilter(watched, event)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        shade = QColor(self._kit.theme.colour("nav"))
        shade.setAlpha(110)
        painter = QPainter(self)
        painter.fillRect(self.rect(), shade)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._set_card()

    def _set_card(self) -> None:
        px = self._kit.theme.px
        width = min(px(WIDTH), self.width() - px(48))
        self._card.setFixedWidth(width)
        self._card.adjustSize()
        self._card.move((self.width() - width) // 2, px(TOP))

    def _show(self, typed: str) -> None:
        self.hits.clear()
        for hit in self._find(typed):
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, hit)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, join_words((hit.words, hit.detail)))
            self.hits.addItem(item)
        self.hits.setVisible(self.hits.count() > 0)
        self._nothing.setVisible(self.hits.count() == 0)
        row = self._kit.theme.px(ROW)
        self.hits.setFixedHeight(min(self.hits.count(), 9) * row + self._kit.theme.px(4))
        self.hits.setCurrentRow(0)
        self._set_card()

    def _choose(self, item: QListWidgetItem, *, note: bool) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        route = hit.note if note and hit.note is not None else hit.route
        self.close_it()
        self.chosen.emit(route)
