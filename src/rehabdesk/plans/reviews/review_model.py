"""What a review is: one sitting with the person about a plan in force, signed once; and what is noted in between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, require_text
from rehabdesk.plans.lifecycle_model import GOAL_MAY_BECOME, STEP_MAY_BECOME, agreed, moved
from rehabdesk.plans.mark_model import Mark
from rehabdesk.plans.model import (
    Agreement,
    GoalStatus,
    Plan,
    StepStatus,
    VersionState,
)
from rehabdesk.plans.reviews.review_rule_model import BY_HAND, MovedBecause, Situation

OTHER = "other"


class ReviewState(StrEnum):
    """A review is written by one login, then signed. What was signed is followed by the next review."""

    DRAFTED = "drafted"
    SIGNED = "signed"
    DROPPED = "dropped"


REVIEW_MAY_BECOME: Mapping[ReviewState, frozenset[ReviewState]] = {
    ReviewState.DRAFTED: frozenset({ReviewState.SIGNED, ReviewState.DROPPED}),
    ReviewState.SIGNED: frozenset(),
    ReviewState.DROPPED: frozenset(),
}


class OwnPage(StrEnum):
    """Whether the person's own page (domain.md 7.8) was written for this review: it is asked at each one."""

    WRITTEN = "written"
    DECLINED = "declined"
    ANOTHER_DAY = "another_day"


class Outcome(StrEnum):
    """What follows for the plan."""

    STANDS = "stands"
    NEW_VERSION = "new_version"


