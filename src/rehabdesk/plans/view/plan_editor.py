"""Writing a plan: strengths, goals with steps, what helps, the next review. Kept while it is typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.model import Actor, GoalStatus, smart_warnings
from rehabdesk.plans.typed_model import TypedGoal, TypedPlan, TypedStep, as_plan
from rehabdesk.plans.words_model import actor_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit


class StepLine(QWidget):
    """What, who, by when."""

    changed = Signal()

    def __init__(self, kit: Kit, step: TypedStep, name: str, number: int) -> None:
        super().__init__()
        self._status = step.status
        self.text = kit.line(step.text, limit=300)
        self.text.setAccessibleName(tr("Step {number}").format(number=number))
        self.actor = kit.combo([(actor.value, actor_words(actor, name)) for actor in Actor], chosen=step.actor.value)
        self.actor.setAccessibleName(tr("Who does step {number}").format(number=number))
        self.due = kit.date_field(step.due)
        self.due.line.setAccessibleName(tr("Step {number} by").format(number=number))
        self.due.line.setPlaceholderText(tr("by when"))
        kit.fill(QHBoxLayout(self), ((self.text, 5), (self.actor, 2), (self.due, 3)))
        self.text.textChanged.connect(self.changed)
        self.actor.changed.connect(lambda _code: self.changed.emit())
        self.due.changed.connect(self.changed)

    def step(self) -> TypedStep:
        return TypedStep(
            text=self.text.text(), actor=Actor(self.actor.code() or "person"), due=self.due.day(), status=self._status
        )


class GoalCard(QWidget):
    """One goal in the person's words; the five prompts warn, they never stand in the way."""

    changed = Signal()

    def __init__(self, kit: Kit, domains: list[tuple[str, str]], goal: TypedGoal, name: str, number: int) -> None:
        super().__init__()
        self.kit, self._name, self._status = kit, name, goal.status
        self.wording = kit.line(goal.wording, limit=400, hint=tr("I want to …"))
        self.domain = kit.combo(domains, chosen=goal.domain or None, empty=tr("Choose a domain"))
        self.indicator = kit.line(goal.indicator, limit=400)
        self.target = kit.date_field(goal.target_date)
        self.later = kit.check(tr("Later, not now"), goal.status is GoalStatus.FUTURE)
        self._steps: list[StepLine] = []
        self._step_column = QVBoxLayout()
        self._step_column.setSpacing(kit.theme.space(1))
        self.warnings = kit.label("", "small", tone="muted", wrap=True)
        add = kit.button(tr("Add a step"), kind="quiet", icon="plus")
        add.clicked.connect(self._add_empty_step)
        card = kit.card(
            tr("Goal {number}").format(number=number),
            kit.row(
                (kit.field(tr("In {name}'s words").format(name=name), self.wording, required=True), 3),
                (kit.field(tr("Domain"), self.domain, required=True), 2),
                gap=3,
            ),
            kit.row(
                (kit.field(tr("Seen when"), self.indicator, hint=tr("What anybody could see")), 3),
                (kit.field(tr("By"), self.target, hint=tr("A day is enough")), 2),
                gap=3,
            ),
            kit.label(tr("Steps"), "h3"),
            self._step_column,
            kit.row(add, self.later, STRETCH),
            self.warnings,
        )
        kit.fill(QVBoxLayout(self), (card,), gap=0)
        for step in goal.steps or (TypedStep(),):
            self.add_step(step)
        for signal in (self.wording.textChanged, self.indicator.textChanged, self.domain.changed):
            signal.connect(self._told)
        self.target.changed.connect(self.changed)
        self.later.toggled.connect(lambda _on: self.changed.emit())

    def _add_empty_step(self) -> None:
        self.add_step(TypedStep()).text.setFocus()

    def _told(self, _value: str) -> None:
        self.changed.emit()

    def add_step(self, step: TypedStep) -> StepLine:
        line = StepLine(self.kit, step, self._name, len(self._steps) + 1)
        line.changed.connect(self.changed)
        self._steps.append(line)
        self._step_column.addWidget(line)
        return line

    def goal(self) -> TypedGoal:
        status = self._status
        if self.later.isChecked():
            status = GoalStatus.FUTURE
        elif status is GoalStatus.FUTURE:
            status = GoalStatus.ACTIVE
        return TypedGoal(
            domain=self.domain.code() or "",
            wording=self.wording.text(),
            indicator=self.indicator.text(),
            target_date=self.target.day(),
            status=status,
            steps=tuple(line.step() for line in self._steps),
        )


