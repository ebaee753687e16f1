"""What is done on a plan that was proposed or is in force: marks, the person's answer, progress, countersignature."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.model import Agreement, GoalStatus, RemovalReason, StepStatus
from rehabdesk.plans.service import Plans
from rehabdesk.plans.words_model import agreement_words, removal_words
from rehabdesk.ui.kit import STRETCH
from rehabdesk.ui.page import Page, Route


class PlanDeeds:
    """The deeds on one version. `page` shows forms and sentences; `undo` and `act` are what its keys do now."""

    def __init__(
        self,
        page: "DeedPage",
        plans: Plans,
        person_id: str,
        rid: str,
        *,
        name: str,
        prove: Callable[[str], object],
    ) -> None:
        self._page, self._plans = page, plans
        self._person, self.rid, self._name = person_id, rid, name
        self._prove = prove
        self.undo: Callable[[], None] | None = None
        self.act: Callable[[], None] | None = None

    def mark_step(self, goal: str, step: str, code: str) -> None:
        rid, plan = self.rid, self._plans.as_it_stands(self.rid).plan
        before = next(each.status for each in plan.goal(goal).steps if each.id == step)
        self._page.do(lambda: self._plans.mark_step(rid, goal, step, StepStatus(code)))
        opposite = StepStatus.IN_PROGRESS if before is StepStatus.NOT_STARTED else before

        def back() -> None:
            self._page.do(lambda: self._plans.mark_step(rid, goal, step, opposite))
            self._page.said.emit(tr("Taken back; the history keeps both marks."))

        self.undo = back
        self._page.said.emit(tr("Marked. Ctrl+Z takes it back."))
        again = self._page.findChild(QWidget, f"step-{step}")
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def act_on_goal(self, goal: str, code: str) -> None:
        rid = self.rid
        plan = self._plans.as_it_stands(rid).plan
        if code in ("progress", "words"):
            self._page.go.emit(Route(name=code, person=self._person, id=plan.goal(goal).domain))
        elif code == "removed":
            self._ask_removal(rid, goal)
        elif code == "active" and plan.goal(goal).status is GoalStatus.REMOVED:
            self._ask_words(
                f"active {goal}",
                tr("Why is it taken up again?"),
                lambda words: self._plans.mark_goal(rid, goal, GoalStatus.ACTIVE, words=words),
            )
        else:
            self._page.do(lambda: self._plans.mark_goal(rid, goal, GoalStatus(code)))

    def _ask_removal(self, rid: str, goal: str) -> None:
        kit = self._page.kit
        reason = kit.combo([(each.value, removal_words(each)) for each in RemovalReason], empty=tr("Choose a reason"))
        words = kit.line(limit=600)
        fields = [kit.field(tr("Why is the goal removed?"), reason, required=True), kit.field(tr("In words"), words)]

        def remove() -> None:
            self._plans.mark_goal(rid, goal, GoalStatus.REMOVED, reason=reason.code() or "", words=words.text())
            self.undo = lambda: self._page.do(
                lambda: self._plans.mark_goal(rid, goal, GoalStatus.ACTIVE, words=tr("Taken back."))
            )
            self._page.said.emit(tr("Removed. Ctrl+Z takes it back."))

        self.act = self._page.show_form(
            tr("Remove this goal"), fields, tr("Remove"), remove, first=reason, name=f"removed {goal}"
        )

    def _ask_words(self, form: str, question: str, do: Callable[[str], object]) -> None:
        line = self._page.kit.line(limit=600)
        field = self._page.kit.field(question, line, required=True)
        self.act = self._page.show_form(
            tr("Say why"), [field], tr("Save"), lambda: do(line.text()), first=line, name=form
        )

    def reopen(self, form: str) -> None:
        """Opens the form of that name again, where the version still has what it was about."""
        what, _, goal = form.partition(" ")
        if what == "agreement":
            self.ask_agreement()
        elif what == "return":
            self.ask_return()
        else:
            self.act_on_goal(goal, what)

    def ask_agreement(self) -> None:
        kit = self._page.kit
        asked = [each for each in Agreement if each is not Agreement.NOT_ASKED]
        answer = kit.choice([(each.value, agreement_words(each)[0]) for each in asked])
        words, none = kit.text_area(limit=2_000, lines=3), kit.line(limit=400)
        name = isolate(self._name)
        fields = [
            kit.field(tr("What did {name} answer?").format(name=name), answer, required=True),
            kit.field(tr("In {name}'s own words").format(name=name), words),
            kit.field(tr("Or: why there are no words"), none),
        ]

        def keep() -> None:
            code = answer.code()
            if code is None:
                raise UserError(tr("Choose what the person answered."), field="agreement")
            self._plans.record_agreement(
                self.rid, Agreement(code), words=words.words().strip(), no_words_because=none.text().strip()
            )
            self._page.said.emit(tr("Answer recorded. It is printed as large as the staff's words."))

        first = answer.focusProxy() or answer
        title, act = tr("The person's answer"), tr("Record the answer")
        self.act = self._page.show_form(title, fields, act, keep, first=first, name="agreement")

    def ask_return(self) -> None:
        self._ask_words(
            "return", tr("Why does the plan go back?"), lambda words: self._plans.return_plan(self.rid, words)
        )

    def ask_countersign(self) -> None:
        sentence = tr("Countersigning version {number} of the plan of {name}").format(
            number=self._plans.as_it_stands(self.rid).plan.version, name=isolate(self._name)
        )

        def countersign(_proof: object) -> None:
            self._plans.countersign(self.rid)
            self._page.said.emit(tr("Countersigned."))
            self._page.show_again()

        self._page.ask_with_proof(sentence, tr("Countersign"), self._prove, countersign)


class DeedPage(Page):
    """What the deeds need of their page."""

    def do(self, act: Callable[[], object]) -> None:
        """Does it, says what was wrong, shows the present state."""
        try:
            act()
        except UserError as problem:
            self.problems([(problem.sentence, self.first_focus() or self)])
            return
        self.show_again()

    def show_widget(self, widget: QWidget, act: str, do: Callable[[], None], first: QWidget, *, name: str) -> None:
        """A form of its own in place of the body; `do` ends it by `show_again`."""
        save, back = self.kit.button(act, kind="primary"), self.kit.button(tr("Cancel"))
        save.clicked.connect(do)
        back.clicked.connect(self.show_again)
        self.problems([])
        self.set_body(self.kit.box(self.kit.column(widget)))
        self.set_foot(self.kit.row(STRETCH, back, save))
        self.forms.show(name, [widget], in_place=True)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
