"""Programmes that a person takes part in, and the sessions of each. Why somebody was not there is kept apart: what lies
with the establishment never counts as the person's (G33). Nothing is counted or added up about a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text

LONGEST_NAME, LONGEST_WORDS = 120, 400
MOST_SESSIONS, MOST_MINUTES = 500, 720


class Kind(StrEnum):
    INDIVIDUAL = "individual"
    GROUP = "group"
    PASTORAL = "pastoral"
    FAMILY = "family"
    EDUCATION = "education"
    WORK = "work"
    HEALTH = "health"
    MENTORING = "mentoring"
    RESTORATIVE = "restorative"
    PRACTICAL = "practical"


class Participation(StrEnum):
    """By whose wish; shown wherever the programme is (G7)."""

    VOLUNTARY = "voluntary"
    COURT_ORDERED = "court_ordered"
    REGIME = "regime"


class InterventionState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


INTERVENTION_MAY_BECOME: Mapping[InterventionState, frozenset[InterventionState]] = {
    InterventionState.PLANNED: frozenset({InterventionState.RUNNING, InterventionState.ENDED}),
    InterventionState.RUNNING: frozenset({InterventionState.ENDED}),
    InterventionState.ENDED: frozenset({InterventionState.RUNNING}),
}
"""What ended can go on, with a note; what never began ended as `did_not_start` and is planned anew."""


class Outcome(StrEnum):
    """How it ended (A6)."""

    COMPLETED = "completed_as_planned"
    IN_PART = "completed_in_part"
    BY_PERSON = "stopped_by_person"
    BY_REGIME = "stopped_by_regime"
    BY_PROVIDER = "stopped_by_provider"
    DID_NOT_START = "did_not_start"


class SessionStatus(StrEnum):
    """Whether a session took place for the person, and if not, with whom that lies (domain.md 5.1)."""

    ATTENDED = "attended"
    LATE = "late"
    LEFT_EARLY = "left_early"
    ABSENT_EXCUSED = "absent_excused"
    DECLINED = "declined"
    NOT_UNLOCKED = "not_unlocked"
    NO_ESCORT = "no_escort"
    STAFF_ABSENT = "staff_absent"
    CANCELLED_OTHER = "cancelled_other"


class Side(StrEnum):
    """With whom it lies that a session did or did not take place."""

    CAME = "came"
    ESTABLISHMENT = "establishment"
    PERSON = "person"


SIDES: Mapping[Side, tuple[SessionStatus, ...]] = {
    Side.CAME: (SessionStatus.ATTENDED, SessionStatus.LATE, SessionStatus.LEFT_EARLY),
    Side.ESTABLISHMENT: (
        SessionStatus.NOT_UNLOCKED,
        SessionStatus.NO_ESCORT,
        SessionStatus.STAFF_ABSENT,
        SessionStatus.CANCELLED_OTHER,
    ),
    Side.PERSON: (SessionStatus.ABSENT_EXCUSED, SessionStatus.DECLINED),
}


def side_of(status: SessionStatus) -> Side:
    return next(side for side, statuses in SIDES.items() if status in statuses)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """A generic kind of work (A16). `tracked`: whether its sessions are recorded; pastoral counselling is not."""

    code: str
    text: str
    kind: Kind
    tracked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProgramme:
    """A name that this site gives to a programme of the catalogue. Names alone, never a manual."""

    catalogue: str
    name: str
    provider: str = ""

    def __post_init__(self) -> None:
        _short(self.name, "name", tr("Name at this site"))
        _short(self.provider, "provider", tr("Provider"), empty=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """One programme of one person. `catalogue` is a code of A16, `name` what it is called here.

    `domain`: the area of the plan that it serves, or "". `group`: the group of `notes` whose meetings it is, by id; its
    attendance is kept there. `sessions_planned` is 0 where nobody knows.
    """

    catalogue: str
    kind: Kind
    participation: Participation
    provider: str
    start: date
    name: str = ""
    domain: str = ""
    group: str = ""
    end: date | None = None
    sessions_planned: int = 0
    state: InterventionState = InterventionState.PLANNED
    outcome: Outcome | None = None
    words: str = ""

    def __post_init__(self) -> None:
        _short(self.name, "name", tr("Name at this site"), empty=True)
        _short(self.provider, "provider", tr("Provider"))
        require_text(self.words, field="words", label=tr("In words"), longest=LONGEST_WORDS, empty_allowed=True)
        if not 0 <= self.sessions_planned <= MOST_SESSIONS:
            raise UserError(tr("Up to {most} sessions can be planned.").format(most=MOST_SESSIONS), field="sessions")
        if self.end is not None and self.end < self.start:
            raise UserError(tr("The end lies before the beginning."), field="end")
        if (self.state is InterventionState.ENDED) != (self.outcome is not None):
            raise UserError(tr("Choose from the list how it ended."), field="outcome")
        if self.group and self.kind is not Kind.GROUP:
            raise UserError(tr("Only group work belongs to a group."), field="group")


def begun(one: Intervention, on: date) -> Intervention:
    """What was planned began on that day."""
    _require(one, InterventionState.RUNNING)
    if one.state is InterventionState.ENDED:
        raise UserError(tr("It ended. Say why it goes on."), field="state")
    return replace(one, state=InterventionState.RUNNING, start=on)


def ended(one: Intervention, outcome: Outcome, on: date, words: str = "") -> Intervention:
    """What was planned did not start, or what ran came to its end."""
    _require(one, InterventionState.ENDED)
    never = one.state is InterventionState.PLANNED
    if never != (outcome is Outcome.DID_NOT_START):
        raise UserError(
            tr("It was never begun: choose that it did not start.")
            if never
            else tr("It was begun: choose how it ended."),
            field="outcome",
        )
    last = max(on, one.start) if never else on
    return replace(one, state=InterventionState.ENDED, outcome=outcome, end=last, words=words.strip())


def taken_up(one: Intervention, words: str) -> Intervention:
    """What ended goes on; the note says why."""
    if one.state is not InterventionState.ENDED:
        raise UserError(tr("That cannot follow: it has not ended."), field="state")
    if one.outcome is Outcome.DID_NOT_START:
        raise UserError(tr("It never began. Add it anew."), field="state")
    if not words.strip():
        raise UserError(tr("Say why it goes on."), field="words")
    return replace(one, state=InterventionState.RUNNING, outcome=None, end=None, words=words.strip())


def _require(one: Intervention, to: InterventionState) -> None:
    if to not in INTERVENTION_MAY_BECOME[one.state]:
        raise UserError(tr("That cannot follow. Look at the present state first."), field="state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session as it went for the person. `instead_of`: the session that did not take place and was moved to this
    day. `help_offered`: an interpreter or reader, before a "declined" is taken (G32). `taken_back`: a mistake.
    """

    intervention: str
    on: date
    status: SessionStatus
    minutes: int = 0
    instead_of: str = ""
    help_offered: bool = False
    taken_back: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.minutes <= MOST_MINUTES:
            raise UserError(tr("The length is 1 to {most} minutes.").format(most=MOST_MINUTES), field="minutes")
        if self.status is SessionStatus.DECLINED and not self.help_offered:
            raise UserError(tr("Before taking a no: was an interpreter or reader offered?"), field="help_offered")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredIntervention:
    rid: str
    person: str
    author: str
    intervention: Intervention


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSession:
    rid: str
    person: str
    author: str
    session: Session


def _short(text: str, field: str, label: str, *, empty: bool = False) -> None:
    require_text(text, field=field, label=label, longest=LONGEST_NAME, empty_allowed=empty)
