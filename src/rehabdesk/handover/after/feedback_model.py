"""What comes back from a community team: ten fixed questions, a kind, and what changed (domain.md 11.1, A13).

The plain form that any text editor writes: `feedback_form_model.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final, Literal, TypeAlias

from rehabdesk.core.dates import parse_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.handover.content.rules_model import AtMost, Number, Version, Word

FEEDBACK_FORMAT: Final = "rehabdesk-feedback"
FEEDBACK_VERSION = "1.0"
MOST_ANSWER = 1_000
"""Characters of one answer."""
Said: TypeAlias = Annotated[str, AtMost(MOST_ANSWER)]


class FeedbackKind(StrEnum):
    RECEIVED = "received"
    QUERY = "query"
    FIRST_CONTACT_MADE = "first_contact_made"
    NO_SHOW = "no_show"
    CHANGE_OF_CIRCUMSTANCES = "change_of_circumstances"
    MILESTONE = "milestone"
    OUTCOME_90D = "outcome_90d"
    CONCERN = "concern"
    CLOSING = "closing"


class Changed(StrEnum):
    """A13: what changed."""

    ADDRESS = "address"
    PHONE = "phone"
    FAMILY = "family"
    WORK = "work"
    HEALTH = "health"
    THREAT = "threat"
    CONDITIONS = "conditions"
    PROVIDER = "provider"
    DOCUMENT = "document"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The ten questions in the order of domain.md 11.1, as they were answered; what was left empty is absent."""

    q1: Said | None = None
    q2: Said | None = None
    q3: Said | None = None
    q4: Said | None = None
    q5: Said | None = None
    q6: Said | None = None
    q7: Said | None = None
    q8: Said | None = None
    q9: Said | None = None
    q10: Said | None = None

    def given(self) -> Mapping[str, str]:
        """What was answered, by question."""
        return {name: value for name in QUESTIONS if (value := getattr(self, name))}

    def first_contact(self, today: date) -> date | None:
        """The day in the fourth answer, if it is one that can be read."""
        try:
            return parse_day(self.q4 or "", today)
        except UserError:
            return None


QUESTIONS = tuple(field.name for field in fields(Answers))
FIRST_CONTACT, CONCERN, CALL_BACK = "q4", "q9", "q10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Signed feedback about one packet. `by` is the person or team that writes."""

    format: Literal["rehabdesk-feedback"]
    version: Version
    number: Number
    kind: FeedbackKind
    by: Word
    at: datetime
    answers: Answers
    changed: Annotated[tuple[Changed, ...], AtMost(len(Changed))] = ()


def answers_of(typed: Mapping[str, str]) -> Answers:
    """What was typed, by question. UserError names the question whose answer is too long or cannot be printed."""
    found = {}
    for name in QUESTIONS:
        said = typed.get(name, "").strip()
        if said:
            found[name] = require_text(said, field=name, label=question_words(name), longest=MOST_ANSWER)
    if not found:
        raise UserError(tr("Answer at least one question."), field=QUESTIONS[0])
    return Answers(**found)


def question_words(name: str) -> str:
    """A question as it stands on screens."""
    return {
        "q1": tr("Was the packet received?"),
        "q2": tr("Can it be read?"),
        "q3": tr("Is anything missing?"),
        "q4": tr("When was the first contact?"),
        "q5": tr("Is the agreed plan kept or changed?"),
        "q6": tr("Are there problems with a condition?"),
        "q7": tr("Has the address changed?"),
        "q8": tr("Is there good news?"),
        "q9": tr("Is there a concern for welfare?"),
        "q10": tr("Do you want a call back?"),
    }[name]


def kind_words(kind: FeedbackKind) -> str:
    return {
        FeedbackKind.RECEIVED: tr("Received"),
        FeedbackKind.QUERY: tr("A question"),
        FeedbackKind.FIRST_CONTACT_MADE: tr("First contact made"),
        FeedbackKind.NO_SHOW: tr("Did not come"),
        FeedbackKind.CHANGE_OF_CIRCUMSTANCES: tr("Circumstances changed"),
        FeedbackKind.MILESTONE: tr("Milestone"),
        FeedbackKind.OUTCOME_90D: tr("After 90 days"),
        FeedbackKind.CONCERN: tr("Concern"),
        FeedbackKind.CLOSING: tr("Closing"),
    }[kind]


def changed_words(changed: Changed) -> str:
    return {
        Changed.ADDRESS: tr("Address"),
        Changed.PHONE: tr("Phone"),
        Changed.FAMILY: tr("Family"),
        Changed.WORK: tr("Work"),
        Changed.HEALTH: tr("Health"),
        Changed.THREAT: tr("Threat"),
        Changed.CONDITIONS: tr("Conditions"),
        Changed.PROVIDER: tr("Provider"),
        Changed.DOCUMENT: tr("Document"),
        Changed.NOTHING: tr("Nothing"),
    }[changed]
