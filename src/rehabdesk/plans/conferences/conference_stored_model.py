"""Conferences as they are kept: with record, author and time; and their lines for lists."""

from dataclasses import dataclass
from datetime import date, datetime

from rehabdesk.plans.conferences.conference_model import Addition, Conference, Exchange, ExecutiveSummary
from rehabdesk.plans.conferences.conference_parts_model import ConferenceKind
from rehabdesk.plans.conferences.conference_typed_model import TypedMinutes


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConference:
    """A conference and the record it lies in. `author` scheduled it."""

    rid: str
    person: str
    author: str
    conference: Conference


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """All that an invited chaplain is given of a conference. `summary`: once its minutes are agreed, on own cases."""

    rid: str
    person: str
    at: datetime
    kind: ConferenceKind
    place: str
    agreed: bool
    summary: ExecutiveSummary | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAddition:
    """Words that were added, by whom and when."""

    author: str
    at: datetime
    addition: Addition


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredExchange:
    """What was given or refused later, recorded by whom and when."""

    author: str
    at: datetime
    exchange: Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAction:
    """One line of what somebody has to do."""

    conference: str
    person: str
    action: str
    words: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingConference:
    """A conference on which somebody's step is due."""

    rid: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesDraft:
    """Minutes that somebody is typing, begun at `made`. `overtaken`: by newer minutes, or by a conference that is
    further by now.
    """

    id: str
    person: str
    made: datetime
    changed: datetime
    typed: TypedMinutes
    overtaken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunMinutes:
    """What one goes on with; `draft` None where nothing of it is kept yet. `overtaken`: other drafts of the same login
    about the same conference, oldest first.
    """

    draft: str | None
    typed: TypedMinutes
    overtaken: tuple[MinutesDraft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedMinutes:
    """A draft beside the minutes that the conference has by now. `may_go_on`: minutes can be written there still."""

    draft: MinutesDraft
    stored: StoredConference
    newer: TypedMinutes
    may_go_on: bool
