"""Safety alerts in the window: their pages by route, the strip over a person's pages, and letters to this login."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from rehabdesk.access.model import Role
from rehabdesk.access.role_words_model import role_words
from rehabdesk.app_paper import paper_tools
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.db.projection import CLINICAL, TEAM
from rehabdesk.notes.alerts.alert_model import AlertKind, AlertRow, AlertState, LetterRow
from rehabdesk.notes.alerts.view.alert_page import AlertContext, AlertPage
from rehabdesk.notes.alerts.view.alert_read_page import AlertReadPage
from rehabdesk.notes.alerts.view.alert_sheet import AboutWhom, Found
from rehabdesk.notes.alerts.view.letter_pages import (
    DisclosurePage,
    LetterContext,
    LettersPage,
    RefusalPage,
    RefusalReadPage,
)
from rehabdesk.notes.words_model import kind_words
from rehabdesk.ui.dates import clock, local, stamp
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

FOUND, MOST_CASES = 20, 60
STILL_WRITING = timedelta(hours=24)
"""A draft that is younger goes on when the page is opened again; an older one waits on the own day."""
KINDS = "kind:"
"""Beginning of a route's id that holds what a signed note calls for."""
Go = Callable[[Route], None]


class AlertPages:
    """What a role may not open is refused here, and absent from its menu."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._files = kit, services, files

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {
            "alert_new": self._new,
            "alert": self._read,
            "letters": self._letters,
            "refusal": self._refusal,
            "refusal_read": self._refusal_read,
        }

    def strips(self, route: Route, go: Go) -> Sequence[QWidget]:
        """Live alerts about the person in sight; for an inspector what was written to this login and is unread."""
        found: list[QWidget] = []
        if self._s.role is Role.AUD and route.name not in ("letters", "alert") and (count := self.unread()):
            said = ntr("{count} disclosure for you.", "{count} disclosures for you.", count)
            found.append(self._strip(said, Route(name="letters"), go, key="Alt+A"))
        if route.person and route.name not in ("alert", "alert_new") and self._s.role is not Role.ADM:
            with suppress(RehabDeskError):
                for row in self._s.alerts.live_of(route.person):
                    key = "" if found else "Alt+A"
                    found.append(self._strip(self._said(row), alert_route(row, route.person), go, key=key))
        return found

    def in_head(self, person_id: str) -> tuple[tuple[str, Route], ...]:
        """What the head of a person's page says of a live alert, with where it is read; nothing while there is none."""
        live = self._s.alerts.live_of(person_id)
        return ((tr("Safety alert: read"), alert_route(live[0], person_id)),) if live else ()

    def menu(self) -> Sequence[tuple[str, str, str, bool]]:
        """The line of the sidebar for those to whom letters are written."""
        return [("letters", tr("Letters to you"), "inbox", False)] if self._s.letters.gets_letters else []

    def require_draft(self, route: Route) -> None:
        """UserError where the route leads to an alert in writing that this login has not."""
        if route.name == "alert_new" and route.id and not route.id.startswith(KINDS):
            self._s.alerts.draft(route.id)

    def unread(self) -> int:
        """Letters to this login that were not opened yet."""
        letters = self._s.letters
        return len(letters.unread(letters.to_me())) if letters.gets_letters else 0

    # pages

    def _new(self, route: Route) -> Page:
        s, draft_id, kinds = self._s, "", ""
        person = route.person or None
        if route.id.startswith(KINDS):
            kinds = route.id.removeprefix(KINDS)
        else:
            draft_id = route.id or self._unfinished(person)
        if draft_id:
            person = s.alerts.draft(draft_id).person_id or person
        name = self._about(person) if person is not None else ""
        sees_people = s.role not in (Role.ADM, Role.FAC)
        context = AlertContext(
            about=AboutWhom(person_id=person, name=name, find=self._find if sees_people else None),
            me=s.desk.uid,
            who_is=self._who_is,
            home=Route(name="activity" if s.role in (Role.ADM, Role.AUD) else "day"),
            printer=paper_tools(self._files).hand_out,
            save=self._files.save_file,
        )
        return AlertPage(
            self._kit,
            s.alerts,
            s.letters,
            context,
            draft_id=draft_id or None,
            called_for=route.id.startswith(KINDS),
            kinds=[each for each in kinds.split(",") if each in set(AlertKind)],
            now=s.clock.now,
        )

    def _read(self, route: Route) -> Page:
        s = self._s
        comp, _, rid = route.id.rpartition(":")
        if comp != TEAM:
            row, said = s.letters.disclosure(comp, rid)
            back = Route(name="letters")
            if comp == CLINICAL and row.person_id is not None:
                back = Route(name="person", person=row.person_id, id="timeline")
            return DisclosurePage(self._kit, s.letters, row, said, self._letter_context(row, back))
        name = self._about(route.person) if route.person else ""
        return AlertReadPage(self._kit, s.alerts, rid, name=name, staff=s.staff_name, now=s.clock.now)

    def _letters(self, _route: Route) -> Page:
        if not self._s.letters.gets_letters:
            raise UserError(tr("Your role has no such page."))

        def about(row: LetterRow) -> str:
            return self._about(row.person_id) if row.person_id is not None else tr("Not in the register")

        return LettersPage(self._kit, self._s.letters, who_is=self._who_is, about=about)

    def _refusal(self, route: Route) -> Page:
        s = self._s
        if not s.letters.may_refuse:
            raise UserError(tr("Your role has no such page."))
        name = self._about(route.person) if route.person else ""
        person, sealed = route.person or None, s.sealed_words if s.role is Role.CHA else None
        return RefusalPage(self._kit, s.letters, person_id=person, name=name, who_is=self._who_is, sealed=sealed)

    def _refusal_read(self, route: Route) -> Page:
        rid = route.id.rpartition(":")[2]
        row = next((each for each in self._s.letters.to_me() if each.rid == rid), None)
        if row is None:
            raise UserError(tr("There is nothing to open here for this login."))
        return RefusalReadPage(self._kit, self._s.letters, rid, self._letter_context(row, Route(name="letters")))

    def _letter_context(self, row: LetterRow, back: Route) -> LetterContext:
        about = "" if row.person_id is None else self._about(row.person_id)
        return LetterContext(
            about=about,
            who_is=self._who_is,
            back=back,
            printer=paper_tools(self._files).hand_out,
            save=self._files.save_file,
        )

    # words

    def _strip(self, words: str, to: Route, go: Go, *, key: str) -> QWidget:
        kit = self._kit
        read = kit.button(tr("Read"), tip=f"{tr('Read')} ({isolate_ltr(key)})" if key else "")
        read.setAccessibleName(f"{tr('Read')}: {words}")
        read.clicked.connect(lambda: go(to))
        if key:
            shortcut = QShortcut(QKeySequence(key), read)
            shortcut.activated.connect(lambda: go(to))
        row = kit.row(
            kit.picture("shield-alert", "red_fg", 18), (kit.label(words, "strong", wrap=True), 1), read, gap=3
        )
        strip = kit.card("", row, kind="alert")
        strip.content.setContentsMargins(*(kit.theme.px(each) for each in (12, 4, 8, 4)))
        strip.setAccessibleName(words)
        return strip

    def _said(self, row: AlertRow) -> str:
        """`Safety alert: threat to the person. Review today.`"""
        now = self._s.clock.now()
        words = tr("Safety alert: {kind}.").format(kind=kind_words(row.kind))
        if row.state(now) is AlertState.REVIEW_DUE:
            return words + " " + tr("Review is due since {time}.").format(time=stamp(row.review_by))
        if local(row.review_by).date() == local(now).date():
            return words + " " + tr("Review today, {time}.").format(time=clock(row.review_by))
        return words + " " + tr("Review by {time}.").format(time=stamp(row.review_by))

    def _about(self, person_id: str) -> str:
        row = self._s.people.row(person_id)
        return " · ".join(isolate(each) for each in (name_of(row), row.case_ref) if each)

    def _who_is(self, uid: str) -> str:
        """`Hana Roy, Supervisor`."""
        try:
            card = self._s.desk.staff(uid)
        except RehabDeskError:
            return tr("Unknown")
        return tr("{name}, {role}").format(name=isolate(card.name), role=role_words(card.role))

    def _find(self, words: str) -> Found:
        people = self._s.people
        rows = people.find(words, limit=FOUND) if words.strip() else people.own_cases()[:MOST_CASES]
        return [(row.id, f"{name_of(row)} · {row.case_ref or row.unit}") for row in rows]

    def _unfinished(self, person_id: str | None) -> str:
        """The alert about this person that is still being written, or nothing."""
        since = self._s.clock.now() - STILL_WRITING
        drafts = [each for each in self._s.alerts.drafts() if each.person_id == person_id and each.changed >= since]
        return drafts[-1].id if drafts else ""


def alert_route(row: AlertRow, person_id: str = "") -> Route:
    """Where an alert is read."""
    return Route(name="alert", person=row.person_id or person_id, id=f"{TEAM}:{row.rid}")
