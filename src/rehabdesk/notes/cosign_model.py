"""Co-signature of a trainee's note: what a clinical supervisor answers, and where a note stands (domain.md 6.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload
from rehabdesk.core.text import require_text


class CosignAnswer(StrEnum):
    """What a clinical supervisor says to a trainee's note. A note that came back stays; an addition answers."""

    COSIGNED = "cosigned"
    RETURNED = "returned"


class CosignState(IntEnum):
    """Where a note stands, as the index keeps it. A returned note waits on, until it is cosigned."""

    NOT_NEEDED = 0
    WAITING = 1
    COSIGNED = 2
    RETURNED = 3

    @property
    def waits(self) -> bool:
        return self in (CosignState.WAITING, CosignState.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosign:
    """An answer to one note, in each compartment that holds a part of it. `words`: why it comes back.

    They are empty in a compartment that does not hold the note's text.
    """

    note: str
    answer: CosignAnswer
    words: str = ""

    def __post_init__(self) -> None:
        require_text(self.words, field="reason", label=tr("Reason"), longest=600, empty_allowed=True)
        if self.answer is CosignAnswer.COSIGNED and self.words:
            raise UserError(tr("A co-signature has no words. Write them as an addition."), field="reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCosign:
    """An answer with who gave it and when."""

    cosign: Cosign
    author: str
    recorded_at: datetime


def cosign_from(payload: Mapping[str, Json]) -> Cosign:
    return from_payload(Cosign, payload)
