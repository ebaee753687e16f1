"""How groups lie in an index: members and attendance by person, the common part of meetings without one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from rehabdesk.core.canon import Json
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import CLINICAL, TEAM, Index, Projection, Record, SearchText
from rehabdesk.notes import store
from rehabdesk.notes.groups.group_model import (
    CAME,
    FORM,
    Attendance,
    Debrief,
    Group,
    GroupLine,
    Meeting,
    MeetingAddendum,
    MeetingSignature,
    MeetingStrike,
    Membership,
)
from rehabdesk.notes.model import PREVIEW_LENGTH, Part

GROUP, MEMBER, MEETING, ATTENDANCE, LINE = (
    "group",
    "group_member",
    "group_meeting",
    Part.GROUP.value,
    "group_line",
)
DEBRIEF, SIGNATURE, MEETING_ADDENDUM, MEETING_STRUCK = (
    "group_debrief",
    "meeting_signature",
    "meeting_addendum",
    "meeting_struck",
)

DDL = """
CREATE TABLE notes_group (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, sid BLOB NOT NULL, name TEXT NOT NULL,
    details TEXT NOT NULL);
CREATE TABLE notes_group_member (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, sid BLOB NOT NULL, person TEXT NOT NULL,
    grp TEXT NOT NULL, details TEXT NOT NULL);
CREATE INDEX notes_group_member_group ON notes_group_member (grp, rid);
CREATE INDEX notes_group_member_person ON notes_group_member (person, rid);
CREATE TABLE notes_meeting (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, grp TEXT NOT NULL, number INTEGER NOT NULL,
    occurred_at TEXT NOT NULL, author TEXT NOT NULL, recorded_at TEXT NOT NULL, h TEXT NOT NULL, details TEXT NOT NULL);
CREATE INDEX notes_meeting_group ON notes_meeting (grp, occurred_at, rid);
CREATE TABLE notes_group_attendance (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, person TEXT NOT NULL,
    meeting TEXT NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL, recorded_at TEXT NOT NULL, h TEXT NOT NULL,
    details TEXT NOT NULL);
CREATE INDEX notes_group_attendance_meeting ON notes_group_attendance (meeting, rid);
CREATE INDEX notes_group_attendance_note ON notes_group_attendance (note);
CREATE TABLE notes_group_line (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, person TEXT NOT NULL, meeting TEXT NOT NULL,
    note TEXT NOT NULL, author TEXT NOT NULL);
CREATE INDEX notes_group_line_meeting ON notes_group_line (meeting, rid);
CREATE TABLE notes_group_debrief (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, meeting TEXT NOT NULL, author TEXT NOT NULL);
CREATE INDEX notes_group_debrief_meeting ON notes_group_debrief (meeting);
CREATE TABLE notes_meeting_act (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, kind TEXT NOT NULL, meeting TEXT NOT NULL,
    author TEXT NOT NULL, recorded_at TEXT NOT NULL, details TEXT NOT NULL);
CREATE INDEX notes_meeting_act_meeting ON notes_meeting_act (meeting, kind, rid);
"""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Who wrote a record of a meeting, and when."""

    rid: str
    author: str
    recorded_at: datetime
    h: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMember:
    rid: str
    person: str
    membership: Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMeeting:
    stored: Stored
    meeting: Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttendance:
    stored: Stored
    person: str
    attendance: Attendance


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLine:
    """Where a clinical line lies; its words are read through the desk, which logs it."""

    rid: str
    person: str
    note: str
    author: str


def apply(index: Index, record: Record) -> None:
    """Puts one opened record into the tables; the same record twice changes nothing."""
    values = {
        "rid": record.rid,
        "ver": record.ver,
        "sid": record.sid,
        "person": record.person,
        "author": record.author,
        "recorded_at": stamp(record.recorded_at),
        "h": record.h.hex(),
        "details": json.dumps(record.payload, ensure_ascii=False),
    }
    _APPLY[record.kind](index, record, values)


