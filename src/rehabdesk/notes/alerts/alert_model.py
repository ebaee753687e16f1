"""Safety alerts: what one is, how it is reviewed and closed, and a disclosure of ill-treatment (domain.md 7.7).

A disclosure is no record of the team: those in the line of command hold the team's key (domain.md 4.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.notes.forms.answers_model import Answers

REVIEW_WITHIN = timedelta(hours=72)
LONGEST_FACTS, LONGEST_LINE, LONGEST_TEXT, LONGEST_WORDS = 400, 200, 1_000, 6_000
_SLOW_CLOCK = timedelta(minutes=5)


class AlertKind(StrEnum):
    """Kinds of domain.md 5.1."""

    SELF_HARM = "self_harm"
    HARM_TO_OTHER = "harm_to_other"
    HARM_TO_CHILD = "harm_to_child"
    THREAT_TO_PERSON = "threat_to_person"
    HEALTH_EMERGENCY = "health_emergency"
    ILL_TREATMENT = "ill_treatment_disclosure"


class AtRisk(StrEnum):
    SELF = "self"
    NAMED_PERSON = "named_person"
    CHILD = "child"
    UNKNOWN = "unknown"


class AlertState(StrEnum):
    """Status words of interface.md 8.2."""

    LIVE = "live"
    REVIEW_DUE = "review_due"
    CLOSED = "closed"


class Result(StrEnum):
    """What came of looking at an alert again: it stays live until the next review, or it is over."""

    REVIEWED = "reviewed"
    CLOSED = "closed"


_KIND_OF_ROW: Mapping[str, AlertKind] = {
    "ending_life": AlertKind.SELF_HARM,
    "self_injury": AlertKind.SELF_HARM,
    "hurt_named_person": AlertKind.HARM_TO_OTHER,
    "child_in_danger": AlertKind.HARM_TO_CHILD,
    "threat_to_person": AlertKind.THREAT_TO_PERSON,
    "hunger_strike": AlertKind.HEALTH_EMERGENCY,
    "acute_illness": AlertKind.HEALTH_EMERGENCY,
    "ill_treatment": AlertKind.ILL_TREATMENT,
}


def kinds_called_for(marks: Answers) -> tuple[AlertKind, ...]:
    """The kinds of alert that a safety check of a signed note calls for, each once.

    A chaplain's answer names no kind: the chaplain decides the wording, and nothing is taken from a pastoral note.
    """
    grids = [answer for answer in marks.values() if isinstance(answer, Mapping)]
    called = {_KIND_OF_ROW.get(row) for grid in grids for row, said in grid.items() if said == "yes"}
    return tuple(kind for kind in AlertKind if kind in called)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyAlert:
    """What the team reads. Whoever is named as at risk is a record of its own in `protected`.

    `about` are the words for the person where the writer sees no register (an administrator); else empty.
    """

    kind: AlertKind
    facts: str
    at_risk: AtRisk
    action_taken: str
    told_who: str
    told_how: str
    told_at: datetime
    review_by: datetime
    person_told: bool | None = None
    about: str = ""

    def __post_init__(self) -> None:
        if self.kind is AlertKind.ILL_TREATMENT:
            raise UserError(tr("A disclosure of ill-treatment never goes to the team."), field="kind")
        require_text(self.facts, field="facts", label=tr("What people must know"), longest=LONGEST_FACTS)
        require_text(self.action_taken, field="did", label=tr("What you did"), longest=LONGEST_TEXT)
        require_text(self.told_who, field="told_who", label=tr("Whom you told"), longest=LONGEST_LINE)
        require_text(self.told_how, field="told_how", label=tr("How you told"), longest=LONGEST_LINE)
        _require_about(self.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAtRisk:
    """Who is at risk, by name: third-party matter, kept with the safeguarding lead (TPP). `alert`: its record."""

    alert: str
    name: str

    def __post_init__(self) -> None:
        require_text(self.name, field="named", label=tr("Who is at risk"), longest=LONGEST_LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Somebody looked at the alert again. `next_review` is there exactly while it stays live."""

    alert: str
    result: Result
    words: str
    next_review: datetime | None = None

    def __post_init__(self) -> None:
        require_text(self.words, field="words", label=tr("Outcome"), longest=LONGEST_TEXT)
        if (self.next_review is not None) != (self.result is Result.REVIEWED):
            raise UserError(tr("Set the next review where the alert stays live, and only there."), field="review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What a person said was done to them, in the person's own words. `said_at`: when it was said.

    The records that go to different readers share the id `disclosure`.
    """

    disclosure: str
    exact_words: str
    said_at: datetime
    action_taken: str
    places: str = ""
    told_who: str = ""
    person_told: bool | None = None
    about: str = ""

    def __post_init__(self) -> None:
        require_text(self.exact_words, field="exact", label=tr("The person's exact words"), longest=LONGEST_WORDS)
        require_text(self.action_taken, field="did", label=tr("What you did"), longest=LONGEST_TEXT)
        for text, field, label in (
            (self.places, "places", tr("Places on the body")),
            (self.told_who, "told_who", tr("Whom you told")),
        ):
            require_text(text, field=field, label=label, longest=LONGEST_TEXT, empty_allowed=True)
        _require_about(self.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRefusal:
    """A request for content that was declined: for the clinical supervisor only (G12)."""

    requester: str
    reason: str

    def __post_init__(self) -> None:
        require_text(self.requester, field="requester", label=tr("Who asked"), longest=LONGEST_LINE)
        require_text(self.reason, field="reason", label=tr("Reason"), longest=LONGEST_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAlert:
    """The form as it is typed: nothing in it needs to be complete. Codes are those above; times are None while open."""

    kind: str = ""
    facts: str = ""
    at_risk: str = ""
    named: str = ""
    did: str = ""
    told_who: str = ""
    told_how: str = ""
    told_at: datetime | None = None
    person_told: str = ""
    review_by: datetime | None = None
    about: str = ""
    exact: str = ""
    places: str = ""

    @property
    def is_disclosure(self) -> bool:
        return self.kind == AlertKind.ILL_TREATMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDraft:
    """The author's unsaved alert; nobody else can open it."""

    id: str
    person_id: str | None
    typed: TypedAlert
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """An alert in lists: no text but, where the register was not seen, the words for the person."""

    rid: str
    person_id: str | None
    kind: AlertKind
    author: str
    recorded_at: datetime
    review_by: datetime
    closed: bool
    about: str = ""

    def state(self, now: datetime) -> AlertState:
        if self.closed:
            return AlertState.CLOSED
        return AlertState.REVIEW_DUE if now >= self.review_by else AlertState.LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOutcome:
    outcome: Outcome
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAlert:
    """An alert as it is read. `name_kept`: this login may ask for the name of the one at risk."""

    row: AlertRow
    alert: SafetyAlert
    outcomes: tuple[SignedOutcome, ...]
    name_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A disclosure or a declined request as it lies in one compartment."""

    rid: str
    comp: str
    kind: str
    person_id: str | None
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff:
    """A disclosure as it goes to somebody outside on paper. `about`: name and case number, or the writer's words."""

    site: str
    recipient: str
    about: str
    author: str
    disclosure: Disclosure
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveMatter:
    """A live alert as a packet may say it: nobody is named."""

    kind: AlertKind
    facts: str
    at_risk: AtRisk
    action_taken: str
    review_by: datetime


def require_review(review_by: datetime | None, now: datetime) -> datetime:
    """The time of the review, which lies ahead, and never more than 72 hours."""
    if review_by is None:
        raise UserError(tr("Set the day and time of the review."), field="review")
    if review_by <= now:
        raise UserError(tr("The review must lie ahead."), field="review")
    if review_by > now + REVIEW_WITHIN:
        raise UserError(tr("An alert is reviewed within 72 hours. Choose an earlier time."), field="review")
    return review_by


def require_past(moment: datetime | None, now: datetime) -> datetime:
    """When something was said or told. A few minutes ahead are a slow clock."""
    if moment is None:
        raise UserError(tr("Enter day and time."), field="told_at")
    if moment > now + _SLOW_CLOCK:
        raise UserError(tr("Date must be today or in the past."), field="told_at")
    return min(moment, now)


def require_no_name(typed: TypedAlert) -> None:
    """Whoever is named as at risk does not stand in what the team reads."""
    name = " ".join(typed.named.split()).casefold()
    for field, text in (
        ("facts", typed.facts),
        ("did", typed.did),
        ("told_who", typed.told_who),
        ("told_how", typed.told_how),
    ):
        if len(name) > 2 and name in " ".join(text.split()).casefold():
            raise UserError(
                tr("The team reads this. Leave out the name of the one at risk; write “a named person”."), field=field
            )


def _require_about(about: str) -> None:
    require_text(about, field="person", label=tr("About whom"), longest=LONGEST_LINE, empty_allowed=True)
