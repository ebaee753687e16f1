"""The plan of one person: goals and steps, agreement, sign-off, progress in both voices, the next version."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.model import Agreement, GoalStatus, SignOff, VersionState
from rehabdesk.plans.progress_service import ProgressWords
from rehabdesk.plans.service import Plans
from rehabdesk.plans.stored_model import StoredPlan
from rehabdesk.plans.view.goal_view_card import GoalViewCard
from rehabdesk.plans.view.plan_deeds import DeedPage, PlanDeeds
from rehabdesk.plans.words_model import agreement_words, sign_off_words, state_words
from rehabdesk.plans.writing_service import PlanWriting
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Route

FILTERS = {
    "now": (GoalStatus.ACTIVE, GoalStatus.PARTLY_ACHIEVED, GoalStatus.CARRIED_OVER),
    "later": (GoalStatus.FUTURE,),
    "achieved": (GoalStatus.ACHIEVED,),
    "removed": (GoalStatus.REMOVED,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What this role does with plans; what it may not do is absent."""

    write: bool
    countersign: bool
    rate: bool
    review: bool


class PlanTab(DeedPage):
    """`make_deeds`: the deeds on the version of that record; `next_review`: when it is due by now.

    A plan is written on a page of its own.
    """

    def __init__(
        self,
        kit: Kit,
        plans: Plans,
        writing: PlanWriting,
        words: ProgressWords,
        domains: Domains,
        person_id: str,
        *,
        name: str,
        allowed: Allowed,
        make_deeds: Callable[["PlanTab", str], PlanDeeds],
        next_review: Callable[[], date | None] = lambda: None,
    ) -> None:
        super().__init__(kit)
        self._plans, self._words, self._domains, self._person = plans, words, domains, person_id
        self._name, self._allowed, self._make_deeds = name, allowed, make_deeds
        self._writing, self._next_review = writing, next_review
        self._deeds: PlanDeeds | None = None
        self._filter = "now"
        self._first: QWidget | None = None
        self._act: Callable[[], None] | None = None
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._first

    def main_act(self) -> None:
        act = self._deeds.act if self._deeds is not None and self._deeds.act is not None else self._act
        if act is not None:
            act()

    def undo(self) -> None:
        if self._deeds is not None and self._deeds.undo is not None:
            undo, self._deeds.undo = self._deeds.undo, None
            undo()

    def reopen(self, form: str) -> None:
        if self._deeds is not None:
            self._deeds.reopen(form)

    # the plan as it stands

    def refresh(self) -> None:
        """The version that was proposed last or is in force; none yet: what to do."""
        self._act = None
        versions = self._plans.versions(self._person)
        newest = versions[0] if versions else None
        is_open = newest is not None and newest.plan.state is VersionState.PROPOSED
        stored = newest if is_open else self._plans.in_force(self._person)
        if stored is None:
            self._show_nothing(versions)
            return
        if self._deeds is None or self._deeds.rid != stored.rid:
            self._deeds = self._make_deeds(self, stored.rid)
        self._deeds.act = None
        stored = self._plans.as_it_stands(stored.rid)
        self._show_head(stored)
        self._show_goals(stored, self._deeds)
        self._show_acts(stored, self._deeds)

    def _write(self, what: str) -> None:
        self.go.emit(Route(name="plan_write", person=self._person, id=what))

    def _show_nothing(self, versions: Sequence[StoredPlan]) -> None:
        kit = self.kit
        buttons = []
        if self._allowed.write:
            drafts = self._writing.of_person(self._person)
            what = drafts[-1][0] if drafts else "new"
            add = kit.button(tr("Continue draft") if drafts else tr("Add goal"), kind="primary", icon="plus")
            add.setObjectName("first-goal")
            add.clicked.connect(lambda: self._write(what))
            buttons.append(add)
            self._first, self._act = add, lambda: self._write(what)
        sentence = tr("No goals yet. Start with what {name} wants.").format(name=isolate(self._name))
        self.set_head(kit.row(kit.label(tr("Plan"), "h2"), STRETCH))
        self.set_body(kit.box(kit.column(kit.empty(sentence, *buttons), self._history(versions), STRETCH)))
        self.set_foot(kit.row(self._meetings(), self._reviews(tr("Reviews")), STRETCH))

    def _show_head(self, stored: StoredPlan) -> None:
        kit, plan = self.kit, stored.plan
        tags = [
            kit.tag(*state_words(plan.state)),
            kit.tag(*agreement_words(plan.agreement)),
            kit.tag(*sign_off_words(plan.signoff)),
        ]
        title = kit.label(tr("Plan, version {number}").format(number=plan.version), "h2")
        due: QWidget | None = self._reviews(tr("Reviews"))
        if (day := self._next_review() or plan.review_due) is not None:
            words = tr("Next review {day}").format(day=short(day))
            due = self._reviews(words) or kit.label(words, "small", tone="muted")
        said = None
        if plan.agreement_words:
            words = tr("{name}: “{words}”").format(name=isolate(self._name), words=isolate(plan.agreement_words))
            said = kit.label(words, wrap=True)
        reason = None
        if plan.signoff is SignOff.RETURNED and plan.state_reason:
            reason = kit.label(
                tr("Returned: {reason}").format(reason=isolate(plan.state_reason)), tone="warn", wrap=True
            )
        strengths = kit.label(
            tr("Strengths: {words}").format(words=isolate(plan.strengths)), "small", tone="muted", wrap=True
        )
        self.set_head(kit.column(kit.row(title, *tags, STRETCH, due), said, strengths, reason, gap=1))

    def _show_goals(self, stored: StoredPlan, deeds: PlanDeeds) -> None:
        kit, plan = self.kit, stored.plan
        counts = {code: sum(goal.status in states for goal in plan.goals) for code, states in FILTERS.items()}
        words = {"now": tr("Now"), "later": tr("Later"), "achieved": tr("Achieved"), "removed": tr("Removed")}
        options = [(code, f"{words[code]} ({counts[code]})") for code in FILTERS]
        filters = kit.choice(options, chosen=self._filter)
        filters.setAccessibleName(tr("Which goals"))
        filters.changed.connect(self._show_other)
        history = self._words.history(self._person)
        cards: list[QWidget] = []
        self._first = filters.focusProxy()
        for goal in plan.goals:
            if goal.status not in FILTERS[self._filter]:
                continue
            card = GoalViewCard(
                kit,
                goal,
                self._domains.domain(goal.domain),
                history.get(goal.domain, ()),
                name=self._name,
                may_mark=self._allowed.write and plan.state in (VersionState.ACTIVE, VersionState.UNDER_REVIEW),
                may_rate=self._allowed.rate and self._domains.domain(goal.domain).rated,
            )
            card.step_marked.connect(deeds.mark_step)
            card.goal_acted.connect(deeds.act_on_goal)
            cards.append(card)
        if not cards:
            cards.append(kit.empty(tr("No goals here.")))
        self.set_body(kit.box(kit.column(kit.start(filters), *cards, STRETCH, gap=3)))

    def _show_other(self, code: str) -> None:
        self._filter = code
        self.refresh()

    def _show_acts(self, stored: StoredPlan, deeds: PlanDeeds) -> None:
        """The buttons at the foot: what can follow now, and by this role."""
        kit, plan, buttons = self.kit, stored.plan, []

        def add(words: str, do: Callable[[], None], *, kind: str = "") -> None:
            button = kit.button(words, kind=kind)
            button.clicked.connect(do)
            buttons.append(button)
            if kind == "primary":
                self._act = do

        if self._allowed.write and plan.state is VersionState.PROPOSED:
            if plan.agreement is Agreement.NOT_ASKED:
                add(tr("Record the answer"), deeds.ask_agreement, kind="primary")
            else:
                add(tr("Change the answer"), deeds.ask_agreement)
                add(tr("Bring into force"), lambda: self.do(lambda: self._plans.activate(stored.rid)), kind="primary")
        elif self._allowed.write:
            add(tr("Change the answer"), deeds.ask_agreement)
            asks = plan.signoff is SignOff.SELF_SIGNED
            if plan.signoff is SignOff.RETURNED:
                add(tr("Sign again"), lambda: self.do(lambda: self._plans.sign(stored.rid)), kind="primary")
            if asks:
                do = lambda: self.do(lambda: self._plans.ask_countersign(stored.rid))  # noqa: E731 - handed on twice
                add(tr("Ask for countersignature"), do, kind="primary")
            drafts = self._writing.of_person(self._person)
            what = drafts[-1][0] if drafts else "next"
            words = tr("Continue draft") if drafts else tr("Next version")
            add(words, lambda: self._write(what), kind="" if asks else "primary")
        if self._allowed.countersign and plan.signoff is SignOff.AWAITING_COUNTERSIGN:
            add(tr("Return with a reason"), deeds.ask_return)
            add(tr("Countersign"), deeds.ask_countersign, kind="primary")
        self.set_foot(kit.row(self._meetings(), STRETCH, *buttons))

    def _meetings(self) -> QPushButton:
        button = self.kit.button(tr("Conferences"), icon="users-round")
        button.clicked.connect(lambda: self.go.emit(Route(name="conferences", person=self._person)))
        return button

    def _reviews(self, words: str) -> QPushButton | None:
        """The way to the reviews, for who reads them."""
        if not self._allowed.review:
            return None
        button = self.kit.button(words, kind="link")
        button.clicked.connect(lambda: self.go.emit(Route(name="reviews", person=self._person)))
        return button

    def _history(self, versions: Sequence[StoredPlan]) -> QWidget | None:
        if not versions:
            return None
        kit = self.kit
        rows = [
            kit.row(
                kit.label(tr("Version {number}").format(number=each.plan.version)),
                kit.tag(*state_words(each.plan.state)),
                STRETCH,
            )
            for each in versions
        ]
        return kit.card(tr("Plan history"), *rows, kind="flat")
