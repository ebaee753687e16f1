"""How meetings are counted by whether they took place, without opening a note: kept at writing, in the index."""

from collections.abc import Mapping

from rehabdesk.core.clock import stamp
from rehabdesk.db.projection import PASTORAL, PROTECTED, Index, Record
from rehabdesk.notes.model import NotePart, Part

ATTENDANCE = "hdr.7"
DDL = """
CREATE TABLE notes_met (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL,
    month TEXT NOT NULL, came TEXT NOT NULL);
CREATE INDEX notes_met_month ON notes_met (author, month, came, note);
"""


def keep(index: Index, record: Record, part: NotePart) -> None:
    """One row a note that says whether the person came; a chaplain's contacts are counted by `pastoral_store`."""
    came = part.marks.get(ATTENDANCE)
    if record.kind != Part.NOTE or record.comp in (PASTORAL, PROTECTED) or not isinstance(came, str):
        return
    index.run(
        """INSERT OR REPLACE INTO notes_met (rid, sid, note, author, month, came)
        VALUES (:rid, :sid, :note, :author, :month, :came)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "note": part.note,
            "author": record.author,
            "month": stamp(part.occurred_at)[:7],
            "came": came,
        },
    )


def met(index: Index, author: str, month: str) -> Mapping[str, int]:
    """Own meetings of a month (`YYYY-MM`) by attendance; a note that was struck does not count."""
    rows = index.rows(
        """SELECT came, count(*) FROM notes_met m WHERE author = :author AND month = :month
        AND NOT EXISTS (SELECT 1 FROM notes_strike s WHERE s.note = m.note AND s.author = m.author) GROUP BY came""",
        {"author": author, "month": month},
    )
    return {str(came): int(count) for came, count in rows}
