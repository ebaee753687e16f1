"""The sidebar: what this role may open, with counts of open work, and whose desk it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate_ltr, join_words
from rehabdesk.ui.kit import STRETCH, Kit, empty
from rehabdesk.ui.page import LARGE_TEXT, Route
from rehabdesk.ui.theme import restyle
from rehabdesk.ui.tokens import NAV_WIDTH, NAV_WIDTH_ICONS
from rehabdesk.ui.widgets import Badge, Elided

MOST_KEYS = 7
"""Alt+1 to Alt+7 lead to the first entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line. `foot`: it stands below, for everybody. `count`: open work, 0 shows nothing."""

    route: Route
    words: str
    icon: str
    count: int = 0
    foot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who is at the desk, and whose desk it is."""

    site: str
    name: str
    role: str


class Sidebar(QFrame):
    """Words and icons, or icons alone where the window is narrow."""

    wanted = Signal(object)

    def __init__(self, kit: Kit, owner: Owner, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._kit, self._owner, self._entries = kit, owner, tuple(entries)
        self._buttons: dict[str, QPushButton] = {}
        self._current, self._narrow = "", False
        self.setObjectName("nav")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Main menu"))
        self._column = QVBoxLayout(self)

    @property
    def first(self) -> QPushButton | None:
        """The first entry."""
        return next(iter(self._buttons.values()), None)

    @property
    def upper(self) -> tuple[Entry, ...]:
        """The entries that have a key."""
        return tuple(entry for entry in self._entries if not entry.foot)[:MOST_KEYS]

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """New counts of open work, by the name of the entry's route."""
        fresh = tuple(replace(entry, count=counts.get(entry.route.name, 0)) for entry in self._entries)
        if fresh != self._entries:
            self._entries = fresh
            self.lay_out(narrow=self._narrow)

    def mark(self, current: str) -> None:
        """Marks the entry of the page in sight."""
        self._current = current
        for name, button in self._buttons.items():
            is_here = "true" if name == current else "false"
            if button.property("current") != is_here:
                button.setProperty("current", is_here)
                restyle(button)

    def lay_out(self, *, narrow: bool) -> None:
        """Builds its lines."""
        kit, self._narrow = self._kit, narrow
        empty(self._column)
        self._buttons = {}
        self.setFixedWidth(kit.theme.px(NAV_WIDTH_ICONS if narrow else NAV_WIDTH))
        self._column.setContentsMargins(*(kit.theme.px(each) for each in (12, 14, 12, 12)))
        self._column.setSpacing(0 if kit.theme.look.zoom > LARGE_TEXT else kit.theme.px(2))
        self._column.addWidget(self._brand(narrow=narrow))
        for entry in (each for each in self._entries if not each.foot):
            self._column.addWidget(self._button(entry, narrow=narrow))
        self._column.addStretch(1)
        for entry in (each for each in self._entries if each.foot):
            self._column.addWidget(self._button(entry, narrow=narrow))
        self._column.addWidget(self._member(narrow=narrow))
        self.mark(self._current)

    def _brand(self, *, narrow: bool) -> QWidget:
        kit = self._kit
        names = kit.column(kit.label("RehabDesk", "h2", tone="nav"), self._elided(self._owner.site, "nav2"), gap=0)
        brand = kit.picture("heart-handshake", "nav_brand", 24)
        return kit.box(kit.row(brand, None if narrow else (kit.box(names), 1), gap=2, margins=(4, 0, 0, 14)))

    def _member(self, *, narrow: bool) -> QWidget:
        kit = self._kit
        who = kit.column(self._elided(self._owner.name, "nav"), self._elided(self._owner.role, "nav2"), gap=0)
        initials = kit.initials(self._owner.name, 30, "purple")
        return kit.box(kit.row(initials, None if narrow else (kit.box(who), 1), gap=2, margins=(4, 8, 0, 0)))

    def _elided(self, words: str, tone: str) -> Elided:
        label = Elided(words)
        label.setFont(self._kit.theme.font("caption" if tone == "nav2" else "small"))
        label.setProperty("tone", tone)
        return label

    def _button(self, entry: Entry, *, narrow: bool) -> QPushButton:
        counted = ntr("{count} open", "{count} open", entry.count) if entry.count else ""
        button = self._kit.button("" if narrow else entry.words, kind="nav", icon=entry.icon, name=entry.words)
        button.setAccessibleName(join_words((entry.words, counted)) if counted else entry.words)
        place = self.upper.index(entry) + 1 if entry in self.upper else 0
        button.setToolTip(f"{entry.words} ({isolate_ltr(f'Alt+{place}')})" if place else entry.words)
        button.clicked.connect(lambda: self.wanted.emit(entry.route))
        if not narrow:  # longer words end in dots; the tooltip has them whole
            room = _room(self._kit, counted=bool(entry.count))
            button.ensurePolished()
            button.setText(button.fontMetrics().elidedText(entry.words, Qt.TextElideMode.ElideRight, room))
        if entry.count and not narrow:
            button.setLayout(self._kit.row(STRETCH, Badge(self._kit.theme, entry.count), margins=(0, 0, 8, 0)))
        self._buttons[entry.route.name] = button
        return button


def _room(kit: Kit, *, counted: bool) -> int:
    """Pixels for the words of an entry: without margins, padding, icon and count."""
    return kit.theme.px(NAV_WIDTH - 24 - 20 - 30 - (28 if counted else 0))