def search_text(record: Record) -> SearchText | None:
    """A person's attendance is found by the common text and the line, a clinical line by its words."""
    scope = (record.person or "", store.NOTE_TERM)
    if record.kind == ATTENDANCE:
        one = from_payload(Attendance, record.payload)
        return SearchText(title="", body=f"{one.group}\n{one.theme}\n{one.done}\n{one.words}", scope=scope)
    if record.kind == LINE:
        return SearchText(title="", body=from_payload(GroupLine, record.payload).words, scope=scope)
    return None


def _apply_group(index: Index, record: Record, values: dict[str, Any]) -> None:
    group = from_payload(Group, record.payload)
    index.run(
        """INSERT INTO notes_group (rid, ver, sid, name, details) VALUES (:rid, :ver, :sid, :name, :details)
        ON CONFLICT (rid) DO UPDATE SET ver = :ver, name = :name, details = :details WHERE :ver >= ver""",
        values | {"name": group.name},
    )


def _apply_member(index: Index, record: Record, values: dict[str, Any]) -> None:
    membership = from_payload(Membership, record.payload)
    index.run(
        """INSERT INTO notes_group_member (rid, ver, sid, person, grp, details)
        VALUES (:rid, :ver, :sid, :person, :grp, :details)
        ON CONFLICT (rid) DO UPDATE SET ver = :ver, details = :details WHERE :ver >= ver""",
        values | {"grp": membership.group},
    )


def _apply_meeting(index: Index, record: Record, values: dict[str, Any]) -> None:
    meeting = from_payload(Meeting, record.payload)
    index.run(
        """INSERT OR REPLACE INTO notes_meeting (rid, sid, grp, number, occurred_at, author, recorded_at, h, details)
        VALUES (:rid, :sid, :grp, :number, :occurred_at, :author, :recorded_at, :h, :details)""",
        values | {"grp": meeting.group, "number": meeting.number, "occurred_at": stamp(meeting.occurred_at)},
    )


def _apply_attendance(index: Index, record: Record, values: dict[str, Any]) -> None:
    one = from_payload(Attendance, record.payload)
    index.run(
        """INSERT OR REPLACE INTO notes_group_attendance
            (rid, sid, person, meeting, note, author, recorded_at, h, details)
        VALUES (:rid, :sid, :person, :meeting, :note, :author, :recorded_at, :h, :details)""",
        values | {"meeting": one.meeting, "note": one.note},
    )
    said = " · ".join(" ".join(text.split()) for text in (one.group, one.theme, one.done, one.words) if text)
    form = FORM if one.attendance == CAME else f"{FORM}#{one.attendance}"
    store.enter(
        index, record, note=one.note, form=form, occurred_at=one.occurred_at, preview=said[:PREVIEW_LENGTH],
        part=Part.GROUP,
    )  # fmt: skip


def _apply_line(index: Index, record: Record, values: dict[str, Any]) -> None:
    one = from_payload(GroupLine, record.payload)
    index.run(
        """INSERT OR REPLACE INTO notes_group_line (rid, sid, person, meeting, note, author)
        VALUES (:rid, :sid, :person, :meeting, :note, :author)""",
        values | {"meeting": one.meeting, "note": one.note},
    )
    preview = " ".join(one.words.split())[:PREVIEW_LENGTH]
    store.enter(index, record, note=one.note, form=FORM, occurred_at=one.occurred_at, preview=preview, part=Part.GROUP)


def _apply_debrief(index: Index, record: Record, values: dict[str, Any]) -> None:
    meeting = from_payload(Debrief, record.payload).meeting
    index.run(
        """INSERT OR REPLACE INTO notes_group_debrief (rid, sid, meeting, author)
        VALUES (:rid, :sid, :meeting, :author)""",
        values | {"meeting": meeting},
    )


def _apply_act(cls: type[MeetingSignature] | type[MeetingAddendum] | type[MeetingStrike]) -> Callable[..., None]:
    def put(index: Index, record: Record, values: dict[str, Any]) -> None:
        meeting = from_payload(cls, record.payload).meeting
        index.run(
            """INSERT OR REPLACE INTO notes_meeting_act (rid, sid, kind, meeting, author, recorded_at, details)
            VALUES (:rid, :sid, :kind, :meeting, :author, :recorded_at, :details)""",
            values | {"kind": record.kind, "meeting": meeting},
        )

    return put


