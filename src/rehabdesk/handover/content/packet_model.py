"""One packet as a frozen object: pages and `handover.json` are both made from it (packet.md 4.2).

A name ending in `_` stands in the file without it. A field that may be None is left out of the file when it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final, Literal

from rehabdesk.core.canon import Json
from rehabdesk.handover.content import onward_sections_model as onward
from rehabdesk.handover.content import sections_model as sections
from rehabdesk.handover.content.profile_model import Form, ProfileCode, SectionCode
from rehabdesk.handover.content.rules_model import (
    AgeRecipient,
    AtMost,
    Country,
    EightDigits,
    Language,
    Number,
    Phone,
    Sha256,
    SiteId,
    TeamId,
    Version,
    Word,
)

FORMAT: Final = "rehabdesk-handover"
VERSION = "1.0"
TITLES: Final[Mapping[str, str]] = {
    "en": "Personal resettlement file",
    "fr": "Dossier personnel de réinsertion",
    "ar": "ملف شخصي لإعادة الإدماج",
}
"""What a packet is called in its own language (packet.md 3.2); part of the format, as readers compare it."""


class LegalBasis(StrEnum):
    """List A7: why this may be shared."""

    CONSENT = "consent"
    SUPERVISION_LAW = "supervision_law"
    COURT_ORDER = "court_order"
    LIFE_IN_DANGER = "life_in_danger"
    CHILD_PROTECTION = "child_protection"
    HEALTH_CONTINUITY = "health_continuity"
    CUSTODY_DUTY = "custody_duty"
    OTHER = "other"


class WithheldBecause(StrEnum):
    """List A8."""

    PROFESSIONAL_SECRECY = "professional_secrecy"
    FAITH_CONFIDENCE = "faith_confidence"
    THIRD_PARTY = "third_party"
    CHILD = "child"
    VICTIM = "victim"
    ONGOING_CASE = "ongoing_case"
    SOURCE_AGENCY = "source_agency"
    NOT_NEEDED = "not_needed"
    PERSON_ASKED = "person_asked"
    SAFETY_OF_PERSON = "safety_of_person"
    SAFETY_OF_STAFF = "safety_of_staff"


class NotInformedBecause(StrEnum):
    """List A9."""

    DANGER = "danger"
    LEGAL_ORDER = "legal_order"
    NOT_FOUND = "not_found"
    INCAPACITY = "incapacity"
    EMERGENCY = "emergency"


class Mode(StrEnum):
    """How the packet is closed."""

    SEALED = "sealed"
    DIGITS = "digits"
    PAPER = "paper"


class Ready(StrEnum):
    """The state of the checklist when the packet was made. Nothing here can hold up a release."""

    READY = "ready"
    READY_WITH_WAIVERS = "ready_with_waivers"
    NOT_READY = "not_ready"
    NO_CHECKLIST = "no_checklist"


class PersonCopy(StrEnum):
    GIVEN = "given"
    OFFERED_DECLINED = "offered_declined"
    NOT_SAFE = "not_safe"
    NOT_POSSIBLE = "not_possible"


class Level(StrEnum):
    """Where a section's content comes from (domain.md 10.2)."""

    CORE = "COR"
    SHAREABLE = "COM"
    TEAM = "MDT"
    CORE_TEAM = "COR/MDT"
    TEAM_SHAREABLE = "MDT/COM"
    ALERT = "alert"
    PASTORAL_SHAREABLE = "PAS/COM"


class Presence(StrEnum):
    """Whether a section is there; `none` and `explained` are printed with their reason."""

    PRESENT = "present"
    NONE = "none"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    code: LegalBasis
    cite: Word | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInformed:
    value: Literal["yes", "no"]
    reason: NotInformedBecause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Superseded:
    number: Number
    json_sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketHead:
    """What the packet is. `pages` is known only after the first layout."""

    number: Number
    case_ref: Word
    profile: ProfileCode
    purpose: Word
    legal_basis: Basis
    mode: Mode
    countersign_due: datetime | None = None
    issued: datetime
    expires: date
    languages: tuple[Language, ...]
    pages: int
    ready: Ready
    person_informed: PersonInformed
    person_copy: PersonCopy
    supersedes: tuple[Superseded, ...]
    receipt_code: EightDigits


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    id: SiteId
    name: Word
    country: Country
    phone: Phone
    root_sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person, or the team itself, and the key to which the packet is sealed."""

    name: Word
    role: Word
    age: AgeRecipient | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    team: TeamId
    org: Word
    name: Word
    country: Country
    recipients: Annotated[tuple[Recipient, ...], AtMost(20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """`name` is the alias where the site uses aliases, as in the certificate."""

    staff_role: Literal["CO", "SUP", "PSY"]
    name: Word
    cert_sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Signers:
    """The author, and one to five supervisors of whom one countersigns."""

    author: Signer
    countersigners: Annotated[tuple[Signer, ...], AtMost(5)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestEntry:
    code: SectionCode
    form: Form
    state: Presence
    reason: Word | None = None
    level: Level
    owner_agency: Word
    sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """What kind of matter was kept back, by whose decision and why; never the matter itself."""

    kind: Word
    decided_by: Word
    reason: WithheldBecause


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    code: Literal["CX", "INDEX"]
    for_: Word
    pdf_sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    sections: tuple[ManifestEntry, ...]
    withheld: tuple[Withheld, ...]
    annexes: tuple[Annex, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The sections that are present; S0 is the head, manifest and addressee themselves."""

    S1: sections.S1 | None = None
    S2: sections.S2 | None = None
    S3: sections.S3 | None = None
    S4: sections.S4 | None = None
    S5: sections.S5 | None = None
    S6: sections.S6 | None = None
    S7: sections.S7 | None = None
    S8: sections.S8 | None = None
    S9: onward.S9 | None = None
    S10: onward.S10 | None = None
    S11: onward.S11 | None = None
    S12: onward.S12 | None = None
    S13: onward.S13 | None = None
    S14: onward.S14 | None = None

    def present(self) -> dict[str, object]:
        """The sections that are there, by code, in ascending order."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {code: section for code, section in found.items() if section is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The whole packet."""

    format: Literal["rehabdesk-handover"]
    version: Version
    min_reader: Version
    packet: PacketHead
    site: Site
    to: Addressee
    signers: Signers
    manifest: Manifest
    sections: Sections
    x: Mapping[str, Json]


def document_title(packet: PacketHead) -> str:
    """The title that the file itself bears: no name, and nothing about the person (packet.md 3.3)."""
    return f"{TITLES.get(packet.languages[0].split('-')[0], TITLES['en'])} {packet.number}"
