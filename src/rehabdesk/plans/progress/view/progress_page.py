"""Recording progress on one domain: kept while it is typed, shared with the person, then recorded in both voices."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.progress.progress_model import Domain, Voice
from rehabdesk.plans.progress.progress_typed_model import TypedProgress
from rehabdesk.plans.progress.progress_writing_service import ProgressWriting
from rehabdesk.plans.progress.view.progress_form import ProgressEditor
from rehabdesk.plans.progress.view.progress_table import WordsTable
from rehabdesk.ui.choices import Option
from rehabdesk.ui.draft_page import DraftPage
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Route

LINES = 3


class ProgressPage(DraftPage):
    """`sources`: signed notes and steps. What was said before stands below, so that it does not lead the choice."""

    def __init__(
        self,
        kit: Kit,
        writing: ProgressWriting,
        person_id: str,
        domain: Domain,
        start: TypedProgress,
        draft_id: str | None,
        *,
        name: str,
        sources: Sequence[Option],
    ) -> None:
        super().__init__(
            kit,
            draft_id,
            write=lambda draft: writing.keep(person_id, self.editor.typed(), draft),
            drop=writing.drop,
            now=writing.now,
        )
        self._writing, self._person, self._domain, self._name = writing, person_id, domain, name
        self.editor = ProgressEditor(
            kit,
            domain,
            start,
            name=name,
            sources=sources,
            setback=lambda word: writing.words.is_setback(person_id, domain.code, Voice.STAFF, word),
        )
        self.editor.changed.connect(self._autosave.touch)
        self._show_head_and_body()
        record = kit.button(tr("Record in both voices"), kind="primary")
        record.setToolTip(f"{tr('Record in both voices')} (Ctrl+Enter)")
        record.clicked.connect(self.main_act)
        drop, later = self.draft_buttons(tr("Finish later"))
        self.set_foot(kit.row(drop, STRETCH, later, record))

    def _show_head_and_body(self) -> None:
        kit, name = self.kit, self._name
        title = kit.column(
            kit.label(tr("Progress: {domain}").format(domain=tr(self._domain.title)), "h1"),
            kit.label(isolate(name), "small", tone="muted"),
            gap=0,
        )
        level = kit.tag(tr("Team: case team and supervisor"), "grey", "users")
        self.set_head(kit.row(kit.box(title), level, kit.tag(tr("Draft"), "grey"), STRETCH, gap=3))
        lines = self._writing.words.lines(self._person, self._domain.code)[:LINES]
        before = kit.card(tr("Said before"), WordsTable(kit, lines, name=name)) if lines else None
        self.set_body(kit.box(kit.column(kit.card("", self.editor), before, STRETCH, gap=3)))

    def first_focus(self) -> QWidget | None:
        return self.editor.first()

    def main_act(self) -> None:
        """Records: what is missing is said, what was typed stays."""
        self._autosave.write()
        if self._draft is None or self.unkept():
            return  # what could not be kept is not recorded, and the red line says why
        self.editor.calm()
        try:
            line = self._writing.record(self._person, self._draft)
        except UserError as problem:
            self.complain(problem.sentence, self.editor.field_of(problem.field))
            return
        self._autosave.forget()
        self.said.emit(line or tr("Progress recorded in both voices."))
        self._go_back()

    def _ask_delete(self) -> None:
        sentence = tr("Deleting the draft of progress about {name}: it cannot be brought back.")
        self.ask(sentence.format(name=isolate(self._name)), tr("Delete draft"), self._delete, danger=True)

    def _go_back(self) -> None:
        self.go.emit(Route(name="person", person=self._person, id="plan"))
