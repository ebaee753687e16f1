"""One unlocked desk in the window: its services, its frame, and which page a route leads to."""

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from rehabdesk.access.door_service import Door
from rehabdesk.access.files_store import rescue_name
from rehabdesk.access.idle_service import rest
from rehabdesk.access.kept_service import Recent
from rehabdesk.access.lock_model import PaperLine
from rehabdesk.access.model import Role
from rehabdesk.access.own_service import Unwritten
from rehabdesk.access.refused_service import log_refused
from rehabdesk.access.role_words_model import member_words
from rehabdesk.access.service import Desk
from rehabdesk.app_keeping import KeptForms
from rehabdesk.app_lock import attempt
from rehabdesk.app_pages import Pages
from rehabdesk.app_palette import ACT, Finds, search_for
from rehabdesk.app_release import opened_by_themselves
from rehabdesk.app_services import Services
from rehabdesk.app_writing import WritingPages
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import NoKey, RehabDeskError, StorageError
from rehabdesk.core.files import durable_write
from rehabdesk.core.i18n import tr
from rehabdesk.seals.passphrase import spoken_words
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.frame import Frame, TopAct
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route
from rehabdesk.ui.palette import Hit
from rehabdesk.ui.sidebar import Entry, Owner
from rehabdesk.ui.theme import Look

PLACE = "place"
"""Name of the own row that holds where this login was on the screen (vault.md 9)."""
HOME = "day"
REST_SECONDS = 0.03


