"""An attachment, seen inside the program: pages as pictures, or plain text. No other program, no temporary file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.notes.attachments.attachment_child_service import Pixels, picture
from rehabdesk.notes.attachments.attachment_model import AttachmentKind, facts_of, words_in_sight
from rehabdesk.notes.attachments.attachment_service import Attachments, Opened
from rehabdesk.notes.words_model import level_words
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

WIDTH, HEIGHT = 900, 1_270
"""The place of a page of A4 in sight, in pixels of the theme."""
LEAST, BESIDE = 240, 100
"""Its least width, and the margins of the page and the card around it."""


class AttachmentPage(Page):
    """Opening it is logged where reading is. Ctrl+Page Up and Ctrl+Page Down turn the pages."""

    def __init__(
        self,
        kit: Kit,
        attachments: Attachments,
        comp: str,
        note_rid: str,
        rid: str,
        *,
        person_name: str,
        folder: Callable[[QWidget, str], Path | None],
    ) -> None:
        super().__init__(kit)
        self._attachments, self._comp, self._note_rid, self._name = attachments, comp, note_rid, person_name
        self._folder = folder
        self._opened: Opened = attachments.open(comp, note_rid, rid)
        self._content, self._page = b"", 0
        self._text: TextArea | None = None
        kept = self._opened.stored.attachment
        self._pages = kept.pages
        self._where = kit.label("", "small", tone="muted")
        self._shown = kit.label(tr("It is being opened."), tone="muted")
        self._shown.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._earlier = kit.button(tr("Previous page"), key="Ctrl+PgUp")
        self._later = kit.button(tr("Next page"), key="Ctrl+PgDown")
        self._earlier.clicked.connect(lambda: self.turn(-1))
        self._later.clicked.connect(lambda: self.turn(1))
        self._copy = kit.button(tr("Save a copy"), icon="save")
        self._copy.clicked.connect(self._ask_copy)
        self._copy.setEnabled(False)
        self._fill()
        opening = self._opened.opening
        kit.jobs.run(self, opening.read, self._ready, self._failed)

    def first_focus(self) -> QWidget:
        return self._later if self._later.isEnabled() and self._pages > 1 else self._back

    def turn(self, step: int) -> None:
        """Goes on by `step` pages where there are such."""
        page = max(0, min(self._pages - 1, self._page + step))
        if page != self._page and self._content:
            self._page = page
            self._draw()

    def leave(self) -> None:
        self._content = b""
        if self._text is None:
            self._shown.clear()
        else:
            self._text.clear()

    # inside

    def _fill(self) -> None:
        kit, stored = self.kit, self._opened.stored
        kept = stored.attachment
        facts = (*facts_of(kept.kind, kept.pages, kept.size), stamp(stored.recorded_at))
        self.set_head(
            kit.column(
                kit.label(isolate(kept.name), "h1", wrap=True),
                kit.label(" · ".join(isolate(each) for each in (self._name, *facts)), "small", tone="muted", wrap=True),
                kit.label(level_words(self._comp), "small", tone="muted", wrap=True),
                gap=0,
            )
        )
        several = self._pages > 1
        turning = kit.row(self._earlier, self._later, self._where, STRETCH, gap=3) if several else None
        self.set_body(kit.box(kit.column(turning, kit.card("", self._shown, gap=0), STRETCH, gap=2)))
        self._back = kit.button(tr("Back"), icon="arrow-left")
        self._back.clicked.connect(self._go_back)
        self.set_foot(kit.row(self._back, STRETCH, self._copy))

    def _ready(self, content: bytes) -> None:
        self._content = content
        self._copy.setEnabled(True)
        if self._opened.stored.attachment.kind is AttachmentKind.TEXT:
            self._show_text(content.decode("utf-8", "replace"))
        else:
            self._draw()

    def _show_text(self, text: str) -> None:
        """Each paragraph in its own direction."""
        shown = self.kit.text_area(words_in_sight(text), lines=4)
        shown.setReadOnly(True)
        shown.setAccessibleName(self._opened.stored.attachment.name)
        self._text = shown
        self.set_body(self.kit.box(self.kit.column(self.kit.card("", shown, gap=0), STRETCH, gap=2)))

    def _draw(self) -> None:
        """A picture of the page, made in the child; the page that was asked for last is the one shown."""
        content, kind, page = self._content, self._opened.stored.attachment.kind, self._page
        width, height = self._room()
        self._where.setText(self._page_words())
        self._earlier.setEnabled(page > 0)
        self._later.setEnabled(page < self._pages - 1)
        self.kit.jobs.run(
            self,
            lambda: picture(content, kind, page, width, height),
            lambda pixels: self._show(page, pixels),
            self._failed,
        )

    def _room(self) -> tuple[int, int]:
        """Pixels of the screen that a page may take: it is never wider than what is in sight."""
        theme, ratio = self.kit.theme, self.devicePixelRatio()
        beside = theme.px(BESIDE)
        wide = max(theme.px(LEAST), min(theme.px(WIDTH), self.scroll_area().viewport().width() - beside))
        return round(wide * ratio), round(wide * HEIGHT / WIDTH * ratio)

    def _show(self, page: int, pixels: Pixels) -> None:
        if page != self._page or not self._content:
            return
        image = QImage(pixels.rgb, pixels.width, pixels.height, pixels.width * 3, QImage.Format.Format_RGB888)
        drawn = QPixmap.fromImage(image.copy())
        drawn.setDevicePixelRatio(self.devicePixelRatio())
        self._shown.setPixmap(drawn)
        self._shown.setAccessibleName(self._page_words())

    def _page_words(self) -> str:
        return tr("Page {page} of {pages}").format(page=self._page + 1, pages=self._pages)

    def _ask_copy(self) -> None:
        sentence = tr("Saving a copy of {title} about {name} outside the desk. Whoever has the copy can read it.")
        sentence = sentence.format(title=isolate(self._opened.stored.attachment.name), name=isolate(self._name))
        self.ask(sentence, tr("Save a copy"), self._save, danger=True)

    def _save(self) -> None:
        folder = self._folder(self, tr("Save a copy"))
        if folder is None:
            return
        try:
            file = self._attachments.save_copy(self._opened.stored, self._content, folder)
        except RehabDeskError as problem:
            self.problems([(problem.sentence, self._copy)])
            return
        self.problems([])
        self.said.emit(tr("Saved as {name}. It is in the log.").format(name=isolate_ltr(file.name)))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, RehabDeskError):
            raise error
        self._shown.setText(tr("It is not shown."))
        self.problems([(error.sentence, self._back)])

    def _go_back(self) -> None:
        person = self._opened.stored.person_id
        self.go.emit(Route(name="note_read", person=person, id=f"{self._comp}:{self._note_rid}"))
