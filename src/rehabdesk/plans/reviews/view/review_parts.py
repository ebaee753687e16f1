"""The parts of a review: words on one domain, what is said of one goal. Each gives what is typed in it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, quoted
from rehabdesk.plans.lifecycle_model import GOAL_MAY_BECOME, STEP_MAY_BECOME
from rehabdesk.plans.model import Goal, GoalStatus, RemovalReason, Step
from rehabdesk.plans.progress.progress_model import Domain, Word
from rehabdesk.plans.progress.progress_stored_model import SideBySide
from rehabdesk.plans.progress.progress_typed_model import TypedProgress
from rehabdesk.plans.progress.view.progress_form import ProgressEditor
from rehabdesk.plans.progress.view.progress_table import WordsTable
from rehabdesk.plans.reviews.review_typed_model import TypedLook
from rehabdesk.plans.words_model import actor_words, goal_words, removal_words, step_words
from rehabdesk.ui.choices import Combo, Option
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit

LAST = 1


class DomainWords(QWidget):
    """The last words on a domain, and new ones if they are given today: at most one pair at a review.

    `fresh`: what new words begin with. The form is made once it is wanted.
    """

    changed = Signal()

    def __init__(
        self,
        kit: Kit,
        domain: Domain,
        start: TypedProgress | None,
        *,
        name: str,
        lines: Sequence[SideBySide],
        sources: Sequence[Option],
        setback: Callable[[Word], bool],
        fresh: Callable[[], TypedProgress],
    ) -> None:
        super().__init__()
        self.kit, self.domain, self._name = kit, domain, name
        self._sources, self._setback, self._fresh = sources, setback, fresh
        self.editor: ProgressEditor | None = None
        self.open = kit.button(tr("Give words now"))
        self.open.setAccessibleName(tr("Give words now: {domain}").format(domain=tr(domain.title)))
        self.open.clicked.connect(self._open)
        self._close = kit.button(tr("Not this time"), kind="quiet")
        self._close.setAccessibleName(tr("Not this time: {domain}").format(domain=tr(domain.title)))
        self._close.clicked.connect(self._shut)
        title = kit.label(tr(domain.title), "h3", wrap=True)
        before = WordsTable(kit, lines[:LAST], name=name) if lines else None
        prompt = _prompt(lines, kit.today())
        self._place = QVBoxLayout()
        kit.fill(
            QVBoxLayout(self),
            (
                kit.card(
                    "",
                    kit.row((title, 1), self.open, self._close),
                    kit.label(prompt, "small", tone="muted", wrap=True) if prompt else None,
                    before,
                    self._place,
                    kind="flat",
                ),
            ),
            gap=0,
        )
        self._show(start)

    def typed(self) -> TypedProgress | None:
        """What stands in the form; None where no words are given today."""
        return None if self.editor is None else self.editor.typed()

    def _show(self, start: TypedProgress | None) -> None:
        self.open.setVisible(start is None)
        self._close.setVisible(start is not None)
        if start is None:
            return
        self.editor = ProgressEditor(
            self.kit, self.domain, start, name=self._name, sources=self._sources, setback=self._setback
        )
        self.editor.changed.connect(self.changed)
        self._place.addWidget(self.editor)

    def _open(self) -> None:
        self._show(self._fresh())
        if self.editor is not None:
            self.editor.first().setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _shut(self) -> None:
        if self.editor is not None:
            self._place.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self._show(None)
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


class GoalLookRow(QWidget):
    """One goal with its steps: what stays needs no answer."""

    changed = Signal()

    def __init__(self, kit: Kit, goal: Goal, start: TypedLook, *, name: str) -> None:
        super().__init__()
        self.kit, self.goal = kit, goal
        following = [each for each in GoalStatus if each in GOAL_MAY_BECOME[goal.status]]
        self._status = kit.combo(
            [("", _stays(goal_words(goal.status)[0])), *((each.value, goal_words(each)[0]) for each in following)],
            chosen=start.status or None,
        )
        self._reason = kit.combo(
            [(each.value, removal_words(each)) for each in RemovalReason],
            chosen=start.reason or None,
            empty=tr("Choose a reason"),
        )
        self._words = kit.line(start.words, limit=600)
        self.field = kit.field(tr("Goal"), self._status)
        self._reason_field = kit.field(tr("Why is the goal removed?"), self._reason, required=True)
        self._words_field = kit.field(tr("In words"), self._words)
        self._steps: dict[str, Combo] = {}
        self.step_fields: dict[str, Field] = {}
        steps = [self._step(step, start.steps, name) for step in goal.steps]
        title = kit.label(quoted(goal.wording), "strong", wrap=True)
        follow = kit.box(kit.row((self._reason_field, 1), (self._words_field, 1), gap=3))
        pairs = [steps[start : start + 2] for start in range(0, len(steps), 2)]
        rows = [
            kit.row(*((field, 1) for field in pair), *([] if len(pair) == 2 else [(kit.box(kit.row()), 1)]), gap=3)
            for pair in pairs
        ]
        kit.fill(
            QVBoxLayout(self),
            (
                kit.card(
                    "",
                    title,
                    kit.row((self.field, 1), (kit.box(kit.row()), 1), gap=3),
                    follow,
                    *rows,
                    kind="flat",
                    gap=2,
                ),
            ),
            gap=0,
        )
        self._status.changed.connect(lambda _code: self._follow())
        self._reason.changed.connect(lambda _code: self.changed.emit())
        self._words.textChanged.connect(lambda _words: self.changed.emit())
        self._show_what_belongs()

    def typed(self) -> TypedLook:
        steps = {step: code for step, combo in self._steps.items() if (code := combo.code())}
        removed = self._status.code() == GoalStatus.REMOVED
        return TypedLook(
            status=self._status.code() or "",
            reason=(self._reason.code() or "") if removed else "",
            words=self._words.text(),
            steps=steps,
        )

    def _step(self, step: Step, chosen: Mapping[str, str], name: str) -> Field:
        kit = self.kit
        following = [each for each in type(step.status) if each in STEP_MAY_BECOME[step.status]]
        combo = kit.combo(
            [("", _stays(step_words(step.status)[0])), *((each.value, step_words(each)[0]) for each in following)],
            chosen=chosen.get(step.id) or None,
        )
        combo.changed.connect(lambda _code: self.changed.emit())
        self._steps[step.id] = combo
        caption = tr("Step: {what} ({who})").format(what=isolate(step.text), who=isolate(actor_words(step.actor, name)))
        self.step_fields[step.id] = kit.field(caption.replace("&", "&&"), combo)
        return self.step_fields[step.id]

    def _follow(self) -> None:
        self._show_what_belongs()
        self.changed.emit()

    def _show_what_belongs(self) -> None:
        removed = self._status.code() == GoalStatus.REMOVED
        self._reason_field.setVisible(removed)
        self._words_field.setVisible(removed or self.goal.status is GoalStatus.REMOVED)


def _stays(words: str) -> str:
    return tr("Stays: {status}").format(status=words)


def _prompt(lines: Sequence[SideBySide], today: date) -> str:
    """Asks for the first words, and for new ones where the last are not current (domain.md 8.1, G4)."""
    if not any(line.staff is not None for line in lines):
        return tr("No word of staff yet. The first one says where this begins.")
    if not any(one.progress.is_current(today) for line in lines for one in line.said):
        return tr("The last words are older than 180 days: not current. Ask again.")
    return ""
