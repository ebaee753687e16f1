"""Why a desk was locked, and what is written into the paper book then. Loaded with the lock page, so it is small."""

from dataclasses import dataclass
from enum import StrEnum


class LockCause(StrEnum):
    """Why a desk was locked; a code in the log, no text."""

    ASKED = "asked"
    IDLE = "idle"
    SUSPEND = "suspend"
    SESSION_END = "session_end"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """The line for the paper book: the number of the newest entry and four words that stand for it (vault.md 6.3)."""

    number: int
    words: tuple[str, ...]
