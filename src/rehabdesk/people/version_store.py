"""Who wrote which version of a register entry, contact, consent or assignment, and when; its words stay sealed."""

from datetime import datetime

from rehabdesk.core.clock import parse_stamp
from rehabdesk.db.projection import Index

DDL = """
CREATE TABLE people_version (rid TEXT NOT NULL, ver INTEGER NOT NULL, sid BLOB NOT NULL, author TEXT NOT NULL,
    recorded_at TEXT NOT NULL, PRIMARY KEY (rid, ver)) WITHOUT ROWID;
"""


def note_version(index: Index, values: dict[str, object]) -> None:
    """Keeps that this version was written."""
    index.run(
        """INSERT OR REPLACE INTO people_version (rid, ver, sid, author, recorded_at)
        VALUES (:rid, :ver, :sid, :author, :recorded_at)""",
        values,
    )


def versions(index: Index, rid: str) -> tuple[tuple[int, str, datetime], ...]:
    """(version, author, when), the newest first."""
    rows = index.rows(
        "SELECT ver, author, recorded_at FROM people_version WHERE rid = :rid ORDER BY ver DESC", {"rid": rid}
    )
    return tuple((int(row[0]), str(row[1]), parse_stamp(row[2])) for row in rows)
