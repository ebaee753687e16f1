"""Where unfinished forms of one login lie between two openings of a page: own rows, as drafts, sealed to this login."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtWidgets import QWidget

from rehabdesk.access.service import Desk
from rehabdesk.app_services import Services
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import RehabDeskError, StorageError, UserError
from rehabdesk.core.files import read_limited
from rehabdesk.core.i18n import tr
from rehabdesk.core.ids import is_id
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.page import Route

MOST_COPIED = 8 << 20
FORM_DRAFT = "form"
"""Kind of the drafts that hold one unfinished form each."""
BY_PERSON = frozenset({"note", "plan_write", "packet", "person"})
"""Routes whose id changes while one is on the page: what is kept there belongs to the person."""
ON_NOTES = frozenset({"note_read", "attach"})
KEPT_WITHOUT_PAGE = timedelta(days=30)
"""How long a form is kept whose page nobody can open any more: as long as a promise that was ticked."""


@dataclass(frozen=True, slots=True)
class _Kept:
    draft: str
    values: Mapping[str, Json]


class KeptForms:
    """All unfinished forms of the login, read once. A form is known by its place and its name on the page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._forms: dict[str, dict[str, _Kept]] | None = None

    def at(self, route: Route) -> "PageKeeper":
        """The keeper of the page of a route."""
        place = (route.name, route.person, "" if route.name in BY_PERSON else route.id)
        return PageKeeper(self, "|".join(place), route.person or None)

    def drop_gone(self, is_there: Callable[[Route], bool]) -> None:
        """Deletes forms that can become nothing any more, once they lay untouched for `KEPT_WITHOUT_PAGE`.

        `is_there`: whether the page of a route still leads to what the form is about. At each unlock, before any page.
        """
        last = self._desk.clock.now() - KEPT_WITHOUT_PAGE
        for draft in self._desk.drafts(FORM_DRAFT):
            place = draft.payload.get("place")
            if draft.changed >= last or not isinstance(place, str):
                continue
            name, person, about = (*place.split("|"), "", "")[:3]
            if not is_there(Route(name=name, person=person, id=about)):
                self._desk.drop_draft(draft.id)

    def of(self, place: str) -> dict[str, _Kept]:
        """What is kept at a place, the newest at the end."""
        if self._forms is None:
            self._forms = {}
            for draft in sorted(self._desk.drafts(FORM_DRAFT), key=lambda each: each.changed):
                where, form, values = (draft.payload.get(name) for name in ("place", "form", "values"))
                if isinstance(where, str) and isinstance(form, str) and isinstance(values, dict):
                    self._forms.setdefault(where, {})[form] = _Kept(draft.id, values)
        return self._forms.setdefault(place, {})

    def keep(self, place: str, person: str | None, form: str, values: Mapping[str, Json]) -> datetime:
        forms = self.of(place)
        before = forms.get(form)
        payload: dict[str, Json] = {"place": place, "form": form, "values": dict(values)}
        draft = self._desk.save_draft(
            FORM_DRAFT, payload, person=person, draft_id=None if before is None else before.draft
        )
        forms.pop(form, None)
        forms[form] = _Kept(draft, values)
        return self._desk.clock.now()

    def forget(self, place: str, person: str | None, form: str) -> None:
        before = self.of(place).pop(form, None)
        if before is None:
            self._desk.own.forget_new(FORM_DRAFT, person)
        else:
            with self._desk.turn.taken():
                self._desk.own.forget_draft(before.draft)


def is_there(services: Services, route: Route) -> bool:
    """Whether person, record and draft of a route are there for this login, and the note was not struck.

    Nothing is opened, and so nothing is logged.
    """
    desk = services.desk
    try:
        if route.person:
            services.people.row(route.person)
        if route.name in ON_NOTES:
            comp, rid = (*route.id.split(":"), "")[:2]
            return any(not entry.struck for entry in services.notes.timeline.visible(comp, (rid,)))
    except RehabDeskError:
        return False
    drafts = {draft.id for draft in desk.drafts()}
    rows = {each: desk.truth.newest(each) for each in route.id.split(":") if is_id(each) and each not in drafts}
    return all(row is not None and not desk.shred.is_gone(row.sid) for row in rows.values())


def take_back(desk: Desk, files: FileDialogs, owner: QWidget) -> str:
    """Asks for a draft that was copied to a stick and takes it back; the sentence that says how it went, or nothing."""
    path = files.choose_file(owner, tr("Draft on a USB stick"), "*")
    if path is None:
        return ""
    try:
        desk.own.take_back(path.name, read_limited(path, MOST_COPIED))
    except (UserError, StorageError) as problem:
        return problem.sentence
    return tr("The draft is back. It stands where you wrote it.")


class PageKeeper:
    """What `ui.unfinished.Keeper` asks for, at one place."""

    def __init__(self, forms: KeptForms, place: str, person: str | None) -> None:
        self._forms, self._place, self._person = forms, place, person

    def keep(self, form: str, values: Mapping[str, Json]) -> datetime:
        return self._forms.keep(self._place, self._person, form, values)

    def kept(self) -> Mapping[str, Mapping[str, Json]]:
        return {form: kept.values for form, kept in self._forms.of(self._place).items()}

    def forget(self, form: str) -> None:
        self._forms.forget(self._place, self._person, form)

    def inside(self, part: str) -> "PageKeeper":
        return PageKeeper(self._forms, f"{self._place}|{part}", self._person)
