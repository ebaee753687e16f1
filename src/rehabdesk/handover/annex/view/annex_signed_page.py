"""A clinical annex after its signature: its pages, what it waits for, and the sealed file on its way."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.annex.annex_words_model import annex_words
from rehabdesk.handover.annex.annex_writing_service import AnnexWriting
from rehabdesk.handover.annex.view.annex_page import state_lines
from rehabdesk.handover.view.pages_view import PagesView
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

ChooseFolder = Callable[[QWidget, str], Path | None]


class AnnexSignedPage(Page):
    """`folder`: asks where the file goes."""

    def __init__(self, kit: Kit, writing: AnnexWriting, request_id: str, *, name: str, folder: ChooseFolder) -> None:
        super().__init__(kit)
        self._writing, self._id, self._name, self._choose = writing, request_id, name, folder
        self._view: PagesView | None = None
        self.refresh()

    def leave(self) -> None:
        super().leave()
        if self._view is not None:
            self._view.forget()

    def refresh(self) -> None:
        kit, asked, self._act = self.kit, self._writing.mine(self._id), None
        about = tr("about {name}").format(name=isolate(self._name))
        number = tr("for packet {number}").format(number=isolate_ltr(asked.number))
        title = kit.column(
            kit.label(tr("Clinical annex"), "h1"),
            kit.label(f"{about} · {number}", "small", tone="muted", wrap=True),
            gap=0,
        )
        level = kit.tag(tr("Clinical: psychologists only"), "purple", "lock")
        self.set_head(kit.row((kit.box(title), 1), level, kit.tag(*annex_words(asked.state)), gap=3))
        may_leave = self._writing.may_leave(asked)
        lines = [kit.label(line, wrap=True) for line in state_lines(asked, may_leave=may_leave)]
        self._view = PagesView(kit, self._writing.signed_pdf(self._id))
        self.set_body(kit.box(kit.column(kit.card("", *lines, kind="quiet", gap=1), self._view, STRETCH, gap=3)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=asked.person, id="packets")))
        save = None
        if may_leave:
            save = kit.button(tr("Save the sealed file"), kind="primary", icon="usb")
            save.clicked.connect(self._send)
            self._act = self._send
        self._first = save or self._view.first_focus()
        self.set_foot(kit.row(back, STRETCH, save))

    def _send(self) -> None:
        folder = self._choose(self, tr("Where does the sealed annex go?"))
        if folder is None:
            return
        try:
            file = self._writing.send(self._id, folder)
        except RehabDeskError as problem:
            self.complain(problem.sentence)
            return
        self.problems([])
        self.refresh()
        self.said.emit(tr("Saved and read back: {file}").format(file=isolate_ltr(file.name)))
