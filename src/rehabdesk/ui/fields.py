"""Fields that people type into: text areas, dates, times. Their captions and errors: field.py."""

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QWidget,
    QWidgetAction,
)

from rehabdesk.core.dates import parse_day, parse_time
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.ui.dates import clock, locale, short
from rehabdesk.ui.field import GROWS, refuse_paste, room_of
from rehabdesk.ui.theme import Theme

if TYPE_CHECKING:  # loaded behind the door
    from rehabdesk.ui.writing import AreaHelp

MOST_LINES = 16
"""A text that is longer scrolls in its field."""


class TextArea(QTextEdit):
    """Plain text: no formats come in, each paragraph finds its own direction, Tab goes on to the next control.

    `help`: what marks words, suggests and expands here; None where nobody writes.
    """

    def __init__(self, theme: Theme, lines: int) -> None:
        super().__init__()
        self.help: AreaHelp | None = None
        self.setAcceptRichText(False)
        self.setProperty(GROWS, True)
        self.setTabChangesFocus(True)
        self.setFont(theme.font("body"))
        self.document().setDocumentMargin(theme.px(3))
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self._line = round(self.fontMetrics().height() * 1.4)
        self._frame, self._least = theme.px(18), lines
        self.textChanged.connect(self._grow)
        self._follows = QTimer(self)
        self._follows.setSingleShot(True)
        self._follows.timeout.connect(self._bring_caret_into_sight)
        self.cursorPositionChanged.connect(self.follow)
        self._grow()
        self._space_lines()

    def words(self) -> str:
        """What stands in it, with plain line ends."""
        return self.toPlainText()

    def set_words(self, words: str) -> None:
        """Replaces the text; undo starts anew."""
        document = self.document()
        if words or not document.isEmpty() or document.isUndoAvailable() or document.isRedoAvailable():
            self.setPlainText(words)
            self._space_lines()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """What is pasted or dropped goes in whole or not at all."""
        cursor = self.textCursor()
        length = len(self.words()) - abs(cursor.position() - cursor.anchor()) + len(source.text())
        if length > room_of(self):
            refuse_paste(self, length)
        else:
            super().insertFromMimeData(source)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self.help is None or not self.help.takes(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab ends a snippet too."""
        return (forward and self.help is not None and self.help.expand()) or super().focusNextPrevChild(forward)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        if self.help is None:
            super().contextMenuEvent(event)
        else:
            self.help.show_menu(event.pos(), event.reason() == QContextMenuEvent.Reason.Keyboard)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self.help is not None:
            self.help.touch()

    def _grow(self) -> None:
        """As high as what is typed, between its least height and MOST_LINES."""
        needs = self.document().size().height() + self._frame
        least, most = self._least * self._line + self._frame, MOST_LINES * self._line + self._frame
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needs > most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        height = round(min(max(needs, least), most))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def follow(self) -> None:
        """The page scrolls with who writes: a text that grows would else go on behind the foot."""
        self._follows.start()

    def _bring_caret_into_sight(self) -> None:
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        inside = page.widget() if isinstance(page, QScrollArea) else None
        if isinstance(page, QScrollArea) and inside is not None and self.hasFocus():
            caret = self.cursorRect()
            place = self.viewport().mapTo(inside, caret.center())
            page.ensureVisible(place.x(), place.y(), 0, caret.height() + self._frame)

    def _space_lines(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(spaced)
        self.document().clearUndoRedoStacks()


class _Parsed(QWidget):
    """A line that understands loose writing and shows on leaving what it understood; what was typed always stays."""

    changed = Signal()
    picked = Signal()

    def __init__(self, theme: Theme, line: QLineEdit) -> None:
        super().__init__()
        self._theme, self.line = theme, line
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.space(1))
        self._row.addWidget(line, 1)
        self.setFocusProxy(line)
        line.textEdited.connect(lambda _text: self.changed.emit())
        line.editingFinished.connect(self.settle)

    def text(self) -> str:
        """What stands in the line, understood or not."""
        return self.line.text()

    def settle(self) -> None:
        """Shows what was understood, in the house's own writing."""
        raise NotImplementedError


class DateField(_Parsed):
    """A day. Takes `20/11`, `20 Nov`, `yesterday`, `-3`, `fri`; a button opens a calendar (Alt+Down)."""

    def __init__(
        self, theme: Theme, line: QLineEdit, button: QPushButton, today: Callable[[], date], *, coming: bool = False
    ) -> None:
        """`coming`: a day of the week is the next one, not the last."""
        super().__init__(theme, line)
        self._today, self._coming = today, coming
        self._button = button
        self._row.addWidget(button)
        button.clicked.connect(self._open_calendar)
        line.installEventFilter(self)

    def day(self) -> date | None:
        """The day; None where the line is empty or not understood."""
        try:
            return parse_day(self.line.text(), self._today(), coming=self._coming)
        except UserError:
            return None

    def required(self) -> date:
        """The day. UserError where the line is empty or not understood."""
        if not self.line.text().strip():
            raise UserError(tr("Enter a date."))
        return parse_day(self.line.text(), self._today(), coming=self._coming)

    def set_date(self, day: date | None) -> None:
        """Shows a day; None empties the line."""
        self.line.setText("" if day is None else short(day))

    def settle(self) -> None:
        if (day := self.day()) is not None:
            self.set_date(day)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open_calendar()
            return True
        return super().eventFilter(watched, event)

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setAccessibleName(tr("Calendar"))
        calendar.setLocale(locale())
        day = self.day() or self._today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def take(chosen: QDate) -> None:
            self.set_date(date(chosen.year(), chosen.month(), chosen.day()))
            self.changed.emit()
            self.picked.emit()
            menu.close()

        calendar.activated.connect(take)
        calendar.clicked.connect(take)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        calendar.setFocus()


class TimeField(_Parsed):
    """A time of day. Takes `0930`, `9:30`, `930`, `14h30`."""

    def moment(self) -> time | None:
        """The time; None where the line is empty or not understood."""
        try:
            return parse_time(self.line.text())
        except UserError:
            return None

    def required(self) -> time:
        """The time. UserError where the line is empty or not understood."""
        return parse_time(self.line.text())

    def set_time(self, moment: time | None) -> None:
        self.line.setText("" if moment is None else clock(moment))

    def settle(self) -> None:
        if (moment := self.moment()) is not None:
            self.set_time(moment)
