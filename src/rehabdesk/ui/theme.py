"""Turns tokens.py and theme.qss into fonts, palette, style sheet and icons.

One Theme is made in app.py. The only place that calls setStyleSheet. Knows no page and no feature.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.core import resources
from rehabdesk.core.errors import Missing
from rehabdesk.ui.tokens import NUMERIC, SCHEMES, SPACE, TYPE, Scheme

FAMILIES = ("Inter", "IBM Plex Sans Arabic")
MIRRORED = frozenset(
    {
        *("arrow-left", "arrow-right", "book-open", "chevron-left", "chevron-right", "corner-down-left", "list-checks"),
        *("log-out", "message-circle", "undo-2"),
    }
)
"""Icons that point along the reading direction."""

_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "surface2",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Highlight: "primary",
    QPalette.ColorRole.HighlightedText: "on_primary",
    QPalette.ColorRole.Accent: "primary",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border_strong",
}
_GREYED = (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText)
_PLACES = re.compile(
    r"/\*.*?\*/"
    r"|@image\((?P<icon>[\w-]+) (?P<ink>\w+)\)"
    r"|@half\((?P<inner>\d+) (?P<edge>\d+)\)"
    r"|\b(?P<units>\d+)u(?P<less>-\d+)?\b"
    r"|@(?P<token>\w+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a person chose: colours, reading direction, and text size (one of tokens.ZOOMS)."""

    scheme: Scheme = Scheme.LIGHT
    rtl: bool = False
    zoom: float = 1.0


def system_scheme(app: QApplication) -> Scheme:
    """The scheme that the operating system asks for."""
    hints = app.styleHints()  # keep this name: what accessibility() gives dies with it
    accessibility = getattr(hints, "accessibility", None)  # Qt 6.10 and later
    if accessibility and accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return Scheme.CONTRAST
    return Scheme.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Scheme.LIGHT


def load_fonts() -> None:
    """Registers the bundled fonts; the system's own are not relied on. Missing where one does not load."""
    for file in sorted(resources.path("fonts/screen").iterdir()):
        if file.suffix in {".ttf", ".otf"}:
            QFontDatabase.addApplicationFont(str(file))
    if set(FAMILIES) - set(QFontDatabase.families()):
        raise Missing("The program's own fonts are missing. Install RehabDesk again.")


def restyle(widget: QWidget) -> None:
    """Shows a dynamic property that changed after the widget was shown."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


@lru_cache(maxsize=512)
def _draw(file: Path, colour: str, size: int, ratio: float, mirror: bool, stroke: float) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(coloured(file, colour, stroke).encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    if mirror:
        picture = picture.transformed(QTransform().scale(-1, 1))
    picture.setDevicePixelRatio(ratio)
    return picture


def coloured(file: Path, colour: str, stroke: float) -> str:
    """The drawing of an icon file with a colour and a width of line."""
    svg = file.read_text(encoding="utf-8").replace("currentColor", colour)
    return svg.replace('stroke-width="2"', f'stroke-width="{stroke}"')


class Theme(QObject):
    """The current look, and everything drawn from it."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._icons = resources.path("icons")
        self._sheet = resources.read_text("theme.qss")
        self.look = Look()

    def use(self, look: Look) -> None:
        """Applies a look to the whole application."""
        self.look = look
        direction = Qt.LayoutDirection.RightToLeft if look.rtl else Qt.LayoutDirection.LeftToRight
        self._app.setLayoutDirection(direction)
        self._app.setPalette(self._palette())
        self._app.setFont(self.font())
        self._app.setStyleSheet(self.stylesheet())
        self.changed.emit()

    def token(self, name: str) -> str:
        """A colour as "#RRGGBB"."""
        return SCHEMES[self.look.scheme][name]

    def colour(self, name: str) -> QColor:
        """A colour for a painter."""
        return QColor(self.token(name))

    def px(self, length: float) -> int:
        """A length at the chosen text size, at least 1 unless it is 0."""
        return max(1, round(length * self.look.zoom)) if length else 0

    def space(self, step: int) -> int:
        """A step of the spacing scale, 0 (none) to 6."""
        return self.px(SPACE[step]) if step else 0

    def font(self, role: str = "body") -> QFont:
        """A role of the type scale; the family that suits the reading direction comes first."""
        font = QFont()
        font.setFamilies(list(reversed(FAMILIES)) if self.look.rtl else list(FAMILIES))
        font.setPixelSize(self.px(TYPE[role].size))
        font.setWeight(QFont.Weight(TYPE[role].weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if role in NUMERIC:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def pixmap(self, icon: str, colour: str = "text2", size: int = 18, stroke: float = 1.9) -> QPixmap:
        """An icon in a token colour, sharp on the main screen, mirrored where it points."""
        screen = self._app.primaryScreen()
        ratio = screen.devicePixelRatio()
        mirror = self.look.rtl and icon in MIRRORED
        return _draw(self._icons / f"{icon}.svg", self.token(colour), self.px(size), ratio, mirror, stroke)

    def icon(self, name: str, colour: str = "text2", size: int = 18, gap: int = 0) -> QIcon:
        """An icon for a button; `gap` is baked in on the text side, which a style sheet cannot do."""
        picture = self.pixmap(name, colour, size)
        if not gap:
            return QIcon(picture)
        ratio = picture.devicePixelRatio()
        wide = QPixmap(round((self.px(size) + self.px(gap)) * ratio), picture.height())
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(self.px(gap) if self.look.rtl else 0, 0, picture)
        painter.end()
        return QIcon(wide)

    def stylesheet(self) -> str:
        """theme.qss with this look's colours, lengths and icons."""
        return _PLACES.sub(self._fill, self._sheet)

    def _fill(self, place: "re.Match[str]") -> str:
        if place["icon"]:
            return self._image(place["icon"], place["ink"])
        if place["inner"]:
            return str((self.px(int(place["inner"])) + 2 * int(place["edge"])) // 2)
        if place["units"]:
            return f"{max(0, self.px(int(place['units'])) + int(place['less'] or 0))}px"
        return self.token(place["token"]) if place["token"] else ""  # a comment becomes nothing

    def _image(self, icon: str, colour: str) -> str:
        """A sheet can only name files: the few that it shows lie ready, one for each colour (make_sheet_icons.py)."""
        file = self._icons / "sheet" / f"{icon}-{self.token(colour)[1:].lower()}.svg"
        return f'url("{file.as_posix()}")'

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        for role in _GREYED:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text3"))
        return palette
