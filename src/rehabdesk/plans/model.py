"""What a plan is: goals and steps, the person's agreement, the states of a version and who may bring it where.

A version is never edited once it was proposed; statuses of goals and steps go on as marks beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text


class VersionState(StrEnum):
    """States of a plan version (domain.md 6.3)."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACTIVE = "active"
    UNDER_REVIEW = "under_review"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    CLOSED = "closed"


MAY_BECOME: Mapping[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.PROPOSED}),
    VersionState.PROPOSED: frozenset({VersionState.ACTIVE, VersionState.CLOSED}),
    VersionState.ACTIVE: frozenset(
        {VersionState.UNDER_REVIEW, VersionState.SUSPENDED, VersionState.REPLACED, VersionState.CLOSED}
    ),
    VersionState.UNDER_REVIEW: frozenset(
        {VersionState.ACTIVE, VersionState.SUSPENDED, VersionState.REPLACED, VersionState.CLOSED}
    ),
    VersionState.SUSPENDED: frozenset({VersionState.ACTIVE, VersionState.REPLACED, VersionState.CLOSED}),
    VersionState.REPLACED: frozenset(),
    VersionState.CLOSED: frozenset(),
}


IN_FORCE = frozenset({VersionState.ACTIVE, VersionState.UNDER_REVIEW})
"""A person has at most one version in these states; goals and steps are marked on it alone."""


class Agreement(StrEnum):
    """The person's answer (A3)."""

    NOT_ASKED = "not_asked"
    AGREED = "agreed"
    AGREED_IN_PART = "agreed_in_part"
    DID_NOT_AGREE = "did_not_agree"
    COULD_NOT_BE_ASKED = "could_not_be_asked"
    WITHDREW = "withdrew"


class SignOff(StrEnum):
    """The staff's side, independent of the other two axes."""

    UNSIGNED = "unsigned"
    SELF_SIGNED = "self_signed"
    AWAITING_COUNTERSIGN = "awaiting_countersign"
    COUNTERSIGNED = "countersigned"
    RETURNED = "returned"


class Horizon(StrEnum):
    CUSTODY = "custody"
    RELEASE = "release"
    COMMUNITY = "community"


class GoalHorizon(StrEnum):
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class GoalStatus(StrEnum):
    FUTURE = "future"
    ACTIVE = "active"
    ACHIEVED = "achieved"
    PARTLY_ACHIEVED = "partly_achieved"
    CARRIED_OVER = "carried_over"
    REMOVED = "removed"


GOAL_MAY_BECOME: Mapping[GoalStatus, frozenset[GoalStatus]] = {
    GoalStatus.FUTURE: frozenset({GoalStatus.ACTIVE, GoalStatus.REMOVED}),
    GoalStatus.ACTIVE: frozenset(
        {GoalStatus.ACHIEVED, GoalStatus.PARTLY_ACHIEVED, GoalStatus.CARRIED_OVER, GoalStatus.REMOVED}
    ),
    GoalStatus.ACHIEVED: frozenset({GoalStatus.ACTIVE}),
    GoalStatus.PARTLY_ACHIEVED: frozenset({GoalStatus.ACTIVE, GoalStatus.ACHIEVED, GoalStatus.REMOVED}),
    GoalStatus.CARRIED_OVER: frozenset({GoalStatus.ACTIVE, GoalStatus.REMOVED}),
    GoalStatus.REMOVED: frozenset({GoalStatus.ACTIVE}),
}
"""A removed goal can be taken up again, with a note (domain.md 6.4)."""


