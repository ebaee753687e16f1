"""How a chaplain's contacts are counted and promises found, without opening a note: kept at writing, in the index."""

import json
from collections.abc import Mapping
from datetime import date

from rehabdesk.core.clock import stamp
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import Index, Record
from rehabdesk.notes.chaplaincy.pastoral_model import (
    FOLLOW_UP,
    FOLLOW_UP_ON,
    FORM,
    KIND,
    NEEDS,
    FollowUp,
    FollowUpMark,
    Gathering,
    GroupCount,
)
from rehabdesk.notes.model import NotePart

FOLLOW_UP_MARK, GROUP_COUNT = "follow_up", "group_count"

DDL = """
CREATE TABLE notes_contact (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, note TEXT NOT NULL, person TEXT NOT NULL,
    author TEXT NOT NULL, month TEXT NOT NULL, kind TEXT NOT NULL, came TEXT NOT NULL, needs TEXT NOT NULL,
    promise TEXT NOT NULL, promised_on TEXT NOT NULL);
CREATE INDEX notes_contact_month ON notes_contact (author, month);
CREATE INDEX notes_contact_note ON notes_contact (note);
CREATE INDEX notes_contact_promise ON notes_contact (author, promised_on) WHERE promise <> '';
CREATE TABLE notes_follow_up (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL,
    done INTEGER NOT NULL, recorded_at TEXT NOT NULL);
CREATE INDEX notes_follow_up_note ON notes_follow_up (note, recorded_at);
CREATE TABLE notes_group_count (rid TEXT PRIMARY KEY, what TEXT NOT NULL, month TEXT NOT NULL,
    number INTEGER NOT NULL);
CREATE INDEX notes_group_count_month ON notes_group_count (month, what);
"""

_STANDING = "NOT EXISTS (SELECT 1 FROM notes_strike s WHERE s.note = c.note AND s.author = c.author)"
_DONE = "coalesce((SELECT f.done FROM notes_follow_up f WHERE f.note = c.note AND f.author = c.author"
_DONE += " ORDER BY f.recorded_at DESC, f.rid DESC LIMIT 1), 0)"


def keep_contact(index: Index, record: Record, part: NotePart) -> None:
    """What a signed contact is counted by, and what was promised in it. Other forms leave nothing here."""
    if part.form != FORM:
        return
    needs, day = part.marks.get(NEEDS), part.marks.get(FOLLOW_UP_ON)
    index.run(
        """INSERT OR REPLACE INTO notes_contact (rid, sid, note, person, author, month, kind, came, needs, promise,
            promised_on)
        VALUES (:rid, :sid, :note, :person, :author, :month, :kind, :came, :needs, :promise, :promised_on)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "note": part.note,
            "person": record.person,
            "author": record.author,
            "month": stamp(part.occurred_at)[:7],
            "kind": str(part.marks.get(KIND, "")),
            "came": str(part.marks.get("hdr.7", "")),
            "needs": json.dumps(list(needs) if isinstance(needs, tuple) else []),
            "promise": part.words.get(FOLLOW_UP, ""),
            "promised_on": str(day or ""),
        },
    )


def apply_follow_up(index: Index, record: Record) -> None:
    mark = from_payload(FollowUpMark, record.payload)
    index.run(
        """INSERT OR REPLACE INTO notes_follow_up (rid, sid, note, author, done, recorded_at)
        VALUES (:rid, :sid, :note, :author, :done, :recorded_at)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "note": mark.note,
            "author": record.author,
            "done": mark.done,
            "recorded_at": stamp(record.recorded_at),
        },
    )


def apply_group_count(index: Index, record: Record) -> None:
    count = from_payload(GroupCount, record.payload)
    index.run(
        "INSERT OR REPLACE INTO notes_group_count (rid, what, month, number) VALUES (:rid, :what, :month, :number)",
        {"rid": record.rid, "what": count.what.value, "month": count.month, "number": count.number},
    )


def promises(index: Index, author: str, *, limit: int) -> tuple[FollowUp, ...]:
    """What this chaplain promised and has not kept yet: with a day first, the nearest first."""
    return _promises(index, f"c.author = :author AND {_DONE} = 0", {"author": author, "limit": limit})


def promise(index: Index, author: str, note: str) -> FollowUp | None:
    """What was promised in one own note, kept or not."""
    found = _promises(index, "c.author = :author AND c.note = :note", {"author": author, "note": note, "limit": 1})
    return found[0] if found else None


def contacts(index: Index, author: str, month: str) -> tuple[tuple[str, str], ...]:
    """(kind, attendance) of each contact of a month that stands."""
    rows = index.rows(
        f"SELECT kind, came FROM notes_contact c WHERE author = :author AND month = :month AND {_STANDING}",
        {"author": author, "month": month},
    )
    return tuple((row[0], row[1]) for row in rows)


def needs(index: Index, author: str, month: str) -> Mapping[str, int]:
    """How often each need was met in a month."""
    rows = index.rows(
        f"""SELECT each.value, count(*) FROM notes_contact c, json_each(c.needs) each
        WHERE c.author = :author AND c.month = :month AND {_STANDING} GROUP BY each.value""",
        {"author": author, "month": month},
    )
    return {str(row[0]): int(row[1]) for row in rows}


def gatherings(index: Index, what: Gathering, month: str) -> tuple[int, int]:
    """(gatherings, how many came in all) of a month."""
    row = index.row(
        "SELECT count(*), coalesce(sum(number), 0) FROM notes_group_count WHERE what = :what AND month = :month",
        {"what": what.value, "month": month},
    )
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _promises(index: Index, which: str, values: Mapping[str, object]) -> tuple[FollowUp, ...]:
    rows = index.rows(
        f"""SELECT c.note, c.person, c.promise, c.promised_on, {_DONE} FROM notes_contact c
        WHERE c.promise <> '' AND {which} AND {_STANDING}
        ORDER BY c.promised_on = '', c.promised_on, c.rid LIMIT :limit""",
        values,
    )
    return tuple(
        FollowUp(
            note=row[0],
            person_id=row[1],
            words=row[2],
            on=date.fromisoformat(row[3]) if row[3] else None,
            done=bool(row[4]),
        )
        for row in rows
    )
