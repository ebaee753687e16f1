"""Writing one goal: the person's words, what can be seen, steps; beside it the help of its domain (domain.md 8.2)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.model import GOOD_TAGS, Actor, GoalHorizon, GoalStatus, Opened, Side
from rehabdesk.plans.plan_words_model import goal_horizon_words, good_words, side_words
from rehabdesk.plans.progress.progress_model import Domain
from rehabdesk.plans.typed_model import TypedGoal, TypedStep
from rehabdesk.plans.words_model import actor_words
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import LARGE_TEXT


class StepLine(QWidget):
    """What, who, by when."""

    changed = Signal()

    def __init__(self, kit: Kit, step: TypedStep, name: str, number: int) -> None:
        super().__init__()
        self._step = step
        self.text = kit.line(step.text, limit=300)
        self.text.setAccessibleName(tr("Step {number}").format(number=number))
        self.actor = kit.combo([(actor.value, actor_words(actor, name)) for actor in Actor], chosen=step.actor.value)
        self.actor.setAccessibleName(tr("Who does step {number}").format(number=number))
        self.due = kit.date_field(step.due, coming=True)
        self.due.line.setAccessibleName(tr("Step {number} by").format(number=number))
        self.due.line.setPlaceholderText(tr("by when"))
        kit.fill(QHBoxLayout(self), ((self.text, 5), (self.actor, 2), (self.due, 3)))
        self.text.textChanged.connect(self.changed)
        self.actor.changed.connect(lambda _code: self.changed.emit())
        self.due.changed.connect(self.changed)

    def step(self) -> TypedStep:
        return replace(
            self._step,
            text=self.text.text(),
            actor=Actor(self.actor.code() or "person"),
            due=self.due.day(),
        )


class DomainHelp(QWidget):
    """What stands beside a goal while it is written; the last line is what is never an indicator (G31)."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._title = kit.label("", "h3", wrap=True)
        self._lines = [kit.label("", "small", tone="muted", wrap=True) for _ in range(4)]
        self.never = kit.label("", "small", tone="warn", wrap=True)
        kit.fill(QVBoxLayout(self), (kit.card("", self._title, *self._lines, self.never, kind="flat", gap=1), STRETCH))
        self.show_domain(None)

    def show_domain(self, domain: Domain | None) -> None:
        """None: no domain is chosen yet."""
        title, words, never = tr("Choose an area: help for it stands here."), [""] * 4, ""
        if domain is not None:
            title = tr("Help: {area}").format(area=tr(domain.title))
            never = tr("Never an indicator here: {line}").format(line=tr(domain.never))
            words = [
                tr("Goals, for example: {line}").format(line=tr(domain.goals)),
                tr("Seen when: {line}").format(line=tr(domain.indicators)),
                tr("What stands by: {line}").format(line=tr(domain.protective)),
                tr("Programmes: {line}").format(line=tr(domain.interventions)),
            ]
        self._title.setText(title)
        for label, line in zip((*self._lines, self.never), (*words, never), strict=True):
            label.setText(line)
            label.setVisible(bool(line))


