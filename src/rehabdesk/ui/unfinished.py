"""Forms that somebody began and has not finished: kept while they are typed, filled again when one comes back."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.ui.autosave import Autosave
from rehabdesk.ui.dates import local
from rehabdesk.ui.typed import TypedForm

OPENED_BY = "opened by"
"""Beside what is typed in a form: no control has such a name."""


class Keeper(Protocol):
    """Where the unfinished forms of one page are kept, for this login alone; the app gives it. Forms go by name."""

    def keep(self, form: str, values: Mapping[str, Json]) -> datetime:
        """Keeps what is typed in a form, in place of what was kept before; when that was. Errors as of a draft."""
        ...

    def kept(self) -> Mapping[str, Mapping[str, Json]]:
        """What is kept here, by form, the form that was kept last at the end."""
        ...

    def forget(self, form: str) -> None:
        """The form is finished, or was thought better of."""
        ...

    def inside(self, part: str) -> "Keeper":
        """The keeper of a tab of this page."""
        ...


class UnfinishedForms(QObject):
    """Those of one page. `kept` hears, in words, that something was written."""

    def __init__(self, page: QWidget, kept: Callable[[str], None]) -> None:
        super().__init__(page)
        self._page, self._kept = page, kept
        self._keeper: Keeper | None = None
        self._forms: dict[str, TypedForm] = {}
        self._touched: set[str] = set()
        self._openers: dict[str, str] = {}
        self._in_place = ""
        self._act: Callable[[], object] | None = None
        self._autosave = Autosave(page, self._write)

    def use(self, keeper: Keeper) -> str:
        """From now on forms are kept there; those in sight are filled. The name of one that is not, or nothing."""
        self._keeper = keeper
        kept = keeper.kept()
        for name, form in self._forms.items():
            form.fill(kept.get(name, {}))
        return next((name for name in reversed(list(kept)) if name not in self._forms), "")

    def show(
        self,
        name: str,
        widgets: Sequence[QWidget],
        *,
        in_place: bool = False,
        opener: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        """The form of that name has just been shown, as it begins: what was typed in it before is put back.

        `in_place`: it stands in place of the body of the page, until `finish_in_place`. `opener`: the name of the
        button that opened it. `act`: what Ctrl+Enter does in a form in place. Passphrases are never kept.
        """
        if (older := self._forms.pop(name, None)) is not None:
            older.deleteLater()
        form = self._forms[name] = TypedForm(self, name, widgets)
        self._openers[name] = opener
        if in_place:
            self._in_place, self._act = name, act
        if self._keeper is not None:
            form.fill(self._keeper.kept().get(name, {}))
        form.changed.connect(lambda: self._touch(form))

    def press_opener(self, name: str) -> bool:
        """Presses the button that opened a form that is kept, where there is one of that name; whether it is open."""
        opener = "" if self._keeper is None else self._keeper.kept().get(name, {}).get(OPENED_BY, "")
        buttons = [each for each in self._page.findChildren(QPushButton) if opener and each.accessibleName() == opener]
        if len(buttons) == 1 and buttons[0].isEnabled() and buttons[0].isVisibleTo(self._page):
            buttons[0].click()
        return self.is_in_place(name)

    def is_in_place(self, name: str = "") -> bool:
        """Whether a form, the one of that name, stands in place of the body."""
        if name and name != self._in_place:
            return False
        form = self._forms.get(self._in_place)
        return form is not None and not self._page.isHidden() and form.in_sight(self._page)

    def act(self) -> bool:
        """Does what the form in place of the body is for; whether there is such a form, and it said what that is."""
        if self._act is None or not self.is_in_place():
            return False
        self._act()
        return True

    def first(self) -> QWidget | None:
        """The first control of the form in place of the body; None where there is no such form."""
        return self._forms[self._in_place].first() if self.is_in_place() else None

    def finish_in_place(self) -> bool:
        """The form in place of the body is done with, or was thought better of; whether there was one."""
        name, self._in_place = self._in_place, ""
        if name:
            self.finish(name)
        return bool(name)

    def finish_if_gone(self) -> None:
        """An act that took its form, or the whole page, out of sight was a good end of the form."""
        if self._in_place and not self.is_in_place():
            self.finish_in_place()

    def finish(self, name: str) -> None:
        """What was typed in the form is done with, or was thought better of. A failing store does not undo the act."""
        if (form := self._forms.pop(name, None)) is not None:
            form.deleteLater()
        self._touched.discard(name)
        if not self._touched:
            self._autosave.forget()
        if self._keeper is not None:
            with suppress(RehabDeskError):
                self._keeper.forget(name)

    def now(self) -> None:
        """Writes at once what is unsaved."""
        self._autosave.now()

    def place(self, focus: QWidget | None) -> dict[str, Json]:
        """The caret, where it is in one of the forms."""
        return next((place for form in self._forms.values() if (place := form.place(focus))), {})

    def go_to(self, place: Mapping[str, Json]) -> None:
        """The caret back to where `place` says."""
        form = self._forms.get(str(place.get("form", "")))
        if form is not None:
            form.go_to(place)

    def _touch(self, form: TypedForm) -> None:
        if self._forms.get(form.name) is not form:
            return  # it is done with; a day that loses the focus as its form goes is still written out
        self._touched.add(form.name)
        self._autosave.touch()

    def _write(self) -> None:
        if self._keeper is None:
            return
        for name in sorted(self._touched):
            form = self._forms[name]
            if values := form.values():
                at = self._keeper.keep(name, values | {OPENED_BY: self._openers[name]})
                self._kept(tr("Draft saved {time}").format(time=f"{local(at):%H:%M:%S}"))
            else:
                self._keeper.forget(name)
        self._touched.clear()
