"""A goal of the plan in force: the person's sentence, steps with their status, and progress in words, both voices."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, quoted
from rehabdesk.plans.lifecycle_model import GOAL_MAY_BECOME, STEP_MAY_BECOME
from rehabdesk.plans.model import Goal, GoalStatus, RemovalReason, Step, StepStatus
from rehabdesk.plans.plan_words_model import goal_horizon_words, good_words
from rehabdesk.plans.progress.progress_model import Domain, purpose_statement
from rehabdesk.plans.progress.progress_stored_model import StoredProgress, side_by_side
from rehabdesk.plans.progress.view.progress_table import WordsTable
from rehabdesk.plans.words_model import actor_words, goal_words, removal_words, step_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.menu import show_menu

AT_WORK = frozenset({GoalStatus.ACTIVE, GoalStatus.PARTLY_ACHIEVED, GoalStatus.CARRIED_OVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRights:
    """What this role does on a goal: keep it and its steps, give a word of progress, comment as chaplaincy."""

    mark: bool
    rate: bool
    comment: bool


NEWEST = 2
"""Lines of words on a card."""


class GoalViewCard(QWidget):
    """`history`: every word on the goal's domain, newest first. `comments`: of chaplains, as (who and when, words)."""

    step_marked = Signal(str, str, str)
    """Goal, step, and the code of the new status."""
    goal_acted = Signal(str, str)
    """Goal, and what is wanted: the code of a status, progress, comment."""

    def __init__(
        self,
        kit: Kit,
        goal: Goal,
        domain: Domain,
        history: Sequence[StoredProgress],
        comments: Sequence[tuple[str, str]],
        *,
        name: str,
        rights: GoalRights,
    ) -> None:
        super().__init__()
        self.kit, self._goal, self._name, self._rights = kit, goal, name, rights
        self.first: QWidget | None = None
        title = kit.label(tr(domain.title), "small", tone="muted")
        words = kit.label(quoted(goal.wording), "h3", wrap=True)
        head = kit.row((kit.box(kit.column(title, words, gap=0)), 1), kit.tag(*goal_words(goal.status)), *self._acts())
        steps = [self._step(step) for step in goal.steps]
        said = [self._comment(who, what) for who, what in comments]
        left = kit.column(self._facts(), *steps, *said, STRETCH, gap=2)
        if goal.status is GoalStatus.REMOVED or not domain.rated:
            body = kit.row((kit.box(left), 1))
        else:
            body = kit.row((kit.box(left), 3), (self._progress(history), 2), gap=4)
        kit.fill(QVBoxLayout(self), (kit.card("", head, body),), gap=0)

    def _facts(self) -> QWidget | None:
        """How it came to its status, what can be seen, by when, what it gives; in staff's words last."""
        goal, lines = self._goal, list[str]()
        if goal.removed_because is not None:
            because = removal_words(goal.removed_because)
            said = [because if goal.removed_because is not RemovalReason.OTHER else "", goal.status_words]
            lines.append(tr("Removed: {reason}").format(reason=isolate(" · ".join(each for each in said if each))))
        elif goal.status_words:
            lines.append(isolate(goal.status_words))
        if goal.indicator:
            lines.append(tr("Seen when: {what}").format(what=isolate(goal.indicator)))
        facts = []
        if goal.target_date is not None:
            facts.append(tr("By {day}").format(day=short(goal.target_date)))
        if goal.good_tag:
            facts.append(tr("It gives: {what}").format(what=good_words(goal.good_tag)))
        if goal.status in AT_WORK or goal.status is GoalStatus.FUTURE:
            facts.append(goal_horizon_words(goal.horizon))
        if facts:
            lines.append(" · ".join(facts))
        if goal.staff_wording:
            lines.append(tr("In the staff's words: {words}").format(words=isolate(goal.staff_wording)))
        labels = [self.kit.label(line, "small", tone="muted", wrap=True) for line in lines]
        return self.kit.box(self.kit.column(*labels, gap=0)) if labels else None

    def _comment(self, who: str, words: str) -> QWidget:
        kit = self.kit
        return kit.card(
            "", kit.label(who, "small", tone="muted"), kit.label(isolate(words), wrap=True), kind="flat", gap=0
        )

    def _acts(self) -> list[QPushButton]:
        kit, goal = self.kit, self._goal
        acts = []
        if self._rights.rate and goal.status in AT_WORK:
            record = kit.button(tr("Record progress"))
            record.clicked.connect(lambda: self.goal_acted.emit(goal.id, "progress"))
            acts.append(record)
        if self._rights.comment:
            say = kit.button(tr("Comment"))
            say.clicked.connect(lambda: self.goal_acted.emit(goal.id, "comment"))
            acts.append(say)
        if self._rights.mark:
            more = kit.button("", kind="icon", icon="ellipsis", name=tr("More about this goal"))
            more.clicked.connect(lambda: self._menu(more))
            acts.append(more)
        return acts

    def _menu(self, button: QPushButton) -> None:
        """What may follow (domain.md 6.4), in the order of the table of words."""
        present, again = self._goal.status, tr("Take up again")
        if present is GoalStatus.FUTURE:
            again = tr("Begin now")
        elif present is GoalStatus.REMOVED:
            again = tr("Take up again…")
        words = {
            GoalStatus.ACTIVE: again,
            GoalStatus.ACHIEVED: tr("Achieved"),
            GoalStatus.PARTLY_ACHIEVED: tr("Partly achieved"),
            GoalStatus.CARRIED_OVER: tr("Carry over"),
            GoalStatus.REMOVED: tr("Remove…"),
        }
        acts = [status for status in words if status in GOAL_MAY_BECOME[present]]
        emit = self.goal_acted.emit
        show_menu(button, [(words[status], partial(emit, self._goal.id, status.value)) for status in acts])

    def _step_menu(self, button: QPushButton, step: Step) -> None:
        words = {
            StepStatus.IN_PROGRESS: tr("In progress"),
            StepStatus.COMPLETED: tr("Completed"),
            StepStatus.CANNOT_BE_DONE_YET: tr("Cannot be done yet…"),
            StepStatus.NO_LONGER_NEEDED: tr("No longer needed"),
        }
        acts = [status for status in words if status in STEP_MAY_BECOME[step.status]]
        emit = self.step_marked.emit
        show_menu(button, [(words[status], partial(emit, self._goal.id, step.id, status.value)) for status in acts])

    def _step(self, step: Step) -> QWidget:
        kit = self.kit
        done = step.status is StepStatus.COMPLETED
        facts = [isolate(actor_words(step.actor, self._name))]
        if step.due is not None:
            facts.append(tr("by {day}").format(day=short(step.due)))
        if step.status_words:
            facts.append(isolate(step.status_words))
        control: QWidget
        more = None
        if self._rights.mark and self._goal.status in AT_WORK:
            box = kit.check(step.text.replace("&", "&&"), done)
            box.setObjectName(f"step-{step.id}")
            box.clicked.connect(lambda on: self.step_marked.emit(self._goal.id, step.id, _next(step.status, on).value))
            self.first = self.first or box
            control = box
            name = tr("More about the step: {step}").format(step=step.text)
            more = kit.button("", kind="icon", icon="ellipsis", name=name)
            more.clicked.connect(lambda: self._step_menu(more, step))
        else:
            control = kit.label(("✓ " if done else "· ") + isolate(step.text), wrap=True)
        said = kit.label(" · ".join(facts), "small", tone="hint", wrap=True)
        tag = kit.tag(*step_words(step.status))
        return kit.box(kit.row((kit.box(kit.column(control, said, gap=0)), 1), tag, more, gap=2))

    def _progress(self, history: Sequence[StoredProgress]) -> QWidget:
        """A small table, newest first; the whole of it is a page of its own."""
        kit = self.kit
        if not history:
            return kit.card("", kit.label(tr("Not rated yet."), "small", tone="muted"), kind="flat")
        lines = side_by_side(history)
        whole = kit.button(tr("All words on this"), kind="link")
        whole.clicked.connect(lambda: self.goal_acted.emit(self._goal.id, "words"))
        title = kit.row(kit.label(tr("Progress in words"), "small", tone="muted"), STRETCH, whole)
        table = WordsTable(kit, lines[:NEWEST], name=self._name)
        purpose = kit.label(purpose_statement(), "small", tone="hint", wrap=True)
        return kit.card("", title, table, STRETCH, purpose, kind="flat", gap=1)


def _next(present: StepStatus, on: bool) -> StepStatus:
    """Ticked is completed; unticked is in progress again, since what was begun was begun."""
    wanted = StepStatus.COMPLETED if on else StepStatus.IN_PROGRESS
    return wanted if wanted in STEP_MAY_BECOME[present] else present
