"""The ring around what has the focus: one for the whole application (interface.md 11)."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFocusFrame, QWidget
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


class FocusRing(QObject):
    """One ring for the whole application, shown after keyboard use only. Fields thicken their own border instead."""

    def __init__(self, app: QApplication, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._theme, self._keyboard = app, theme, True
        self._frame = _Frame(theme)
        app.focusChanged.connect(self._focus_changed)

    def rest(self, on: bool) -> None:
        """While a page is built nobody types: thousands of events need not pass through here. It begins at rest."""
        if on:
            self._app.removeEventFilter(self)
        else:
            self._app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._keyboard = self._keyboard or event.key() in _MOVES_FOCUS
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._keyboard = False
            self._stand_around(None)
        return super().eventFilter(watched, event)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        rings = new is not None and self._keyboard and (isinstance(new, QAbstractButton) or bool(new.property("ring")))
        self._stand_around(new if rings else None)

    def _stand_around(self, target: QWidget | None) -> None:
        if not isValid(self._frame):  # Qt makes it a child of the page, with which it went
            self._frame = _Frame(self._theme)
        self._frame.setWidget(target)  # type: ignore[arg-type]  # Qt takes no widget for "nowhere"


class _Frame(QFocusFrame):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        target = self.widget()
        if target is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self._theme.colour("focus_nav" if target.property("kind") == "nav" else "focus"))
        painter.setPen(QPen(colour, 2.5))
        radius = self._theme.px(8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)
