"""Writing a version of a plan; kept while it is typed, then proposed to the person."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.typed_model import TypedPlan
from rehabdesk.plans.view.plan_editor import PlanEditor
from rehabdesk.plans.writing_service import PlanWriting
from rehabdesk.ui.draft_page import DraftPage
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Route


class PlanWritePage(DraftPage):
    """`draft_id` None: what `start` holds is kept from the first key on."""

    def __init__(
        self,
        kit: Kit,
        writing: PlanWriting,
        domains: Domains,
        person_id: str,
        *,
        name: str,
        convicted: bool,
        under_appeal: bool,
        start: TypedPlan,
        draft_id: str | None,
    ) -> None:
        super().__init__(
            kit,
            draft_id,
            write=lambda draft: writing.keep(person_id, self.editor.typed(), draft),
            drop=writing.drop,
            now=writing.now,
        )
        self._writing, self._person, self._name = writing, person_id, name
        self.editor = PlanEditor(kit, domains, start, name, convicted=convicted, under_appeal=under_appeal)
        self.editor.changed.connect(self._autosave.touch)
        propose = kit.button(tr("Propose to {name}").format(name=isolate(name)), kind="primary")
        propose.clicked.connect(self.main_act)
        drop, later = self.draft_buttons(tr("Finish later"))
        title = kit.column(kit.label(tr("Plan"), "h1"), kit.label(isolate(name), "small", tone="muted"), gap=0)
        level = kit.tag(tr("Team: case team and supervisor"), "grey", "lock")
        self.set_head(kit.row(kit.box(title), level, kit.tag(tr("Draft"), "grey"), STRETCH, gap=3))
        self.set_body(self.editor)
        self.set_foot(kit.row(drop, STRETCH, later, propose))

    def first_focus(self) -> QWidget | None:
        return self.editor.strengths

    def main_act(self) -> None:
        """Propose: what is missing is said, what was typed stays."""
        self._autosave.write()
        if self._draft is None or self.unkept():
            return  # what could not be kept is not proposed, and the red line says why
        try:
            self._writing.propose(self._person, self._draft)
        except UserError as problem:
            for field in self.editor.fields.values():
                field.calm()
            wrong = self.editor.fields.get(problem.field or "")
            if wrong is not None:
                wrong.complain(problem.sentence)
            self.problems([(problem.sentence, self.editor.control_of(problem.field))])
            return
        self.said.emit(tr("Proposed and signed. Now ask {name} for an answer.").format(name=isolate(self._name)))
        self._go_back()

    def _ask_delete(self) -> None:
        sentence = tr("Deleting the draft of a plan for {name}: it cannot be brought back.")
        self.ask(sentence.format(name=isolate(self._name)), tr("Delete draft"), self._delete, danger=True)

    def _go_back(self) -> None:
        self.go.emit(Route(name="person", person=self._person, id="plan"))
