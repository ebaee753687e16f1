"""The plan of one person: the answer and strengths first, then goals by status, what stands around them, what can
follow. Written on a page of its own; versions are compared on another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.comment_service import PlanComments
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.model import IN_FORCE, Agreement, Goal, GoalStatus, Plan, SignOff, VersionState
from rehabdesk.plans.plan_words_model import state_reason_words
from rehabdesk.plans.programmes.intervention_model import InterventionState
from rehabdesk.plans.programmes.intervention_service import Interventions
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.plans.service import Plans
from rehabdesk.plans.stored_model import StoredPlan
from rehabdesk.plans.view.deed_page import DeedPage
from rehabdesk.plans.view.goal_view_card import GoalRights, GoalViewCard
from rehabdesk.plans.view.plan_around_card import Around, around_card
from rehabdesk.plans.view.plan_deeds import PlanDeeds
from rehabdesk.plans.view.plan_doors import door, plan_doors
from rehabdesk.plans.view.plan_head import plan_head, plan_lines, review_due
from rehabdesk.plans.words_model import state_words
from rehabdesk.plans.writing_service import PlanWriting
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.menu import show_menu
from rehabdesk.ui.page import LARGE_TEXT, Route

FILTERS = {
    "now": (GoalStatus.ACTIVE, GoalStatus.PARTLY_ACHIEVED, GoalStatus.CARRIED_OVER),
    "later": (GoalStatus.FUTURE,),
    "achieved": (GoalStatus.ACHIEVED,),
    "removed": (GoalStatus.REMOVED,),
}
TO_SIGN = frozenset({SignOff.SELF_SIGNED, SignOff.RETURNED})
"""While the staff's axis waits for the author, the next version is in the menu: first things first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What this role does with plans; what it may not do is absent."""

    write: bool
    countersign: bool
    rate: bool
    review: bool
    compare: bool
    print: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContext:
    """The services of the page, and what app knows: the name behind a login, the domains that are open (G18), a line
    for each assessment made elsewhere.
    """

    plans: Plans
    writing: PlanWriting
    words: ProgressWords
    domains: Domains
    comments: PlanComments
    programmes: Interventions
    staff: Callable[[str], str]
    shown: frozenset[str]
    assessments: Callable[[], Sequence[str]]
    next_review: Callable[[], date | None]