_APPLY: Mapping[str, Callable[[Index, Record, dict[str, Any]], None]] = {
    GROUP: _apply_group,
    MEMBER: _apply_member,
    MEETING: _apply_meeting,
    ATTENDANCE: _apply_attendance,
    LINE: _apply_line,
    DEBRIEF: _apply_debrief,
    SIGNATURE: _apply_act(MeetingSignature),
    MEETING_ADDENDUM: _apply_act(MeetingAddendum),
    MEETING_STRUCK: _apply_act(MeetingStrike),
}

PROJECTION = Projection(
    feature="notes_groups",
    version=1,
    comps=(TEAM, CLINICAL),
    ddl=DDL,
    kinds=dict.fromkeys(_APPLY, (1,)),
    # what has no person is erased by itself, what has one with the case
    retention=dict.fromkeys(_APPLY, "single") | dict.fromkeys((MEMBER, ATTENDANCE, LINE), "case"),
    apply=apply,
    search=search_text,
)


def groups(index: Index) -> tuple[tuple[str, Group], ...]:
    """(id, group) of all groups by name."""
    return tuple(
        (row[0], _read(Group, row[1])) for row in index.rows("SELECT rid, details FROM notes_group ORDER BY name, rid")
    )


def group(index: Index, rid: str) -> Group | None:
    row = index.row("SELECT details FROM notes_group WHERE rid = :rid", {"rid": rid})
    return _read(Group, row[0]) if row else None


def members(index: Index, group_id: str) -> tuple[StoredMember, ...]:
    """Everybody who belongs or belonged to a group, in the order in which they were added."""
    rows = index.rows(
        "SELECT rid, person, details FROM notes_group_member WHERE grp = :grp ORDER BY rid", {"grp": group_id}
    )
    return tuple(_member(row) for row in rows)


def memberships(index: Index, person: str) -> tuple[StoredMember, ...]:
    """The groups to which a person belongs or belonged."""
    rows = index.rows(
        "SELECT rid, person, details FROM notes_group_member WHERE person = :person ORDER BY rid", {"person": person}
    )
    return tuple(_member(row) for row in rows)


def member(index: Index, rid: str) -> StoredMember | None:
    row = index.row("SELECT rid, person, details FROM notes_group_member WHERE rid = :rid", {"rid": rid})
    return _member(row) if row else None


def meetings(index: Index, group_id: str) -> tuple[StoredMeeting, ...]:
    """The meetings of a group, newest first."""
    rows = index.rows(
        """SELECT rid, author, recorded_at, h, details FROM notes_meeting WHERE grp = :grp
        ORDER BY occurred_at DESC, rid DESC""",
        {"grp": group_id},
    )
    return tuple(StoredMeeting(stored=_stored(row), meeting=_read(Meeting, row[4])) for row in rows)


def meeting(index: Index, rid: str) -> StoredMeeting | None:
    row = index.row("SELECT rid, author, recorded_at, h, details FROM notes_meeting WHERE rid = :rid", {"rid": rid})
    return StoredMeeting(stored=_stored(row), meeting=_read(Meeting, row[4])) if row else None


def unsigned(index: Index, uid: str) -> tuple[StoredMeeting, ...]:
    """Meetings that this login led with their author and has not signed, oldest first."""
    rows = index.rows(
        """SELECT m.rid, m.author, m.recorded_at, m.h, m.details FROM notes_meeting m
        WHERE m.author != :uid
        AND EXISTS (SELECT 1 FROM json_each(m.details, '$.facilitators') WHERE value = :uid)
        AND NOT EXISTS (SELECT 1 FROM notes_meeting_act a
            WHERE a.meeting = m.rid AND a.kind = :kind AND a.author = :uid)
        ORDER BY m.occurred_at, m.rid""",
        {"uid": uid, "kind": SIGNATURE},
    )
    return tuple(StoredMeeting(stored=_stored(row), meeting=_read(Meeting, row[4])) for row in rows)


