"""Receipts and feedback as the receiving team writes them: signed with the key of its own card (packet.md 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from rehabdesk.core.clock import whole_ms
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.handover.after.feedback_form_model import FeedbackForm, filled_form
from rehabdesk.handover.after.feedback_model import (
    FEEDBACK_FORMAT,
    FEEDBACK_VERSION,
    Changed,
    Feedback,
    FeedbackKind,
    answers_of,
)
from rehabdesk.handover.after.receipt_model import (
    MOST_NOTE,
    RECEIPT_FORMAT,
    RECEIPT_VERSION,
    RECEIVED_WELL,
    Decision,
    Receipt,
)
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.number_model import parse_number
from rehabdesk.handover.wire import encode
from rehabdesk.seals.cards import sign_card
from rehabdesk.seals.pdf_signature import SigningKey

CAN_BE_ANSWERED = frozenset(
    {
        State.GENUINE,
        State.EXPRESS_PENDING,
        State.REPLACED,
        State.WITHDRAWN,
        State.OUT_OF_DATE,
        State.INCOMPLETE,
        State.NOT_FOR_THIS_TEAM,
    }
)
"""Results in which the number is not only claimed: to these a receipt can be written."""
_LONGEST_NAME = 120
ReceiptKey: TypeAlias = SigningKey
"""What signs receipts: the key of the own team, whose certificate is its own issuer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPacket:
    """The packet that is answered: its number, the hash of the signed PDF, and what the own check found."""

    number: str
    pdf_sha256: str
    state: State


def held_packet(checked: Checked) -> HeldPacket:
    """What a receipt needs of a packet that was checked. UserError where its number is only claimed."""
    verdict = checked.verdict
    if verdict.packet is None or checked.sha256 is None or not verdict.trusted:
        raise UserError(tr("No receipt can be written for this file. Tell the sender what was found."))
    return HeldPacket(number=verdict.packet.number, pdf_sha256=checked.sha256, state=verdict.state)


def make_receipt(
    held: HeldPacket, *, decision: Decision, by: str, key: SigningKey, at: datetime, note: str = ""
) -> tuple[str, bytes]:
    """Name and bytes of the `.rdreceipt` for a packet. UserError names the field.

    A packet that is not as it was sent can be answered, not accepted.
    """
    if held.state not in CAN_BE_ANSWERED:
        raise UserError(tr("No receipt can be written for this file. Tell the sender what was found."))
    if decision is Decision.ACCEPTED and held.state not in RECEIVED_WELL:
        raise UserError(tr("This packet cannot be accepted. Write a question, or send it back."), field="decision")
    words = require_text(note, field="note", label=tr("Note"), longest=MOST_NOTE, empty_allowed=True)
    if decision is not Decision.ACCEPTED and not words:
        raise UserError(tr("Write what you ask, or why it goes back."), field="note")
    receipt = Receipt(
        format=RECEIPT_FORMAT,
        version=RECEIPT_VERSION,
        number=held.number,
        pdf_sha256=held.pdf_sha256,
        state=held.state,
        decision=decision,
        received_at=whole_ms(at),
        by=_name(by),
        note=words or None,
    )
    return f"{held.number}.rdreceipt", sign_card(encode(receipt), key=key.pair, root=None, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is typed as feedback about the packet with this number; nothing of it is checked yet."""

    number: str
    kind: FeedbackKind | None
    by: str
    answers: Mapping[str, str]
    changed: tuple[Changed, ...] = ()


def make_feedback(answer: Answer, *, key: SigningKey, at: datetime) -> tuple[str, bytes]:
    """Name and bytes of the `.rdfeedback` about a packet. UserError names the field."""
    feedback = Feedback(
        format=FEEDBACK_FORMAT,
        version=FEEDBACK_VERSION,
        number=str(parse_number(answer.number)),
        kind=_chosen(answer.kind),
        by=_name(answer.by),
        at=whole_ms(at),
        answers=answers_of(answer.answers),
        changed=answer.changed,
    )
    return f"{feedback.number}.rdfeedback", sign_card(encode(feedback), key=key.pair, root=None, at=at)


def make_form(answer: Answer, *, receipt_code: str = "") -> tuple[str, bytes]:
    """Name and bytes of the plain form, for a team that signs with no key of its own. UserError names the field."""
    form = FeedbackForm(
        kind=_chosen(answer.kind),
        receipt_code=receipt_code,
        answers=answers_of(answer.answers),
        number=str(parse_number(answer.number)),
        by=_name(answer.by),
        changed=answer.changed,
    )
    return f"{form.number}-feedback.txt", filled_form(form).encode("utf-8")


def _chosen(kind: FeedbackKind | None) -> FeedbackKind:
    if kind is None:
        raise UserError(tr("Choose what kind of answer it is."), field="kind")
    return kind


def _name(by: str) -> str:
    """On one line: it stands in a file for others."""
    return " ".join(require_text(by, field="by", label=tr("Your name"), longest=_LONGEST_NAME).split())
