"""What is written about a packet after its seal: who carried it, what came back, why it was withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, require_text
from rehabdesk.handover.after.feedback_model import Answers, Changed, FeedbackKind
from rehabdesk.handover.after.receipt_model import Decision
from rehabdesk.handover.after.status_list_model import KEPT_AFTER_EXPIRY, WithdrawnBecause
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.packets_model import PacketState

LIVE = frozenset({PacketState.SEALED, PacketState.DELIVERED, PacketState.ACKNOWLEDGED})
"""It is outside and counts."""
SENT = LIVE | {PacketState.CLOSED, PacketState.SUPERSEDED, PacketState.WITHDRAWN, PacketState.EXPIRED}
"""It has left, whatever became of it."""
THREE_TRIES = 3
"""So many wrong receipt codes are worth a look at who is calling. Nothing is locked."""


class Medium(StrEnum):
    """How it travels (domain.md 5.1)."""

    USB = "usb"
    PAPER = "paper"
    HAND_CARRIED = "hand_carried"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Who carried the sealed copy there, how, and on which day it was handed over."""

    packet: str
    courier: str
    medium: Medium
    on: date

    def __post_init__(self) -> None:
        require_text(self.courier, field="courier", label=tr("Who carried it"), longest=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Why a packet counts no more. `words` are for this desk alone: no list and no notice holds them."""

    packet: str
    because: WithdrawnBecause
    words: str = ""

    def __post_init__(self) -> None:
        need = self.because is WithdrawnBecause.OTHER
        require_text(self.words, field="words", label=tr("Reason in your words"), longest=400, empty_allowed=not need)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptKept:
    """A receipt that a person accepted. `sha256` is of the file; empty where the code was said on the telephone."""

    packet: str
    by: str
    received_at: datetime
    decision: Decision
    state: State
    note: str = ""
    team: str = ""
    sha256: str = ""
    file: str = ""

    @property
    def alarms(self) -> bool:
        """Whether the author must hear of it: not received well, sent back, or with a question."""
        return self.decision is not Decision.ACCEPTED or self.state not in (State.GENUINE, State.EXPRESS_PENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackKept:
    """Feedback that a person accepted into the record: words from outside, which change no rating.

    `signed`: by the team's key; else it came with the right receipt code. `answers` by question.
    """

    packet: str
    kind: FeedbackKind
    by: str
    at: datetime
    answers: Mapping[str, str]
    signed: bool
    sha256: str
    file: str = ""
    changed: tuple[Changed, ...] = ()
    team: str = ""
    first_contact: date | None = None

    def as_answers(self) -> Answers:
        return Answers(**self.answers)

    @property
    def alarms(self) -> bool:
        """Whether the author must hear of it: a question, a concern, a call that is asked for."""
        asks = self.kind in (FeedbackKind.QUERY, FeedbackKind.CONCERN)
        return asks or Changed.THREAT in self.changed or any(self.answers.get(name) for name in ("q9", "q10"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSeen:
    """The author has looked at something that came back."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterSeal:
    """All of it about one packet, oldest first; `withdrawal` if it was withdrawn."""

    deliveries: tuple[Delivery, ...] = ()
    receipts: tuple[ReceiptKept, ...] = ()
    feedback: tuple[FeedbackKept, ...] = field(default=())
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRow:
    """Something that came back and that the author has not looked at yet."""

    id: str
    packet: str
    number: str
    person: str
    author: str
    is_receipt: bool
    at: datetime


def state_on(state: PacketState, expires: date, today: date) -> PacketState:
    """Expired by date: nobody does it, and a packet that was closed, replaced or withdrawn stays what it is."""
    return PacketState.EXPIRED if state in LIVE and today > expires else state


def require_still_listed(expires: date, today: date) -> None:
    """UserError once no status list would name the packet any more: withdrawing it would tell nobody."""
    if today > expires + KEPT_AFTER_EXPIRY:
        raise UserError(
            tr(
                "Its last day, {day}, is more than {count} days past: no status list names it any more. Call the team."
            ).format(day=isolate(day_text(expires)), count=KEPT_AFTER_EXPIRY.days)
        )


def require_possible_day(on: date, issued: date, today: date) -> None:
    """UserError for a hand-over before the packet was made, or tomorrow."""
    if not issued <= on <= today:
        raise UserError(tr("Choose a day between the one on which it was made and today."), field="on")


def medium_words(medium: Medium) -> str:
    return {
        Medium.USB: tr("USB stick"),
        Medium.PAPER: tr("Paper"),
        Medium.HAND_CARRIED: tr("Carried by the person"),
        Medium.OTHER: tr("Another way"),
    }[medium]


def because_words(because: WithdrawnBecause) -> str:
    return {
        WithdrawnBecause.ERROR: tr("It contains an error"),
        WithdrawnBecause.CONSENT: tr("The person withdrew the consent"),
        WithdrawnBecause.KEY: tr("A key was withdrawn"),
        WithdrawnBecause.OTHER: tr("Another reason"),
    }[because]


def decision_words(decision: Decision) -> str:
    return {
        Decision.ACCEPTED: tr("Accepted"),
        Decision.QUERY: tr("A question"),
        Decision.REJECTED: tr("Sent back"),
    }[decision]
