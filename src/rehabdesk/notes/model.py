"""What is kept of a meeting: note, shared summary, marker, additions, strikes, tallies; and who may see which part.

The private part, the shared summary and the marker of one note are records of their own that share the id of the note.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from rehabdesk.core.canon import Json
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import FormatError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.notes.cosign_model import CosignState, SignedCosign
from rehabdesk.notes.forms.answers_model import Answer, Answers, read_answers
from rehabdesk.notes.forms.form_model import WRITTEN, Form, Level

LATE_AFTER = timedelta(hours=72)
REMINDER_KEPT = timedelta(days=30)
PREVIEW_LENGTH = 160
PAYLOAD_VERSION = 1
"""Of every kind but parts of notes and contributions; older ones stay readable for ever (`tests/notes/payloads`)."""
PART_VERSIONS = (1, 2)
"""Of parts of notes. Version 2 names the form by the digest of its text, so that it is read as it was asked."""


class Part(StrEnum):
    """What an entry of a timeline is."""

    NOTE = "note"
    SUMMARY = "shared_summary"
    MARKER = "clinical_marker"
    CONTRIBUTION = "pastoral_contribution"
    GROUP = "group_attendance"
    ALERT = "safety_alert"
    OUTSIDE = "received_outside"


class NoteState(StrEnum):
    """States of domain.md 6.2. `amended` follows from additions; a draft is no record yet."""

    DRAFT = "draft"
    AWAITING_COSIGN = "signed_awaiting_cosign"
    SIGNED = "signed"
    AMENDED = "amended"
    ENTERED_IN_ERROR = "entered_in_error"


class AddendumType(StrEnum):
    """What is added to a signed note (domain.md 5.1)."""

    ADDITION = "addition"
    CORRECTION = "correction"
    LATE_INFORMATION = "late_information"
    PERSON_STATEMENT = "person_statement"
    RESPONSE_TO_DISAGREEMENT = "response_to_disagreement"


class StrikeReason(StrEnum):
    ENTERED_IN_ERROR = "entered_in_error"
    WRONG_PERSON = "wrong_person"


class Tallied(StrEnum):
    """What a month is counted by, without person."""

    PASTORAL_NOTE = "pastoral_note"
    CONFIDENTIAL_ENCOUNTER = "confidential_encounter"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePart:
    """What one compartment holds of a signed note: `words` are what was typed, `marks` what was chosen, by field code.

    `occurred_at` is when the meeting began. `moved_from` is the note struck on another person (6.2). `form_digest` is
    that of the form's text (`kept_form_model.FormText`), "" in payload version 1. `cosign`: its author was in training,
    and a clinical supervisor signs too.
    """

    note: str
    form: str
    form_version: int
    occurred_at: datetime
    words: Mapping[str, str]
    marks: Answers
    moved_from: str | None = None
    form_digest: str = ""
    cosign: bool = False

    @property
    def payload_version(self) -> int:
        return 2 if self.form_digest else 1

    def answer(self, code: str) -> Answer | None:
        return self.words.get(code, self.marks.get(code))

    def to_payload(self) -> dict[str, Json]:
        found: dict[str, Json] = {
            "note": self.note,
            "form": self.form,
            "form_version": self.form_version,
            "occurred_at": stamp(self.occurred_at),
            "words": dict(self.words),
            "marks": {code: plain_answer(value) for code, value in self.marks.items()},
        }
        if self.moved_from is not None:
            found["moved_from"] = self.moved_from
        if self.form_digest:
            found["form_digest"] = self.form_digest
        if self.cosign:
            found["cosign"] = True
        return found


def read_note_part(payload: Mapping[str, Json], pv: int) -> NotePart:
    """A part of a note as any version of the program wrote it. FormatError if it is not of that version's form."""
    if pv not in PART_VERSIONS:
        raise FormatError(f"Notes of version {pv} are not known here.")
    known = {"note", "form", "form_version", "occurred_at", "words", "marks", "moved_from"}
    unknown = set(payload) - (known if pv == 1 else known | {"form_digest", "cosign"})
    words, version = read_answers(payload.get("words")), payload.get("form_version")
    if unknown or type(version) is not int or not all(isinstance(text, str) for text in words.values()):
        raise FormatError("A note is not of the form that this version knows.")
    moved_from = payload.get("moved_from")
    return NotePart(
        note=_text(payload, "note"),
        form=_text(payload, "form"),
        form_version=version,
        occurred_at=parse_stamp(_text(payload, "occurred_at")),
        words={code: str(text) for code, text in words.items()},
        marks=read_answers(payload.get("marks")),
        moved_from=moved_from if isinstance(moved_from, str) else None,
        form_digest="" if pv == 1 else _text(payload, "form_digest"),
        cosign=payload.get("cosign") is True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """That a clinical note exists: the day, no text (vault.md 3.4)."""

    note: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    """A signed addition. The note itself is never edited."""

    note: str
    type: AddendumType
    body: str

    def __post_init__(self) -> None:
        require_text(self.body, field="body", label=tr("Addition"), longest=10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """A note entered in error. `words` say why; empty in a compartment that does not hold the note's text."""

    note: str
    reason: StrikeReason
    words: str = ""

    def __post_init__(self) -> None:
        require_text(self.words, field="reason", label=tr("Reason"), longest=600, empty_allowed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One more of its kind in a month (`YYYY-MM`). No person, no day, no text field exists (domain.md 5.2)."""

    what: Tallied
    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterLink:
    """A confidential encounter that was linked to the person on request: day and ten-minute band, never content."""

    on: date
    band: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDraft:
    """The author's unsigned note as it is typed: nothing in it needs to be complete.

    `beside` is what the page remembers of it (names that stay, what was copied); it is never signed.
    """

    id: str
    note: str
    form: str
    person_id: str | None
    occurred_at: datetime | None
    answers: Answers
    made: datetime
    changed: datetime
    moved_from: str | None = None
    beside: Mapping[str, Json] = dataclasses.field(default_factory=dict)

    @property
    def state(self) -> NoteState:
        return NoteState.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A signed note as it is opened: its part in one compartment with what was added or struck."""

    rid: str
    comp: str
    part: NotePart
    person_id: str
    author: str
    recorded_at: datetime
    additions: tuple["SignedAddendum", ...] = ()
    strike: Strike | None = None
    cosign: CosignState = CosignState.NOT_NEEDED
    cosigns: tuple[SignedCosign, ...] = ()
    paper_destroyed: date | None = None

    @property
    def late_entry(self) -> bool:
        return is_late(self.part.occurred_at, self.recorded_at)

    @property
    def state(self) -> NoteState:
        if self.strike is not None:
            return NoteState.ENTERED_IN_ERROR
        if self.cosign.waits:
            return NoteState.AWAITING_COSIGN
        return NoteState.AMENDED if self.additions else NoteState.SIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedAddendum:
    addendum: Addendum
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a timeline or result list. `preview` is the beginning of the text, empty for a marker."""

    rid: str
    note: str
    comp: str
    person_id: str
    part: Part
    form: str
    author: str
    occurred_at: datetime
    recorded_at: datetime
    struck: bool
    additions: int
    preview: str
    cosign: CosignState = CosignState.NOT_NEEDED

    @property
    def late_entry(self) -> bool:
        return is_late(self.occurred_at, self.recorded_at)

    @property
    def cursor(self) -> "Cursor":
        return Cursor(occurred_at=self.occurred_at, rid=self.rid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Where a page of a timeline ended; the next page begins below it."""

    occurred_at: datetime
    rid: str


def is_late(occurred_at: datetime, recorded_at: datetime) -> bool:
    """Recorded more than 72 hours after the meeting (domain.md 5.1)."""
    return recorded_at - occurred_at > LATE_AFTER


def month_of(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def split_answers(form: Form, answers: Answers, level: Level) -> tuple[dict[str, str], dict[str, Answer]]:
    """(words, marks) of the fields that lie at `level`."""
    words: dict[str, str] = {}
    marks: dict[str, Answer] = {}
    for field in form.fields:
        if field.level is not level:
            continue
        for code in (field.code, field.words_code, field.names_code):
            value = answers.get(code)
            if value is None:
                continue
            if field.type in WRITTEN or code == field.words_code:
                words[code] = str(value)
            else:
                marks[code] = value
    return words, marks


def preview_of(words: Mapping[str, str]) -> str:
    """The beginning of what was written, in the order of the form, without the header."""
    texts = (words[code] for code in sorted(words, key=_form_order) if not code.startswith("hdr."))
    return " · ".join(" ".join(text.split()) for text in texts)[:PREVIEW_LENGTH]


def plain_answer(value: Answer) -> Json:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


PARTS_SEEN: Mapping[str, frozenset[Part]] = {
    "PSY": frozenset(Part),
    "CSUP": frozenset(Part),
    "CO": frozenset(Part),
    "SUP": frozenset(Part),
    "AUD": frozenset(Part),
    "CHA": frozenset({Part.CONTRIBUTION, Part.ALERT}),
    "FAC": frozenset({Part.NOTE, Part.GROUP}),
    "ADM": frozenset(),
}
"""Which team parts a role is shown (domain.md 4.2). Summaries and key-work reach a chaplain by invitation: later.
A facilitator is shown what is the own alone (4.3)."""

STRUCK_SEEN_BY = frozenset({"AUD"})
"""Who besides the author still sees an entry that was struck (domain.md 6.2)."""


def may_add(kind: AddendumType, *, is_author: bool) -> bool:
    """The author adds anything; a colleague who may read the note writes down only the person's own statement (G39)."""
    return is_author or kind is AddendumType.PERSON_STATEMENT


def pre_trial_banner() -> str:
    """Stands in every note form for a person who is not convicted (domain.md 7.2)."""
    return tr("This person is not convicted. Do not write about the alleged facts.")


def _form_order(code: str) -> tuple[str | int, ...]:
    return tuple(int(piece) if piece.isdigit() else piece for piece in re.split(r"([0-9]+)", code))


def _text(payload: Mapping[str, Json], key: str) -> str:
    value = payload.get(key)
    if not isinstance(value, str):
        raise FormatError("A note is not of the form that this version knows.")
    return value
