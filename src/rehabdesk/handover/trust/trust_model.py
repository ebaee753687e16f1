"""What a desk holds about trust: its own site root and card, members' certificates, and the teams that it knows.

Other sites: `sites_model.py`. The team that this desk is itself: `own_team_model.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.handover.trust.cards_model import OpensWith

SITE_ROOT = "site-root.rdk"
"""The file in the vault's folder that two people open together (vault.md 2.1)."""


ENDS_SOON = timedelta(days=60)
"""So long before its end a member is told that the signing key wants renewing."""
LIST_IS_OLD = timedelta(days=300)
"""A list of withdrawn keys counts for 400 days; from this age on a new one is offered (packet.md 7.4)."""
ROOT_ENDS_SOON = timedelta(days=365)


class Channel(StrEnum):
    """How two people compared a key: never through the medium that brought it (packet.md 7.3)."""

    FACE_TO_FACE = "face_to_face"
    CALL_BACK = "call_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStanding:
    """The site's root certificate, list of withdrawn keys and signed card (base64).

    `number` rises with each list, `seq` with each card; both are made anew when a key is withdrawn. `listed`: when the
    list was made, where that was not with the card.
    """

    root: str
    crl: str
    card: str
    number: int
    issued: datetime
    seq: int = 1
    listed: datetime | None = None

    def list_made(self) -> datetime:
        """When the list of withdrawn keys was made."""
        return self.listed or self.issued


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteHealth:
    """Until when the site's root, list and card key count. `joined`: uids who wait for their half of the root or for
    the card key; `left`: uids who keep a half and should not any more.
    """

    root_until: date
    root_ends_soon: bool
    list_number: int
    list_made: date
    list_is_old: bool
    card_seq: int
    card_key_until: date
    card_key_ends_soon: bool
    joined: tuple[str, ...]
    left: tuple[str, ...]


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


class WithdrawnBecause(StrEnum):
    """Why a key is on the list; the codes are those of the list itself."""

    LEFT = "left"
    KEY_LOST = "key_compromised"
    ROLE_CHANGED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A certificate that two people (uids) put on the list. `serial` is its number in hex."""

    uid: str
    serial: str
    at: datetime
    because: WithdrawnBecause
    withdrawn_by: tuple[str, ...]


class KeyState(StrEnum):
    """How the signing key of a member stands."""

    GOOD = "good"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"
    OLDER = "older"
    """The member has a newer one; this one counts until its end all the same, or until it is withdrawn."""
    TO_WITHDRAW = "to_withdraw"
    """Its member has left, or has another role or name by now."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """One certificate in the list of the site. `until` is its last day."""

    uid: str
    serial: str
    name: str
    staff_role: str
    until: date
    state: KeyState
    withdrawal: Withdrawal | None = None


def key_state(*, today: date, until: date, withdrawn: bool, newest: bool, fits: bool) -> KeyState:
    """`fits`: its member is active, and role and name are those of the staff card."""
    if withdrawn:
        return KeyState.WITHDRAWN
    if until < today:
        return KeyState.ENDED
    if not fits:
        return KeyState.TO_WITHDRAW
    if not newest:
        return KeyState.OLDER
    return KeyState.ENDS_SOON if until - today <= ENDS_SOON else KeyState.GOOD


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
    """A community team. `digits` are what is read aloud: of the card's certificate, or of the bare key; empty for a
    team that has no key at all and gets paper.

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
