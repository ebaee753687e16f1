"""What a plan is: goals and steps, strengths, the person's agreement, the states of a version.

A version is never edited once it was proposed; statuses of goals and steps go on as marks beside it
(`mark_model.py`). What may follow what: `lifecycle_model.py`.
"""

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


IN_FORCE = frozenset({VersionState.ACTIVE, VersionState.UNDER_REVIEW})
"""A person has at most one version in these states; goals and steps are marked on it alone."""
STANDS = IN_FORCE | {VersionState.PROPOSED, VersionState.SUSPENDED}
"""What a person's plan page shows: what counts, is offered, or rests."""


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


class StepStatus(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANNOT_BE_DONE_YET = "cannot_be_done_yet"
    NO_LONGER_NEEDED = "no_longer_needed"


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


class SuspendedBecause(StrEnum):
    """Why a plan rests (domain.md 6.3)."""

    PERSON_WITHDREW = "person_withdrew"
    HOSPITAL = "hospital"
    SEGREGATION = "segregation"
    OTHER = "other"


class ClosedBecause(StrEnum):
    """Why a plan is closed (A5)."""

    SUPERVISION_ENDED = "supervision_ended"
    HANDED_TO_COMMUNITY = "handed_to_community"
    TRANSFERRED = "transferred"
    ACQUITTED_OR_DROPPED = "acquitted_or_dropped"
    PERSON_WITHDREW = "person_withdrew"
    LEFT_COUNTRY = "left_country"
    DIED = "died"
    DUPLICATE = "duplicate"
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
    status_words: str = ""

    def __post_init__(self) -> None:
        require_text(self.text, field="step", label=tr("Step"), longest=300)
        require_text(self.status_words, field="words", label=tr("Note"), longest=600, empty_allowed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """An approach goal in the person's words. `domain` is a code PD-1 to PD-10; `id` is local to the plan (g1, …).

    `indicator` is something that anybody could observe. `shareable`: may go to the community team. `removed_because`
    and `status_words` say how the goal came to its status; a removed goal stays in later versions and can be taken up
    again.
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
    removed_because: RemovalReason | None = None
    status_words: str = ""

    def __post_init__(self) -> None:
        require_text(self.wording, field="wording", label=tr("Goal in the person's words"), longest=400)
        for text, field, label in (
            (self.staff_wording, "staff_wording", tr("Goal in the staff's words")),
            (self.indicator, "indicator", tr("Indicator")),
        ):
            require_text(text, field=field, label=label, longest=400, empty_allowed=True)
        require_text(self.status_words, field="words", label=tr("Note"), longest=600, empty_allowed=True)
        if self.good_tag and self.good_tag not in GOOD_TAGS:
            raise UserError(tr("Choose what the goal gives the person from the list."), field="good_tag")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoNeed:
    """That nothing is needed in a domain, and when the person was asked: a real answer (A14)."""

    domain: str
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """That the person asked for work in a domain that nobody else opens: faith, or, while an appeal runs, harm and
    repair (domain.md 6.1, 8.2). `on`: when the person said so.
    """

    domain: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsivity:
    """What it takes so that working together is possible: needs alone, no reason, no level (domain.md 8.1)."""

    language: str = ""
    literacy: str = ""
    trauma: str = ""
    disability: str = ""
    gender: str = ""
    worship: str = ""

    def __post_init__(self) -> None:
        for text, field, label in (
            (self.language, "language", tr("Language")),
            (self.literacy, "literacy", tr("Reading and writing")),
            (self.trauma, "trauma", tr("After hard experiences")),
            (self.disability, "disability", tr("Body and senses")),
            (self.gender, "gender", tr("Women and men")),
            (self.worship, "worship", tr("Times of worship")),
        ):
            require_text(text, field=field, label=label, longest=300, empty_allowed=True)


NOTHING_SAID = Responsivity()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One version of a plan. `plan` is the plan's id over all versions.

    `agreement_words` are the person's own; `no_words_because` says why there are none. `helps`, `harder` and
    `early_signs` are as the person describes them; `protective` is who and what stands by. `state_code` is a code of
    `SuspendedBecause` or `ClosedBecause` and `state_reason` its words; `return_reason` is the supervisor's.
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
    state_code: str = ""
    return_reason: str = ""
    protective: str = ""
    responsivity: Responsivity = NOTHING_SAID
    opened: tuple[Opened, ...] = ()

    def __post_init__(self) -> None:
        require_text(self.strengths, field="strengths", label=tr("Strengths"), longest=2_000)
        for text, field, label, longest in (
            (self.formulation_shared, "formulation_shared", tr("Shared understanding"), 4_000),
            (self.early_signs, "early_signs", tr("Early signs"), 1_000),
            (self.helps, "helps", tr("What helps"), 1_000),
            (self.harder, "harder", tr("What makes it harder"), 1_000),
            (self.agreement_words, "agreement_words", tr("The person's words"), 2_000),
            (self.no_words_because, "no_words_because", tr("Why there are no words"), 400),
            (self.state_reason, "words", tr("Reason"), 400),
            (self.return_reason, "reason", tr("Reason"), 400),
            (self.protective, "protective", tr("Who and what stands by"), 1_000),
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