class Session(QObject):
    """Made at each unlock, gone at each lock."""

    lock_asked = Signal()
    building = Signal(bool)
    """While a page is made and shown."""
    look_wanted = Signal(object)

    def __init__(self, kit: Kit, desk: Desk, door: Door, files: FileDialogs) -> None:
        super().__init__()
        self.kit, self.desk = kit, desk
        self.services = Services(desk, door)
        self.writing = WritingPages(kit, self.services.writing, self.services.people.naming)
        self.pages = Pages(kit, self.services, files, self.writing)
        self.pages.look_chosen.connect(self.look_wanted)
        self.pages.wanted.connect(self.open)
        self._files, self._kept_forms = files, KeptForms(desk)
        self._route, self._place = Route(name="day"), dict[str, Json]()
        self._recent = Recent(desk)
        self._finds = Finds(
            self.services, self.pages, self._recent, lambda: self.frame.page, lambda: self._route.person
        )
        self.frame = self._frame()

    def begin(self) -> None:
        """The page where this person was at the last lock, else the own home; what must be told is told."""
        with suppress(RehabDeskError):  # on a full disk they go at the next unlock
            self.services.notes.reminders.drop_old()
            self._kept_forms.drop_gone(self.pages.is_there)
        opened = ""
        with suppress(RehabDeskError):  # as above: they open at the next unlock
            opened = opened_by_themselves(self.services)
        route, place = self._kept_place()
        self.open(route or Route(name=HOME))
        if route is not None and self.frame.page is not None:
            self.frame.page.restore(place)
        if opened:
            self.frame.toast.say(opened)
        for notice in self.desk.notices:
            self.frame.toast.say(notice.sentence)

    def open(self, route: Route) -> None:
        """Shows the page of a route. What this login may not open leads to the own home with the sentence.

        While something typed could not be kept, the page in sight stays.
        """
        if route.name == "lock":
            self.lock_asked.emit()
            return
        if route.name == "look":
            self._use_look(route.id)
            return
        if route.name == ACT:
            self._finds.press(route.id)
            return
        if not self.frame.may_leave():
            return
        self.building.emit(True)
        try:
            self._show(route)
        finally:
            self.building.emit(False)

    def _show(self, route: Route) -> None:
        try:
            page, entry = self.pages.make(route)
        except RehabDeskError as problem:
            if isinstance(problem, NoKey):
                with suppress(RehabDeskError):  # a full disk does not open what is closed
                    log_refused(self.desk, route.id.rpartition(":")[2])
            self.frame.toast.say(problem.sentence)
            if self.frame.page is not None:
                return
            route = Route(name=HOME)
            page, entry = self.pages.make(route)
        self._route = route
        self._recent.seen(route.person)
        self.frame.show_strips(self.pages.alerts.strips(route, self.open))
        self.frame.show_page(page, current=entry)
        page.use_keeper(self._kept_forms.at(route))
        self.frame.sidebar.show_counts(self.pages.counts())

    def build_again(self) -> Frame:
        """The same page in another look, at the same place."""
        self.save_now()
        place, route = self.frame.place(), self._live_route()
        old, self.frame = self.frame, self._frame()
        old.take_page()
        old.deleteLater()
        self.open(route)
        if self.frame.page is not None:
            self.frame.page.restore(place)
        return self.frame

    def save_now(self) -> None:
        """Writes what is typed; the page stays as it is."""
        self.frame.save()

    def note_place(self) -> None:
        """Takes down where the caret is, while it is still there."""
        self._place = dict(self.frame.place())

    def leave(self) -> None:
        """Writes what is typed, and where this person is. For the lock: it asks nothing."""
        attempt(self.writing.stop)
        attempt(self.frame.save)
        if self.frame.page is not None:
            attempt(self.frame.page.leave)
        attempt(self._recent.keep)
        place, route = _joined(self._place, self.frame.place()), self._live_route()
        kept = {"name": route.name, "person": route.person, "id": route.id, "place": place}
        self.desk.keep_secret(PLACE, json.dumps(kept).encode("utf-8"))

    def unwritten(self) -> Sequence[Unwritten]:
        """Drafts that no file took, sealed to this login."""
        return self.desk.own.unwritten()

    def copy_unwritten(self) -> None:
        """Copies them to a stick, as sealed as in `rescue/`. Each file says which login and draft, by number."""
        if self.frame.save():
            return
        if not (unwritten := self.unwritten()):
            self.frame.toast.say(tr("It could not be copied either. Copy the text by hand, then lock."))
            return
        folder = self._files.choose_folder(self.frame, tr("Where the sealed copy goes"))
        if folder is None:
            return
        try:
            for each in unwritten:
                durable_write(folder / rescue_name(each.uid, each.did), each.sealed)
        except StorageError as problem:
            self.frame.toast.say(problem.sentence)
            return
        self.frame.toast.say(
            tr("Copied, sealed to you. Settings, My key, takes it back once this computer saves again.")
        )

    def rest(self) -> None:
        """Short slices of work that keeps search and saving fast, while nobody types."""
        until = time.monotonic() + REST_SECONDS
        while rest(self.desk) and time.monotonic() < until:
            pass

    def paper_line(self) -> PaperLine:
        """Number and four words of the newest entry, for the paper book."""
        head = self.desk.truth.head()
        return PaperLine(number=head.n, words=spoken_words(head.h, 4))

    # inside

    def _live_route(self) -> Route:
        """Where one is: a new note has become a draft, a tab may have changed."""
        page, route = self.frame.page, self._route
        draft = page.place().get("draft") if page is not None else None
        kept = ("note", "plan_write", "packet", "alert_new", "meeting", "progress")
        if route.name in kept and isinstance(draft, str) and draft:
            return Route(name=route.name, person=route.person, id=draft)
        tab = page.place().get("tab") if page is not None else None
        if route.name == "person" and isinstance(tab, str):
            return Route(name="person", person=route.person, id=tab)
        return route

    def _kept_place(self) -> tuple[Route | None, Mapping[str, Json]]:
        kept = self.desk.secret(PLACE)
        if kept is None:
            return None, {}
        try:
            found = json.loads(kept)
            route = Route(name=str(found["name"]), person=str(found["person"]), id=str(found["id"]))
            place = found["place"]
        except (ValueError, KeyError, TypeError):
            return None, {}
        with suppress(RehabDeskError):
            if self.pages.exists(route):
                return route, place if isinstance(place, dict) else {}
        return None, {}

    def _frame(self) -> Frame:
        card = self.desk.staff(self.desk.uid)
        owner = Owner(site=self.desk.settings().name, name=card.name, role=member_words(card))
        frame = Frame(self.kit, owner, self._entries(), self._acts(), self.find)
        frame.wanted.connect(self.open)
        frame.lock_asked.connect(self.lock_asked)
        frame.copy_asked.connect(self.copy_unwritten)
        if self.pages.sees_people:
            QShortcut(QKeySequence("Ctrl+Shift+F"), frame).activated.connect(self._search)
        return frame

    def _entries(self) -> Sequence[Entry]:
        return [
            Entry(route=Route(name=name), words=words, icon=icon, foot=foot)
            for name, words, icon, foot in self.pages.menu()
        ]

    def _acts(self) -> Sequence[TopAct]:
        acts = [TopAct(words=tr("Safety alert"), icon="shield-alert", key="Ctrl+Shift+A", do=self._raise_alert)]
        if self.pages.note_form:
            words = tr("Log contacts") if self.desk.role is Role.CHA else tr("New note")
            acts.append(TopAct(words=words, icon="plus", key="Ctrl+N", do=self._new_note, kind="primary"))
        return acts

    def _raise_alert(self) -> None:
        """From every page, about the person on screen where there is one; on the page itself its first question."""
        page = self.frame.page
        if self._route.name != "alert_new" or page is None:
            self.open(Route(name="alert_new", person=self._route.person))
        elif (first := page.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _new_note(self) -> None:
        """For the person on screen; without one the find box asks for whom. A chaplain logs several at once."""
        if self.desk.role is Role.CHA:
            self.open(Route(name="contact_log", person=self._route.person))
        elif self._route.person:
            self.open(Route(name="note", person=self._route.person, id=f"form:{self.pages.note_form}"))
        else:
            self.frame.open_palette()

    def find(self, typed: str) -> Sequence[Hit]:
        """What the palette shows."""
        return self._finds.find(typed)

    def _search(self) -> None:
        """Ctrl+Shift+F: with what is typed in the find box, if it is open."""
        typed = self.frame.palette_box.line.text().strip()
        self.frame.palette_box.close_it()
        self.open(search_for(typed))

    def _use_look(self, code: str) -> None:
        from rehabdesk.ui.tokens import Scheme

        look = self.kit.theme.look
        self.look_wanted.emit(Look(scheme=Scheme(code), rtl=look.rtl, zoom=look.zoom))


def _joined(caret: Mapping[str, Json], place: Mapping[str, Json]) -> dict[str, Json]:
    """Where one was: the caret as it stood before the page was covered, all else as it is after it was saved."""
    joined = {**caret, **place}
    for name, before in caret.items():
        after = place.get(name)
        if isinstance(before, dict) and isinstance(after, dict):
            joined[name] = _joined(before, after)
    return joined
