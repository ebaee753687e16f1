"""Clinicians elsewhere to whom annexes are sealed, and the ceremony after which a key counts (packet.md 7.3)."""

from dataclasses import dataclass

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.handover.trust import digits_model
from rehabdesk.handover.trust.trust_model import Channel, Confirmation

GROUP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinician:
    """A clinician with the own key; `digits` are the 24 digits of it. Unconfirmed keys seal nothing."""

    id: str
    name: str
    org: str
    phone: str
    age: str
    digits: str
    confirmation: Confirmation | None = None

    def __post_init__(self) -> None:
        require_text(self.name, field="name", label=tr("Name of the clinician"), longest=120)
        require_text(self.org, field="org", label=tr("Where they work"), longest=120)
        require_text(self.phone, field="phone", label=tr("Phone"), longest=32)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClinician:
    """What is typed about a clinician, and the ceremony: the 24 digits, or the whole key aloud in groups of four."""

    name: str
    org: str
    phone: str
    key: str
    digits: str
    read_aloud: bool
    their_name: str
    channel: Channel


def groups_of_key(key: str) -> tuple[str, ...]:
    """The key in groups of four, as it is read aloud and printed."""
    return tuple(key[start : start + GROUP] for start in range(0, len(key), GROUP))


def require_same(typed: NewClinician, digits: str) -> None:
    """UserError unless the key was compared, one way or the other."""
    if typed.digits.strip():
        digits_model.require_same(digits, typed.digits)
    elif not typed.read_aloud:
        raise UserError(
            tr("Compare the key first: type the 24 digits that they read aloud, or read the whole key to each other."),
            field="digits",
        )
