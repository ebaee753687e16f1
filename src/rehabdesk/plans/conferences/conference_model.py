"""What a conference is: its states, the guards between them, what follows once its minutes are agreed.

Until then each state is a version of one record. Afterwards nothing in it is changed: marks, additions and exchanges
are records beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.plans.conferences.conference_parts_model import (
    ActionStatus,
    Attendee,
    ConferenceKind,
    Item,
    KeptBack,
    Minutes,
    PersonAttended,
)

MOST_PEOPLE = 40


class ConferenceState(StrEnum):
    """States of a conference (domain.md 6.5)."""

    SCHEDULED = "scheduled"
    HELD = "held"
    MINUTES_DRAFT = "minutes_draft"
    MINUTES_AGREED = "minutes_agreed"
    ACTIONS_OPEN = "actions_open"
    CLOSED = "closed"


MAY_BECOME: Mapping[ConferenceState, frozenset[ConferenceState]] = {
    ConferenceState.SCHEDULED: frozenset({ConferenceState.HELD, ConferenceState.CLOSED}),
    ConferenceState.HELD: frozenset({ConferenceState.MINUTES_DRAFT}),
    ConferenceState.MINUTES_DRAFT: frozenset({ConferenceState.HELD, ConferenceState.MINUTES_AGREED}),
    ConferenceState.MINUTES_AGREED: frozenset({ConferenceState.ACTIONS_OPEN}),
    ConferenceState.ACTIONS_OPEN: frozenset({ConferenceState.CLOSED}),
    ConferenceState.CLOSED: frozenset({ConferenceState.ACTIONS_OPEN}),
}
"""From `scheduled` to `closed`: it did not take place. From `minutes_draft` to `held`: the chair gave the minutes back.
From `minutes_agreed` on: the supervisor has approved. Between `actions_open` and `closed` the marks alone decide."""

AGREED = frozenset({ConferenceState.MINUTES_AGREED, ConferenceState.ACTIONS_OPEN, ConferenceState.CLOSED})
"""What was agreed is never changed, only added to."""
WITH_MINUTES = AGREED | {ConferenceState.MINUTES_DRAFT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """One meeting about one person. `chair` is a login of this desk; `interpreters` are aliases only (G15).

    `not_invited_because` stands with PersonAttended.NOT_INVITED alone. `help_offered`: an interpreter or reader was
    offered before a no was taken (G32). `withdrawn`: logins whose invitation was taken back, at whatever time (G14).
    `agreed_at` and `approved_at` are set once; `reason` says why the last step was taken where it needs saying.
    """

    kind: ConferenceKind
    at: datetime
    chair: str
    state: ConferenceState = ConferenceState.SCHEDULED
    place: str = ""
    attendees: tuple[Attendee, ...] = ()
    interpreters: tuple[str, ...] = ()
    person_attended: PersonAttended | None = None
    not_invited_because: str = ""
    help_offered: bool = False
    minutes: Minutes | None = None
    reason: str = ""
    agreed_at: datetime | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    withdrawn: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.chair:
            raise UserError(tr("Choose who chairs the conference."), field="chair")
        for text, field, label, longest in (
            (self.place, "place", tr("Place"), 120),
            (self.reason, "reason", tr("Reason"), 400),
            (self.not_invited_because, "not_invited_because", tr("Why the person was not invited"), 400),
        ):
            require_text(text, field=field, label=label, longest=longest, empty_allowed=True)
        for alias in self.interpreters:
            require_text(alias, field="interpreters", label=tr("Interpreter's alias"), longest=60)
        if len(self.attendees) > MOST_PEOPLE or len(self.interpreters) > MOST_PEOPLE:
            raise UserError(tr("These are too many people for one conference."), field="attendees")
        staff = [each.staff for each in self.attendees if each.staff]
        if len(set(staff)) != len(staff):
            raise UserError(tr("Somebody stands twice in the list."), field="attendees")
        if (self.person_attended is PersonAttended.NOT_INVITED) != bool(self.not_invited_because.strip()):
            raise UserError(tr("Say why the person was not invited."), field="not_invited_because")
        self._require_state()

    def _require_state(self) -> None:
        took_place = self.state is not ConferenceState.SCHEDULED and not self.cancelled
        if took_place and self.person_attended is None:
            raise UserError(tr("Say how the person took part."), field="person_attended")
        if self.state in WITH_MINUTES and not self.cancelled and self.minutes is None:
            raise UserError(tr("Write the minutes first."), field="minutes")
        if (self.agreed_at is not None) != (self.state in AGREED and not self.cancelled):
            raise UserError(tr("Only the chair agrees minutes, and only once."), field="state")

    @property
    def cancelled(self) -> bool:
        """Whether it was closed without having taken place."""
        return self.state is ConferenceState.CLOSED and self.minutes is None

    def invited(self, staff: str) -> bool:
        """Whether that login was invited, and still is."""
        return staff not in self.withdrawn and any(each.staff == staff for each in self.attendees)


def _step(conference: Conference, begin: ConferenceState, to: ConferenceState) -> None:
    """Two deeds can lead to one state (it took place; the chair gave the minutes back): each has its own beginning."""
    if conference.state is not begin or to not in MAY_BECOME[begin]:
        raise UserError(tr("That cannot follow: the conference is further, or not so far yet."), field="state")


def changed(conference: Conference, facts: Conference) -> Conference:
    """Another time, chair or list of people. UserError once it took place."""
    if conference.state is not ConferenceState.SCHEDULED or facts.state is not ConferenceState.SCHEDULED:
        raise UserError(tr("The conference has taken place. Its time and list stay as they are."), field="state")
    return facts


def chaired(conference: Conference, chair: str) -> Conference:
    """With another chair, for as long as nothing is agreed."""
    if conference.state in AGREED:
        raise UserError(tr("The minutes are agreed. Their chair stays."), field="chair")
    return replace(conference, chair=chair)


def held(
    conference: Conference,
    attendees: Sequence[Attendee],
    attended: PersonAttended | None,
    *,
    now: datetime,
    not_invited_because: str = "",
    help_offered: bool = False,
) -> Conference:
    """The conference after it took place: who came, and how the person took part."""
    _step(conference, ConferenceState.SCHEDULED, ConferenceState.HELD)
    if conference.at > now:
        raise UserError(tr("The conference lies in the future. Change its time first."), field="at")
    if not any(each.attended for each in attendees):
        raise UserError(tr("Tick who came."), field="attendees")
    if attended is None:
        raise UserError(tr("Say how the person took part."), field="person_attended")
    if attended is PersonAttended.DECLINED and not help_offered:
        sentence = tr("Was an interpreter or reader offered? Offer one before you accept a no.")
        raise UserError(sentence, field="help_offered")
    return replace(
        conference,
        state=ConferenceState.HELD,
        attendees=tuple(attendees),
        person_attended=attended,
        not_invited_because=not_invited_because,
        help_offered=help_offered,
    )


def cancelled(conference: Conference, reason: str) -> Conference:
    """A conference that did not take place."""
    _step(conference, ConferenceState.SCHEDULED, ConferenceState.CLOSED)
    if not reason.strip():
        raise UserError(tr("Say why the conference did not take place."), field="reason")
    return replace(conference, state=ConferenceState.CLOSED, reason=reason)


def laid(conference: Conference, minutes: Minutes, contributions: Mapping[int, str]) -> Conference:
    """With minutes for the chair to agree. `contributions`: by the place of the attendee, of those who came."""
    _step(conference, ConferenceState.HELD, ConferenceState.MINUTES_DRAFT)
    attendees = tuple(
        _contributing(each, place, contributions.get(place, "")) for place, each in enumerate(conference.attendees)
    )
    return replace(conference, state=ConferenceState.MINUTES_DRAFT, minutes=minutes, attendees=attendees, reason="")


def _contributing(attendee: Attendee, place: int, words: str) -> Attendee:
    """An error says whose contribution it is, as everybody has a field of that name."""
    try:
        return replace(attendee, contribution=words.strip() if attendee.attended else "")
    except UserError as problem:
        raise UserError(problem.sentence, field=f"contribution.{place}") from None


def returned(conference: Conference, reason: str) -> Conference:
    """Given back by the chair, to be written again."""
    _step(conference, ConferenceState.MINUTES_DRAFT, ConferenceState.HELD)
    if not reason.strip():
        raise UserError(tr("Say what is to be changed in the minutes."), field="reason")
    return replace(conference, state=ConferenceState.HELD, reason=reason)


def agreed(conference: Conference, *, by: str, now: datetime, supervises: bool) -> Conference:
    """With agreed minutes. `supervises`: the chair is a supervisor, whose agreement is the approval too."""
    _step(conference, ConferenceState.MINUTES_DRAFT, ConferenceState.MINUTES_AGREED)
    if by != conference.chair:
        raise UserError(tr("The chair agrees the minutes."), field="chair")
    agreed_minutes = replace(conference, state=ConferenceState.MINUTES_AGREED, agreed_at=now)
    return approved(agreed_minutes, by=by, now=now) if supervises else agreed_minutes


def approved(conference: Conference, *, by: str, now: datetime) -> Conference:
    """Seen and approved by a supervisor."""
    _step(conference, ConferenceState.MINUTES_AGREED, ConferenceState.ACTIONS_OPEN)
    if conference.approved_at is not None:
        raise UserError(tr("The minutes are approved already."), field="state")
    return replace(conference, state=ConferenceState.ACTIONS_OPEN, approved_by=by, approved_at=now)


def withdrawn(conference: Conference, staff: str) -> Conference:
    """With that login's invitation taken back."""
    if not conference.invited(staff):
        raise UserError(tr("This person is not invited."), field="attendees")
    return replace(conference, withdrawn=(*conference.withdrawn, staff))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionMark:
    """A new status of one action of a conference; the newest counts."""

    conference: str
    action: str
    status: ActionStatus
    words: str = ""

    def __post_init__(self) -> None:
        require_text(self.words, field="words", label=tr("Note"), longest=400, empty_allowed=True)


