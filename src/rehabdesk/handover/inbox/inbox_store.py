"""How packets that came lie in the team's index: first seen, kept, marked, accepted item by item."""

import json
from collections.abc import Mapping

from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.handover.checking.verdict_model import MAY_BE_OPENED
from rehabdesk.handover.inbox.inbox_model import (
    Acceptance,
    Answered,
    Did,
    FirstSeen,
    Kept,
    Mark,
    Newer,
    ReceivedPacket,
    ReceivedPart,
    ReceivedRow,
    handled,
)

SEEN, RECEIVED, PART, MARK, ACCEPTANCE = (
    "packet_first_seen",
    "received_packet",
    "received_part",
    "received_mark",
    "received_acceptance",
)
VERSIONS = {RECEIVED: 2}
"""The payload version that is written, where it is not the first; older ones stay readable for ever
(`tests/handover/payloads`).
"""
DDL = """
CREATE TABLE inbox_seen (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX inbox_seen_sha256 ON inbox_seen (sha256, at);
CREATE TABLE inbox_packet (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, ver INTEGER NOT NULL, seq INTEGER NOT NULL,
    sha256 TEXT NOT NULL, number TEXT NOT NULL, details TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX inbox_packet_number ON inbox_packet (number);
CREATE TABLE inbox_hash (rid TEXT NOT NULL, sid BLOB NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (sha256, rid))
    WITHOUT ROWID;
CREATE TABLE inbox_part (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, received TEXT NOT NULL, what TEXT NOT NULL,
    sha256 TEXT NOT NULL, part INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX inbox_part_received ON inbox_part (received, what, sha256, part);
CREATE TABLE inbox_mark (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, seq INTEGER NOT NULL, received TEXT NOT NULL,
    did TEXT NOT NULL, person TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX inbox_mark_received ON inbox_mark (received, seq);
CREATE TABLE inbox_acceptance (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, ver INTEGER NOT NULL, seq INTEGER NOT NULL,
    received TEXT NOT NULL, item TEXT NOT NULL, entry TEXT NOT NULL, person TEXT NOT NULL, author TEXT NOT NULL,
    at TEXT NOT NULL, details TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX inbox_acceptance_received ON inbox_acceptance (received, item, seq);
CREATE INDEX inbox_acceptance_entry ON inbox_acceptance (entry);
"""
_PACKET = """SELECT rid, details, (SELECT min(at) FROM inbox_seen AS s WHERE s.sha256 IN
    (SELECT sha256 FROM inbox_hash AS h WHERE h.rid = p.rid)) FROM inbox_packet AS p"""


def first_seen(index: Index) -> Mapping[str, str]:
    """Every hash that was seen, with the stamp of the first time."""
    rows = index.rows("SELECT sha256, min(at) FROM inbox_seen GROUP BY sha256")
    return {str(sha256): str(at) for sha256, at in rows}


def packets(index: Index) -> tuple[ReceivedRow, ...]:
    """All that came and may be shown, what came last on top."""
    return _rows(index, "ORDER BY 3 DESC, rid DESC", {})


def packet(index: Index, received: str) -> ReceivedRow | None:
    return next(iter(_rows(index, "WHERE p.rid = :received", {"received": received})), None)


def by_hash(index: Index, sha256: str) -> ReceivedRow | None:
    """The packet that is kept with these bytes, or began with them."""
    where = "WHERE p.rid IN (SELECT rid FROM inbox_hash WHERE sha256 = :sha256)"
    return next(iter(_rows(index, where, {"sha256": sha256})), None)


def by_number(index: Index, number: str) -> ReceivedRow | None:
    return next(iter(_rows(index, "WHERE p.number = :number ORDER BY p.seq", {"number": number})), None)


def newer(index: Index) -> tuple[Newer, ...]:
    """What the packets that are here replace."""
    found = []
    for (details,) in index.rows("SELECT details FROM inbox_packet ORDER BY seq"):
        one = from_payload(ReceivedPacket, json.loads(details))
        if one.state in MAY_BE_OPENED:
            found += [
                Newer(earlier=each, site=one.site, team=one.team, by=one.number, issued=one.issued)
                for each in one.supersedes
            ]
    return tuple(found)


def parts_of(index: Index, received: str, what: Kept, sha256: str) -> tuple[str, ...]:
    """The records that hold these bytes, in order."""
    rows = index.rows(
        """SELECT rid FROM inbox_part WHERE received = :received AND what = :what AND sha256 = :sha256
        GROUP BY part ORDER BY part""",
        {"received": received, "what": what.value, "sha256": sha256},
    )
    return tuple(str(row[0]) for row in rows)


def answers(index: Index, received: str) -> tuple[Answered, ...]:
    """The newest answer to each item of a packet, in the order of the items' ids."""
    rows = index.rows(
        """SELECT rid, person, author, at, details FROM inbox_acceptance AS one WHERE received = :received AND seq =
        (SELECT max(seq) FROM inbox_acceptance AS o WHERE o.received = one.received AND o.item = one.item)
        ORDER BY item""",
        {"received": received},
    )
    return tuple(map(_answered, rows))


def standing(index: Index, person: str) -> Mapping[str, frozenset[str]]:
    """The items that stand accepted in a person's record, by the packet that they came in, the newest packet first."""
    rows = index.rows(
        "SELECT DISTINCT received FROM inbox_acceptance WHERE person = :person ORDER BY received DESC",
        {"person": person},
    )
    found = {}
    for (received,) in rows:
        kept = (each for each in answers(index, str(received)) if each.person == person)
        found[str(received)] = frozenset(each.acceptance.item for each in kept if each.acceptance.stands)
    return found


