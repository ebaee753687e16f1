"""How what happened to a packet after its seal lies in an index: deliveries, withdrawals, receipts, feedback."""

import json
from typing import TypeAlias, TypeVar, cast

from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.handover.after.after_seal_model import (
    AfterSeal,
    Delivery,
    FeedbackKept,
    ReceiptKept,
    ReturnRow,
    ReturnSeen,
    Withdrawal,
)

DELIVERY, WITHDRAWAL, RECEIPT, FEEDBACK, SEEN = (
    "packet_delivery",
    "packet_withdrawal",
    "packet_receipt",
    "packet_feedback",
    "packet_return_seen",
)
DDL = """
CREATE TABLE handover_after (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL,
    about TEXT NOT NULL, sha256 TEXT NOT NULL, alarms INTEGER NOT NULL, details TEXT NOT NULL, by TEXT NOT NULL,
    at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX handover_after_about ON handover_after (about, kind, seq);
CREATE INDEX handover_after_file ON handover_after (sha256) WHERE sha256 <> '';
CREATE INDEX handover_after_alarms ON handover_after (seq) WHERE alarms = 1;
"""
T = TypeVar("T")
Kept: TypeAlias = Delivery | Withdrawal | ReceiptKept | FeedbackKept | ReturnSeen
_CLASSES: dict[str, type] = {
    DELIVERY: Delivery,
    WITHDRAWAL: Withdrawal,
    RECEIPT: ReceiptKept,
    FEEDBACK: FeedbackKept,
    SEEN: ReturnSeen,
}


def after_seal(index: Index, packet: str) -> AfterSeal:
    """Everything about a packet, oldest first."""
    withdrawn = _all(index, packet, WITHDRAWAL, Withdrawal)
    return AfterSeal(
        deliveries=_all(index, packet, DELIVERY, Delivery),
        receipts=_all(index, packet, RECEIPT, ReceiptKept),
        feedback=_all(index, packet, FEEDBACK, FeedbackKept),
        withdrawal=withdrawn[-1] if withdrawn else None,
    )


def taken_on(index: Index, sha256: str) -> str | None:
    """The stamp at which a file with this hash was accepted; None where it was not."""
    row = index.row("SELECT at FROM handover_after WHERE sha256 = :sha256 AND sha256 <> ''", {"sha256": sha256})
    return None if row is None else str(row[0])


def unseen(index: Index, author: str) -> tuple[ReturnRow, ...]:
    """What the author of its packet must hear of and has not looked at yet, oldest first."""
    rows = index.rows(
        """SELECT a.rid, a.about, p.number, p.person, p.author, a.kind, a.at FROM handover_after AS a
        JOIN handover_packet AS p ON p.rid = a.about
        WHERE a.alarms = 1 AND p.author = :author
        AND NOT EXISTS (SELECT 1 FROM handover_after AS s WHERE s.about = a.rid AND s.kind = :seen)
        ORDER BY a.seq""",
        {"author": author, "seen": SEEN},
    )
    return tuple(
        ReturnRow(
            id=str(row[0]),
            packet=str(row[1]),
            number=str(row[2]),
            person=str(row[3]),
            author=str(row[4]),
            is_receipt=row[5] == RECEIPT,
            at=parse_stamp(str(row[6])),
        )
        for row in rows
    )


def unseen_of(index: Index, packet: str) -> tuple[str, ...]:
    """Record ids of what is to be looked at about one packet."""
    rows = index.rows(
        """SELECT a.rid FROM handover_after AS a WHERE a.about = :packet AND a.alarms = 1
        AND NOT EXISTS (SELECT 1 FROM handover_after AS s WHERE s.about = a.rid AND s.kind = :seen) ORDER BY a.seq""",
        {"packet": packet, "seen": SEEN},
    )
    return tuple(str(row[0]) for row in rows)


def every_feedback(index: Index) -> tuple[FeedbackKept, ...]:
    """Of all packets, for counts."""
    rows = index.rows("SELECT details FROM handover_after WHERE kind = :kind ORDER BY seq", {"kind": FEEDBACK})
    return tuple(from_payload(FeedbackKept, json.loads(row[0])) for row in rows)


def _all(index: Index, packet: str, kind: str, cls: type[T]) -> tuple[T, ...]:
    rows = index.rows(
        "SELECT details FROM handover_after WHERE about = :packet AND kind = :kind ORDER BY seq",
        {"packet": packet, "kind": kind},
    )
    return tuple(from_payload(cls, json.loads(row[0])) for row in rows)


def _apply(index: Index, record: Record) -> None:
    kept = cast("Kept", from_payload(_CLASSES[record.kind], record.payload))
    details = {name: value for name, value in record.payload.items() if name != "file"}
    came_back = kept if isinstance(kept, ReceiptKept | FeedbackKept) else None
    index.run(
        """INSERT OR REPLACE INTO handover_after (rid, sid, seq, kind, about, sha256, alarms, details, by, at)
        VALUES (:rid, :sid, :seq, :kind, :about, :sha256, :alarms, :details, :by, :at)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "seq": record.seq,
            "kind": record.kind,
            "about": kept.what if isinstance(kept, ReturnSeen) else kept.packet,
            "sha256": "" if came_back is None else came_back.sha256,
            "alarms": came_back is not None and came_back.alarms,
            "details": json.dumps(details, ensure_ascii=False),
            "by": record.author,
            "at": stamp(record.recorded_at),
        },
    )


def _search(_: Record) -> SearchText | None:
    """What was said is found where it stands on the person's timeline."""
    return None


PROJECTION = Projection(
    feature="handover_after",
    version=1,
    comps=(TEAM,),
    ddl=DDL,
    kinds=dict.fromkeys(_CLASSES, (1,)),
    retention=dict.fromkeys(_CLASSES, "case"),
    apply=_apply,
    search=_search,
)