def attendances(index: Index, meeting_id: str) -> tuple[StoredAttendance, ...]:
    """The records of everybody of a meeting that stand, in the order in which they were signed."""
    rows = index.rows(
        """SELECT a.rid, a.author, a.recorded_at, a.h, a.details, a.person FROM notes_group_attendance a
        JOIN notes_entry e ON e.rid = a.rid WHERE a.meeting = :meeting AND e.struck = 0 ORDER BY a.rid""",
        {"meeting": meeting_id},
    )
    return tuple(
        StoredAttendance(stored=_stored(row), person=row[5], attendance=_read(Attendance, row[4])) for row in rows
    )


def of_note(index: Index, note: str) -> tuple[StoredAttendance, ...]:
    """The person's record of a meeting by the id that it shares with the clinical line."""
    rows = index.rows(
        "SELECT rid, author, recorded_at, h, details, person FROM notes_group_attendance WHERE note = :note",
        {"note": note},
    )
    return tuple(
        StoredAttendance(stored=_stored(row), person=row[5], attendance=_read(Attendance, row[4])) for row in rows
    )


def lines(index: Index, meeting_id: str) -> tuple[StoredLine, ...]:
    """The clinical lines of a meeting that stand; asked of the clinical index."""
    rows = index.rows(
        """SELECT l.rid, l.person, l.note, l.author FROM notes_group_line l JOIN notes_entry e ON e.rid = l.rid
        WHERE l.meeting = :meeting AND e.struck = 0 ORDER BY l.rid""",
        {"meeting": meeting_id},
    )
    return tuple(StoredLine(rid=row[0], person=row[1], note=row[2], author=row[3]) for row in rows)


def debrief(index: Index, meeting_id: str, author: str) -> str | None:
    """Record id of the author's debrief of a meeting; asked of the clinical index."""
    row = index.row(
        "SELECT rid FROM notes_group_debrief WHERE meeting = :meeting AND author = :author ORDER BY rid LIMIT 1",
        {"meeting": meeting_id, "author": author},
    )
    return str(row[0]) if row else None


def signatures(index: Index, meeting_id: str) -> tuple[tuple[Stored, MeetingSignature], ...]:
    return _acts(index, meeting_id, SIGNATURE, MeetingSignature)


def additions(index: Index, meeting_id: str) -> tuple[tuple[Stored, MeetingAddendum], ...]:
    return _acts(index, meeting_id, MEETING_ADDENDUM, MeetingAddendum)


def strikes(index: Index, meeting_id: str) -> tuple[tuple[Stored, MeetingStrike], ...]:
    return _acts(index, meeting_id, MEETING_STRUCK, MeetingStrike)


def _acts(index: Index, meeting_id: str, kind: str, cls: type[T]) -> tuple[tuple[Stored, T], ...]:
    rows = index.rows(
        """SELECT rid, author, recorded_at, '', details FROM notes_meeting_act
        WHERE meeting = :meeting AND kind = :kind ORDER BY rid""",
        {"meeting": meeting_id, "kind": kind},
    )
    return tuple((_stored(row), _read(cls, row[4])) for row in rows)


def _stored(row: tuple[Any, ...]) -> Stored:
    return Stored(rid=row[0], author=row[1], recorded_at=parse_stamp(row[2]), h=row[3])


def _member(row: tuple[Any, ...]) -> StoredMember:
    return StoredMember(rid=row[0], person=row[1], membership=_read(Membership, row[2]))


def _read(cls: type[T], details: str) -> T:
    payload: Mapping[str, Json] = json.loads(details)
    return from_payload(cls, payload)


def on(members_of: tuple[StoredMember, ...], day: date) -> tuple[StoredMember, ...]:
    """Those of them who belong to the group on a day."""
    return tuple(one for one in members_of if one.membership.runs_on(day))
