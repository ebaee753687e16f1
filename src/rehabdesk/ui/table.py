"""One read-only table for every list of records, so that no feature writes its own model."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from rehabdesk.core.text import isolate
from rehabdesk.ui.scroll import follow_row
from rehabdesk.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
RECORD_ROLE = int(Qt.ItemDataRole.UserRole)
TAG_ROLE = RECORD_ROLE + 1
ROW_HEIGHT, HEAD_HEIGHT = 42, 38
_LEAST_SHARE, _INSET = 60, 13
"""Pixels: the narrowest column with a share; where the words of a cell begin (padding and the style's own margin)."""


class Column(NamedTuple):
    """One column. `text` gives the words of a record; `tag`, if given, words and colour of a status instead.

    `share`: of the width that is left, columns with 0 take what their title, `least` (pixels) and `widest` need, a
    text that is as long as they come here.
    """

    title: str
    text: Callable[[Any], str]
    tag: Callable[[Any], tuple[str, str] | None] | None = None
    share: int = 0
    least: int = 90
    widest: str = ""


class Section(NamedTuple):
    """A line among the records that says what those below it have in common. Never in hand, never opened."""

    title: str
    note: str = ""


class Rows(QAbstractTableModel):
    """Records as rows. More are asked for with `more` when the end comes into sight (keyset, never an offset)."""

    def __init__(
        self, columns: Sequence[Column], parent: QObject, more: Callable[[Any], Sequence[Any]] | None = None
    ) -> None:
        super().__init__(parent)
        self._columns, self._more = tuple(columns), more
        self._records: list[Any] = []
        self._ended = more is None

    def show(self, records: Sequence[Any]) -> None:
        """Replaces all rows."""
        self.beginResetModel()
        self._records = list(records)
        self._ended = self._more is None or not records
        self.endResetModel()

    def record(self, row: int) -> Any:
        return self._records[row]

    @property
    def records(self) -> tuple[Any, ...]:
        return tuple(self._records)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        return not parent.isValid() and not self._ended

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        if self._more is None or parent.isValid() or not self._records:
            return
        fresh = list(self._more(self._records[-1]))
        if not fresh:
            self._ended = True
            return
        self.beginInsertRows(QModelIndex(), len(self._records), len(self._records) + len(fresh) - 1)
        self._records.extend(fresh)
        self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._records[index.row()], Section):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record, column = self._records[index.row()], self._columns[index.column()]
        if role == RECORD_ROLE:
            return record
        if isinstance(record, Section):
            words = " · ".join(isolate(part) for part in record if part)
            return words if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None
        found = column.tag(record) if column.tag else None
        if role == TAG_ROLE:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return isolate(column.text(record)) if found is None else ""
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            words = found[0] if found else column.text(record)
            return words if role == Qt.ItemDataRole.AccessibleTextRole else words.replace("<", "&lt;")
        return None


class _Painter(QStyledItemDelegate):
    """Draws a status as the same tag that stands elsewhere."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().sizeHint(option, index).width(), self._theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if isinstance(index.data(RECORD_ROLE), Section):
            self._section(painter, option.rect, index.data())
            return
        super().paint(painter, option, index)
        found = index.data(TAG_ROLE)
        if not found:
            return
        words, colour = found
        px, rtl = self._theme.px, self._theme.look.rtl
        font = self._theme.font("caption")
        font.setWeight(font.Weight.DemiBold)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        area: QRect = option.rect
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(words) + px(16), area.width() - px(12))
        height = metrics.height() + px(6)
        x = area.right() - px(_INSET) - width if rtl else area.left() + px(_INSET)
        box = QRect(x, area.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(f"{colour}_bg"))
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setPen(self._theme.colour(f"{colour}_fg"))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width - px(12))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.restore()

    def _section(self, painter: QPainter, area: QRect, words: str) -> None:
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.fillRect(area, theme.colour("surface2"))
        painter.setFont(theme.font("h3"))
        painter.setPen(theme.colour("text"))
        side = Qt.AlignmentFlag.AlignRight if theme.look.rtl else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(area.adjusted(px(_INSET), 0, -px(_INSET), 0), flags, words)
        painter.restore()


class Table(QTableView):
    """Arrows move, Enter or a double click opens, Tab leaves."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, theme: Theme, columns: Sequence[Column], name: str) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self.rows = Rows(columns, self)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(theme, self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        header = self.horizontalHeader()
        header.setFixedHeight(theme.px(HEAD_HEIGHT))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(_LEAST_SHARE)
        self._least = []
        for place, column in enumerate(self._columns):
            words = header.fontMetrics().horizontalAdvance(column.title)
            widest = QFontMetrics(theme.font()).horizontalAdvance(column.widest) + theme.px(36)
            needs = max(words + theme.px(36), theme.px(column.least), widest)
            self._least.append(max(_LEAST_SHARE, words + theme.px(2 * _INSET + 2)) if column.share else needs)
            header.resizeSection(place, self._least[-1])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.doubleClicked.connect(lambda _index: self._open())
        self.selectionModel().currentRowChanged.connect(self._tell)

    def page_with(self, more: Callable[[Any], Sequence[Any]]) -> None:
        """Long lists: `more` gives the records after the one it gets, none at the end."""
        self.rows = Rows(self._columns, self, more)
        self.setModel(self.rows)
        self.selectionModel().currentRowChanged.connect(self._tell)

    def show_records(self, records: Sequence[Any]) -> None:
        """Replaces the rows and puts the first one in hand."""
        self.rows.show(records)
        self.clearSpans()
        for row, record in enumerate(records):
            if isinstance(record, Section):
                self.setSpan(row, 0, 1, len(self._columns))
        first = next((row for row, record in enumerate(records) if not isinstance(record, Section)), None)
        if first is not None:
            self.selectRow(first)

    def show_all(self, records: Sequence[Any]) -> None:
        """As `show_records`, as high as its rows: for short lists inside a page that scrolls itself."""
        self.show_records(records)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader().height()
        self.setFixedHeight(head + len(records) * self.verticalHeader().defaultSectionSize() + 4)
        self.updateGeometry()

    def selectRow(self, row: int) -> None:  # noqa: N802 - Qt's name
        """Puts a row in hand. Qt's own looks for the column at the edge, and finds none before a mirrored layout."""
        self.setCurrentIndex(self.rows.index(row, 0))

    def current(self) -> Any:
        """The record in hand; None in an empty table."""
        index = self.currentIndex()
        record = self.rows.record(index.row()) if index.isValid() else None
        return None if isinstance(record, Section) else record

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        super().scrollTo(index, hint)
        follow_row(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        header = self.horizontalHeader()
        fixed = sum(header.sectionSize(place) for place, column in enumerate(self._columns) if not column.share)
        shared = sum(least for least, column in zip(self._least, self._columns, strict=True) if column.share)
        return QSize(fixed + shared, 120)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """What the fixed columns leave goes to the others by their shares."""
        super().resizeEvent(event)
        header, shares = self.horizontalHeader(), sum(column.share for column in self._columns)
        if not shares:
            return
        fixed = sum(header.sectionSize(place) for place, column in enumerate(self._columns) if not column.share)
        room = max(0, self.viewport().width() - fixed)
        for place, column in enumerate(self._columns):
            if column.share:
                width = max(self._least[place], room * column.share // shares)
                shares, room = shares - column.share, room - width
                header.resizeSection(place, width)

    def _open(self) -> None:
        if (record := self.current()) is not None:
            self.opened.emit(record)

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.rows.record(current.row()))