class GoalCard(QWidget):
    """One goal in the person's words; the five prompts warn, they never stand in the way."""

    changed = Signal()
    taken_out = Signal()

    def __init__(
        self,
        kit: Kit,
        domains: Sequence[Domain],
        goal: TypedGoal,
        name: str,
        number: int,
        *,
        opened: date | None,
        under_appeal: bool,
    ) -> None:
        super().__init__()
        self.kit, self._name, self._goal = kit, name, goal
        self._domains, self._under_appeal = {domain.code: domain for domain in domains}, under_appeal
        self._opened = opened or kit.today()
        self._make_fields(goal)
        self.asked = kit.check("", opened is not None)
        self.asked.hide()
        self.help = DomainHelp(kit)
        self._steps: list[StepLine] = []
        self._step_column = kit.column(gap=1)
        self.warnings = kit.label("", "small", tone="muted", wrap=True)
        self.warnings.hide()
        add = kit.button(tr("Add a step"), kind="quiet", icon="plus")
        add.clicked.connect(self._add_empty_step)
        more = kit.flow(add, *([self.later] if self._may_wait else []), self.approach, self.shareable, gap=4)
        card = kit.card(
            tr("Goal {number}").format(number=number),
            self._with_help(),
            kit.label(tr("Steps"), "h3"),
            self._step_column,
            more,
            self.warnings,
            action=self._take_out(number),
        )
        kit.fill(QVBoxLayout(self), (card,), gap=0)
        for step in goal.steps or (TypedStep(),):
            self.add_step(step)
        self._show_domain()
        self._listen()

    def _make_fields(self, goal: TypedGoal) -> None:
        kit = self.kit
        titles = [(domain.code, tr(domain.title)) for domain in self._domains.values()]
        self.wording = kit.line(goal.wording, limit=400, hint=tr("I want to …"))
        self.domain = kit.combo(titles, chosen=goal.domain or None, empty=tr("Choose a domain"))
        self.indicator = kit.line(goal.indicator, limit=400)
        self.target = kit.date_field(goal.target_date, coming=True)
        self.staff_wording = kit.line(goal.staff_wording, limit=400)
        gives = [(tag, good_words(tag)) for tag in GOOD_TAGS]
        self.good = kit.combo(gives, chosen=goal.good_tag or None, empty=tr("Not chosen"))
        ahead = [(each.value, goal_horizon_words(each)) for each in GoalHorizon]
        self.horizon = kit.combo(ahead, chosen=goal.horizon.value)
        self.side = kit.combo([(each.value, side_words(each)) for each in Side], chosen=goal.side.value)
        self._may_wait = goal.status is GoalStatus.FUTURE or not goal.id
        self.later = kit.check(tr("Later, not now"), goal.status is GoalStatus.FUTURE)
        self.approach = kit.check(tr("Says what to do, become or have"), goal.approach)
        self.shareable = kit.check(tr("May go to the community team"), goal.shareable)

    def _with_help(self) -> QWidget:
        """The fields, and at their side, in large text below them, the help."""
        kit, name = self.kit, isolate(self._name)
        fields = kit.box(
            kit.column(
                kit.field(tr("In {name}'s words").format(name=name), self.wording, required=True),
                kit.row(
                    (kit.field(tr("Domain"), self.domain, required=True), 1),
                    (kit.field(tr("What it gives, as {name} says").format(name=name), self.good), 1),
                    gap=3,
                ),
                self.asked,
                kit.row(
                    (kit.field(tr("Seen when"), self.indicator, hint=tr("What anybody could see")), 3),
                    (kit.field(tr("By"), self.target, hint=tr("A day is enough")), 2),
                    gap=3,
                ),
                kit.row(
                    (kit.field(tr("How far ahead"), self.horizon), 1),
                    (kit.field(tr("Who carries it"), self.side), 1),
                    gap=3,
                ),
                kit.field(tr("In the staff's words"), self.staff_wording),
                gap=3,
            )
        )
        if kit.theme.look.zoom > LARGE_TEXT:
            return kit.box(kit.column(fields, self.help, gap=3))
        return kit.box(kit.row((fields, 5), (self.help, 3), gap=4))

    def _take_out(self, number: int) -> QWidget | None:
        """A goal that stood in a version before is removed on the plan's page, with its reason."""
        if self._goal.id:
            return None
        button = self.kit.button(
            "", kind="icon", icon="x", name=tr("Take goal {number} out again").format(number=number)
        )
        button.clicked.connect(self.taken_out)
        return button

    def _listen(self) -> None:
        for signal in (
            *(self.wording.textChanged, self.indicator.textChanged, self.staff_wording.textChanged),
            *(self.good.changed, self.horizon.changed, self.side.changed),
        ):
            signal.connect(self._told)
        self.domain.changed.connect(self._show_domain)
        self.domain.changed.connect(self._told)
        self.target.changed.connect(self.changed)
        for box in (self.later, self.approach, self.shareable, self.asked):
            box.toggled.connect(self._told)

    def _show_domain(self, _code: str = "") -> None:
        """The help of the domain, and the question that it asks of the person first."""
        domain = self._domains.get(self.domain.code() or "")
        self.help.show_domain(domain)
        appeal = domain is not None and domain.after_conviction_only and self._under_appeal
        sentence = tr("{name} agrees to work on this while the appeal runs")
        if not appeal:
            sentence = tr("{name} asked for work in this area")
        words = sentence.format(name=isolate(self._name))
        self.asked.setText(words.replace("&", "&&"))
        self.asked.setAccessibleName(words)
        self.asked.setVisible(domain is not None and (domain.opt_in or appeal))

    def _add_empty_step(self) -> None:
        self.add_step(TypedStep()).text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self, _value: object) -> None:
        self.changed.emit()

    def warn(self, sentences: Sequence[str]) -> None:
        """What would make the goal easier to follow."""
        self.warnings.setText("\n".join(sentences))
        self.warnings.setVisible(bool(sentences))

    def add_step(self, step: TypedStep) -> StepLine:
        line = StepLine(self.kit, step, self._name, len(self._steps) + 1)
        line.changed.connect(self.changed)
        self._steps.append(line)
        self._step_column.addWidget(line)
        return line

    def opened(self) -> Opened | None:
        """That the person asked for the domain, where it has to be asked for."""
        if self.asked.isHidden() or not self.asked.isChecked():
            return None
        return Opened(domain=self.domain.code() or "", on=self._opened)

    def goal(self) -> TypedGoal:
        status = self._goal.status
        if self._may_wait:
            status = GoalStatus.FUTURE if self.later.isChecked() else GoalStatus.ACTIVE
        return TypedGoal(
            id=self._goal.id,
            domain=self.domain.code() or "",
            wording=self.wording.text(),
            staff_wording=self.staff_wording.text(),
            indicator=self.indicator.text(),
            target_date=self.target.day(),
            good_tag=self.good.code() or "",
            horizon=GoalHorizon(self.horizon.code() or GoalHorizon.MEDIUM),
            side=Side(self.side.code() or Side.BOTH),
            approach=self.approach.isChecked(),
            shareable=self.shareable.isChecked(),
            status=status,
            steps=tuple(line.step() for line in self._steps),
        )
