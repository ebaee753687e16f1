"""How packets lie in the team's index: one row a packet, its steps, and where its signed bytes are."""

import json
from datetime import date

from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import FormatError
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.handover.content.number_model import parse_number
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.records_model import FilePart, PacketRecord, PacketRow, Step

PACKET, FILE, STEP = "packet", "packet_file", "packet_step"
PACKET_TERM = "kindpacket"
"""Search term that every packet carries."""
VERSIONS = {PACKET: (1, 2), FILE: (1,), STEP: (1, 2)}
"""Payload versions that are read; the last is written. 2: packets with one signature, envelopes; what the team is
and on which consents a packet rests.
"""
DDL = """
CREATE TABLE handover_packet (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, seq INTEGER NOT NULL, person TEXT NOT NULL,
    number TEXT NOT NULL, site TEXT NOT NULL, year INTEGER NOT NULL, installation INTEGER NOT NULL,
    count INTEGER NOT NULL, team_name TEXT NOT NULL, author TEXT NOT NULL, issued TEXT NOT NULL, due TEXT NOT NULL,
    expires TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX handover_due ON handover_packet (due);
CREATE INDEX handover_number ON handover_packet (site, year, installation, count);
CREATE INDEX handover_person ON handover_packet (person, seq);
CREATE TABLE handover_step (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, seq INTEGER NOT NULL, packet TEXT NOT NULL,
    state TEXT NOT NULL, details TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX handover_step_packet ON handover_step (packet, seq);
CREATE TABLE handover_file (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, packet TEXT NOT NULL, stage TEXT NOT NULL,
    sha256 TEXT NOT NULL, part INTEGER NOT NULL, parts INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX handover_file_packet ON handover_file (packet, stage, part);
"""
_ROW = """SELECT p.rid, p.person, p.number, p.team_name, p.author, p.issued, p.expires,
    (SELECT s.state FROM handover_step AS s WHERE s.packet = p.rid ORDER BY s.seq DESC LIMIT 1) AS state,
    CASE WHEN EXISTS (SELECT 1 FROM handover_step AS s WHERE s.packet = p.rid AND s.state = 'countersigned')
    THEN '' ELSE p.due END AS second_due
    FROM handover_packet AS p"""


def newest_count(index: Index, site: str, year: int, installation: int) -> int:
    """The highest number given out on this installation this year; 0 if none."""
    row = index.row(
        "SELECT max(count) FROM handover_packet WHERE site = :site AND year = :year AND installation = :installation",
        {"site": site, "year": year, "installation": installation},
    )
    return 0 if row is None or row[0] is None else int(row[0])


def is_given(index: Index, number: str) -> bool:
    """Whether a packet bears this number."""
    found = parse_number(number)
    row = index.row(
        """SELECT 1 FROM handover_packet WHERE site = :site AND year = :year AND installation = :installation
        AND count = :count""",
        {"site": found.site, "year": found.year, "installation": found.installation, "count": found.count},
    )
    return row is not None


def packets_of(index: Index, person: str) -> tuple[PacketRow, ...]:
    """The packets about a person, newest first."""
    rows = index.rows(_ROW + " WHERE p.person = :person ORDER BY p.seq DESC", {"person": person})
    return tuple(_row(row) for row in rows)


def packets_in(index: Index, state: PacketState) -> tuple[PacketRow, ...]:
    """The packets that stand in a state, oldest first."""
    rows = index.rows(
        f"SELECT * FROM ({_ROW}) AS found WHERE found.state = :state ORDER BY issued", {"state": state.value}
    )
    return tuple(_row(row) for row in rows)


def row_numbered(index: Index, number: str) -> PacketRow | None:
    """The packet of this desk that bears a number."""
    row = index.row(_ROW + " WHERE p.number = :number", {"number": number})
    return None if row is None else _row(row)


def with_one_signature(index: Index) -> tuple[PacketRow, ...]:
    """Express packets that only their author has signed, the next due first; also those that came to an end so."""
    rows = index.rows(
        f"SELECT * FROM ({_ROW} WHERE p.due > '') AS found WHERE found.second_due > '' ORDER BY second_due"
    )
    return tuple(_row(row) for row in rows)


def for_team(index: Index, team_name: str, limit: int) -> tuple[str, ...]:
    """The newest packets for teams of that name, about anybody."""
    rows = index.rows(
        "SELECT rid FROM handover_packet WHERE team_name = :name ORDER BY seq DESC LIMIT :limit",
        {"name": team_name, "limit": limit},
    )
    return tuple(str(row[0]) for row in rows)