class StepStatus(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANNOT_BE_DONE_YET = "cannot_be_done_yet"
    NO_LONGER_NEEDED = "no_longer_needed"


STEP_MAY_BECOME: Mapping[StepStatus, frozenset[StepStatus]] = {
    status: frozenset(StepStatus) - {status, StepStatus.NOT_STARTED} for status in StepStatus
}
"""Any order but back to the beginning: what was begun was begun, and a step that was set aside can be taken up."""


class RemovalReason(StrEnum):
    """Why a goal is removed (A4)."""

    REACHED_OTHERWISE = "reached_otherwise"
    NO_LONGER_WANTED = "no_longer_wanted"
    NOT_POSSIBLE_HERE = "not_possible_here"
    MERGED = "merged"
    LEGAL_CHANGE = "legal_change"
    PLAN_CLOSED = "plan_closed"
    BY_MISTAKE = "by_mistake"
    OTHER = "other"


class Actor(StrEnum):
    PERSON = "person"
    CASE_OFFICER = "case_officer"
    PSYCHOLOGIST = "psychologist"
    CHAPLAIN = "chaplain"
    FACILITATOR = "facilitator"
    FAMILY = "family"
    EXTERNAL = "external"
    SUPERVISOR = "supervisor"


class Side(StrEnum):
    """Who carries a need after the gate."""

    PRISON = "prison"
    COMMUNITY = "community"
    BOTH = "both"


GOOD_TAGS = (
    "life",
    "knowledge",
    "play",
    "work",
    "agency",
    "inner_peace",
    "relatedness",
    "community",
    "spirituality",
    "pleasure",
    "creativity",
)
"""What a goal gives the person, as the person says it (domain.md 8.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`id` is local to the plan (s1, s2, …)."""

    id: str
    text: str
    actor: Actor
    due: date | None = None
    status: StepStatus = StepStatus.NOT_STARTED

    def __post_init__(self) -> None:
        require_text(self.text, field="step", label=tr("Step"), longest=300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """An approach goal in the person's words. `domain` is a code PD-1 to PD-10; `id` is local to the plan (g1, …).

    `indicator` is something that anybody could observe. `shareable`: may go to the community team.
    """

    id: str
    domain: str
    wording: str
    staff_wording: str = ""
    good_tag: str = ""
    horizon: GoalHorizon = GoalHorizon.MEDIUM
    approach: bool = True
    indicator: str = ""
    target_date: date | None = None
    side: Side = Side.BOTH
    status: GoalStatus = GoalStatus.ACTIVE
    shareable: bool = True
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        require_text(self.wording, field="wording", label=tr("Goal in the person's words"), longest=400)
        for text, field, label in (
            (self.staff_wording, "staff_wording", tr("Goal in the staff's words")),
            (self.indicator, "indicator", tr("Indicator")),
        ):
            require_text(text, field=field, label=label, longest=400, empty_allowed=True)
        if self.good_tag and self.good_tag not in GOOD_TAGS:
            raise UserError(tr("Choose what the goal gives the person from the list."), field="good_tag")


def smart_warnings(goal: Goal, today: date) -> tuple[str, ...]:
    """What makes the goal hard to follow. Warns, never blocks (domain.md 8.1)."""
    found = []
    if not goal.indicator:
        found.append(tr("Say what anybody could see when the goal is reached."))
    if goal.target_date is None:
        found.append(tr("Say by when."))
    elif goal.target_date < today:
        found.append(tr("The target date has passed."))
    if not goal.steps:
        found.append(tr("Write the first step and who does it."))
    if not goal.approach:
        found.append(tr("Say it as something to do, become or have."))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoNeed:
    """That nothing is needed in a domain, and when the person was asked: a real answer (A14)."""

    domain: str
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One version of a plan. `plan` is the plan's id over all versions.

    `agreement_words` are the person's own; `no_words_because` says why there are none. `helps`, `harder` and
    `early_signs` are as the person describes them.
    """

    plan: str
    version: int
    state: VersionState
    horizon: Horizon
    strengths: str
    goals: tuple[Goal, ...]
    review_due: date | None
    formulation_shared: str = ""
    early_signs: str = ""
    helps: str = ""
    harder: str = ""
    crisis_steps: tuple[str, ...] = ()
    no_need: tuple[NoNeed, ...] = ()
    agreement: Agreement = Agreement.NOT_ASKED
    agreement_words: str = ""
    no_words_because: str = ""
    signoff: SignOff = SignOff.UNSIGNED
    state_reason: str = ""

    def __post_init__(self) -> None:
        require_text(self.strengths, field="strengths", label=tr("Strengths"), longest=2_000)
        for text, field, label, longest in (
            (self.formulation_shared, "formulation_shared", tr("Shared understanding"), 4_000),
            (self.early_signs, "early_signs", tr("Early signs"), 1_000),
            (self.helps, "helps", tr("What helps"), 1_000),
            (self.harder, "harder", tr("What makes it harder"), 1_000),
            (self.agreement_words, "agreement_words", tr("The person's words"), 2_000),
            (self.no_words_because, "no_words_because", tr("Why there are no words"), 400),
            (self.state_reason, "state_reason", tr("Reason"), 400),
        ):
            require_text(text, field=field, label=label, longest=longest, empty_allowed=True)
        ids = [goal.id for goal in self.goals] + [step.id for goal in self.goals for step in goal.steps]
        if len(set(ids)) != len(ids):
            raise UserError(tr("Two goals or steps have the same number."), field="goals")

    def goal(self, goal_id: str) -> Goal:
        """UserError where the plan has no such goal."""
        for goal in self.goals:
            if goal.id == goal_id:
                return goal
        raise UserError(tr("That goal is not in this plan."), field="goal")

    def with_goal(self, changed: Goal) -> "Plan":
        return replace(self, goals=tuple(changed if goal.id == changed.id else goal for goal in self.goals))


def moved(plan: Plan, to: VersionState, *, reason: str = "") -> Plan:
    """The version in another state. UserError where that cannot follow, or a guard is not met."""
    if to not in MAY_BECOME[plan.state]:
        raise UserError(
            tr("A plan that is {present} cannot become {wanted}.").format(present=plan.state, wanted=to), field="state"
        )
    if to is VersionState.ACTIVE:
        _require_activation(plan)
    if to in (VersionState.SUSPENDED, VersionState.CLOSED) and not reason.strip():
        raise UserError(tr("Say why."), field="reason")
    return replace(plan, state=to, state_reason=reason)


def _require_activation(plan: Plan) -> None:
    """The four guards of domain.md 6.3. `did_not_agree` does not block: it is printed on page 1."""
    if plan.agreement is Agreement.NOT_ASKED:
        raise UserError(tr("Ask the person first, and record the answer."), field="agreement")
    if not plan.agreement_words.strip() and not plan.no_words_because.strip():
        raise UserError(tr("Write the person's own words, or why there are none."), field="agreement_words")
    if not any(goal.approach and goal.status is not GoalStatus.REMOVED for goal in plan.goals):
        raise UserError(tr("A plan needs at least one goal that says what to do, become or have."), field="goals")
    if plan.review_due is None:
        raise UserError(tr("Set the day of the next review."), field="review_due")


def agreed(plan: Plan, answer: Agreement, *, words: str = "", no_words_because: str = "") -> Plan:
    """The version with the person's answer; an answer can be given again while the version is in force."""
    if plan.state not in (VersionState.PROPOSED, VersionState.ACTIVE, VersionState.UNDER_REVIEW):
        raise UserError(tr("Propose the plan to the person first."), field="agreement")
    if answer is Agreement.NOT_ASKED:
        raise UserError(tr("Choose what the person answered."), field="agreement")
    if answer is Agreement.COULD_NOT_BE_ASKED and not no_words_because.strip():
        raise UserError(tr("Say why the person could not be asked."), field="no_words_because")
    answered = replace(plan, agreement=answer, agreement_words=words, no_words_because=no_words_because)
    if plan.state in IN_FORCE:
        _require_activation(answered)
    return answered


SIGN_OFF_MAY_BECOME: Mapping[SignOff, frozenset[SignOff]] = {
    SignOff.UNSIGNED: frozenset({SignOff.SELF_SIGNED}),
    SignOff.SELF_SIGNED: frozenset({SignOff.AWAITING_COUNTERSIGN}),
    SignOff.AWAITING_COUNTERSIGN: frozenset({SignOff.COUNTERSIGNED, SignOff.RETURNED}),
    SignOff.RETURNED: frozenset({SignOff.SELF_SIGNED}),
    SignOff.COUNTERSIGNED: frozenset(),
}


def signed_off(plan: Plan, to: SignOff, *, reason: str = "") -> Plan:
    """The version further along the staff's axis. UserError where that cannot follow; a return needs its reason."""
    if to not in SIGN_OFF_MAY_BECOME[plan.signoff]:
        raise UserError(tr("That cannot follow: the plan is {state}.").format(state=plan.signoff), field="signoff")
    if to is SignOff.RETURNED and not reason.strip():
        raise UserError(tr("Say why the plan goes back."), field="reason")
    return replace(plan, signoff=to, state_reason=reason or plan.state_reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A new status of a goal (`step` empty) or of a step, in one version of a plan.

    `reason` is a code of A4 where a goal is removed, else empty.
    """

    plan: str
    version: int
    goal: str
    step: str = ""
    status: str
    reason: str = ""
    words: str = ""

    def __post_init__(self) -> None:
        require_text(self.words, field="words", label=tr("Note"), longest=600, empty_allowed=True)
        known = [str(status) for status in (StepStatus if self.step else GoalStatus)]
        if self.status not in known:
            raise UserError(tr("Choose a status from the list."), field="status")
        removes = not self.step and self.status == GoalStatus.REMOVED
        if removes != (self.reason in [str(reason) for reason in RemovalReason]) or (self.reason and not removes):
            raise UserError(tr("Choose from the list why the goal is removed."), field="reason")
        if self.reason == RemovalReason.OTHER and not self.words.strip():
            raise UserError(tr("Say why the goal is removed."), field="words")


def marked(plan: Plan, marks: tuple[Mark, ...]) -> Plan:
    """The plan as it stands after `marks`, oldest first; marks of goals that are gone change nothing."""
    for mark in marks:
        goal = next((one for one in plan.goals if one.id == mark.goal), None)
        if goal is None:
            continue
        if mark.step:
            steps = tuple(
                replace(step, status=StepStatus(mark.status)) if step.id == mark.step else step for step in goal.steps
            )
            plan = plan.with_goal(replace(goal, steps=steps))
        else:
            plan = plan.with_goal(replace(goal, status=GoalStatus(mark.status)))
    return plan
