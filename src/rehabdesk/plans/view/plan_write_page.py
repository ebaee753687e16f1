"""Writing a version of a plan; kept while it is typed, then proposed to the person."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.typed_model import TypedPlan
from rehabdesk.plans.view.plan_editor import PlanEditor
from rehabdesk.plans.writing_service import PlanWriting
from rehabdesk.ui.autosave import Autosave
from rehabdesk.ui.dates import local
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


class PlanWritePage(Page):
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
        start: TypedPlan,
        draft_id: str | None,
    ) -> None:
        super().__init__(kit)
        self._writing, self._person, self._name, self._draft = writing, person_id, name, draft_id
        self._autosave = Autosave(self, self._keep)
        self.editor = PlanEditor(kit, domains, start, name, convicted=convicted)
        self.editor.changed.connect(self._autosave.touch)
        propose = kit.button(tr("Propose to {name}").format(name=isolate(name)), kind="primary")
        propose.clicked.connect(self.main_act)
        drop = kit.button(tr("Delete draft"), kind="quiet", icon="trash-2")
        drop.clicked.connect(self._ask_drop)
        later = kit.button(tr("Finish later"))
        later.clicked.connect(self._finish_later)
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

    def keep(self) -> None:
        self._autosave.now()

    def place(self) -> Mapping[str, Json]:
        return {**super().place(), "draft": self._draft or ""}

    def _keep(self) -> None:
        self._draft = self._writing.keep(self._person, self.editor.typed(), self._draft)
        at = local(self._writing.now())
        self.saving.emit("saved", tr("Draft saved {time}").format(time=f"{at:%H:%M:%S}"))

    def _finish_later(self) -> None:
        if not self.save():
            return
        self.said.emit(tr("Kept as a draft. Only you can open it."))
        self._go_back()

    def _ask_drop(self) -> None:
        def drop() -> None:
            self._autosave.forget()
            if self._draft is not None:
                self._writing.drop(self._draft)
            self.said.emit(tr("Draft deleted."))
            self._go_back()

        sentence = tr("Deleting the draft of a plan for {name}: it cannot be brought back.")
        self.ask(sentence.format(name=isolate(self._name)), tr("Delete draft"), drop, danger=True)

    def _go_back(self) -> None:
        self.go.emit(Route(name="person", person=self._person, id="plan"))
