"""Everybody whose release comes, by weeks that are left."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.people.model import PersonRow
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.stored_model import Release
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.table import Column

WEEKS = (1, 4, 12)
"""Up to how many weeks each part of the list goes; the last part is later."""


class ReleasesPage(Page):
    """`row_of`: a person's line in the register."""

    def __init__(self, kit: Kit, releases: Releases, row_of: Callable[[str], PersonRow]) -> None:
        super().__init__(kit)
        self._releases, self._row_of = releases, row_of
        self._first: QWidget | None = None
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._first

    def refresh(self) -> None:
        kit, today = self.kit, self.kit.today()
        self.set_head(kit.label(tr("Releases"), "h1"))
        found = self._releases.near(limit=500)
        titles = (tr("In the next 7 days"), tr("Up to 4 weeks"), tr("Up to 12 weeks"), tr("Later"))
        self._first = None
        cards: list[QWidget] = []
        for title, lines in zip(titles, _parts(found, today), strict=True):
            if lines:
                cards.append(self._card(title, lines, today))
        if not cards:
            people = kit.button(tr("Open people"))
            people.clicked.connect(lambda: self.go.emit(Route(name="people")))
            self._first = people
            cards.append(kit.empty(tr("Nobody is within 180 days of release."), people))
        self.set_body(kit.box(kit.column(*cards, STRETCH, gap=4)))

    def _card(self, title: str, lines: Sequence[Release], today: date) -> QWidget:
        kit = self.kit
        table = kit.table(
            [
                Column(tr("Name"), lambda one: self._name(one.person), share=3),
                Column(tr("Case"), lambda one: self._row_of(one.person).case_ref, least=110),
                Column(tr("Unit"), lambda one: self._row_of(one.person).unit, share=2),
                Column(tr("Release"), lambda one: short(one.anchor), least=160),
                Column(tr("Left"), lambda one: _left(one.anchor, today), least=120),
            ],
            title,
        )
        table.show_all(lines)
        table.opened.connect(lambda one: self.go.emit(Route(name="person", person=one.person, id="release")))
        if self._first is None:
            self._first = table
        return kit.card(title, table)

    def _name(self, person: str) -> str:
        row = self._row_of(person)
        return row.display_alias or row.name


def _parts(found: Sequence[Release], today: date) -> list[list[Release]]:
    ends = [today + timedelta(weeks=weeks) for weeks in WEEKS]
    parts: list[list[Release]] = [[] for _ in range(len(ends) + 1)]
    for one in found:
        place = next((number for number, end in enumerate(ends) if one.anchor < end), len(ends))
        parts[place].append(one)
    return parts


def _left(day: date, today: date) -> str:
    days = (day - today).days
    if days < 0:
        return ntr("{count} day ago", "{count} days ago", -days)
    return tr("today") if days == 0 else ntr("{count} day", "{count} days", days)
