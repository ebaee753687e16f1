"""Writing a plan: strengths first, goals with steps, what helps, what nobody needs, the next review. Kept as typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, quoted
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.model import Goal, Horizon, Opened
from rehabdesk.plans.plan_words_model import horizon_words
from rehabdesk.plans.smart_model import smart_warnings
from rehabdesk.plans.typed_model import TypedGoal, TypedPlan, as_plan
from rehabdesk.plans.view.around_editor import NeedsCard, NoNeedCard
from rehabdesk.plans.view.goal_editor import GoalCard
from rehabdesk.plans.words_model import goal_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.kit import STRETCH, Kit


class PlanEditor(QWidget):
    """The whole plan as fields. `start` is what was kept. Goals in a domain that is closed by now are left out."""

    changed = Signal()

    def __init__(
        self, kit: Kit, domains: Domains, start: TypedPlan, name: str, *, convicted: bool, under_appeal: bool = False
    ) -> None:
        super().__init__()
        self.kit, self._start, self._name, self._under_appeal = kit, start, name, under_appeal
        self._domains = domains.open_to(convicted=convicted)
        self._opened = {each.domain: each.on for each in start.opened}
        self._make_fields(start)
        self.goals: list[GoalCard] = []
        self._numbers = 0
        self._goal_column = kit.column(gap=3)
        self._needs = NeedsCard(kit, start.needs)
        self._no_need = NoNeedCard(kit, self._domains, start.no_need)
        self.fields |= self._needs.fields
        add = kit.button(tr("Add goal"), icon="plus")
        add.setObjectName("add-goal")
        add.clicked.connect(self._add_empty_goal)
        parts = [
            self._first_card(),
            self._goal_column,
            kit.start(add),
            self._settled_card(start.settled),
            self._besides_card(),
            self._needs,
            self._no_need,
            self._review_card(),
            STRETCH,
        ]
        kit.fill(QVBoxLayout(self), parts, gap=3)
        known = {domain.code for domain in self._domains}
        for goal in [each for each in start.goals if not each.domain or each.domain in known] or [TypedGoal()]:
            self.add_goal(goal)
        self._listen()
        self._show_areas()

    def _make_fields(self, start: TypedPlan) -> None:
        kit, name = self.kit, isolate(self._name)
        self.strengths = kit.text_area(start.strengths, limit=2_000, lines=2)
        self.review = kit.date_field(start.review_due, coming=True)
        self.horizon = kit.combo([(each.value, horizon_words(each)) for each in Horizon], chosen=start.horizon.value)
        self._areas: dict[str, TextArea] = {}
        self.fields: dict[str, Field] = {
            "strengths": kit.field(tr("What {name} is good at").format(name=name), self.strengths, required=True),
            "review_due": kit.field(tr("Next review on"), self.review, required=True),
            "horizon": kit.field(tr("What the plan looks towards"), self.horizon),
        }
        for code, caption, words, limit in (
            ("protective", tr("Who and what stands by {name}").format(name=name), start.protective, 1_000),
            ("formulation_shared", tr("How we understand it together"), start.formulation_shared, 4_000),
            ("helps", tr("What helps"), start.helps, 1_000),
            ("harder", tr("What makes it harder"), start.harder, 1_000),
            ("early_signs", tr("Early signs that it gets hard"), start.early_signs, 1_000),
            ("crisis_steps", tr("On a hard day, one thing per line"), start.crisis, 1_000),
        ):
            area = self._areas[code] = kit.text_area(words, limit=limit, lines=2)
            self.fields[code] = kit.field(caption, area)

    def _first_card(self) -> QWidget:
        kit, fields = self.kit, self.fields
        return kit.card(
            "",
            kit.row((fields["strengths"], 1), (fields["protective"], 1), gap=3),
            fields["formulation_shared"],
            kit.label(
                tr("An assessment made elsewhere is named on its own page. Here stand needs, never its results."),
                "small",
                tone="muted",
                wrap=True,
            ),
        )

    def _besides_card(self) -> QWidget:
        kit, fields = self.kit, self.fields
        return kit.card(
            tr("What matters besides"),
            kit.row((fields["helps"], 1), (fields["harder"], 1), gap=3),
            kit.row((fields["early_signs"], 1), (fields["crisis_steps"], 1), gap=3),
        )

    def _review_card(self) -> QWidget:
        fields = self.fields
        return self.kit.card("", self.kit.row((fields["review_due"], 1), (fields["horizon"], 1), gap=3))

    def _settled_card(self, settled: Sequence[Goal]) -> QWidget | None:
        kit, known = self.kit, {domain.code for domain in self._domains}
        rows = [
            kit.box(kit.row((kit.label(quoted(goal.wording), wrap=True), 1), kit.tag(*goal_words(goal.status))))
            for goal in settled
            if goal.domain in known
        ]
        if not rows:
            return None
        hint = kit.label(tr("They are taken up again on the plan's page."), "small", tone="muted", wrap=True)
        return kit.card(tr("Goals that stay as they are"), *rows, hint, kind="flat", gap=1)

    def _listen(self) -> None:
        for area in (self.strengths, *self._areas.values()):
            area.textChanged.connect(self.changed)
        self.review.changed.connect(self.changed)
        self.horizon.changed.connect(lambda _code: self.changed.emit())
        self._needs.changed.connect(self.changed)
        self._no_need.changed.connect(self._goal_changed)

    def _add_empty_goal(self) -> None:
        self.add_goal(TypedGoal()).wording.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_goal(self, goal: TypedGoal) -> GoalCard:
        self._numbers += 1
        card = GoalCard(
            self.kit,
            self._domains,
            goal,
            self._name,
            self._numbers,
            opened=self._opened.get(goal.domain),
            under_appeal=self._under_appeal,
        )
        card.changed.connect(self._goal_changed)
        card.taken_out.connect(lambda: self._take_out(card))
        self.goals.append(card)
        self._goal_column.addWidget(card)
        self._warn(card)
        return card

    def _take_out(self, card: GoalCard) -> None:
        """A goal that was never in a version goes; one stays to be written."""
        self.goals.remove(card)
        self._goal_column.removeWidget(card)
        card.hide()
        card.deleteLater()
        if not self.goals:
            self._add_empty_goal()
        self.goals[-1].wording.setFocus(Qt.FocusReason.OtherFocusReason)
        self._goal_changed()

    def typed(self) -> TypedPlan:
        """What stands in the fields."""
        words = {code: area.words() for code, area in self._areas.items()}
        return TypedPlan(
            plan=self._start.plan,
            strengths=self.strengths.words(),
            helps=words["helps"],
            harder=words["harder"],
            early_signs=words["early_signs"],
            protective=words["protective"],
            formulation_shared=words["formulation_shared"],
            crisis=words["crisis_steps"],
            review_due=self.review.day(),
            horizon=Horizon(self.horizon.code() or Horizon.RELEASE),
            goals=tuple(card.goal() for card in self.goals),
            needs=self._needs.needs(),
            opened=self._opened_now(),
            no_need=self._no_need.no_need(),
            settled=self._start.settled,
            goals_before=self._start.goals_before,
            steps_before=self._start.steps_before,
        )

    def _opened_now(self) -> tuple[Opened, ...]:
        """What the person asked for, with what was asked for goals that stay as they are."""
        stays = {goal.domain for goal in self._start.settled}
        found = {each.domain: each for each in self._start.opened if each.domain in stays}
        return tuple((found | {each.domain: each for card in self.goals if (each := card.opened())}).values())

    def control_of(self, field: str | None) -> QWidget:
        """Where a problem is."""
        if field is not None and field.startswith("goal") and field[4:].isdigit():
            return self.goals[int(field[4:])].wording
        if field == "domain":  # the person was not asked about one of them
            asked = [card.asked for card in self.goals if card.opened() is None and not card.asked.isHidden()]
            return asked[0] if asked else self.goals[0].domain
        if field == "goals" and self.goals:
            return self.goals[0].wording
        if field == "no_need":
            return self._no_need.first()
        known = self.fields.get(field or "")
        if field == "review_due":
            return self.review.line
        return self.strengths if known is None else known.control

    def _goal_changed(self) -> None:
        self._show_areas()
        for card in self.goals:
            self._warn(card)
        self.changed.emit()

    def _show_areas(self) -> None:
        self._no_need.show_without([card.domain.code() or "" for card in self.goals])

    def _warn(self, card: GoalCard) -> None:
        """Shows by the goal what would make it easier to follow."""
        goal = card.goal()
        try:
            plan = as_plan(TypedPlan(strengths="-", goals=(goal,)))
        except UserError:
            card.warn(())
            return
        card.warn(smart_warnings(plan.goals[0], self.kit.today()))
