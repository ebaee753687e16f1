"""What of a note, and of a chaplain's month, stands on paper: plain words, ready to be laid out."""

from dataclasses import dataclass
from datetime import date, datetime

from rehabdesk.notes.chaplaincy.month_words_model import MonthPart


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFor:
    """For whom, when, and on which site a paper is made. `training`: its people are invented."""

    recipient: str
    site: str
    at: datetime
    training: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLater:
    """What came after a note was signed. `own_words`: the person's, not those of staff."""

    title: str
    by: str
    words: str
    own_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedNote:
    """A signed note as this login reads it. `answers`: question and answer; `struck`: why it was, where it was.

    `attached`: name and facts of each file that belongs to it; the files themselves are not printed.
    """

    about: str
    case_ref: str
    title: str
    facts: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    attached: tuple[tuple[str, str], ...] = ()
    later: tuple[PrintedLater, ...] = ()
    struck: PrintedLater | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedMonth:
    """A month in numbers. Nobody's name, and no number below ten (G34)."""

    month: date
    parts: tuple[MonthPart, ...]
