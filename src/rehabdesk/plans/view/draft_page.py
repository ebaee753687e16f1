"""A page on which one draft is written: kept as it is typed, finished later, deleted, or made a record by the page."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtWidgets import QPushButton

from rehabdesk.core.canon import Json
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.ui.autosave import Autosave
from rehabdesk.ui.dates import local
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page


class DraftPage(Page):
    """Builds on it: overrides `_go_back`, and says to `_autosave` when something was typed.

    `write` keeps what is typed in the draft, or in a new one where that is None, and gives its id; `drop` deletes it.
    `deleting`: the question before that, with a place for the `name` of the person.
    """

    def __init__(
        self,
        kit: Kit,
        draft_id: str | None,
        *,
        write: Callable[[str | None], str],
        drop: Callable[[str], None],
        now: Callable[[], datetime],
        deleting: str,
        name: str,
    ) -> None:
        super().__init__(kit)
        self._draft, self._write, self._drop, self._now = draft_id, write, drop, now
        self._deleting, self._name = deleting, name
        self._autosave = Autosave(self, self._keep)

    def keep(self) -> None:
        self._autosave.now()

    def place(self) -> Mapping[str, Json]:
        return {**super().place(), "draft": self._draft or ""}

    def draft_buttons(self) -> tuple[QPushButton, QPushButton]:
        """[Delete draft] and [Finish later], for the foot."""
        drop = self.kit.button(tr("Delete draft"), kind="quiet", icon="trash-2")
        drop.clicked.connect(self._ask_drop)
        later = self.kit.button(tr("Finish later"))
        later.clicked.connect(self._finish_later)
        return drop, later

    def _go_back(self) -> None:
        """To the page that one came from."""
        raise NotImplementedError

    def _keep(self) -> None:
        self._draft = self._write(self._draft)
        self.saving.emit("saved", tr("Draft saved {time}").format(time=f"{local(self._now()):%H:%M:%S}"))

    def _finish_later(self) -> None:
        if not self.save():
            return
        self.said.emit(tr("Kept as a draft. Only you can open it."))
        self._go_back()

    def _ask_drop(self) -> None:
        def drop() -> None:
            self._autosave.forget()
            if self._draft is not None:
                self._drop(self._draft)
            self.said.emit(tr("Draft deleted."))
            self._go_back()

        self.ask(self._deleting.format(name=isolate(self._name)), tr("Delete draft"), drop, danger=True)
