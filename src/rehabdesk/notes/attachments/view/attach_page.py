"""Attaching a file to a signed note: chosen, made anew in a limited child, named by the author, sealed and signed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.attachments.attachment_child_service import clean
from rehabdesk.notes.attachments.attachment_model import LONGEST_NAME, Cleaned, facts_of
from rehabdesk.notes.attachments.attachment_service import Attaching, Attachments, Opened, Sealed, read_chosen
from rehabdesk.notes.words_model import level_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.jobs import Job
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

Choose = Callable[[QWidget, str, str], Path | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The note that a file is attached to. `from_paper`: it was entered from a paper form, which may be scanned."""

    comp: str
    rid: str
    person_id: str
    person_name: str
    title: str
    from_paper: bool = False


NAMING = "attachment"
"""The form of this page, where what is typed is kept."""


class AttachPage(Page):
    """Of the file nothing is kept before it is signed: leaving the page and a lock leave no trace. Its name is kept."""

    def __init__(
        self, kit: Kit, attachments: Attachments, target: Target, choose: Choose, again: Opened | None = None
    ) -> None:
        """`again`: what a struck note has, chosen already."""
        super().__init__(kit)
        self._attachments, self._to, self._choose = attachments, target, choose
        self._cleaned: Cleaned | None = None
        self._job: Job | None = None
        self._attaching: Attaching | None = None
        name = tr("Scan of the paper form") if target.from_paper else ""
        self._name = kit.line(name if again is None else again.stored.attachment.name, limit=LONGEST_NAME)
        self._pick = kit.button(tr("Choose a file"), icon="folder-open")
        self._pick.clicked.connect(self._ask_file)
        self._state = kit.label("", "small", tone="muted", wrap=True)
        chosen = kit.box(kit.row(self._pick, (self._state, 1), gap=3))
        chosen.setFocusProxy(self._pick)
        self._file_field = _named("file", kit.field(tr("&File"), chosen, required=True, hint=_hint()))
        self._name_field = _named("name", kit.field(tr("&What it is"), self._name, required=True, hint=_name_hint()))
        self._sign = kit.button(tr("Attach and sign"), kind="primary", icon="signature")
        self._sign.clicked.connect(self.main_act)
        self._stop = kit.button(tr("Stop"))
        self._stop.clicked.connect(self.stop)
        self._running = kit.box(kit.start(self._stop))
        self._fill()
        self._busy(False)
        self.forms.show(NAMING, [self._name_field])
        if again is not None:
            self._take_again(again)

    def first_focus(self) -> QWidget:
        return self._pick if self._cleaned is None else self._name

    def main_act(self) -> None:
        """Seals in a job, then signs."""
        if self._job is not None:
            return
        self._calm()
        try:
            if self._cleaned is None:
                raise UserError(tr("Choose the file that is attached."), field="file")
            attaching = self._attachments.begin(self._to.comp, self._to.rid, self._name.text())
        except UserError as problem:
            self._complain(problem)
            return
        content, self._attaching = self._cleaned.content, attaching
        self._busy(True, tr("It is being sealed."))
        self._job = self.kit.jobs.run_long(
            self, lambda report: attaching.write(content, report), self._sealed, self._failed, self._progress
        )

    def leave(self) -> None:
        self.stop()
        self._cleaned = None

    def stop(self) -> None:
        """Ends the job in hand; what was chosen before stays chosen."""
        if self._job is None:
            return
        self._job.cancel()
        self._job = None
        if self._attaching is not None:
            self._attaching.drop()  # also what the job finished just now
            self._attaching = None
        self._busy(False)
        self._pick.setFocus(Qt.FocusReason.OtherFocusReason)

    # inside

    def _fill(self) -> None:
        kit, to = self.kit, self._to
        who = " · ".join(isolate(each) for each in (to.person_name, to.title))
        self.set_head(
            kit.column(
                kit.label(tr("Attach a file"), "h1"),
                kit.label(who, "small", tone="muted", wrap=True),
                kit.label(level_words(to.comp), "small", tone="muted", wrap=True),
                gap=0,
            )
        )
        card = kit.card("", self._file_field, self._running, self._name_field, gap=3)
        self.set_body(kit.box(kit.column(card, STRETCH, gap=4)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(self._back)
        self.set_foot(kit.row(back, STRETCH, self._sign))

    def _ask_file(self) -> None:
        filters = tr("Files that can be attached ({pattern})").format(pattern=PATTERN)
        path = self._choose(self, tr("Attach a file"), filters)
        if path is None:
            return
        self._calm()
        self._cleaned = None
        self._busy(True, tr("It is being made anew, without metadata and without anything that is not seen."))

        def work(report: Callable[[int, int], None]) -> Cleaned:
            return clean(read_chosen(path), waiting=lambda: report(0, 0))

        self._job = self.kit.jobs.run_long(self, work, self._ready, self._failed, self._progress)

    def _take_again(self, again: Opened) -> None:
        """What was made anew when it was attached first is taken as it is."""
        kept, opening = again.stored.attachment, again.opening
        self._busy(True, tr("It is being opened."))
        self._job = self.kit.jobs.run_long(
            self,
            lambda report: Cleaned(kind=kept.kind, content=opening.read(report), pages=kept.pages),
            self._ready,
            self._failed,
            lambda _done, _of: None,
        )

    def _ready(self, cleaned: Cleaned) -> None:
        self._cleaned, self._job = cleaned, None
        self._busy(False)
        self.kit.rename(self._pick, tr("Choose another file"))
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sealed(self, sealed: Sealed) -> None:
        self._job = None
        if self._cleaned is None or self._attaching is None:
            return
        try:
            self._attachments.add(self._to.comp, self._to.rid, self._name.text(), self._cleaned, sealed)
        except RehabDeskError as problem:
            self._failed(problem)
            return
        self._attaching = self._cleaned = None
        self.said.emit(tr("Attached and signed."))
        self._back()

    def _failed(self, error: BaseException) -> None:
        """A known failure is told; the file stays chosen where it was ready. A bug goes on as a bug."""
        self._job = None
        if self._attaching is not None:
            self._attaching.drop()
            self._attaching = None
        self._busy(False)
        if not isinstance(error, RehabDeskError):
            raise error
        field = error.field if isinstance(error, UserError) else "file"
        self._complain(UserError(error.sentence, field=field))

    def _progress(self, done: int, of: int) -> None:
        if of:  # making it anew cannot be counted
            self._state.setText(tr("It is being sealed: {done} of {all} parts.").format(done=done, all=of))

    def _busy(self, busy: bool, words: str = "") -> None:
        for button in (self._pick, self._sign):
            button.setEnabled(not busy)
        self._running.setVisible(busy)
        self._state.setText(words if busy else self._chosen_words())
        if busy:
            self._stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen_words(self) -> str:
        """What is chosen and may be attached, or nothing."""
        one = self._cleaned
        if one is None:
            return ""
        facts = facts_of(one.kind, one.pages, len(one.content))
        return tr("Ready: {facts}").format(facts=" · ".join(isolate(each) for each in facts))

    def _complain(self, problem: UserError) -> None:
        field = self._name_field if problem.field == "name" else self._file_field
        field.complain(problem.sentence)
        control: QWidget = self._name if field is self._name_field else self._pick
        self.problems([(problem.sentence, control)])

    def _calm(self) -> None:
        self.problems([])
        for field in (self._file_field, self._name_field):
            field.calm()

    def _back(self) -> None:
        self.forms.finish(NAMING)
        self.go.emit(Route(name="note_read", person=self._to.person_id, id=f"{self._to.comp}:{self._to.rid}"))


PATTERN = "*.pdf *.PDF *.jpg *.JPG *.jpeg *.JPEG *.png *.PNG *.webp *.tif *.tiff *.txt *.TXT"
"""What the dialog shows first. What a file is, its content decides."""


def _hint() -> str:
    return tr("PDF, picture or text, 10 MB at most. It is kept as it looks; nothing hidden in it is kept.")


def _name_hint() -> str:
    return tr("In your own words. The name of the file is not kept.")


def _named(code: str, field: Field) -> Field:
    field.setObjectName(code)
    return field
