"""Where unfinished forms of one login lie between two openings of a page: own rows, as drafts, sealed to this login."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QWidget

from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import StorageError, UserError
from rehabdesk.core.files import read_limited
from rehabdesk.core.i18n import tr
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.page import Route

MOST_COPIED = 8 << 20
FORM_DRAFT = "form"
"""Kind of the drafts that hold one unfinished form each."""
BY_PERSON = frozenset({"note", "plan_write", "packet", "person"})
"""Routes whose id changes while one is on the page: what is kept there belongs to the person."""


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