def statuses(conference: Conference, marks: Sequence[ActionMark]) -> dict[str, ActionStatus]:
    """How each action stands after `marks`, oldest first; marks of actions that are not there change nothing."""
    found = (
        {}
        if conference.minutes is None
        else dict.fromkeys((action.id for action in conference.minutes.actions), ActionStatus.OPEN)
    )
    found |= {mark.action: mark.status for mark in marks if mark.action in found}
    return found


def as_it_stands(conference: Conference, marks: Sequence[ActionMark]) -> Conference:
    """Closed by itself once it is approved and no action is open; open again when a mark is taken back."""
    if conference.state is not ConferenceState.ACTIONS_OPEN:
        return conference
    still_open = ActionStatus.OPEN in statuses(conference, marks).values()
    return conference if still_open else replace(conference, state=ConferenceState.CLOSED)


class AdditionKind(StrEnum):
    """What can be added once minutes are agreed."""

    ADDITION = "addition"
    CORRECTION = "correction"
    PERSON_STATEMENT = "person_statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Words beside agreed minutes; the minutes stay as they are."""

    conference: str
    kind: AdditionKind
    words: str

    def __post_init__(self) -> None:
        require_text(self.words, field="words", label=tr("What is added"), longest=4_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What somebody outside got later, or was refused: one of the two.

    `basis`: the code of A7 on which it was given, empty in what was recorded before that was asked; `cite`: its words.
    """

    conference: str
    given: Item | None = None
    refused: KeptBack | None = None
    basis: str = ""
    cite: str = ""

    def __post_init__(self) -> None:
        require_text(self.basis, field="basis", label=tr("Legal basis"), longest=40, empty_allowed=True)
        require_text(self.cite, field="cite", label=tr("Which one"), longest=200, empty_allowed=True)
        if (self.given is None) == (self.refused is None):
            raise UserError(tr("Say what was given or what was refused, one at a time."), field="what")


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryAction:
    """`owner`: words, as they may leave the desk."""

    text: str
    owner: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutiveSummary:
    """Decisions and actions as they were typed, never the discussion, in no words of a machine (E11, G2)."""

    held_on: date
    kind: ConferenceKind
    decisions: tuple[str, ...]
    actions: tuple[SummaryAction, ...]


def executive_summary(conference: Conference, owners: Mapping[str, str], held_on: date) -> ExecutiveSummary:
    """Of agreed minutes. `owners`: the words for each login that owns an action."""
    minutes = conference.minutes
    if conference.state not in AGREED or minutes is None:
        raise UserError(tr("The summary follows by itself once the minutes are agreed."), field="state")
    return ExecutiveSummary(
        held_on=held_on,
        kind=conference.kind,
        decisions=minutes.decisions,
        actions=tuple(
            SummaryAction(text=each.text, owner=each.owner_words or owners[each.owner], due=each.due)
            for each in minutes.actions
        ),
    )