class LateGroup(StrEnum):
    """The groups of A2: what the regime did is never counted as what the person chose (G33)."""

    REGIME = "regime"
    HEALTH = "health"
    PERSON = "person"
    LEGAL = "legal"
    SYSTEM = "system"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLook:
    """What the review says of a goal; `reason` (A4) where it is removed. An empty status leaves it as it is."""

    goal: str
    status: str = ""
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLook:
    """What the review says of a step of a goal."""

    goal: str
    step: str
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A signed review. `plan` and `version` are the one that was in force; `due` when it was due, `moved` why then.

    `domains` are those on which words were given; they lie in records of their own. `goals` and `steps` are those that
    became something else. `own_page_note` is the record of
    the person's page. `late_because` is a code of A2 where it was held after `due`. `conference` is a record, or empty.
    """

    plan: str
    version: int
    on: date
    situation: Situation
    looked_back: str
    own_page: OwnPage
    agreement: Agreement
    outcome: Outcome
    next_due: date
    due: date | None = None
    moved: MovedBecause | None = None
    own_page_note: str = ""
    domains: tuple[str, ...] = ()
    goals: tuple[GoalLook, ...] = ()
    steps: tuple[StepLook, ...] = ()
    agreement_words: str = ""
    no_words_because: str = ""
    late_because: str = ""
    late_words: str = ""
    conference: str = ""

    def __post_init__(self) -> None:
        require_text(self.looked_back, field="looked_back", label=tr("What happened since"), longest=4_000)
        for text, field, label, longest in (
            (self.agreement_words, "agreement_words", tr("The person's words"), 2_000),
            (self.no_words_because, "no_words_because", tr("Why there are no words"), 400),
            (self.late_words, "late_words", tr("In words"), 300),
        ):
            require_text(text, field=field, label=label, longest=longest, empty_allowed=True)
        if self.own_page is OwnPage.WRITTEN and not self.own_page_note:
            raise UserError(
                tr("Write and sign the person's own page first, or choose another answer."), field="own_page"
            )
        if self.agreement is Agreement.NOT_ASKED:
            raise UserError(tr("Ask the person first, and record the answer."), field="agreement")
        if self.next_due <= self.on:
            raise UserError(tr("Set a day after today for the next review."), field="next_due")
        if self.is_late and not self.late_because:
            raise UserError(tr("Choose from the list why the review is late."), field="late_because")
        if self.late_because == OTHER and not self.late_words.strip():
            raise UserError(tr("Say why the review is late."), field="late_words")

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.on > self.due


def require_next_day(next_due: date, latest: date) -> None:
    """UserError where the next review would come later than A1 allows."""
    if next_due > latest:
        raise UserError(
            tr("The next review comes too late. Set a day up to {day}.").format(day=isolate(day_text(latest))),
            field="next_due",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMove:
    """Something happened after which the next review is due in 14 days. `words`: a reference number, never facts.

    `taken_back`: it was noted by mistake.
    """

    because: MovedBecause
    on: date
    words: str = ""
    taken_back: bool = False

    def __post_init__(self) -> None:
        require_text(self.words, field="words", label=tr("Reference"), longest=120, empty_allowed=True)
        if self.because not in BY_HAND:
            raise UserError(tr("Choose from the list what happened."), field="because")


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """A review that was to be held and was not, and why (a code of A2). It stays due. `taken_back`: a mistake."""

    on: date
    because: str
    words: str = ""
    taken_back: bool = False

    def __post_init__(self) -> None:
        require_text(self.words, field="words", label=tr("In words"), longest=300, empty_allowed=True)
        if not self.because:
            raise UserError(tr("Choose from the list why it was not held."), field="because")
        if self.because == OTHER and not self.words.strip():
            raise UserError(tr("Say why it was not held."), field="words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortened:
    """How often the site reviews where that is more often than A1 says: days by the code of the situation."""

    every: Mapping[str, int]


def marks_of(plan: Plan, goals: Sequence[GoalLook], steps: Sequence[StepLook]) -> tuple[Mark, ...]:
    """The marks that follow for `plan` as it stands; what stays as it is needs none. UserError names the goal."""
    found = []
    for look in goals:
        present = plan.goal(look.goal).status
        if not look.status or look.status == present:
            continue
        status = GoalStatus(look.status)
        if status not in GOAL_MAY_BECOME[present]:
            raise UserError(tr("That goal cannot become that from where it is."), field=f"goal.{look.goal}")
        if present is GoalStatus.REMOVED and not look.words.strip():
            raise UserError(tr("Say why the goal is taken up again."), field=f"goal.{look.goal}")
        try:
            found.append(_mark(plan, goal=look.goal, status=status, reason=look.reason, words=look.words.strip()))
        except UserError as problem:
            raise UserError(problem.sentence, field=f"goal.{look.goal}") from problem
    for step in steps:
        now = next((each.status for each in plan.goal(step.goal).steps if each.id == step.step), None)
        if now is None or not step.status or step.status == now:
            continue
        wanted = StepStatus(step.status)
        if wanted not in STEP_MAY_BECOME[now]:
            raise UserError(tr("That step cannot become that from where it is."), field=f"step.{step.step}")
        found.append(_mark(plan, goal=step.goal, step=step.step, status=wanted))
    return tuple(found)


def changed(
    plan: Plan, goals: Sequence[GoalLook], steps: Sequence[StepLook]
) -> tuple[tuple[GoalLook, ...], tuple[StepLook, ...]]:
    """What of it makes a goal or step of `plan` something else than it is."""
    present = {step.id: step.status for goal in plan.goals for step in goal.steps}
    return (
        tuple(look for look in goals if look.status and look.status != plan.goal(look.goal).status),
        tuple(look for look in steps if look.status and look.status != present.get(look.step)),
    )


def reviewed(plan: Plan, review: Review) -> Plan:
    """The version after a review: the answer, the next day, and whether a new version is to be written."""
    answered = agreed(plan, review.agreement, words=review.agreement_words, no_words_because=review.no_words_because)
    wanted = VersionState.ACTIVE if review.outcome is Outcome.STANDS else VersionState.UNDER_REVIEW
    there = answered if answered.state is wanted else moved(answered, wanted)
    return replace(there, review_due=review.next_due)


def _mark(plan: Plan, *, goal: str, status: StrEnum, step: str = "", reason: str = "", words: str = "") -> Mark:
    return Mark(
        plan=plan.plan, version=plan.version, goal=goal, step=step, status=str(status), reason=reason, words=words
    )