class PlanTab(DeedPage):
    """`make_deeds`: the deeds on the version of that record; `next_review`: when it is due by now.

    A plan is written on a page of its own.
    """

    def __init__(
        self,
        kit: Kit,
        context: PlanContext,
        person_id: str,
        *,
        name: str,
        allowed: Allowed,
        make_deeds: Callable[["PlanTab", str], PlanDeeds],
    ) -> None:
        super().__init__(kit)
        self._context, self._plans, self._person = context, context.plans, person_id
        self._name, self._allowed, self._make_deeds = name, allowed, make_deeds
        self._deeds: PlanDeeds | None = None
        self._filter, self._version = "now", "proposed"
        self.refresh()

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
        """What is worked on now; nothing yet, or all is closed: what to do."""
        self._act = None
        stored = self._plans.current(self._person)
        if stored is None:
            self._show_nothing(self._plans.versions(self._person))
            return
        proposed = stored if stored.plan.state is VersionState.PROPOSED else None
        in_force = self._plans.in_force(self._person) if proposed is not None else None
        if in_force is not None and self._version == "in_force":
            stored = in_force
        if self._deeds is None or self._deeds.rid != stored.rid:
            self._deeds = self._make_deeds(self, stored.rid)
        self._deeds.act = None
        due = review_due(self.kit, self._context.next_review() or stored.plan.review_due, self._reviews)
        lines = plan_lines(self.kit, stored.plan, self._name)
        large = self.kit.theme.look.zoom > LARGE_TEXT  # then what stays in sight would be all of the page
        self.set_head(plan_head(self.kit, stored.plan, [] if large else lines, due, self._history()))
        self._show_goals(stored, self._deeds, lines if large else [], self._two(in_force, proposed))
        self._show_acts(stored, self._deeds)

    def _write(self, what: str) -> None:
        self.go.emit(Route(name="plan_write", person=self._person, id=what))

    def _show_nothing(self, versions: Sequence[StoredPlan]) -> None:
        kit = self.kit
        buttons = []
        if self._allowed.write:
            drafts = self._context.writing.of_person(self._person)
            what = drafts[-1][0] if drafts else "new"
            add = kit.button(tr("Continue draft") if drafts else tr("Add goal"), kind="primary", icon="plus")
            add.setObjectName("first-goal")
            add.clicked.connect(lambda: self._write(what))
            buttons.append(add)
            self._first, self._act = add, lambda: self._write(what)
        sentence = tr("No goals yet. Start with what {name} wants.").format(name=isolate(self._name))
        ended = [one.plan for one in versions if one.plan.state is VersionState.CLOSED]
        asked = [plan for plan in ended if plan.agreement is not Agreement.NOT_ASKED]
        closed = next(iter([*asked, *ended]), None)
        if closed is not None:
            words = tr("Plan closed, version {number}: {reason}. A new one starts with what {name} wants.")
            reason = state_reason_words(closed) or state_words(closed.state)[0]
            sentence = words.format(number=closed.version, reason=isolate(reason), name=isolate(self._name))
        self.set_head(kit.row(kit.label(tr("Plan"), "h2"), STRETCH, self._history() if versions else None))
        self.set_body(kit.box(kit.column(kit.empty(sentence, *buttons), STRETCH)))
        self.set_foot(kit.row(*self._doors(), self._reviews(tr("Reviews")), STRETCH))

    def _two(self, in_force: StoredPlan | None, proposed: StoredPlan | None) -> QWidget | None:
        """While a proposal waits for an answer, the version in force is worked on: which of the two is shown."""
        if in_force is None or proposed is None:
            return None
        words = {"in_force": tr("Version {number}, in force"), "proposed": tr("Version {number}, proposed")}
        numbers = {"in_force": in_force.plan.version, "proposed": proposed.plan.version}
        options = [(code, words[code].format(number=numbers[code])) for code in words]
        choice = self.kit.choice(options, chosen=self._version)
        choice.setAccessibleName(tr("Which version"))
        choice.changed.connect(self._show_version)
        return choice

    def _show_version(self, code: str) -> None:
        self._version, self._filter = code, "now"
        self.refresh()
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_goals(self, stored: StoredPlan, deeds: PlanDeeds, above: Sequence[QWidget], two: QWidget | None) -> None:
        kit, plan = self.kit, stored.plan
        goals = [goal for goal in plan.goals if goal.domain in self._context.shown]
        counts = {code: sum(goal.status in states for goal in goals) for code, states in FILTERS.items()}
        words = {"now": tr("Now"), "later": tr("Later"), "achieved": tr("Achieved"), "removed": tr("Removed")}
        options = [(code, f"{words[code]} ({counts[code]})") for code in FILTERS]
        filters = kit.choice(options, chosen=self._filter)
        filters.setAccessibleName(tr("Which goals"))
        filters.changed.connect(self._show_other)
        self._first = filters.focusProxy()
        shown = [*above, *(self._card(goal, stored, deeds) for goal in goals if goal.status in FILTERS[self._filter])]
        if len(shown) == len(above):
            shown.append(kit.empty(tr("No goals here.")))
        if len(goals) < len(plan.goals):
            closed = tr("A goal in an area that is closed for now is not shown. Before a judgment nobody works on it.")
            shown.append(kit.label(closed, "small", tone="muted", wrap=True))
        self.set_body(
            kit.box(kit.column(kit.row(filters, STRETCH, two, gap=3), *shown, self._around(plan), STRETCH, gap=3))
        )

    def _card(self, goal: Goal, stored: StoredPlan, deeds: PlanDeeds) -> GoalViewCard:
        context, domain = self._context, self._context.domains.domain(goal.domain)
        rights = GoalRights(
            mark=self._allowed.write and stored.plan.state in IN_FORCE,
            rate=self._allowed.rate and domain.rated,
            comment=context.comments.may_write,
        )
        comments = [
            (f"{context.staff(each.author)} · {short(each.at.astimezone().date())}", each.comment.words)
            for each in context.comments.of_version(stored.rid)
            if each.comment.domain == goal.domain
        ]
        history = context.words.history(self._person).get(goal.domain, ())
        card = GoalViewCard(self.kit, goal, domain, history, comments, name=self._name, rights=rights)
        card.step_marked.connect(deeds.mark_step)
        card.goal_acted.connect(deeds.act_on_goal)
        return card

    def _around(self, plan: Plan) -> QWidget | None:
        programmes = self._context.programmes
        known = programmes.of_person(self._person) if programmes.may_read else ()
        running = [one for one in known if one.intervention.state is not InterventionState.ENDED]
        around = Around(plan=plan, running=running, assessments=self._context.assessments())
        return around_card(self.kit, around, self._context.domains, programmes, shown=self._context.shown)

    def _show_other(self, code: str) -> None:
        self._filter = code
        self.refresh()
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_acts(self, stored: StoredPlan, deeds: PlanDeeds) -> None:
        """The buttons at the foot: what can follow now, and by this role."""
        kit, plan, buttons = self.kit, stored.plan, list[QPushButton]()

        def add(words: str, do: Callable[[], object], *, kind: str = "") -> None:
            button = kit.button(words, kind=kind)
            button.clicked.connect(do)
            buttons.append(button)
            if kind == "primary":
                self._act = do

        if self._allowed.write and plan.state is VersionState.PROPOSED:
            buttons.append(self._more(plan, deeds))
            if plan.agreement is Agreement.NOT_ASKED:
                add(tr("Record the answer"), deeds.ask_agreement, kind="primary")
            else:
                add(tr("Change the answer"), deeds.ask_agreement)
                activate = partial(self.do, partial(self._plans.activate, stored.rid))
                add(tr("Bring into force"), activate, kind="primary")
        elif self._allowed.write:
            buttons.append(self._more(plan, deeds))
            add(tr("Change the answer"), deeds.ask_agreement)
            self._add_writing(stored, deeds, add)
        if self._allowed.countersign and plan.signoff is SignOff.AWAITING_COUNTERSIGN:
            add(tr("Return with a reason"), deeds.ask_return)
            add(tr("Countersign"), deeds.ask_countersign, kind="primary")
        self.set_foot(kit.row(*self._doors(), STRETCH, *buttons))

    def _add_writing(self, stored: StoredPlan, deeds: PlanDeeds, add: Callable[..., None]) -> None:
        """Signing, taking up what rests, the next version: the first that is due is the main act."""
        plan, rid = stored.plan, stored.rid
        if plan.state is VersionState.SUSPENDED:
            add(tr("Take up again"), deeds.moves.take_up, kind="" if plan.signoff in TO_SIGN else "primary")
        if plan.signoff is SignOff.RETURNED:
            add(tr("Sign again"), partial(self.do, partial(self._plans.sign, rid)), kind="primary")
        elif plan.signoff is SignOff.SELF_SIGNED:
            ask = partial(self.do, partial(self._plans.ask_countersign, rid))
            add(tr("Ask for countersignature"), ask, kind="primary")
        elif plan.state is not VersionState.SUSPENDED:
            words, what = self._next()
            add(words, lambda: self._write(what), kind="primary")

    def _next(self) -> tuple[str, str]:
        """The words for the next version, and what is written then: a draft that was begun, or a new one."""
        drafts = self._context.writing.of_person(self._person)
        return (tr("Continue draft"), drafts[-1][0]) if drafts else (tr("Next version"), "next")

    def _more(self, plan: Plan, deeds: PlanDeeds) -> QPushButton:
        """What is done seldom: reviewing, letting rest, closing."""
        moves, choices = deeds.moves, list[tuple[str, Callable[[], None]]]()
        if plan.state is VersionState.SUSPENDED or (plan.state in IN_FORCE and plan.signoff in TO_SIGN):
            words, what = self._next()
            choices.append((words, lambda: self._write(what)))
        if plan.state in IN_FORCE and self._allowed.review:
            choices.append((tr("Begin the review"), lambda: self.go.emit(Route(name="review", person=self._person))))
        if plan.state is VersionState.UNDER_REVIEW:
            choices.append((tr("It stays as it is"), moves.keep_on))
        if plan.state in IN_FORCE:
            choices.append((tr("Let it rest…"), moves.ask_rest))
        proposed = plan.state is VersionState.PROPOSED
        choices.append((tr("Take the proposal back…") if proposed else tr("Close…"), moves.ask_close))
        button = self.kit.button("", kind="icon", icon="ellipsis", name=tr("More about this plan"))
        button.clicked.connect(lambda: show_menu(button, choices))
        return button

    # doors

    def _reviews(self, words: str) -> QPushButton | None:
        """The way to the reviews, for who reads them."""
        if not self._allowed.review:
            return None
        button = self.kit.button(words, kind="link")
        button.clicked.connect(lambda: self.go.emit(Route(name="reviews", person=self._person)))
        return button

    def _doors(self) -> list[QPushButton]:
        own = ("" if self._deeds is None else self._deeds.rid) if self._allowed.print else None
        programmes = self._context.programmes.may_read
        return plan_doors(self, self._person, self._name, programmes=programmes, own_plan=own)

    def _history(self) -> QPushButton | None:
        if not self._allowed.compare:
            return None
        return door(self, tr("Plan history"), "history", Route(name="plan_history", person=self._person), kind="quiet")
