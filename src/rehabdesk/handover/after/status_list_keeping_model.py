"""A status list as a desk keeps it: its own, or one that came from another site."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """`raw`: the signed file in base64, `sha256` its hash. `own`: made by this desk. `entries`: how many packets."""

    site: str
    seq: int
    issued: datetime
    entries: int
    own: bool
    sha256: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldList:
    """A list as a person reads about it; `age_days` counts whole days."""

    site: str
    seq: int
    issued: datetime
    entries: int
    age_days: int
    own: bool
