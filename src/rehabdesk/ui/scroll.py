"""The part of a page that scrolls: what has the focus is in sight as a whole, and stays so."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLayout, QScrollArea, QTextEdit, QWidget

from rehabdesk.ui.field import Field

_LEAF = 0.85
"""Of what is in sight: how far one leaf goes, so that the eye finds the line where it was."""


class Scrolled(QWidget):
    """What scrolls. It is as high as its texts are at the width it has, and no higher: by itself Qt takes the height
    that they would need at their narrowest, and leaves the difference empty below.
    """

    def __init__(self, content: QLayout) -> None:
        super().__init__()
        self.setLayout(content)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        least, layout = super().minimumSizeHint(), self.layout()
        return QSize(least.width(), 0) if layout is not None and layout.hasHeightForWidth() else least


class Scroll(QScrollArea):
    """Follows the focus, so that Tab never leads to a control out of sight, or to a part of one."""

    def __init__(self, margin: int) -> None:
        super().__init__()
        self._margin = margin
        self._shown: QWidget | None = None

    def show_whole(self, control: QWidget) -> None:
        """Scrolls no further than needed: the caption too where there is room; of what is higher than the room, its
        beginning, or where its caret is; of a list its row in hand, with all above that where there is room. It stays
        in sight when the room or the page changes its size.
        """
        inner = self.widget()
        if inner is None or not inner.isAncestorOf(control):
            return
        self._shown = control
        room, above = self.viewport().height(), control.parentWidget()
        while above is not None and above is not inner and not isinstance(above, Field):
            above = above.parentWidget()
        shown = above if isinstance(above, Field) and above.height() <= room else control
        area = shown.rect() if not isinstance(control, QAbstractItemView) else _rows(control, room)
        margin = max(0, min(self._margin, (room - area.height()) // 2))
        part = QRect(shown.mapTo(inner, area.topLeft()), area.size()).adjusted(0, -margin, 0, margin)
        if part.height() > room and isinstance(control, QTextEdit):
            caret = control.cursorRect().bottom() + self._margin
            part.setTop(part.top() + max(0, caret - room))
        bar = self.verticalScrollBar()
        if part.top() < bar.value() or part.height() > room:
            bar.setValue(part.top())
        elif part.bottom() > bar.value() + room:
            bar.setValue(part.bottom() - room)

    def roll(self, part: QWidget, step: int) -> bool:
        """Scrolls by most of the room while there is more of this part below (1) or above (-1); whether there was."""
        inner = self.widget()
        if inner is None:
            return False
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top = part.mapTo(inner, QPoint()).y()
        wanted = bar.value() + step * round(room * _LEAF)
        wanted = min(wanted, top + part.height() - room) if step > 0 else max(wanted, top)
        if (wanted - bar.value()) * step <= 0:
            return False
        bar.setValue(wanted)
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        moved = super().focusNextPrevChild(forward)
        focus: QWidget | None = self.focusWidget()
        if moved and focus is not None and not isinstance(focus, QAbstractItemView):
            self.show_whole(focus)
        return moved

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._show_again()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        swallowed = super().eventFilter(watched, event)
        if watched is self.widget() and event.type() == QEvent.Type.Resize:
            self._show_again()
        return swallowed

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        inner = self.widget()
        width = inner.minimumSizeHint().width() if inner else 0
        return QSize(width + self.verticalScrollBar().sizeHint().width(), 80)

    def _show_again(self) -> None:
        """What was brought into sight, while it still has the focus."""
        focus: QWidget | None = self.focusWidget()
        if self._shown is not None and focus is not None and focus is self._shown and focus.hasFocus():
            self.show_whole(focus)


def follow_row(view: QAbstractItemView) -> None:
    """The page goes with the row in hand of a list that is as high as all its rows."""
    page = scroll_of(view)
    if page is not None and view.hasFocus():
        page.show_whole(view)


def scroll_of(widget: QWidget) -> Scroll | None:
    """The part of a page that scrolls this."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, Scroll):
        above = above.parentWidget()
    return above


def _rows(view: QAbstractItemView, room: int) -> QRect:
    """The part of a list down to its row in hand, or this row alone where that is more than the room."""
    row = view.visualRect(view.currentIndex())
    row.moveTopLeft(view.viewport().mapTo(view, row.topLeft()))
    row = row.intersected(view.rect())
    return QRect(0, 0, view.width(), row.bottom() + 1) if row.bottom() < room else row
