"""The versions of a plan, and what differs between any two of them: before and now side by side."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, quoted
from rehabdesk.plans.difference_model import Difference, GoalDifference, Line, StepDifference
from rehabdesk.plans.difference_words_model import change_words, step_change_words
from rehabdesk.plans.history_service import PlanHistory
from rehabdesk.plans.stored_model import StoredPlan
from rehabdesk.plans.words_model import agreement_words, sign_off_words, state_words
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


class PlanHistoryPage(Page):
    """Begins with the two newest versions; another pair is chosen in two lists."""

    def __init__(self, kit: Kit, history: PlanHistory, person_id: str, *, name: str, pair: str = "") -> None:
        super().__init__(kit)
        self._history, self._person, self._name = history, person_id, name
        self._versions = history.versions(person_id)
        rids = [one.rid for one in self._versions]
        wanted = [rid for rid in pair.split(":") if rid in rids]
        self._after = wanted[1] if len(wanted) == 2 else rids[0] if rids else ""
        self._before = wanted[0] if len(wanted) == 2 else rids[1] if len(rids) > 1 else ""
        self._place = kit.column(gap=3)
        self._show()

    def main_act(self) -> None:
        if self._before:
            self._print()

    def place(self) -> Mapping[str, Json]:
        return {**super().place(), "pair": self._pair}

    @property
    def _pair(self) -> str:
        return f"{self._before}:{self._after}"

    def _show(self) -> None:
        kit = self.kit
        title = kit.column(kit.label(tr("Plan history"), "h1"), kit.label(isolate(self._name), "small", tone="muted"))
        title.setSpacing(0)
        self.set_head(title)
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=self._person, id="plan")))
        self._first, printing, choosing = back, None, None
        if self._before:
            printing = kit.button(tr("Print what differs"), kind="primary", icon="printer")
            printing.setToolTip(f"{tr('Print what differs')} (Ctrl+Enter)")
            printing.clicked.connect(self._print)
            choosing = self._choosing()
        self.set_foot(kit.row(back, STRETCH, printing))
        versions = kit.card(tr("Versions"), *(self._version(one) for one in self._versions), kind="flat", gap=1)
        if not self._versions:
            versions = kit.card("", kit.empty(tr("No plan yet.")))
        self.set_body(kit.box(kit.column(versions, choosing, self._place, STRETCH, gap=3)))
        self._compare()

    def _version(self, one: StoredPlan) -> QWidget:
        kit, plan = self.kit, one.plan
        tags = (state_words(plan.state), agreement_words(plan.agreement), sign_off_words(plan.signoff))
        number = kit.label(tr("Version {number}").format(number=plan.version), "strong")
        return kit.box(kit.row(number, *(kit.tag(*each) for each in tags), STRETCH))

    def _choosing(self) -> QWidget:
        """Two lists of versions."""
        kit = self.kit
        options = [(one.rid, tr("Version {number}").format(number=one.plan.version)) for one in self._versions]
        before, after = kit.combo(options, chosen=self._before), kit.combo(options, chosen=self._after)
        before.changed.connect(self._choose_before)
        after.changed.connect(self._choose_after)
        self._first = before
        return kit.box(
            kit.row((kit.field(tr("Compare"), before), 1), (kit.field(tr("with"), after), 1), STRETCH, gap=3)
        )

    def _choose_before(self, rid: str) -> None:
        self._before = rid
        self._compare()

    def _choose_after(self, rid: str) -> None:
        self._after = rid
        self._compare()

    def _compare(self) -> None:
        kit = self.kit
        while self._place.count():
            widget = self._place.takeAt(0).widget()  # type: ignore[union-attr]  # counted just now
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not self._before:
            if self._versions:
                sentence = tr("There is one version. What differs is shown once there are two.")
                self._place.addWidget(kit.card("", kit.label(sentence, tone="muted", wrap=True), kind="quiet"))
            return
        try:
            found = self._history.compare(self._before, self._after)
        except UserError as problem:
            self.complain(problem.sentence)
            return
        for card in difference_cards(kit, found):
            self._place.addWidget(card)

    def _print(self) -> None:
        self.go.emit(Route(name="plan_history_paper", person=self._person, id=self._pair))


def difference_cards(kit: Kit, found: Difference) -> list[QWidget]:
    """The answer first, then goals and steps, then the other words."""
    if found.none:
        sentence = kit.label(tr("Nothing differs between the two."), tone="muted", wrap=True)
        return [kit.card("", sentence, kind="quiet")]
    cards: list[QWidget] = []
    if found.states:
        cards.append(kit.card(tr("The answer, the state, signatures"), _table(kit, found, found.states)))
    if found.goals:
        goals = [_goal(kit, found, goal) for goal in found.goals]
        cards.append(kit.card(tr("Goals and steps"), *goals, gap=4))
    if found.words:
        cards.append(kit.card(tr("What else is written"), _table(kit, found, found.words)))
    return cards


def _goal(kit: Kit, found: Difference, goal: GoalDifference) -> QWidget:
    words = kit.column(
        kit.label(tr(goal.domain), "small", tone="muted"), kit.label(quoted(goal.wording), "h3", wrap=True), gap=0
    )
    head = kit.row((kit.box(words), 1), kit.tag(*change_words(goal.change)))
    lines = _table(kit, found, goal.lines) if goal.lines else None
    steps = [_step(kit, found, step) for step in goal.steps]
    return kit.box(kit.column(head, lines, *steps, gap=2))


def _step(kit: Kit, found: Difference, step: StepDifference) -> QWidget:
    words = kit.label(step_change_words(step.change).format(step=isolate(step.text)), wrap=True)
    return kit.box(kit.column(words, _table(kit, found, step.lines) if step.lines else None, gap=1))


def _table(kit: Kit, found: Difference, lines: Sequence[Line]) -> QWidget:
    """What it is called, what it said before, what it says now."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(kit.theme.space(4))
    grid.setVerticalSpacing(kit.theme.space(1))
    numbers = (found.before, found.after)
    heads = ["", *(tr("Version {number}").format(number=number) for number in numbers)]
    for place, share in enumerate((2, 4, 4)):
        grid.setColumnStretch(place, share)
        if heads[place]:
            grid.addWidget(kit.label(heads[place], "small", tone="muted"), 0, place)
    for row, line in enumerate(lines, 1):
        cells = (line.label, *(isolate(each) if each else "–" for each in (line.before, line.after)))
        for place, words in enumerate(cells):
            cell = kit.label(words, "small" if place == 0 else "body", tone="muted" if place == 0 else "", wrap=True)
            grid.addWidget(cell, row, place, Qt.AlignmentFlag.AlignTop)
    return kit.box(grid)
