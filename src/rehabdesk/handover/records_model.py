"""What a desk keeps about packets: the author's choices, the packet, its signed bytes in parts, and every step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from rehabdesk.handover.content.packet_model import (
    Handover,
    LegalBasis,
    Mode,
    NotInformedBecause,
    PersonCopy,
    Ready,
    Sections,
    Withheld,
)
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.packets_model import PacketState


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRecipient:
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the author decides. `countersigners` are uids; `explained` gives a section that is left out its reason.

    `nothing_withheld` is said by hand when the ledger is empty, so that silence is never read as completeness.
    `audience`: what the team is (`audience_model`), "" in packets of payload version 1. `consents`: the answers that a
    basis of consent rests on, by id. `lawyer_note`: which lawyer looked at a packet that leaves the country, and what
    was said; `copy_because`: why the person has no copy. Both stay in the desk. `kept_back`, `put_in`, `left_out` are
    what was ticked, for whoever takes the packet up again.
    `one_signature`: an Express packet that goes out before a supervisor has signed it (packet.md 5.5).
    """

    team: str
    recipients: tuple[NamedRecipient, ...]
    purpose: str
    legal_basis: LegalBasis
    expires: date
    countersigners: tuple[str, ...]
    profile: ProfileCode = ProfileCode.SUPERVISING_OFFICER
    legal_cite: str = ""
    mode: Mode = Mode.SEALED
    language: str = "en"
    ready: Ready = Ready.NO_CHECKLIST
    person_informed: bool | None = None
    not_informed_because: NotInformedBecause | None = None
    person_copy: PersonCopy | None = None
    withheld: tuple[Withheld, ...] = ()
    nothing_withheld: bool = False
    explained: Mapping[str, str] = field(default_factory=dict)
    replaces: tuple[str, ...] = ()
    audience: str = ""
    consents: tuple[str, ...] = ()
    lawyer_note: str = ""
    copy_because: str = ""
    kept_back: tuple[str, ...] = ()
    put_in: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    one_signature: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What only the moment of signing gives: number, time and receipt code."""

    number: str
    at: datetime
    receipt_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketDraft:
    """An unsigned packet: mutable, its author's own. `unsigned` are paths of texts that nobody has signed yet."""

    id: str
    person: str
    choices: Choices
    sections: Sections
    unsigned: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketRecord:
    """A packet from the author's signature on. `content`: the canonical JSON; `ticked`: hits looked at."""

    number: str
    team: str
    team_name: str
    author: str
    author_name: str
    author_cert_sha256: str
    author_key_sha256: str
    issued: datetime
    expires: date
    choices: Choices
    ticked: tuple[str, ...]
    unsigned: tuple[str, ...]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """Part of the signed bytes at a stage (`signed` or `countersigned`), base64; `part` counts from 0."""

    packet: str
    stage: PacketState
    sha256: str
    part: int
    parts: int
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A new state of a packet. `pdf_sha256` and `sealed_sha256` are set from the deeds that have them.

    `mode` says how a packet was closed; on paper nothing but the envelope is sealed.
    """

    packet: str
    state: PacketState
    pdf_sha256: str = ""
    sealed_sha256: str = ""
    reason: str = ""
    mode: Mode = Mode.SEALED


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A step as a person reads it: who, when, and the reason where one was given. `one`: closed with one signature."""

    state: PacketState
    who: str
    at: datetime
    reason: str = ""
    one: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketRow:
    """A line of a list of packets. `second_due`: by when an Express packet with one signature gets its second."""

    id: str
    person: str
    number: str
    team_name: str
    author: str
    issued: datetime
    expires: date
    state: PacketState
    second_due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """A packet with its state and, read back and checked, its content. `second_due` as in `PacketRow`."""

    id: str
    person: str
    record: PacketRecord
    content: Handover
    state: PacketState
    second_due: datetime | None = None

    @property
    def one_signature(self) -> bool:
        """Whether it is an Express packet that only its author has signed so far."""
        return self.second_due is not None
