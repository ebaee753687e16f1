"""A goal of the plan in force: the person's sentence, steps with their status, and progress in words, both voices."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, quoted
from rehabdesk.plans.model import STEP_MAY_BECOME, Goal, Step, StepStatus
from rehabdesk.plans.progress_model import Domain, purpose_statement
from rehabdesk.plans.progress_stored_model import StoredProgress, side_by_side
from rehabdesk.plans.view.progress_table import WordsTable
from rehabdesk.plans.words_model import actor_words, goal_words, step_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit

NEWEST = 2
"""Lines of words on a card."""


class GoalViewCard(QWidget):
    """`history`: every word on the goal's domain, newest first. `may_mark`: this role keeps goals and steps."""

    step_marked = Signal(str, str, str)
    """Goal, step, and the code of the new status."""
    goal_acted = Signal(str, str)
    """Goal, and what is wanted: achieved, removed, again, progress."""

    def __init__(
        self,
        kit: Kit,
        goal: Goal,
        domain: Domain,
        history: Sequence[StoredProgress],
        *,
        name: str,
        may_mark: bool,
        may_rate: bool,
    ) -> None:
        super().__init__()
        self.kit, self._goal, self._name, self._may_mark = kit, goal, name, may_mark
        self.first: QWidget | None = None
        title = kit.label(f"{domain.code} · {tr(domain.title)}", "small", tone="muted")
        words = kit.label(quoted(goal.wording), "h3", wrap=True)
        tag = kit.tag(*goal_words(goal.status))
        acts = self._acts(may_rate=may_rate)
        seen = []
        if goal.indicator:
            seen.append(
                kit.label(
                    tr("Seen when: {what}").format(what=isolate(goal.indicator)), "small", tone="muted", wrap=True
                )
            )
        if goal.target_date is not None:
            seen.append(kit.label(tr("By {day}").format(day=short(goal.target_date)), "small", tone="muted"))
        left = kit.column(*seen, *(self._step(step) for step in goal.steps), STRETCH, gap=2)
        body = kit.row((kit.box(left), 3), (self._progress(history), 2), gap=4)
        head = kit.row((kit.box(kit.column(title, words, gap=0)), 1), tag, *acts)
        kit.fill(QVBoxLayout(self), (kit.card("", head, body),), gap=0)

    def _acts(self, *, may_rate: bool) -> list[QPushButton]:
        kit, goal = self.kit, self._goal
        acts = []
        if may_rate and goal.status.value in ("active", "partly_achieved", "carried_over"):
            record = kit.button(tr("Record progress"))
            record.clicked.connect(lambda: self.goal_acted.emit(goal.id, "progress"))
            acts.append(record)
        if self._may_mark:
            more = kit.button("", kind="icon", icon="ellipsis", name=tr("More about this goal"))
            more.clicked.connect(lambda: self._menu(more))
            acts.append(more)
        return acts

    def _menu(self, button: QPushButton) -> None:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = [("achieved", tr("Achieved")), ("partly_achieved", tr("Partly achieved")), ("removed", tr("Remove…"))]
        if self._goal.status.value in ("removed", "achieved", "future"):
            choices = [("active", tr("Take up again") if self._goal.status.value != "future" else tr("Begin now"))]
        for code, words in choices:
            menu.addAction(words).triggered.connect(
                lambda _on=False, code=code: self.goal_acted.emit(self._goal.id, code)
            )
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _step(self, step: Step) -> QWidget:
        kit = self.kit
        done = step.status is StepStatus.COMPLETED
        facts = actor_words(step.actor, self._name)
        if step.due is not None:
            facts += " · " + tr("by {day}").format(day=short(step.due))
        tag = kit.tag(*step_words(step.status))
        control: QWidget
        if self._may_mark and self._goal.status.value in ("active", "partly_achieved"):
            box = kit.check(step.text.replace("&", "&&"), done)
            box.setObjectName(f"step-{step.id}")
            box.clicked.connect(lambda on: self.step_marked.emit(self._goal.id, step.id, _next(step.status, on).value))
            self.first = self.first or box
            control = box
        else:
            control = kit.label(("✓ " if done else "· ") + isolate(step.text), wrap=True)
        return kit.box(
            kit.row((kit.box(kit.column(control, kit.label(facts, "small", tone="hint"), gap=0)), 1), tag, gap=2)
        )

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
