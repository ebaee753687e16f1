"""How answers to trainees' notes lie in an index. The state of a note stands in its own row (`notes_entry.cosign`)."""

from rehabdesk.core.clock import stamp
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import Index, Record
from rehabdesk.notes.cosign_model import Cosign, CosignState

COSIGN = "cosign"

DDL = """
CREATE TABLE notes_cosign (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL,
    answer TEXT NOT NULL, recorded_at TEXT NOT NULL);
CREATE INDEX notes_cosign_note ON notes_cosign (note, rid);
CREATE INDEX notes_entry_waits ON notes_entry (cosign) WHERE cosign IN (1, 3);
"""

STATE = f"""CASE WHEN {{needed}} = 0 THEN {CosignState.NOT_NEEDED.value}
    WHEN EXISTS (SELECT 1 FROM notes_cosign c WHERE c.note = {{note}} AND c.author <> {{author}}
        AND c.answer = 'cosigned') THEN {CosignState.COSIGNED.value}
    WHEN EXISTS (SELECT 1 FROM notes_cosign c WHERE c.note = {{note}} AND c.author <> {{author}})
        THEN {CosignState.RETURNED.value}
    ELSE {CosignState.WAITING.value} END"""
"""Where a note stands, by the answers that others than its author gave: an own co-signature counts for nothing."""

WAITS = "INDEXED BY notes_entry_waits WHERE cosign IN (1, 3)"
"""What waits is few; without its index, whose condition must stand in the question, every note would be walked."""

TO_ANSWER = f"""SELECT rid FROM notes_entry e {WAITS} AND e.struck = 0 AND e.part = 'note' AND e.author <> :uid
        AND (e.cosign = 1 OR (e.cosign = 3 AND EXISTS (SELECT 1 FROM notes_addendum a WHERE a.note = e.note
            AND a.author = e.author
            AND a.recorded_at > (SELECT max(c.recorded_at) FROM notes_cosign c WHERE c.note = e.note))))
        ORDER BY e.recorded_at, e.rid LIMIT :limit"""


def apply(index: Index, record: Record) -> None:
    """Keeps an answer, and where its note stands now."""
    cosign = from_payload(Cosign, record.payload)
    index.run(
        """INSERT OR REPLACE INTO notes_cosign (rid, sid, note, author, answer, recorded_at)
        VALUES (:rid, :sid, :note, :author, :answer, :recorded_at)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "note": cosign.note,
            "author": record.author,
            "answer": cosign.answer.value,
            "recorded_at": stamp(record.recorded_at),
        },
    )
    state = STATE.format(needed="cosign", note="notes_entry.note", author="notes_entry.author")
    index.run(f"UPDATE notes_entry SET cosign = {state} WHERE note = :note", {"note": cosign.note})


def to_answer(index: Index, uid: str, limit: int) -> tuple[str, ...]:
    """Record ids of notes that wait for a co-signature by somebody else than their author, the oldest first.

    A note that came back waits again once its author added something.
    """
    return tuple(row[0] for row in index.rows(TO_ANSWER, {"uid": uid, "limit": limit}))


def returned_to(index: Index, uid: str, limit: int) -> tuple[str, ...]:
    """Record ids of own notes that came back and were not answered since, the oldest first."""
    rows = index.rows(
        f"""SELECT rid FROM notes_entry e {WAITS} AND e.cosign = 3 AND e.struck = 0 AND e.part = 'note'
            AND e.author = :uid
            AND NOT EXISTS (SELECT 1 FROM notes_addendum a WHERE a.note = e.note AND a.author = e.author
            AND a.recorded_at > (SELECT max(c.recorded_at) FROM notes_cosign c WHERE c.note = e.note))
        ORDER BY e.recorded_at, e.rid LIMIT :limit""",
        {"uid": uid, "limit": limit},
    )
    return tuple(row[0] for row in rows)


def waiting_of(index: Index, uid: str) -> int:
    """How many own notes wait for a co-signature."""
    row = index.row(
        f"SELECT count(*) FROM notes_entry {WAITS} AND cosign = 1 AND struck = 0 AND part = 'note' AND author = :uid",
        {"uid": uid},
    )
    return int(row[0]) if row else 0


def answers_to(index: Index, note: str) -> tuple[str, ...]:
    """Record ids of the answers to a note, oldest first."""
    rows = index.rows("SELECT rid FROM notes_cosign WHERE note = :note ORDER BY recorded_at, rid", {"note": note})
    return tuple(row[0] for row in rows)
