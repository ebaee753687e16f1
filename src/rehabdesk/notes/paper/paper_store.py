"""How it lies in an index that the paper form of a note was destroyed."""

from datetime import date

from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import Index, Record
from rehabdesk.notes.paper.paper_model import PaperDestroyed

PAPER_DESTROYED = "paper_destroyed"

DDL = """
CREATE TABLE notes_paper (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL,
    day TEXT NOT NULL);
CREATE INDEX notes_paper_note ON notes_paper (note);
"""


def apply(index: Index, record: Record) -> None:
    paper = from_payload(PaperDestroyed, record.payload)
    index.run(
        "INSERT OR REPLACE INTO notes_paper (rid, sid, note, author, day) VALUES (:rid, :sid, :note, :author, :day)",
        {
            "rid": record.rid,
            "sid": record.sid,
            "note": paper.note,
            "author": record.author,
            "day": paper.on.isoformat(),
        },
    )


def destroyed_on(index: Index, note: str, author: str) -> date | None:
    """The day that the author of the note gave; somebody else's word counts for nothing."""
    row = index.row(
        "SELECT day FROM notes_paper WHERE note = :note AND author = :author ORDER BY rid LIMIT 1",
        {"note": note, "author": author},
    )
    return date.fromisoformat(row[0]) if row else None