def answer_with(index: Index, entry: str) -> Answered | None:
    """The acceptance by which an entry of a timeline stands."""
    row = index.row(
        "SELECT rid, person, author, at, details FROM inbox_acceptance WHERE entry = :entry ORDER BY seq DESC",
        {"entry": entry},
    )
    return None if row is None else _answered(row)


def _answered(row: tuple[object, ...]) -> Answered:
    rid, person, author, at, details = (str(value) for value in row)
    acceptance = from_payload(Acceptance, json.loads(details))
    return Answered(rid=rid, acceptance=acceptance, person=person, author=author, at=parse_stamp(at))


def _rows(index: Index, where: str, values: dict[str, str]) -> tuple[ReceivedRow, ...]:
    replaced = {(each.earlier, each.site, each.team): each.by for each in newer(index)}
    found = []
    for rid, details, at in index.rows(f"{_PACKET} {where}", values):
        one = from_payload(ReceivedPacket, json.loads(details))
        marks = index.rows(
            "SELECT did, person FROM inbox_mark WHERE received = :received ORDER BY seq", {"received": rid}
        )
        said = tuple(each.acceptance for each in answers(index, str(rid)))
        own = [str(person) for did, person in marks if did == Did.MATCHED]
        by = next(
            (
                number
                for (earlier, site, team), number in replaced.items()
                if (earlier.number, earlier.json_sha256, site, team)
                == (one.number, one.json_sha256, one.site, one.team)
            ),
            "",
        )
        found.append(
            ReceivedRow(
                id=str(rid),
                packet=one,
                first_seen=parse_stamp(str(at)) if at else one.judged_at,
                handled=handled(tuple(Did(did) for did, _ in marks), said, one.items),
                person=own[-1] if own else "",
                by=by,
            )
        )
    return tuple(found)


def _apply_seen(index: Index, record: Record) -> None:
    index.run(
        "INSERT OR REPLACE INTO inbox_seen (rid, sid, sha256, at) VALUES (:rid, :sid, :sha256, :at)",
        {
            "rid": record.rid,
            "sid": record.sid,
            "sha256": from_payload(FirstSeen, record.payload).sha256,
            "at": stamp(record.recorded_at),
        },
    )


def _apply_packet(index: Index, record: Record) -> None:
    one = from_payload(ReceivedPacket, record.payload)
    index.run(
        """INSERT INTO inbox_packet (rid, sid, ver, seq, sha256, number, details)
        VALUES (:rid, :sid, :ver, :seq, :sha256, :number, :details)
        ON CONFLICT (rid) DO UPDATE SET ver = :ver, seq = :seq, sha256 = :sha256, number = :number, details = :details
        WHERE :ver >= ver""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "ver": record.ver,
            "seq": record.seq,
            "sha256": one.sha256,
            "number": one.number,
            "details": json.dumps(record.payload, ensure_ascii=False),
        },
    )
    for sha256 in (one.sha256, *one.before):
        index.run(
            "INSERT OR REPLACE INTO inbox_hash (rid, sid, sha256) VALUES (:rid, :sid, :sha256)",
            {"rid": record.rid, "sid": record.sid, "sha256": sha256},
        )


def _apply_part(index: Index, record: Record) -> None:
    part = from_payload(ReceivedPart, record.payload)
    index.run(
        """INSERT OR REPLACE INTO inbox_part (rid, sid, received, what, sha256, part)
        VALUES (:rid, :sid, :received, :what, :sha256, :part)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "received": part.received,
            "what": part.what.value,
            "sha256": part.sha256,
            "part": part.part,
        },
    )


def _apply_mark(index: Index, record: Record) -> None:
    mark = from_payload(Mark, record.payload)
    index.run(
        """INSERT OR REPLACE INTO inbox_mark (rid, sid, seq, received, did, person)
        VALUES (:rid, :sid, :seq, :received, :did, :person)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "seq": record.seq,
            "received": mark.received,
            "did": mark.did.value,
            "person": mark.whom,
        },
    )


def _apply_acceptance(index: Index, record: Record) -> None:
    one = from_payload(Acceptance, record.payload)
    index.run(
        """INSERT INTO inbox_acceptance (rid, sid, ver, seq, received, item, entry, person, author, at, details)
        VALUES (:rid, :sid, :ver, :seq, :received, :item, :entry, :person, :author, :at, :details)
        ON CONFLICT (rid) DO UPDATE SET ver = :ver, seq = :seq, details = :details WHERE :ver >= ver""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "ver": record.ver,
            "seq": record.seq,
            "received": one.received,
            "item": one.item,
            "entry": one.entry,
            "person": record.person or "",
            "author": record.author,
            "at": stamp(record.recorded_at),
            "details": json.dumps(record.payload, ensure_ascii=False),
        },
    )


_APPLY = {
    SEEN: _apply_seen,
    RECEIVED: _apply_packet,
    PART: _apply_part,
    MARK: _apply_mark,
    ACCEPTANCE: _apply_acceptance,
}


def _apply(index: Index, record: Record) -> None:
    _APPLY[record.kind](index, record)


def _search(_: Record) -> SearchText | None:
    """What is in a packet is found once somebody accepted it, on the timeline of the person."""
    return None


PROJECTION = Projection(
    feature="inbox",
    version=1,
    comps=(TEAM,),
    ddl=DDL,
    kinds={kind: tuple(range(1, VERSIONS.get(kind, 1) + 1)) for kind in _APPLY},
    retention=dict.fromkeys((SEEN, RECEIVED, PART, MARK), "single") | {ACCEPTANCE: "case"},
    apply=_apply,
    search=_search,
)