class PlanEditor(QWidget):
    """The whole plan as fields. `start` is what was kept."""

    changed = Signal()

    def __init__(self, kit: Kit, domains: Domains, start: TypedPlan, name: str, *, convicted: bool) -> None:
        super().__init__()
        self.kit, self._plan, self._name = kit, start.plan, name
        self._domains = [
            (domain.code, tr(domain.title))
            for domain in domains.domains
            if convicted or not domain.after_conviction_only
        ]
        self.strengths = kit.text_area(start.strengths, limit=2_000, lines=2)
        self.helps = kit.text_area(start.helps, limit=1_000, lines=2)
        self.harder = kit.text_area(start.harder, limit=1_000, lines=2)
        self.early = kit.text_area(start.early_signs, limit=1_000, lines=2)
        self.review = kit.date_field(start.review_due)
        self.fields: dict[str, Field] = {
            "strengths": kit.field(
                tr("What {name} is good at, and who stands by").format(name=name), self.strengths, required=True
            ),
            "review_due": kit.field(tr("Next review on"), self.review, required=True),
        }
        self.goals: list[GoalCard] = []
        self._goal_column = QVBoxLayout()
        self._goal_column.setSpacing(kit.theme.space(3))
        add = kit.button(tr("Add goal"), icon="plus")
        add.setObjectName("add-goal")
        add.clicked.connect(self._add_empty_goal)
        more = kit.card(
            tr("What matters besides"),
            kit.field(tr("What helps"), self.helps),
            kit.field(tr("What makes it harder"), self.harder),
            kit.field(tr("Early signs that it gets hard"), self.early),
            self.fields["review_due"],
        )
        kit.fill(
            QVBoxLayout(self),
            (kit.card("", self.fields["strengths"]), self._goal_column, kit.start(add), more, STRETCH),
            gap=3,
        )
        for goal in start.goals or (TypedGoal(),):
            self.add_goal(goal)
        for area in (self.strengths, self.helps, self.harder, self.early):
            area.textChanged.connect(self._touched)
        self.review.changed.connect(self._touched)

    def _add_empty_goal(self) -> None:
        self.add_goal(TypedGoal()).wording.setFocus()

    def add_goal(self, goal: TypedGoal) -> GoalCard:
        card = GoalCard(self.kit, self._domains, goal, self._name, len(self.goals) + 1)
        card.changed.connect(self._touched)
        self.goals.append(card)
        self._goal_column.addWidget(card)
        return card

    def typed(self) -> TypedPlan:
        """What stands in the fields."""
        return TypedPlan(
            plan=self._plan,
            strengths=self.strengths.words(),
            helps=self.helps.words(),
            harder=self.harder.words(),
            early_signs=self.early.words(),
            review_due=self.review.day(),
            goals=tuple(card.goal() for card in self.goals),
        )

    def control_of(self, field: str | None) -> QWidget:
        """Where a problem is."""
        if field is not None and field.startswith("goal") and field[4:].isdigit():
            return self.goals[int(field[4:])].wording
        if field == "goals" and self.goals:
            return self.goals[0].wording
        return self.review.line if field == "review_due" else self.strengths

    def _touched(self) -> None:
        self._warn()
        self.changed.emit()

    def _warn(self) -> None:
        """Shows by each goal what would make it easier to follow."""
        for card in self.goals:
            try:
                plan = as_plan(TypedPlan(strengths="-", goals=(card.goal(),)))
            except UserError:
                card.warnings.setText("")
                continue
            card.warnings.setText("  ·  ".join(smart_warnings(plan.goals[0], self.kit.today())))
