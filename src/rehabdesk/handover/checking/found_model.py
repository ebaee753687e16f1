"""What was found in a packet and does not change any more: kept to judge it anew without parsing it again."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSigner:
    """One intact signature. `serial`: of its certificate, in hex."""

    role: str
    staff_role: str
    name: str
    cert_sha256: str
    serial: str
    stated_at: datetime
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`reasons`: what was wrong with the shape; `root_sha256`: of the root to which the signers' chain leads."""

    root_sha256: str
    reasons: tuple[str, ...]
    signers: tuple[FoundSigner, ...]