def row_of(index: Index, packet: str) -> PacketRow | None:
    row = index.row(_ROW + " WHERE p.rid = :packet", {"packet": packet})
    return None if row is None else _row(row)


def steps_of(index: Index, packet: str) -> tuple[Step, ...]:
    """Every step of a packet, oldest first."""
    rows = index.rows("SELECT details FROM handover_step WHERE packet = :packet ORDER BY seq", {"packet": packet})
    return tuple(from_payload(Step, json.loads(row[0])) for row in rows)


def history_of(index: Index, packet: str) -> tuple[tuple[Step, str, str], ...]:
    """As `steps_of`, each with the uid of who did it and its stamp."""
    rows = index.rows(
        "SELECT details, by, at FROM handover_step WHERE packet = :packet ORDER BY seq", {"packet": packet}
    )
    return tuple((from_payload(Step, json.loads(row[0])), str(row[1]), str(row[2])) for row in rows)


def last_step_at(index: Index) -> str | None:
    """The stamp of the newest step of any packet."""
    row = index.row("SELECT max(at) FROM handover_step")
    return None if row is None or row[0] is None else str(row[0])


def parts_of(index: Index, packet: str, stage: PacketState) -> tuple[str, ...]:
    """The records that hold the bytes of a stage, in order; of the newest signature if there are several."""
    rows = index.rows(
        "SELECT rid FROM handover_file WHERE packet = :packet AND stage = :stage ORDER BY part",
        {"packet": packet, "stage": stage.value},
    )
    return tuple(str(row[0]) for row in rows)


def _row(row: tuple[object, ...]) -> PacketRow:
    rid, person, number, team_name, author, issued, expires, state, due = (str(value) for value in row)
    return PacketRow(
        id=rid,
        person=person,
        number=number,
        team_name=team_name,
        author=author,
        issued=parse_stamp(issued),
        expires=date.fromisoformat(expires),
        state=PacketState(state),
        second_due=parse_stamp(due) if due else None,
    )


def _apply(index: Index, record: Record) -> None:
    if record.kind == PACKET:
        _apply_packet(index, record)
    elif record.kind == STEP:
        step = from_payload(Step, record.payload)
        index.run(
            """INSERT OR REPLACE INTO handover_step (rid, sid, seq, packet, state, details, by, at)
            VALUES (:rid, :sid, :seq, :packet, :state, :details, :by, :at)""",
            {
                "rid": record.rid,
                "sid": record.sid,
                "seq": record.seq,
                "packet": step.packet,
                "state": step.state.value,
                "details": json.dumps(record.payload, ensure_ascii=False),
                "by": record.author,
                "at": stamp(record.recorded_at),
            },
        )
    else:
        part = from_payload(FilePart, record.payload)
        index.run(
            """INSERT OR REPLACE INTO handover_file (rid, sid, packet, stage, sha256, part, parts)
            VALUES (:rid, :sid, :packet, :stage, :sha256, :part, :parts)""",
            {
                "rid": record.rid,
                "sid": record.sid,
                "packet": part.packet,
                "stage": part.stage.value,
                "sha256": part.sha256,
                "part": part.part,
                "parts": part.parts,
            },
        )


def _apply_packet(index: Index, record: Record) -> None:
    packet = from_payload(PacketRecord, record.payload)
    if record.person is None:
        raise FormatError("A packet record names no person.")
    number = parse_number(packet.number)
    index.run(
        """INSERT OR REPLACE INTO handover_packet (rid, sid, seq, person, number, site, year, installation, count,
        team_name, author, issued, due, expires) VALUES (:rid, :sid, :seq, :person, :number, :site, :year,
        :installation, :count, :team_name, :author, :issued, :due, :expires)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "seq": record.seq,
            "person": record.person,
            "number": packet.number,
            "site": number.site,
            "year": number.year,
            "installation": number.installation,
            "count": number.count,
            "team_name": packet.team_name,
            "author": packet.author,
            "issued": stamp(packet.issued),
            "expires": packet.expires.isoformat(),
            "due": json.loads(packet.content)["packet"].get("countersign_due", ""),
        },
    )


def _search(record: Record) -> SearchText | None:
    """A packet is found by its number and team; what is in it is found where it was written."""
    if record.kind != PACKET:
        return None
    packet = from_payload(PacketRecord, record.payload)
    return SearchText(title=packet.number, body=packet.team_name, scope=(record.person or "", PACKET_TERM))


PROJECTION = Projection(
    feature="handover",
    version=3,
    comps=(TEAM,),
    ddl=DDL,
    kinds=VERSIONS,
    retention=dict.fromkeys((PACKET, FILE, STEP), "case"),
    apply=_apply,
    search=_search,
)
