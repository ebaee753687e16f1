"""Small painted widgets: tag, avatar, cut name, count. The kit makes them; nobody else does."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QSizePolicy,
    QStyle,
    QWidget,
)

from rehabdesk.ui.theme import Theme


class Tag(QWidget):
    """A status in words on a tinted ground. Never a button, never in the way of Tab."""

    def __init__(self, theme: Theme, text: str, colour: str = "grey", icon: str = "") -> None:
        super().__init__()
        self._theme, self._colour, self._icon = theme, colour, icon
        self.text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        font = theme.font("caption")
        font.setWeight(font.Weight.DemiBold)
        self.setFont(font)

    @property
    def colour(self) -> str:
        return self._colour

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        px, metrics = self._theme.px, QFontMetrics(self.font())
        icon = px(17) if self._icon else 0
        return QSize(metrics.horizontalAdvance(self.text) + px(16) + icon, max(metrics.height(), px(16)) + px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        px, rtl = self._theme.px, self._theme.look.rtl
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(f"{self._colour}_bg"))
        painter.drawRoundedRect(self.rect(), px(4), px(4))
        painter.setPen(self._theme.colour(f"{self._colour}_fg"))
        words = self.rect().adjusted(px(8), 0, -px(8), 0)
        if self._icon:
            picture = self._theme.pixmap(self._icon, f"{self._colour}_fg", 13, 2.3)
            x = self.width() - px(8) - px(13) if rtl else px(8)
            painter.drawPixmap(x, (self.height() - px(13)) // 2, picture)
            words = words.adjusted(0, 0, -px(17), 0) if rtl else words.adjusted(px(17), 0, 0, 0)
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(words, int(flags), self.text)


class Initials(QWidget):
    """The first letters of a name in a circle: no photographs are kept."""

    def __init__(self, theme: Theme, name: str, size: int, colour: str = "blue") -> None:
        super().__init__()
        self._theme, self._colour = theme, colour
        words = [word for word in name.split() if word[:1].isalpha()]
        self._letters = "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()
        self.setFixedSize(theme.px(size), theme.px(size))
        self.setAccessibleName(name)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(f"{self._colour}_bg"))
        painter.drawEllipse(self.rect())
        font = self._theme.font("h1")
        font.setPixelSize(max(8, int(self.height() * 0.36)))
        painter.setFont(font)
        painter.setPen(self._theme.colour(f"{self._colour}_fg"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letters)


class Elided(QLabel):
    """A name that may be longer than its place: cut with dots, whole in tooltip and for screen readers."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text.replace("<", "&lt;"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setProperty("elided", True)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(QStyle.visualAlignment(self.layoutDirection(), flags)), cut)


class Badge(QWidget):
    """A count of work on the sidebar; its words stand in the accessible name of the entry."""

    def __init__(self, theme: Theme, count: int) -> None:
        super().__init__()
        self._theme, self._count = theme, count
        text = str(count)
        self.setFixedSize(theme.px(14 + 8 * len(text)), theme.px(20))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("badge_bg"))
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("badge_fg"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(self._count))
