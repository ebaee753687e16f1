"""The records in which a packet that came is kept: its bytes and content in parts, and what is said of it."""

from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.handover.inbox import inbox_store as store
from rehabdesk.handover.inbox.inbox_model import Acceptance, FirstSeen, Kept, Mark, ReceivedPacket, ReceivedPart
from rehabdesk.handover.parts_model import in_parts


def seen_record(sha256: str) -> NewRecord:
    return _record(store.SEEN, FirstSeen(sha256=sha256))


def packet_record(packet: ReceivedPacket, rid: str) -> NewRecord:
    return _record(store.RECEIVED, packet, rid=rid)


def mark_record(mark: Mark) -> NewRecord:
    return _record(store.MARK, mark)


def acceptance_record(acceptance: Acceptance, person_id: str | None, rid: str | None = None) -> NewRecord:
    return _record(store.ACCEPTANCE, acceptance, person=person_id, rid=rid)


def part_records(received: str, what: Kept, content: bytes) -> list[NewRecord]:
    """`content` in parts that a record can hold."""
    return [_record(store.PART, ReceivedPart(received=received, what=what, **part)) for part in in_parts(content)]


def _record(kind: str, thing: object, *, person: str | None = None, rid: str | None = None) -> NewRecord:
    return NewRecord(
        comp=TEAM, kind=kind, pv=store.VERSIONS.get(kind, 1), person=person, payload=to_payload(thing), rid=rid
    )
