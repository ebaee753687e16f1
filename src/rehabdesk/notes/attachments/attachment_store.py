"""How attachments of notes lie in an index: by note. Their content is not in it."""

import json
from collections.abc import Sequence
from typing import Any

from rehabdesk.core.canon import dump
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_bytes, to_payload
from rehabdesk.db.projection import (
    CLINICAL,
    PASTORAL,
    PROTECTED,
    TEAM,
    Index,
    Projection,
    Record,
    SearchText,
)
from rehabdesk.notes.attachments.attachment_model import (
    PAYLOAD_VERSION,
    Attachment,
    StoredAttachment,
    attachment_from,
)
from rehabdesk.notes.store import NOTE_TERM

ATTACHMENT = "attachment"
DDL = """
CREATE TABLE notes_attachment (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, note TEXT NOT NULL, person TEXT NOT NULL,
    author TEXT NOT NULL, recorded_at TEXT NOT NULL, details BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX notes_attachment_note ON notes_attachment (note, rid);
"""


def apply(index: Index, record: Record) -> None:
    """Puts one attachment into the table; the same record twice changes nothing."""
    attachment = attachment_from(record.payload)
    index.run(
        """INSERT OR REPLACE INTO notes_attachment (rid, sid, note, person, author, recorded_at, details)
        VALUES (:rid, :sid, :note, :person, :author, :recorded_at, :details)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "note": attachment.note,
            "person": record.person or "",
            "author": record.author,
            "recorded_at": stamp(record.recorded_at),
            "details": dump(to_payload(attachment)),
        },
    )


def _search(record: Record) -> SearchText | None:
    """An attachment is found by the name that its author gave it; its content is not looked through."""
    return SearchText(title="", body=attachment_from(record.payload).name, scope=(record.person or "", NOTE_TERM))


PROJECTION = Projection(
    feature="attachments",
    version=2,
    comps=(TEAM, CLINICAL, PASTORAL, PROTECTED),
    ddl=DDL,
    kinds={ATTACHMENT: (PAYLOAD_VERSION,)},
    retention={ATTACHMENT: "case"},
    apply=apply,
    search=_search,
)


def of_note(index: Index, comp: str, note: str, author: str) -> tuple[StoredAttachment, ...]:
    """What the author of a note attached to it in this compartment, oldest first; nobody else's counts."""
    rows = index.rows(
        """SELECT rid, person, author, recorded_at, details FROM notes_attachment
        WHERE note = :note AND author = :author ORDER BY rid""",
        {"note": note, "author": author},
    )
    return tuple(_stored(row, comp) for row in rows)


def counted(index: Index, person: str) -> dict[tuple[str, str], int]:
    """How many attachments the notes about a person have in this compartment, by (note, who attached)."""
    rows = index.rows(
        "SELECT note, author, count(*) FROM notes_attachment WHERE person = :person GROUP BY note, author",
        {"person": person},
    )
    return {(str(note), str(author)): int(count) for note, author, count in rows}


def found(index: Index, comp: str, rids: Sequence[str]) -> tuple[StoredAttachment, ...]:
    """The attachments among these records."""
    rows = index.rows(
        """SELECT rid, person, author, recorded_at, details FROM notes_attachment
        WHERE rid IN (SELECT value FROM json_each(:rids))""",
        {"rids": json.dumps(list(rids))},
    )
    return tuple(_stored(row, comp) for row in rows)


def attachment(index: Index, comp: str, rid: str) -> StoredAttachment | None:
    """One attachment of this compartment."""
    row = index.row(
        "SELECT rid, person, author, recorded_at, details FROM notes_attachment WHERE rid = :rid", {"rid": rid}
    )
    return None if row is None else _stored(row, comp)


def _stored(row: tuple[Any, ...], comp: str) -> StoredAttachment:
    return StoredAttachment(
        rid=row[0],
        comp=comp,
        person_id=row[1],
        author=row[2],
        recorded_at=parse_stamp(row[3]),
        attachment=from_bytes(Attachment, bytes(row[4])),
    )
