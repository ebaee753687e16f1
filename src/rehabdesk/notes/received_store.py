"""How accepted words from outside lie in the team's index: each is an entry of its person's timeline."""

from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.notes.model import PREVIEW_LENGTH, Part
from rehabdesk.notes.received_model import Outside
from rehabdesk.notes.store import NOTE_TERM, enter

OUTSIDE = Part.OUTSIDE.value
PAYLOAD_VERSION = 1
"""Older versions stay readable for ever (`tests/notes/payloads`)."""
DDL = """
CREATE TABLE notes_outside (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, received TEXT NOT NULL, item TEXT NOT NULL)
    WITHOUT ROWID;
CREATE INDEX notes_outside_received ON notes_outside (received);
"""


def apply(index: Index, record: Record) -> None:
    """Puts one opened record into the tables; the same record twice changes nothing."""
    outside = from_payload(Outside, record.payload)
    index.run(
        "INSERT OR REPLACE INTO notes_outside (rid, sid, received, item) VALUES (:rid, :sid, :received, :item)",
        {"rid": record.rid, "sid": record.sid, "received": outside.received, "item": outside.item},
    )
    said = " · ".join(" ".join(each.split()) for each in (outside.title, *outside.said()))
    enter(
        index,
        record,
        note=record.rid,
        form="",
        occurred_at=record.recorded_at,
        preview=said[:PREVIEW_LENGTH],
        part=Part.OUTSIDE,
    )


def search_text(record: Record) -> SearchText | None:
    """It is found by what it says, and by the packet and the site that it came from."""
    outside = from_payload(Outside, record.payload)
    body = f"{outside.title}\n{outside.text()}\n{outside.number} {outside.site}"
    return SearchText(title="", body=body, scope=(record.person or "", NOTE_TERM))


PROJECTION = Projection(
    feature="outside",
    version=2,
    comps=(TEAM,),
    ddl=DDL,
    kinds={OUTSIDE: (PAYLOAD_VERSION,)},
    retention={OUTSIDE: "case"},
    apply=apply,
    search=search_text,
)
