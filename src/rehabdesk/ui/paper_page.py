"""A paper before it leaves: what is asked, the real pages, Print and Save. Pages that build on it say what it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.ui.field import Field
from rehabdesk.ui.jobs import Job
from rehabdesk.ui.kit import STRETCH, Kit, empty
from rehabdesk.ui.page import LARGE_TEXT, Page, Route
from rehabdesk.ui.pages_view import PagesView, Pictures
from rehabdesk.ui.printing import PRINT, SAVE, Printers, PrintForm, Save, Sheets, hand_out, saved_words

LANGUAGE_NAMES = (("en", "English"), ("fr", "Français"), ("ar", "العربية"))
"""What sheets can be made in, each in its own language: never translated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTools:
    """What a paper needs besides itself; app gives it. `save`: asks where a file goes and writes it."""

    pictures: Pictures
    printers: Printers
    save: Save

    def print_here(self, owner: QWidget, pdf: bytes) -> bool:
        """Asks for the printer at the foot of the page that `owner` is on."""
        return self.hand_out(owner, Sheets(pdf=pdf))

    def hand_out(self, owner: QWidget, sheets: Sheets) -> bool:
        """As `print_here`, for pages that are logged when they leave."""
        return hand_out(owner, sheets, self.pictures, self.printers, self.save)


class PaperPage(Page):
    """Builds on it: gives `fields` to `build`, overrides `make`, `file_name` and `leaves`, and calls `remake` when an
    answer changed. The bytes that are shown are the bytes that leave.
    """

    def __init__(self, kit: Kit, tools: PaperTools, *, back: Route) -> None:
        super().__init__(kit)
        self._tools, self._back_to = tools, back
        self._fields: Sequence[QWidget] = ()
        self._view: PagesView | None = None
        self._place = kit.column()
        self._job: Job | None = None
        self.pdf: bytes | None = None
        self._form = PrintForm(kit, tools.pictures, tools.printers, narrow=True)
        self._form.leaving = lambda: self.leaves(PRINT)
        self._form.refused.connect(lambda sentence, control: self.problems([(sentence, control)]))
        self._form.printed.connect(lambda: self.said.emit(tr("Handed to the printer.")))
        self._save = kit.button(tr("Save as PDF"), kind="" if self._form.can_print else "primary", icon="download")
        self._save.clicked.connect(self._keep_as_file)

    # what each paper says about itself

    def make(self) -> Callable[[], bytes]:
        """What makes the pages, slow, in a job. A UserError names the field that lacks something."""
        raise NotImplementedError

    def file_name(self) -> str:
        """Neutral: nobody's name in it."""
        raise NotImplementedError

    def leaves(self, how: str) -> None:
        """Called by `PRINT` or `SAVE`, just before the pages leave and not sooner: the place to log it."""

    # building

    def build(self, title: str, said: str, fields: Sequence[QWidget], *, first: QWidget) -> None:
        """Fills the page. `said`: who will see what; `fields`: what is asked, the first focus being in `first`."""
        kit, self._fields, self._first = self.kit, fields, first
        head = kit.column(kit.label(title, "h1"), kit.label(said, "small", tone="muted", wrap=True), gap=0)
        self.set_head(kit.box(head))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(self._back_to))
        self.set_foot(kit.row(back, STRETCH, self._save, self._form.button if self._form.can_print else None))
        asked = kit.card("", *fields, gap=3)
        printer = kit.card(tr("Print"), self._form, gap=3)
        if kit.theme.look.zoom > LARGE_TEXT:
            self.set_body(kit.box(kit.column(asked, printer, self._place, STRETCH, gap=3)))
        else:
            self.set_body(kit.box(self._place), kit.box(kit.column(asked, printer, STRETCH, gap=3)))
        self._show_nothing("")

    def remake(self) -> None:
        """Makes the pages anew; the ones that were shown are gone at once."""
        self._forget()
        self._calm()
        try:
            work = self.make()
        except UserError as problem:
            self._complain(problem)
            self._show_nothing(problem.sentence)
            return
        self._show_nothing(tr("Making the pages…"))
        self._job = self.kit.jobs.run(self, work, self._show, self._failed)

    def clear(self, words: str) -> None:
        """What is shown is no longer what would leave: it goes, with `words` in its place."""
        self._forget()
        self._show_nothing(words)

    # what every page has

    def main_act(self) -> None:
        if self.pdf is None:
            self.remake()
        elif self._form.can_print:
            self._form.print()
        else:
            self._keep_as_file()

    def leave(self) -> None:
        self._form.stop()
        self._forget()

    def place(self) -> Mapping[str, Json]:
        return {**super().place(), "page": 0 if self._view is None else self._view.page}

    # inside

    def _show(self, pdf: bytes) -> None:
        self.pdf = self._form.pdf = pdf
        self._job = None
        self._view = PagesView(self.kit, pdf, self._tools.pictures)
        self._fill_place(self._view)
        self._enable()

    def _failed(self, error: BaseException) -> None:
        self._job = None
        if not isinstance(error, RehabDeskError):
            raise error
        self._show_nothing(error.sentence)
        self.complain(error.sentence)

    def _keep_as_file(self) -> None:
        if self.pdf is None:
            self.remake()
            return
        try:
            saved = self._tools.save(self, self.file_name(), self.pdf, lambda: self.leaves(SAVE))
        except RehabDeskError as problem:
            self.problems([(problem.sentence, self._save)])
            return
        if saved is not None:
            self.said.emit(saved_words())

    def _complain(self, problem: UserError) -> None:
        wrong = next((each for each in self._fields if each.objectName() == problem.field), None)
        if isinstance(wrong, Field):
            self.complain(problem.sentence, wrong)

    def _calm(self) -> None:
        self.problems([])
        for each in self._fields:
            if isinstance(each, Field):
                each.calm()

    def _forget(self) -> None:
        if self._job is not None:
            self._job.cancel()
        if self._view is not None:
            self._view.forget()
        self.pdf = self._form.pdf = self._job = self._view = None
        self._enable()

    def _enable(self) -> None:
        self._save.setEnabled(self.pdf is not None)
        self._form.button.setEnabled(self.pdf is not None)

    def _show_nothing(self, words: str) -> None:
        said = self.kit.label(words, tone="muted", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._fill_place(said)
        self._enable()

    def _fill_place(self, content: QWidget) -> None:
        empty(self._place)
        self._place.addWidget(content)
