"""A page on which one draft is written: kept as it is typed, finished later, deleted, or made a record by the page."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtWidgets import QPushButton

from rehabdesk.core.canon import Json
from rehabdesk.core.i18n import tr
from rehabdesk.ui.autosave import Autosave
from rehabdesk.ui.dates import local
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page


class DraftPage(Page):
    """Builds on it: overrides `_ask_delete` and `_go_back`, and says to `_autosave` when something was typed.

    `write` keeps what is typed in the draft, or in a new one where that is None, and gives its id; `drop` deletes it.
    """

    def __init__(
        self,
        kit: Kit,
        draft_id: str | None,
        *,
        write: Callable[[str | None], str],
        drop: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(kit)
        self._draft, self._write, self._drop, self._now = draft_id, write, drop, now
        self._autosave = Autosave(self, self._keep)

    @property
    def draft_id(self) -> str | None:
        """The draft that holds what is typed; None before the first key of a new one."""
        return self._draft

    def keep(self) -> None:
        self._autosave.now()

    def place(self) -> Mapping[str, Json]:
        return {**super().place(), "draft": self._draft or ""}

    def draft_buttons(self, later_words: str) -> tuple[QPushButton, QPushButton]:
        """[Delete draft], and the one that keeps it for later, for the foot."""
        drop = self.kit.button(tr("Delete draft"), kind="quiet", icon="trash-2")
        drop.clicked.connect(self._ask_delete)
        later = self.kit.button(later_words)
        later.clicked.connect(self._finish_later)
        return drop, later

    # what each page says about itself

    def _ask_delete(self) -> None:
        """Asks, by name, before `_delete`."""
        raise NotImplementedError

    def _go_back(self) -> None:
        """To the page that one came from."""
        raise NotImplementedError

    # inside

    def _keep(self) -> None:
        """Keeps everything that is typed."""
        self._draft = self._write(self._draft)
        self.saving.emit("saved", tr("Draft saved {time}").format(time=f"{local(self._now()):%H:%M:%S}"))

    def _is_kept(self) -> bool:
        """Whether there is a draft that holds all that is typed, which is made where there was none; else the red line
        says why not.
        """
        if self._draft is None:
            self._autosave.write()
        return self.save()

    def _finish_later(self) -> None:
        if not self._is_kept():
            return
        self.said.emit(tr("Kept as a draft. Only you can open it."))
        self._go_back()

    def _delete(self) -> None:
        self._autosave.forget()
        if self._draft is not None:
            self._drop(self._draft)
        self.said.emit(tr("Draft deleted."))
        self._go_back()
