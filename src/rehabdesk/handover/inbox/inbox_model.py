"""What a desk keeps of packets that came: when each was first seen, the packet, and what was done with it here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr, require_text
from rehabdesk.handover.checking.found_model import Found
from rehabdesk.handover.checking.verdict_model import ListedAs, Listing, PacketFacts, State, Verdict
from rehabdesk.handover.content.packet_model import Handover

IMPORTABLE = frozenset({State.GENUINE, State.EXPRESS_PENDING})
"""States in which something may be accepted into a record (packet.md 8.1, point 11)."""
SEEN_ONLY = frozenset({State.UNKNOWN_SITE, State.INCOMPLETE, State.WITHDRAWN, State.NOT_FOR_THIS_TEAM})
"""States of whole packets of which nothing is kept but that they were seen."""


class Handled(StrEnum):
    """What was done here with a packet that came."""

    NEW = "new"
    READ = "read"
    IN_PART = "accepted_in_part"
    ACCEPTED = "accepted"
    SET_ASIDE = "set_aside"


class Did(StrEnum):
    """What somebody did with the whole of a packet."""

    READ = "read"
    SET_ASIDE = "set_aside"
    TAKEN_UP = "taken_up"
    MATCHED = "matched"


class FileKind(StrEnum):
    """What a file of ours is, by its content."""

    PACKET = "packet"
    ANNEX = "annex"
    SITE_CARD = "site_card"
    TEAM_CARD = "team_card"
    STATUS_LIST = "status_list"
    RECEIPT = "receipt"
    FEEDBACK = "feedback"
    FILE_INDEX = "file_index"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSeen:
    """That the signed PDF of this hash was seen here. When it was is the time of the record itself, never moved."""

    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A packet that a newer one replaces, as the newer one names it."""

    number: str
    json_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedPacket:
    """A packet whose content may be shown, as it was judged last. `sha256` is that of the signed PDF that is kept.

    `before`: hashes of the bytes with which it began, while an express packet had one signature. `items`: how many
    things in it can be accepted. `json_sha256` is the hash behind the paper code. `found` was not kept at first.
    """

    sha256: str
    number: str
    site: str
    site_name: str
    team: str
    json_sha256: str
    issued: datetime
    expires: date
    countersign_due: datetime | None
    supersedes: tuple[Earlier, ...]
    state: State
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    judged_at: datetime
    items: int
    profile: str
    before: tuple[str, ...] = ()
    found: Found | None = None


class Kept(StrEnum):
    """Which bytes a part belongs to."""

    PDF = "pdf"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedPart:
    """Part of the signed bytes, or of the content that was in them, base64; `part` counts from 0."""

    received: str
    what: Kept
    sha256: str
    part: int
    parts: int
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that was done with the whole packet. `whom` with `matched`: the person here whom it is about."""

    received: str
    did: Did
    whom: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """One item of a packet, accepted into a person's record or left. `entry`: the entry of the timeline.

    `made`: what stands in the record by it besides, by kind. `taken_back`: why it was an error; empty while it stands.
    """

    received: str
    item: str
    accepted: bool
    entry: str = ""
    made: Mapping[str, str] = field(default_factory=dict)
    taken_back: str = ""

    def __post_init__(self) -> None:
        require_text(self.taken_back, field="reason", label=tr("Reason"), longest=600, empty_allowed=True)

    @property
    def stands(self) -> bool:
        return self.accepted and not self.taken_back


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An acceptance as it is read: by whom, when, about whom."""

    rid: str
    acceptance: Acceptance
    person: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedRow:
    """One line of what came. `person` is set once somebody said whom it is about; `by` replaces it.

    `judged`: the state that holds now; None where only the one of the last look is known.
    """

    id: str
    packet: ReceivedPacket
    first_seen: datetime
    handled: Handled
    person: str = ""
    by: str = ""
    judged: State | None = None

    @property
    def state(self) -> State:
        """The state it is judged in, unless a newer one has come since."""
        state = self.judged or self.packet.state
        return State.REPLACED if self.by and state in IMPORTABLE | {State.OUT_OF_DATE} else state


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer:
    """A packet that is here and replaces another: of the same site, for the same team."""

    earlier: Earlier
    site: str
    team: str
    by: str
    issued: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldHere:
    """What was known here before a file is looked at: plain values, for a job. `first_seen` by hash of the PDF."""

    first_seen: Mapping[str, datetime] = field(default_factory=dict)
    newer: tuple[Newer, ...] = ()

    def seen(self, sha256: str, now: datetime) -> datetime:
        """The moment at which certificates are judged: when it was first seen (packet.md 7.6)."""
        return min(self.first_seen.get(sha256, now), now)

    def replaced(self, packet: PacketFacts, json_sha256: str) -> Listing | None:
        """The entry that a newer packet stands for; only one of the same site and team can replace."""
        found = [
            each
            for each in self.newer
            if each.earlier == Earlier(number=packet.number, json_sha256=json_sha256)
            and (each.site, each.team) == (packet.site, packet.team)
        ]
        if not found:
            return None
        last = max(found, key=lambda each: each.issued)
        return Listing(listed_as=ListedAs.SUPERSEDED, at=last.issued.date(), by=last.by)


def packet_of(
    verdict: Verdict, content: Handover, *, sha256: str, json_sha256: str, items: int, found: Found | None
) -> ReceivedPacket:
    """What is kept of a packet that may be shown."""
    head = content.packet
    return ReceivedPacket(
        sha256=sha256,
        number=head.number,
        site=content.site.id,
        site_name=verdict.known_site,
        team=content.to.team,
        json_sha256=json_sha256,
        issued=head.issued,
        expires=head.expires,
        countersign_due=head.countersign_due,
        supersedes=tuple(Earlier(number=each.number, json_sha256=each.json_sha256) for each in head.supersedes),
        state=verdict.state,
        reasons=verdict.reasons,
        notes=verdict.notes,
        judged_at=verdict.judged_at,
        items=items,
        profile=str(head.profile),
        found=found,
    )


def require_acceptable(row: ReceivedRow, now: datetime) -> None:
    """UserError unless something of the packet may enter a record now."""
    packet, number = row.packet, isolate_ltr(row.packet.number)
    if row.by:
        sentence = tr("A newer packet replaces this one: {number}. Accept from the newer one.")
        raise UserError(sentence.format(number=isolate_ltr(row.by)))
    overdue = packet.countersign_due is not None and now > packet.countersign_due
    if packet.state is State.EXPRESS_PENDING and row.state in (*IMPORTABLE, State.INCOMPLETE) and overdue:
        sentence = tr("The second signature of {number} is overdue. Nothing more is accepted from it; call the sender.")
        raise UserError(sentence.format(number=number))
    if row.state in IMPORTABLE | {State.OUT_OF_DATE} and now.date() > packet.expires:
        raise UserError(tr("The date of {number} has passed. Ask the sender for a new one.").format(number=number))
    if row.state not in IMPORTABLE:
        raise UserError(tr("Nothing is accepted from {number}: look at what the check says.").format(number=number))


def handled(did: tuple[Did, ...], answers: tuple[Acceptance, ...], items: int) -> Handled:
    """What a packet counts as. `did`: oldest first; `answers`: the newest of each item."""
    accepted = sum(each.accepted and not each.taken_back for each in answers)
    if accepted:
        return Handled.ACCEPTED if accepted >= items else Handled.IN_PART
    last = next((each for each in reversed(did) if each in (Did.SET_ASIDE, Did.TAKEN_UP)), None)
    if last is Did.SET_ASIDE:
        return Handled.SET_ASIDE
    return Handled.READ if did else Handled.NEW
