"""How the file indexes of packets lie in the team's index: where their bytes are."""

from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.handover.file_index.file_index_model import IndexPart

INDEX_FILE = "packet_index_file"
DDL = """
CREATE TABLE handover_index_file (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, packet TEXT NOT NULL, part INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE INDEX handover_index_file_packet ON handover_index_file (packet, part);
"""


def parts_of(index: Index, packet: str) -> tuple[str, ...]:
    """The records that hold the bytes of a packet's file index, in order."""
    rows = index.rows("SELECT rid FROM handover_index_file WHERE packet = :packet ORDER BY part", {"packet": packet})
    return tuple(str(row[0]) for row in rows)


def _apply(index: Index, record: Record) -> None:
    part = from_payload(IndexPart, record.payload)
    index.run(
        """INSERT OR REPLACE INTO handover_index_file (rid, sid, packet, part)
        VALUES (:rid, :sid, :packet, :part)""",
        {"rid": record.rid, "sid": record.sid, "packet": part.packet, "part": part.part},
    )


def _search(_: Record) -> SearchText | None:
    """It is found beside its packet."""
    return None


PROJECTION = Projection(
    feature="file_index",
    version=1,
    comps=(TEAM,),
    ddl=DDL,
    kinds={INDEX_FILE: (1,)},
    retention={INDEX_FILE: "case"},
    apply=_apply,
    search=_search,
)
