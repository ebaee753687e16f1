"""Conferences as they are kept: with record, author and time; and their lines for lists."""

from dataclasses import dataclass
from datetime import date, datetime

from rehabdesk.plans.conference_model import Addition, Conference, Exchange, ExecutiveSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConference:
    """A conference and the record it lies in. `author` scheduled it."""

    rid: str
    person: str
    author: str
    conference: Conference


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedSummary:
    """All that an invited chaplain is given of a conference."""

    rid: str
    at: datetime
    summary: ExecutiveSummary


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
