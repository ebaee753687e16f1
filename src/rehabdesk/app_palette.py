"""What the find box finds: people under every usual spelling, packets, pages, acts of the page in sight, a search."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton

from rehabdesk.access.kept_service import Recent
from rehabdesk.access.model import Role
from rehabdesk.app_pages import Pages
from rehabdesk.app_record import record_places
from rehabdesk.app_services import Services
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.search_service import PacketSearch
from rehabdesk.people.model import PersonRow
from rehabdesk.people.service import MAY_READ_WHOLE
from rehabdesk.ui.dates import short
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.palette import Hit

FOUND = 8
MOST_PACKETS = 3
ENOUGH = 2
"""From so many letters on the acts of the page are among what is found."""
ACT = "act"
"""Name of the route that presses a button of the page in sight."""


class Finds:
    """Only what this login may open. `page`: the page in sight, `person`: whom it is about, or ""."""

    def __init__(
        self,
        services: Services,
        pages: Pages,
        recent: Recent,
        page: Callable[[], Page | None],
        person: Callable[[], str],
    ) -> None:
        self._s, self._pages, self._recent, self._page, self._about = services, pages, recent, page, person
        self._packets = PacketSearch(services.desk)

    def find(self, typed: str) -> Sequence[Hit]:
        """People first, then packets, pages and acts; the last line searches in everything."""
        words = typed.strip()
        hits = self._people(words) + self._found_packets(words)
        folded = words.casefold()
        for name, title, icon, _foot in self._pages.menu():
            if folded in title.casefold():
                hits.append(Hit(words=title, detail=tr("Open"), icon=icon, route=Route(name=name)))
        for place, route in self._record_pages():
            if folded and folded in place.casefold():
                hits.append(Hit(words=place, detail=tr("Open"), icon="pencil", route=route))
        for title, route, icon in self._deeds():
            if folded and folded in title.casefold():
                hits.append(Hit(words=title, detail="", icon=icon, route=route))
        if words and self._pages.sees_people:
            title = tr("Search notes for “{words}”").format(words=isolate(words))
            hits.append(Hit(words=title, detail=isolate_ltr("Ctrl+Shift+F"), icon="search", route=search_for(words)))
        return hits

    def press(self, name: str) -> None:
        """Presses the button of the page in sight that is called so."""
        for button in self._buttons():
            if button.accessibleName() == name:
                button.click()
                return

    # inside

    def _people(self, words: str) -> list[Hit]:
        if not self._pages.sees_people:
            return []
        if words:
            return [
                self._person(one.row, similar=one.similar) for one in self._s.people.search.persons(words, limit=FOUND)
            ]
        caseload = self._s.people.caseload
        seen = [person for person in self._recent.persons() if caseload.admits(person)]
        of_id = {row.id: row for row in self._s.people.search.rows(tuple(seen))}
        last = [of_id[person] for person in seen if person in of_id]
        rows = [*last, *(row for row in self._s.people.next_to_see() if row.id not in of_id)]
        return [self._person(row, similar=False) for row in rows[:FOUND]]

    def _found_packets(self, words: str) -> list[Hit]:
        if not any(sign.isdigit() for sign in words):
            return []
        return [
            Hit(
                words=tr("Packet {number}").format(number=isolate_ltr(row.number)),
                detail=row.team_name,
                icon="package",
                route=Route(name="packet_view", person=row.person, id=row.id),
            )
            for row in self._packets.by_number(words, limit=MOST_PACKETS)
        ]

    def _deeds(self) -> Sequence[tuple[str, Route, str]]:
        registers, about = self._s.role is Role.CO, self._about()
        refusal = (tr("Log a declined request"), Route(name="refusal", person=about), "ban")
        acts = [
            (button.accessibleName(), Route(name=ACT, id=button.accessibleName()), "corner-down-left")
            for button in self._buttons()
        ]
        return [
            *dict.fromkeys(acts),
            (tr("Safety alert"), Route(name="alert_new", person=about), "shield-alert"),
            *([refusal] if self._s.letters.may_refuse else []),
            *self._pages.deeds(),
            *self._forms_to_write(about),
            *([(tr("Add a person"), Route(name="register"), "user-plus")] if registers else []),
            *([(tr("Bring in a list (CSV)"), Route(name="import"), "download")] if registers else []),
            *([(tr("Search"), search_for(""), "search")] if self._pages.sees_people else []),
            (tr("Lock"), Route(name="lock"), "lock"),
            (tr("Light colours"), Route(name="look", id="light"), "sun"),
            (tr("Dark colours"), Route(name="look", id="dark"), "moon"),
        ]

    def _forms_to_write(self, about: str) -> list[tuple[str, Route, str]]:
        """Every form of this role, for the person on screen."""
        if not about:
            return []
        return [
            (
                tr("Write: {form}").format(form=tr(form.title)),
                Route(name="note", person=about, id=f"form:{form.name}"),
                "plus",
            )
            for form in self._pages.note_forms
        ]

    def _record_pages(self) -> list[tuple[str, Route]]:
        """The pages of the record of the person on screen."""
        about = self._about()
        return [(words, Route(name=name, person=about)) for name, words in record_places(self._s)] if about else []

    def _buttons(self) -> list[QPushButton]:
        """What can be pressed on the page in sight and says in words what it does."""
        page = self._page()
        if page is None:
            return []
        return [
            button
            for button in page.findChildren(QPushButton)
            if button.isVisible() and button.isEnabled() and len(button.text()) > ENOUGH
        ]

    def _person(self, row: PersonRow, *, similar: bool) -> Hit:
        form, knows = self._pages.note_form, self._s.role in MAY_READ_WHOLE
        note = Route(name="note", person=row.id, id=f"form:{form}") if form else None
        if self._s.role is Role.CHA:
            note = Route(name="contact_log", person=row.id)
        release = ""
        if row.planned_release is not None and knows:
            release = tr("release {day}").format(day=short(row.planned_release))
        parts = (tr("similar name") if similar else "", row.case_ref, row.unit, release)
        return Hit(
            words=row.display_alias or row.name,
            detail=" · ".join(isolate(each) for each in parts if each),
            icon="user",
            route=Route(name="person", person=row.id, id="overview"),
            note=note,
        )


def search_for(words: str) -> Route:
    """The page that searches everything, with these words."""
    return Route(name="search", id=words)
