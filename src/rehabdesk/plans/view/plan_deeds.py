"""What is done on a plan that was proposed or is in force: marks, the person's answer, progress, countersignature."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.comment_service import PlanComments
from rehabdesk.plans.lifecycle_model import GOAL_MAY_BECOME
from rehabdesk.plans.model import Agreement, GoalStatus, RemovalReason, StepStatus
from rehabdesk.plans.service import Plans
from rehabdesk.plans.view.deed_page import DeedPage
from rehabdesk.plans.view.plan_moves import PlanMoves
from rehabdesk.plans.words_model import agreement_words, removal_words
from rehabdesk.ui.page import Route


class PlanDeeds:
    """The deeds on one version. `page` shows forms and sentences; `undo` and `act` are what its keys do now."""

    def __init__(
        self,
        page: DeedPage,
        plans: Plans,
        comments: PlanComments,
        person_id: str,
        rid: str,
        *,
        name: str,
        prove: Callable[[str], object],
    ) -> None:
        self._page, self._plans = page, plans
        self._person, self.rid, self._name = person_id, rid, name
        self._prove, self._comments = prove, comments
        self.moves = PlanMoves(self, page, plans, rid, name=name)
        self.undo: Callable[[], object] | None = None
        self.act: Callable[[], None] | None = None

    def mark_step(self, goal: str, step: str, code: str) -> None:
        """A new status, which Ctrl+Z takes back; why something cannot be done yet is asked first."""
        if code == StepStatus.CANNOT_BE_DONE_YET:
            question = tr("Why can it not be done yet?")
            self._ask_words(f"{code} {goal} {step}", question, lambda words: self._mark_step(goal, step, code, words))
        else:
            self._page.do(lambda: self._mark_step(goal, step, code))
            again = self._page.findChild(QWidget, f"step-{step}")
            if again is not None:
                again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark_step(self, goal: str, step: str, code: str, words: str = "") -> None:
        rid, plan = self.rid, self._plans.as_it_stands(self.rid).plan
        before = next(each.status for each in plan.goal(goal).steps if each.id == step)
        if code == StepStatus.CANNOT_BE_DONE_YET and not words.strip():
            raise UserError(tr("Say why."), field="words")
        self._plans.mark_step(rid, goal, step, StepStatus(code), words=words.strip())
        opposite = StepStatus.IN_PROGRESS if before is StepStatus.NOT_STARTED else before

        def back() -> None:
            if self._page.do(lambda: self._plans.mark_step(rid, goal, step, opposite)):
                self._page.said.emit(tr("Taken back; the history keeps both marks."))

        self.undo = back
        self._page.said.emit(tr("Marked. Ctrl+Z takes it back."))

    def act_on_goal(self, goal: str, code: str) -> None:
        rid = self.rid
        plan = self._plans.as_it_stands(rid).plan
        if code in ("progress", "words"):
            self._page.go.emit(Route(name=code, person=self._person, id=plan.goal(goal).domain))
        elif code == "comment":
            self._ask_comment(plan.goal(goal).domain, goal)
        elif code == "removed":
            self._ask_removal(rid, goal)
        elif code == "active" and plan.goal(goal).status is GoalStatus.REMOVED:
            self._ask_words(
                f"active {goal}",
                tr("Why is it taken up again?"),
                lambda words: self._plans.mark_goal(rid, goal, GoalStatus.ACTIVE, words=words),
            )
        else:
            self._mark_goal(rid, plan.goal(goal).status, goal, GoalStatus(code))

    def _mark_goal(self, rid: str, before: GoalStatus, goal: str, status: GoalStatus) -> None:
        if not self._page.do(lambda: self._plans.mark_goal(rid, goal, status)):
            return  # the page says why not
        if before not in GOAL_MAY_BECOME[status]:
            return  # what has begun is not made undone
        self.undo = lambda: self._page.do(lambda: self._plans.mark_goal(rid, goal, before))
        self._page.said.emit(tr("Marked. Ctrl+Z takes it back."))

    def _ask_comment(self, domain: str, goal: str) -> None:
        kit, page = self._page.kit, self._page
        words = kit.text_area(limit=600, lines=3)
        agreed = kit.check(tr("{name} knows that the team reads this, and agrees").format(name=isolate(self._name)))
        fields = [kit.field(tr("Comment"), words, required=True), kit.field(tr("Before it is written"), agreed)]
        fields[0].setObjectName("words")
        fields[1].setObjectName("agreed")

        def keep() -> None:
            self._comments.write(self.rid, domain, words.words(), person_agreed=agreed.isChecked())
            page.said.emit(tr("Your comment stands beside the goal."))

        title = tr("Comment on this goal")
        self.act = page.show_form(title, fields, tr("Save"), keep, first=words, name=f"comment {goal}")

    def _ask_removal(self, rid: str, goal: str) -> None:
        kit = self._page.kit
        reason = kit.combo([(each.value, removal_words(each)) for each in RemovalReason], empty=tr("Choose a reason"))
        words = kit.line(limit=600)
        fields = [kit.field(tr("Why is the goal removed?"), reason, required=True), kit.field(tr("In words"), words)]
        fields[0].setObjectName("reason")
        fields[1].setObjectName("words")

        def remove() -> None:
            self._plans.mark_goal(rid, goal, GoalStatus.REMOVED, reason=reason.code() or "", words=words.text())
            self.undo = lambda: self._page.do(
                lambda: self._plans.mark_goal(rid, goal, GoalStatus.ACTIVE, words=tr("Taken back."))
            )
            self._page.said.emit(tr("Removed. Ctrl+Z takes it back."))

        self.act = self._page.show_form(
            tr("Remove this goal"), fields, tr("Remove"), remove, first=reason, name=f"removed {goal}"
        )

    def _ask_words(self, form: str, question: str, do: Callable[[str], object], *, code: str = "words") -> None:
        line = self._page.kit.line(limit=600)
        field = self._page.kit.field(question, line, required=True)
        field.setObjectName(code)
        self.act = self._page.show_form(
            tr("Say why"), [field], tr("Save"), lambda: do(line.text()), first=line, name=form
        )

    def reopen(self, form: str) -> None:
        """Opens the form of that name again, where the version still has what it was about."""
        what, _, goal = form.partition(" ")
        if what == StepStatus.CANNOT_BE_DONE_YET:
            goal, _, step = goal.partition(" ")
            self.mark_step(goal, step, what)
        elif what in ("suspended", "closed"):
            self.moves.reopen(what)
        elif what == "agreement":
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
        for field, code in zip(fields, ("agreement", "agreement_words", "no_words_because"), strict=True):
            field.setObjectName(code)

        def keep() -> None:
            code = answer.code()
            if code is None:
                raise UserError(tr("Choose what the person answered."), field="agreement")
            self._plans.record_agreement(
                self.rid, Agreement(code), words=words.words().strip(), no_words_because=none.text().strip()
            )
            said = tr("Answer recorded. It is printed as large as the staff's words.")
            if code == Agreement.WITHDREW:
                said = tr("Answer recorded. The plan can rest, change or be closed: ask {name} what is wanted.")
            self._page.said.emit(said.format(name=isolate(self._name)))

        first = answer.focusProxy() or answer
        title, act = tr("The person's answer"), tr("Record the answer")
        self.act = self._page.show_form(title, fields, act, keep, first=first, name="agreement")

    def ask_return(self) -> None:
        question = tr("Why does the plan go back?")
        self._ask_words("return", question, lambda words: self._plans.return_plan(self.rid, words), code="reason")

    def ask_countersign(self) -> None:
        sentence = tr("Countersigning version {number} of the plan of {name}").format(
            number=self._plans.as_it_stands(self.rid).plan.version, name=isolate(self._name)
        )

        def countersign(_proof: object) -> None:
            self._plans.countersign(self.rid)
            self._page.said.emit(tr("Countersigned."))
            self._page.show_again()

        self._page.ask_with_proof(sentence, tr("Countersign"), self._prove, countersign)
