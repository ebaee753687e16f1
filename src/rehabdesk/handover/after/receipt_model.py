"""What a receipt says: a team has a packet, what its own check found, and what it decided (packet.md 10)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final, Literal

from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.rules_model import AtMost, Number, Sha256, Version, Word

RECEIPT_FORMAT: Final = "rehabdesk-receipt"
RECEIPT_VERSION = "1.0"
MOST_NOTE = 600
"""Characters of the note of a receipt."""
RECEIVED_WELL = frozenset({State.GENUINE, State.EXPRESS_PENDING})
"""Results after which nobody at the sender's needs to be alarmed."""


class Decision(StrEnum):
    """What the team does with the packet."""

    ACCEPTED = "accepted"
    QUERY = "query"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """`state` is the result of the team's own check, `pdf_sha256` is of the signed PDF that it holds."""

    format: Literal["rehabdesk-receipt"]
    version: Version
    number: Number
    pdf_sha256: Sha256
    state: State
    decision: Decision
    received_at: datetime
    by: Word
    note: Annotated[str, AtMost(MOST_NOTE)] | None = None

    @property
    def acknowledges(self) -> bool:
        """Whether the packet has arrived as it was sent and is not sent back."""
        return self.state in RECEIVED_WELL and self.decision is not Decision.REJECTED
