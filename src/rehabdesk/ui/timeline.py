"""A list of events along a rail: painted by a delegate, never a widget per row. What they are, it does not know."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from rehabdesk.core.text import isolate
from rehabdesk.ui.page import Route
from rehabdesk.ui.scroll import follow_row
from rehabdesk.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROLE = int(Qt.ItemDataRole.UserRole)
_DOT, _PAD, _GAP = 34, 12, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One point of the rail. `preview`: two lines are shown, of which `marks`, as (start, length), stand out.

    `tag`: words and colour. `route`: where it opens.
    """

    title: str
    meta: str
    icon: str
    colour: str = "blue"
    preview: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    tag: tuple[str, str] | None = None
    route: Route | None = None


class _Row(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: "TimelineList") -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        event: Event = index.data(_ROLE)
        px, theme = self._theme.px, self._theme
        height = QFontMetrics(theme.font("h3")).height() + QFontMetrics(theme.font("small")).height() + px(4)
        if self._view.scrolls:  # a long list is laid out by its first row
            height += 2 * QFontMetrics(theme.font("body")).height() + px(2)
        elif event.preview:
            room = self._view.viewport().width() - px(_DOT + _GAP + 8)
            lines = min(2, len(_lines(event.preview, theme.font("body"), room)))
            height += lines * QFontMetrics(theme.font("body")).height() + px(2)
        return QSize(100, max(height, px(_DOT)) + px(_PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        event: Event = index.data(_ROLE)
        theme, px, rtl = self._theme, self._theme.px, self._theme.look.rtl
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._view.hasFocus() and self._view.currentIndex() == index:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection"))
            painter.drawRoundedRect(area.adjusted(0, 0, 0, -px(4)), px(6), px(6))
        dot = px(_DOT)
        x = area.right() - dot if rtl else area.left()
        if self._view.rail and index.row() < index.model().rowCount() - 1:
            rail = QRectF(x + dot / 2 - 1, area.top() + dot, 2, area.height() - dot)
            painter.fillRect(rail, theme.colour("border"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{event.colour}_bg"))
        painter.drawEllipse(QRectF(x, area.top(), dot, dot))
        icon = theme.pixmap(event.icon, f"{event.colour}_fg", 17)
        painter.drawPixmap(QPointF(x + (dot - px(17)) / 2, area.top() + (dot - px(17)) / 2), icon)
        left = area.left() if rtl else area.left() + dot + px(_GAP)
        self._words(painter, event, QRect(left, area.top(), area.width() - dot - px(_GAP), area.height()))
        painter.restore()

    def _words(self, painter: QPainter, event: Event, room: QRect) -> None:
        theme, px, rtl = self._theme, self._theme.px, self._theme.look.rtl
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        y = room.top() + px(2)
        head = theme.font("h3")
        metrics = QFontMetrics(head)
        tag_width = self._tag(painter, event, room, y, metrics)
        title = metrics.elidedText(isolate(event.title), Qt.TextElideMode.ElideRight, room.width() - tag_width - px(8))
        painter.setFont(head)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(room.left(), y, room.width(), metrics.height()), flags, title)
        y += metrics.height() + px(1)
        for words, role, ink in ((event.meta, "small", "text3"),):
            font = theme.font(role)
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            shown = metrics.elidedText(isolate(words), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRect(room.left(), y, room.width(), metrics.height()), flags, shown)
            y += metrics.height() + px(1)
        font = theme.font("body")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        if event.marks:
            self._marked(painter, event, QPointF(room.left(), y), room.width() - px(8))
            return
        lines = _lines(event.preview, font, room.width() - px(8))
        for number, line in enumerate(lines[:2]):
            cut = line + "…" if number == 1 and len(lines) > 2 else line
            painter.drawText(QRect(room.left(), y, room.width(), metrics.height()), flags, isolate(cut))
            y += metrics.height()

    def _marked(self, painter: QPainter, event: Event, at: QPointF, width: int) -> None:
        """Two lines of the text, with what was looked for in bold on a ground of its own."""
        found = QTextCharFormat()
        found.setFontWeight(QFont.Weight.Bold)
        found.setBackground(self._theme.colour("amber_bg"))
        found.setForeground(self._theme.colour("text"))
        formats = []
        for start, length in event.marks:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = start, length, found
            formats.append(one)
        side = Qt.AlignmentFlag.AlignRight if self._theme.look.rtl else Qt.AlignmentFlag.AlignLeft
        _laid(event.preview, self._theme.font("body"), width, formats, side).draw(painter, at)

    def _tag(self, painter: QPainter, event: Event, room: QRect, y: int, head: QFontMetrics) -> int:
        """Draws the status behind the title; gives the room it takes."""
        if event.tag is None:
            return 0
        theme, px = self._theme, self._theme.px
        words, colour = event.tag
        font = theme.font("caption")
        font.setWeight(font.Weight.DemiBold)
        metrics = QFontMetrics(font)
        width, height = metrics.horizontalAdvance(words) + px(14), metrics.height() + px(4)
        start = min(head.horizontalAdvance(event.title) + px(10), room.width() - width)
        x = room.right() - start - width if theme.look.rtl else room.left() + start
        box = QRect(x, y + (head.height() - height) // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{colour}_bg"))
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setPen(theme.colour(f"{colour}_fg"))
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        return width + px(10)


class TimelineList(QListWidget):
    """Events, newest first. Arrows move, Enter opens, Tab leaves. `ended` asks for more when the end is in sight."""

    opened = Signal(object)
    """The route of an event; what leads nowhere is not told."""
    ended = Signal()

    def __init__(self, theme: Theme, name: str, *, scrolls: bool, rail: bool = True) -> None:
        super().__init__()
        self.scrolls, self.rail = scrolls, rail
        self.setUniformItemSizes(scrolls)
        self.setAccessibleName(name)
        self.setItemDelegate(_Row(theme, self))
        if scrolls:
            self.setViewportMargins(*(theme.px(each) for each in (16, 14, 8, 8)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if not scrolls:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self._near_end)

    def show_events(self, events: Sequence[Event]) -> None:
        """Replaces all."""
        self.clear()
        self.add_events(events)
        self.setCurrentRow(0)

    def add_events(self, events: Sequence[Event]) -> None:
        """Goes on at the end."""
        for event in events:
            item = QListWidgetItem()
            item.setData(_ROLE, event)
            spoken = ". ".join(
                part for part in (event.title, event.tag[0] if event.tag else "", event.meta, event.preview) if part
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.addItem(item)
        if not self.scrolls:
            self._fit()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands in what it takes
        self.scheduleDelayedItemsLayout()
        if not self.scrolls:
            self._fit()

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        super().scrollTo(index, hint)
        follow_row(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open(self.currentItem())
            return
        super().keyPressEvent(event)

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None and (route := item.data(_ROLE).route) is not None:
            self.opened.emit(route)

    def _fit(self) -> None:
        height = sum(self.sizeHintForRow(row) for row in range(self.count())) + 4
        if height != self.height():
            self.setFixedHeight(max(height, 4))

    def _near_end(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - self.viewport().height():
            self.ended.emit()


def _laid(
    words: str, font: QFont, room: int, formats: list[QTextLayout.FormatRange], side: Qt.AlignmentFlag
) -> QTextLayout:
    """A text on two lines at most, one under the other."""
    layout = QTextLayout(words, font)
    layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    for _ in range(2):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(room, 40))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout


def _lines(words: str, font: object, room: int) -> list[str]:
    """The text cut into lines of the room's width; three are enough to know that there are more than two."""
    flat = " ".join(words.split())
    if not flat:
        return []
    layout = QTextLayout(flat, font)  # type: ignore[call-overload]  # a QFont, as the callers say
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[str] = []
    while len(found) < 3:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(room, 40))
        found.append(flat[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return found
