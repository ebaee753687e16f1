"""The certified file index: what the file of a person holds, entry by entry, and no word of any record.

It is a paper of its own beside a packet. Nobody signs it: the packet's manifest names its SHA-256, and two people sign
the manifest (packet.md 3.1, 4.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from rehabdesk.core.canon import sha256_hex
from rehabdesk.handover.content.packet_model import Annex, Handover
from rehabdesk.handover.content.profile_model import ProfileCode

CODE: Final = "INDEX"
WITH_INDEX = frozenset({ProfileCode.LAWYER_PERSON})
"""Profiles whose packets go with a file index (domain.md 10.3)."""


class EntryKind(StrEnum):
    """What kind of record an entry is."""

    DETAILS = "details"
    LEGAL = "legal"
    PLACEMENT = "placement"
    CONTACT = "contact"
    CONSENT = "consent"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    ASSIGNMENT = "assignment"
    NOTE = "note"
    SUMMARY = "summary"
    GROUP = "group"
    ALERT = "alert"
    OUTSIDE = "outside"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    STAFF_WORD = "staff_word"
    OWN_WORD = "own_word"
    REVIEW = "review"
    REVIEW_PUT_OFF = "review_put_off"
    REVIEW_MOVED = "review_moved"
    CONFERENCE = "conference"
    PROGRAMME = "programme"
    SESSION = "session"
    CHECKLIST = "checklist"
    CONDITION = "condition"
    PACKET = "packet"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One record of the file. `role` signed it, "" where it came from outside; `on` is the day of what it tells of.

    `title`: of the form of a note, or the number of a packet, never what somebody typed. `version`: from 1, of what is
    kept in versions. `added`: something was added to it since. `struck`: entered in error.
    """

    on: date
    kind: EntryKind
    role: str
    title: str = ""
    version: int = 0
    attachments: int = 0
    added: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPart:
    """Part of the index's bytes, base64, as kept with its packet; `part` counts from 0. `sha256` is of the whole."""

    packet: str
    sha256: str
    part: int
    parts: int
    data: str


class IndexIs(StrEnum):
    """What a file turned out to be that is given as a file index: beside a packet, or alone.

    CLOSED: no key at hand opens it. WAITS: the packet itself may not be opened.
    """

    NAMED = "named"
    OTHER = "other"
    CLOSED = "closed"
    WAITS = "waits"
    ALONE = "alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexFound:
    """`pdf`: the opened pages, only of the index that a packet names which may be opened itself."""

    is_: IndexIs
    pdf: bytes | None = None


def in_file_order(entries: Iterable[FileEntry]) -> tuple[FileEntry, ...]:
    """By day, the oldest first; the same entries always in the same order."""
    return tuple(sorted(entries, key=lambda one: (one.on, one.kind, one.title, one.version, one.role, repr(one))))


def index_name(number: str) -> str:
    """The file's name: the packet's number, and nobody's name."""
    return f"{number}-{CODE}.pdf"


def with_index(packet: Handover, pdf: bytes) -> Handover:
    """The packet whose manifest names the file index with these bytes."""
    annex = Annex(code=CODE, for_=packet.to.name, pdf_sha256=sha256_hex(pdf))
    return replace(packet, manifest=replace(packet.manifest, annexes=(*packet.manifest.annexes, annex)))


def index_of(packet: Handover) -> Annex | None:
    """What the manifest says of the packet's file index; None where it goes without one."""
    return next((each for each in packet.manifest.annexes if each.code == CODE), None)
