"""Roles, compartments and who belongs to which; staff cards; drafts; how wrong passphrases are slowed down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rehabdesk.core.canon import Json, dump
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.db.projection import CLINICAL, HOUSE, PASTORAL, PROTECTED, TEAM


class Role(StrEnum):
    """Roles of domain.md 4.1. There is no police, intelligence or security role."""

    PSY = "PSY"
    CSUP = "CSUP"
    CHA = "CHA"
    CO = "CO"
    SUP = "SUP"
    FAC = "FAC"
    AUD = "AUD"
    ADM = "ADM"


SHRED = "shred"
EVERYBODY = (HOUSE, SHRED)
"""Technical compartments that every active login belongs to (vault.md 3.2)."""

_CONTENT: Mapping[Role, tuple[str, ...]] = {
    Role.PSY: (TEAM, CLINICAL, PROTECTED),
    Role.CSUP: (TEAM, CLINICAL, PROTECTED),
    Role.CHA: (TEAM, PASTORAL),
    Role.CO: (TEAM,),
    Role.SUP: (TEAM,),
    Role.FAC: (TEAM,),
    Role.AUD: (TEAM,),
    Role.ADM: (),
}

READING_IS_LOGGED = (CLINICAL, PASTORAL, PROTECTED)
"""Compartments in which every opened body is an audit entry, committed before the text is shown (vault.md 6.2)."""

ADMIN_ROLES = (Role.ADM, Role.SUP)
"""Whose accounts sign membership: one of each, two people (vault.md 3.2)."""


def compartments_of(role: Role, *, safeguarding_lead: bool = False) -> tuple[str, ...]:
    """The content compartments that a role is admitted to; a case officer to `protected` only as safeguarding lead."""
    if safeguarding_lead:
        if role is not Role.CO:
            raise UserError(
                tr("Only a case officer is named safeguarding lead here; psychologists already are members.")
            )
        return (*_CONTENT[role], PROTECTED)
    return _CONTENT[role]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCard:
    """Who stands behind a login: a sealed house record, accepted only if its digest is in the signed membership.

    `alias` is the name on outside copies where the site uses aliases; `registration` a professional number or empty.
    `trainee`: a clinical supervisor cosigns what this psychologist signs. A card that does not say so keeps its digest.
    """

    uid: str
    name: str
    alias: str
    role: Role
    discipline: str
    registration: str = ""
    trainee: bool = False

    def __post_init__(self) -> None:
        if self.trainee and self.role is not Role.PSY:
            raise UserError(
                tr("Only a psychologist is in training here: others' notes are not cosigned."), field="trainee"
            )
        require_text(self.name, field="name", label=tr("Name"), longest=120)
        require_text(self.alias, field="alias", label=tr("Alias"), longest=60)
        require_text(self.discipline, field="discipline", label=tr("Discipline"), longest=80, empty_allowed=True)
        require_text(self.registration, field="registration", label=tr("Registration"), longest=60, empty_allowed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A login as everybody may see it: card, sign-in name, whether it is active, and the compartments it holds."""

    card: StaffCard
    sign_in: str
    active: bool
    compartments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """What is asked of a person who joins the desk, apart from the passphrase."""

    sign_in: str
    name: str
    alias: str
    role: Role
    discipline: str = ""
    registration: str = ""
    safeguarding_lead: bool = False
    trainee: bool = False

    def __post_init__(self) -> None:
        allowed = "abcdefghijklmnopqrstuvwxyz0123456789-"
        if not (3 <= len(self.sign_in) <= 32) or any(char not in allowed for char in self.sign_in):
            raise UserError(
                tr("A sign-in name is 3 to 32 small letters a to z, digits or dashes, and not a real name."),
                field="sign_in",
            )

    def card(self, uid: str) -> StaffCard:
        return StaffCard(
            uid=uid,
            name=self.name,
            alias=self.alias,
            role=self.role,
            discipline=self.discipline,
            registration=self.registration,
            trainee=self.trainee,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The owner's unsigned writing: mutable, private, outside the chain (vault.md 5)."""

    id: str
    kind: str
    person: str | None
    payload: Mapping[str, Json]
    made: datetime
    changed: datetime


def written_form(content: Json) -> bytes:
    """The bytes under which something typed is sealed. UserError for half a character, which no file can hold."""
    try:
        return dump(content)
    except UnicodeEncodeError:
        raise UserError(
            tr("The text holds half a character, which cannot be kept. Delete the odd sign and type it again.")
        ) from None


TRIES_BEFORE_WAIT = 5
WAIT = timedelta(minutes=5)


def wait_until(failures: tuple[datetime, ...]) -> datetime | None:
    """The time before which nobody may try again: after every fifth wrong passphrase, five minutes (vault.md 4.2)."""
    if failures and len(failures) % TRIES_BEFORE_WAIT == 0:
        return max(failures) + WAIT
    return None
