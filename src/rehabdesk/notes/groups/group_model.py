"""What is kept of a group: the group, who belongs to it, its meetings, and what of a meeting is each person's own.

A record that has a person names nobody else; a record that speaks of several has no person and no name (domain.md 7.6).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload
from rehabdesk.core.text import require_text
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.model import AddendumType, NotePart

FORM = "group_session"
FORM_VERSION = 1
PAYLOAD_VERSION = 1
"""Of every kind of a group; older versions stay readable for ever (`tests/notes/group_payloads`)."""

LONGEST_NAME, LONGEST_THEME, LONGEST_DONE, LONGEST_EXERCISE = 80, 120, 500, 200
LONGEST_LINE, LONGEST_DEBRIEF, LONGEST_REASON = 400, 2_000, 600
MOST_NUMBER, MOST_MINUTES = 999, 720

CAME = "came"
ABSENT = frozenset(
    {
        *("declined", "excused_health", "excused_court", "excused_visit", "excused_worship"),
        *("not_unlocked", "no_escort", "lockdown", "staff_unavailable"),
    }
)
"""Codes of hdr.7 with which the person was not there: nothing else is asked about the meeting."""
REGIME_REASONS = frozenset({"not_unlocked", "no_escort", "lockdown", "staff_unavailable"})
"""Among them those that lie with the establishment and never count as the person's (G33)."""


class Lines(StrEnum):
    """In which compartment the line about each person lies; the group decides once."""

    TEAM = "team"
    CLINICAL = "clinical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group. The name is neutral: it stands in every member's record. `facilitators` are logins."""

    name: str
    theme: str
    lines: Lines
    facilitators: tuple[str, ...]
    closed_on: date | None = None

    def __post_init__(self) -> None:
        require_text(self.name, field="name", label=tr("Name of the group"), longest=LONGEST_NAME)
        require_text(self.theme, field="theme", label=tr("Programme"), longest=LONGEST_THEME, empty_allowed=True)
        if not self.facilitators:
            raise UserError(tr("Choose at least one facilitator."), field="facilitators")

    @property
    def open(self) -> bool:
        return self.closed_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """That the record's person belongs to a group. `until` is the first day on which no longer."""

    group: str
    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise UserError(tr("The end lies before the beginning."), field="until")

    def runs_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The common part of a signed meeting. It has no person and names none."""

    group: str
    number: int
    theme: str
    occurred_at: datetime
    minutes: int
    done: str
    climate: str
    lines: Lines
    facilitators: tuple[str, ...]
    exercise: str = ""

    def __post_init__(self) -> None:
        require_text(self.theme, field="grp.GS1", label=tr("Theme"), longest=LONGEST_THEME)
        require_text(self.done, field="grp.GS4", label=tr("What we did"), longest=LONGEST_DONE)
        require_text(self.exercise, field="grp.GS7", label=tr("Exercise"), longest=LONGEST_EXERCISE, empty_allowed=True)
        if not 1 <= self.number <= MOST_NUMBER:
            raise UserError(tr("Number the meeting from 1 to {most}.").format(most=MOST_NUMBER), field="grp.GS1.number")
        if not 1 <= self.minutes <= MOST_MINUTES:
            raise UserError(tr("The length is 1 to {most} minutes.").format(most=MOST_MINUTES), field="hdr.3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is written about one person of a meeting; in a draft nothing of it needs to be there."""

    attendance: str = ""
    took_part: str = ""
    skill: str = ""
    words: str = ""
    kept: bool = False

    @property
    def absent(self) -> bool:
        return self.attendance in ABSENT

    @property
    def empty(self) -> bool:
        return self == Mark()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One person's own record of a meeting, whole without the others.

    `note` ties it to the clinical line of the same person. `done` and `exercise` are the common text, empty where the
    person was not there. `apart`: the line about the person lies under the clinical key.
    """

    note: str
    meeting: str
    group: str
    number: int
    theme: str
    occurred_at: datetime
    minutes: int
    attendance: str
    facilitators: tuple[str, ...]
    done: str = ""
    exercise: str = ""
    kept: bool = False
    apart: bool = False
    took_part: str = ""
    skill: str = ""
    words: str = ""
    form_digest: str = ""

    def __post_init__(self) -> None:
        if not self.attendance:
            raise UserError(tr("Say of each person whether they came."), field="hdr.7")
        require_text(self.words, field="grp.GS6", label=tr("The line"), longest=LONGEST_LINE, empty_allowed=True)

    @property
    def mark(self) -> Mark:
        return Mark(
            attendance=self.attendance,
            took_part=self.took_part,
            skill=self.skill,
            words=self.words,
            kept=self.kept,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """What only psychologists read of one person's part in a meeting."""

    note: str
    meeting: str
    occurred_at: datetime
    took_part: str = ""
    skill: str = ""
    words: str = ""
    form_digest: str = ""

    def __post_init__(self) -> None:
        require_text(self.words, field="grp.GS6", label=tr("The line"), longest=LONGEST_LINE, empty_allowed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """What the facilitators say about the meeting among psychologists. It names nobody: it is in nobody's record."""

    meeting: str
    words: str

    def __post_init__(self) -> None:
        require_text(self.words, field="grp.GS8", label=tr("Debrief"), longest=LONGEST_DEBRIEF)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSignature:
    """The other facilitator's signature. `hashes`: of the records of the version that was signed (domain.md 6.2)."""

    meeting: str
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAddendum:
    """A signed addition to the common part; each member's record gets the same words."""

    meeting: str
    type: AddendumType
    body: str

    def __post_init__(self) -> None:
        require_text(self.body, field="body", label=tr("Addition"), longest=LONGEST_DEBRIEF)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingStrike:
    """A meeting that was entered in error, with the reason."""

    meeting: str
    words: str

    def __post_init__(self) -> None:
        require_text(self.words, field="reason", label=tr("Reason"), longest=LONGEST_REASON)


def attendance_part(payload: Mapping[str, Json]) -> NotePart:
    """A person's record of a meeting as a note of the form, so that it is read, added to and struck like one."""
    one = from_payload(Attendance, payload)
    words = {"grp.GS1.group": one.group, "grp.GS1": one.theme, "grp.GS4": one.done, "grp.GS7": one.exercise}
    marks: dict[str, Answer] = {"hdr.3": one.minutes, "hdr.7": one.attendance, "grp.GS1.number": one.number}
    if one.kept:
        marks["grp.GS7.kept"] = True
    if one.apart:
        marks["grp.GS6.apart"] = True
    return _part(one.note, one.occurred_at, words, marks, one)


def line_part(payload: Mapping[str, Json]) -> NotePart:
    """A clinical line, likewise."""
    one = from_payload(GroupLine, payload)
    return _part(one.note, one.occurred_at, {}, {}, one)


def _part(
    note: str, at: datetime, words: Mapping[str, str], marks: Mapping[str, Answer], one: Attendance | GroupLine
) -> NotePart:
    said = {"grp.GS6.part": one.took_part, "grp.GS6.skill": one.skill}
    return NotePart(
        note=note,
        form=FORM,
        form_version=FORM_VERSION,
        occurred_at=at,
        words={code: text for code, text in {**words, "grp.GS6": one.words}.items() if text},
        marks={**marks, **{code: chosen for code, chosen in said.items() if chosen}},
        form_digest=one.form_digest,
    )
