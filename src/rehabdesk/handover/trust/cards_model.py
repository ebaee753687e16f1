"""What a site card and a team card say (packet.md 7.2). Signing and trusting them is done elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final, Literal

from rehabdesk.handover.content.rules_model import (
    AgeRecipient,
    AtMost,
    Base64,
    Country,
    Phone,
    SiteId,
    TeamId,
    Version,
    Word,
)

SITE_FORMAT: Final = "rehabdesk-site"
TEAM_FORMAT: Final = "rehabdesk-team"
CARD_VERSION = "1.0"


class OpensWith(StrEnum):
    """What a team can open."""

    AGE = "age"
    DIGITS = "digits"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSite:
    id: SiteId
    name: Word
    country: Country
    phone: Phone
    contact: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCard:
    """A site's root and list of withdrawn keys (DER in base64). `seq` strictly rises from card to card."""

    format: Literal["rehabdesk-site"]
    version: Version
    site: CardSite
    seq: int
    issued: datetime
    root: Base64
    crl: Base64


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTeam:
    id: TeamId
    name: Word
    org: Word
    country: Country
    phone: Phone


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCard:
    """A team and the keys to which packets for it are sealed; `certificate` (DER, base64) signs its receipts."""

    format: Literal["rehabdesk-team"]
    version: Version
    team: CardTeam
    age: Annotated[tuple[AgeRecipient, ...], AtMost(20)]
    opens_with: OpensWith
    certificate: Base64 | None = None
