"""What a desk holds about trust: its own site root and card, members' certificates, and the teams that it knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.handover.cards_model import OpensWith

SITE_ROOT = "site-root.rdk"
"""The file in the vault's folder that two people open together (vault.md 2.1)."""


class Channel(StrEnum):
    """How two people compared a key: never through the medium that brought it (packet.md 7.3)."""

    FACE_TO_FACE = "face_to_face"
    CALL_BACK = "call_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStanding:
    """The site's root certificate, list of withdrawn keys and signed card (base64). `number` rises with each list."""

    root: str
    crl: str
    card: str
    number: int
    issued: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CardKey:
    """The site's card key: its certificate, and the private half sealed to each administrator and supervisor (uid)."""

    certificate: str
    sealed: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRequest:
    """A member's public signing key (base64), waiting for a certificate. `name`: the alias where the site uses them."""

    uid: str
    staff_role: str
    name: str
    public: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCertificate:
    """A certificate (base64) for one member in one role, issued by two people after the member was seen."""

    uid: str
    staff_role: str
    name: str
    certificate: str
    issued_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The ceremony: who compared the digits with whom, when and how."""

    by: str
    their_name: str
    on: date
    channel: Channel

    def __post_init__(self) -> None:
        require_text(self.their_name, field="their_name", label=tr("Who confirmed it there"), longest=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A community team. `digits` are what is read aloud: of the card's certificate, or of the bare key.

    `card` is the signed card in base64, empty for a team that gave its key alone. Unconfirmed keys seal nothing.
    """

    id: str
    name: str
    org: str
    country: str
    phone: str
    age: tuple[str, ...]
    opens_with: OpensWith
    digits: str
    card: str = ""
    confirmation: Confirmation | None = None

    def require_confirmed(self) -> None:
        """UserError while nobody has compared the key by a second channel."""
        if self.confirmation is None:
            raise UserError(
                tr("The key of {team} is not confirmed. Call them on a number that you know and compare it.").format(
                    team=self.name
                ),
                field="team",
            )
