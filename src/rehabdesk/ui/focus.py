"""The ring around what has the focus: one for the whole application (interface.md 11)."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from rehabdesk.ui.theme import Theme

_MOVES_FOCUS = frozenset(
    key.value
    for key in (
        *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_F6, Qt.Key.Key_F8),
        *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right),
    )
)
"""As numbers: keyboards also send keys that Qt has no name for."""
_MOVED = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange})
_KEY, _MOUSE = QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress
GAP, STROKE = 2.0, 2.5
"""Pixels between the control and the ring, and the ring's breadth: the gap keeps it apart from a filled button."""


class FocusRing(QObject):
    """One ring for the whole application, shown after keyboard use only. Fields thicken their own border instead."""

    def __init__(self, app: QApplication, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._theme, self._keyboard = app, theme, True
        self._ring = _Ring(theme)
        app.focusChanged.connect(self._focus_changed)

    def rest(self, on: bool) -> None:
        """While a page is built nobody types: thousands of events need not pass through here. It begins at rest."""
        if on:
            self._app.removeEventFilter(self)
        else:
            self._app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A page that is painted for the first time sends a thousand events through here: nothing is asked twice."""
        what = event.type()
        if what is _KEY:
            if isinstance(event, QKeyEvent):
                self._keyboard = self._keyboard or event.key() in _MOVES_FOCUS
        elif what is _MOUSE:
            self._keyboard = False
            self._stand_around(None)
        return False

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        rings = new is not None and self._keyboard and (isinstance(new, QAbstractButton) or bool(new.property("ring")))
        self._stand_around(new if rings else None)

    def _stand_around(self, target: QWidget | None) -> None:
        if not isValid(self._ring):  # it is a child of the page, with which it went
            self._ring = _Ring(self._theme)
        self._ring.stand_around(target)


class _Ring(QWidget):
    """Drawn above the control and its neighbours. Qt's own focus frame lies below them: nothing of it would be seen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def stand_around(self, target: QWidget | None) -> None:
        """None: nowhere."""
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched, self._target = [], target
        if target is None:
            self.hide()
            return
        ground = self._ground_of(target)
        self.setParent(ground)
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _MOVED and self._target is not None:
            self._settle()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._target is None or not isValid(self._target):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self._theme.colour("focus_nav" if self._target.property("kind") == "nav" else "focus"))
        painter.setPen(QPen(colour, STROKE))
        half, radius = STROKE / 2, self._theme.px(8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)

    def _ground_of(self, target: QWidget) -> QWidget:
        """What the ring is drawn on: what scrolls with the control, else the window. All between is watched."""
        widget = target
        while not widget.isWindow():
            widget.installEventFilter(self)
            self._watched.append(widget)
            parent = widget.parentWidget()
            above = None if parent is None else parent.parentWidget()
            if parent is None:
                return widget
            if isinstance(above, QAbstractScrollArea) and above.viewport() is parent:
                return parent
            widget = parent
        return widget

    def _settle(self) -> None:
        target, ground = self._target, self.parentWidget()
        if target is None or ground is None or not isValid(target) or not target.isVisibleTo(ground):
            self.hide()
            return
        room = int(GAP + STROKE + 0.5)
        place = QRect(target.mapTo(ground, QPoint(0, 0)), target.size())
        self.setGeometry(place.adjusted(-room, -room, room, room))
        self.show()
        self.raise_()
