"""Every measure and colour of the windows, and the pairs whose contrast must hold.

One source for palette, style sheet, painters and the contrast test. Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

Tokens = Mapping[str, str]


class Type(NamedTuple):
    """A step of the type scale: pixels at 96 dpi and 100 % text size, and weight."""

    size: int
    weight: int


class Scheme(StrEnum):
    """The colour sets a person can choose, in the order of the columns of COLOURS."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


SPACE: Final[Mapping[int, int]] = {1: 4, 2: 8, 3: 12, 4: 16, 5: 24, 6: 32}
RADIUS: Final[Mapping[str, int]] = {"tag": 4, "control": 6, "panel": 8, "card": 10}
TYPE: Final[Mapping[str, Type]] = {
    "display": Type(26, 600),
    "h1": Type(22, 600),
    "h2": Type(16, 600),
    "h3": Type(14, 600),
    "body": Type(14, 400),
    "strong": Type(14, 600),
    "small": Type(13, 400),
    "caption": Type(12, 500),
}
NUMERIC: Final = frozenset({"display", "strong", "small", "caption"})  # roles set in tabular figures
ZOOMS: Final = (1.0, 1.15, 1.3, 1.5)
CONTROL_HEIGHT: Final = 36
TARGET_MIN: Final = 24
NAV_WIDTH: Final = 204
NAV_WIDTH_ICONS: Final = 64
TOPBAR_HEIGHT: Final = 56
TAGS: Final = ("grey", "blue", "green", "amber", "red", "purple")

# name: (light, dark, high contrast)
COLOURS: Final[Mapping[str, tuple[str, str, str]]] = {
    "bg": ("#F3F5F7", "#12181D", "#FFFFFF"),  # window
    "surface": ("#FFFFFF", "#1B2329", "#FFFFFF"),  # cards, fields, top bar
    "surface2": ("#F7F9FA", "#212B32", "#FFFFFF"),  # quiet cards, table heads, hover
    "sunken": ("#EBEFF2", "#0E1418", "#F2F2F2"),  # pressed, disabled, page preview
    "border": ("#D6DDE3", "#33414B", "#595959"),  # rules and card edges
    "border_strong": ("#76838F", "#7F909C", "#000000"),  # outlines of controls
    "track": ("#DDE4E9", "#313E47", "#BFC6CB"),  # unfilled line of a timeline
    "selection": ("#CFE7F0", "#1F4658", "#FFE58A"),  # current row
    "text": ("#16212B", "#E9EEF2", "#000000"),
    "text2": ("#44525E", "#BBC7D0", "#1F1F1F"),  # secondary text
    "text3": ("#586673", "#9FADB8", "#333333"),  # hints, placeholders
    "primary": ("#0A5A75", "#5DC1E0", "#003A4F"),
    "primary_hover": ("#08485E", "#86D3EA", "#00293A"),
    "primary_press": ("#063848", "#A9E1F1", "#001B26"),
    "primary_tint": ("#E2F0F5", "#17384A", "#E6F3F8"),
    "on_primary": ("#FFFFFF", "#06222D", "#FFFFFF"),
    "link": ("#0A5A75", "#7ACDE7", "#003A4F"),
    "focus": ("#0A5A75", "#7ACDE7", "#000000"),  # focus ring
    "focus_nav": ("#FFD43B", "#FFD43B", "#FFD43B"),  # focus ring on the sidebar
    "nav": ("#0F2A36", "#0C1216", "#000000"),
    "nav_text": ("#DCE8ED", "#D3DEE5", "#FFFFFF"),
    "nav_text2": ("#A9BEC8", "#93A5B1", "#E6E6E6"),
    "nav_brand": ("#7ACDE7", "#7ACDE7", "#FFFFFF"),
    "nav_hover": ("#1A3B49", "#182229", "#1F2A30"),
    "nav_active": ("#24505F", "#1F3A47", "#0B4A60"),
    "nav_active_text": ("#FFFFFF", "#FFFFFF", "#FFFFFF"),
    "badge_bg": ("#F2C14E", "#F2C14E", "#FFD43B"),  # count on the sidebar
    "badge_fg": ("#22180A", "#22180A", "#000000"),
    "danger": ("#B3261E", "#F2867C", "#8A0F08"),
    "success": ("#1B7A43", "#66CF92", "#0B4F2A"),
    "warn": ("#9A5B00", "#F3B754", "#5E3700"),
    "grey_bg": ("#E8ECEF", "#2C3740", "#E8ECEF"),
    "grey_fg": ("#3A4650", "#D5DEE5", "#1F272D"),
    "blue_bg": ("#DCEBFA", "#16345A", "#DCEBFA"),
    "blue_fg": ("#123F73", "#B9D8FA", "#0A2C54"),
    "green_bg": ("#DAF1E2", "#123B25", "#DAF1E2"),
    "green_fg": ("#0C4A28", "#AEE8C4", "#07341B"),
    "amber_bg": ("#FDEBC8", "#472F07", "#FDEBC8"),
    "amber_fg": ("#6A3F02", "#FBD48B", "#4A2B00"),
    "red_bg": ("#FBE0DD", "#511713", "#FBE0DD"),
    "red_fg": ("#8A1B12", "#FFC2BB", "#66110A"),
    "purple_bg": ("#EAE2F8", "#33245C", "#EAE2F8"),
    "purple_fg": ("#472A86", "#D9C9FB", "#2F1A60"),
}
SCHEMES: Final[Mapping[Scheme, Tokens]] = {
    scheme: {name: shades[column] for name, shades in COLOURS.items()} for column, scheme in enumerate(Scheme)
}

_TEXT_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("bg", "surface", "surface2", "sunken", "selection", "primary_tint"),
    "text2": ("bg", "surface", "surface2", "sunken"),
    "text3": ("bg", "surface", "surface2", "sunken"),
    "link": ("bg", "surface", "surface2", "primary_tint"),
    "on_primary": ("primary", "primary_hover", "primary_press"),
    "nav_text": ("nav", "nav_hover"),
    "nav_text2": ("nav",),
    "nav_active_text": ("nav_active",),
    "badge_fg": ("badge_bg",),
    "danger": ("bg", "surface"),
    "success": ("surface",),
    "warn": ("surface",),
    **{f"{tag}_fg": (f"{tag}_bg",) for tag in TAGS},
}
_PART_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "border_strong": ("bg", "surface", "surface2"),
    "focus": ("bg", "surface", "surface2"),
    "focus_nav": ("nav", "nav_active"),
    "nav_brand": ("nav",),
    "primary": ("surface", "track"),
}
PAIRS: Final = tuple(
    (fore, back, is_text)
    for table, is_text in ((_TEXT_ON, True), (_PART_ON, False))
    for fore, backs in table.items()
    for back in backs
)


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" as WCAG 2 defines it, 0 to 1."""
    raw = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in raw)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def failures(scheme: Scheme) -> list[str]:
    """The pairs of a scheme below its minimum: text 4.5 and parts 3, or 7 and 4.5 in high contrast."""
    tokens = SCHEMES[scheme]
    text_min, part_min = (7.0, 4.5) if scheme is Scheme.CONTRAST else (4.5, 3.0)
    found = []
    for fore, back, is_text in PAIRS:
        ratio, least = contrast(tokens[fore], tokens[back]), text_min if is_text else part_min
        if ratio < least:
            found.append(f"{fore} on {back}: {ratio:.2f}, needs {least}")
    return found
