"""How notes lie in an index, and every question asked of it. Lists come from one covering index with previews."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any

from rehabdesk.core.canon import Json
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM, Index, Projection, Record, SearchText
from rehabdesk.notes import cosign_store, tally_store
from rehabdesk.notes.chaplaincy import pastoral_store
from rehabdesk.notes.chaplaincy.contribution_model import Contribution
from rehabdesk.notes.cosign_model import CosignState
from rehabdesk.notes.groups import met_store
from rehabdesk.notes.model import (
    PART_VERSIONS,
    PREVIEW_LENGTH,
    Addendum,
    Cursor,
    Entry,
    Marker,
    Part,
    Strike,
    preview_of,
    read_note_part,
)
from rehabdesk.notes.paper import paper_store

NOTE, SUMMARY, MARKER, CONTRIBUTION = (part.value for part in (Part.NOTE, Part.SUMMARY, Part.MARKER, Part.CONTRIBUTION))
PROTECTED_PART, ADDENDUM, STRUCK = "protected_part", "addendum", "note_struck"
_COSIGN = cosign_store.STATE.format(needed=":cosign", note=":note", author=":author")
NOTE_TERM = "kindnote"
"""Search term that every part of a note carries."""

_SEEN = """(struck = 0 OR :sees_struck OR author = :uid) AND (NOT :own_only OR author = :uid)
        AND (part IN (SELECT value FROM json_each(:parts))
            OR (part = 'note' AND form IN (SELECT value FROM json_each(:forms))))"""
_COLUMNS = "rid, note, person, part, form, author, occurred_at, recorded_at, struck, additions, preview, cosign"
TIMELINE_PAGE = f"""SELECT {_COLUMNS} FROM notes_entry
        WHERE person = :person AND (occurred_at, rid) < (:at, :rid) AND {_SEEN}
        ORDER BY occurred_at DESC, rid DESC LIMIT :limit"""
"""One page of a timeline: the rows lie in its order, so that it is read from a few pages without any other tree."""

DDL = """
CREATE TABLE notes_entry (rid TEXT NOT NULL, note TEXT NOT NULL, sid BLOB NOT NULL, person TEXT NOT NULL,
    part TEXT NOT NULL, form TEXT NOT NULL, author TEXT NOT NULL, occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL, struck INTEGER NOT NULL, additions INTEGER NOT NULL, preview TEXT NOT NULL,
    cosign INTEGER NOT NULL, PRIMARY KEY (person, occurred_at, rid)) WITHOUT ROWID;
CREATE UNIQUE INDEX notes_entry_rid ON notes_entry (rid);
CREATE INDEX notes_entry_note ON notes_entry (note);
CREATE TABLE notes_addendum (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL,
    recorded_at TEXT NOT NULL);
CREATE INDEX notes_addendum_note ON notes_addendum (note, rid);
CREATE TABLE notes_strike (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL,
    person TEXT NOT NULL, recorded_at TEXT NOT NULL);
CREATE INDEX notes_strike_person ON notes_strike (person, rid);
CREATE INDEX notes_strike_note ON notes_strike (note, rid);
CREATE TABLE notes_latest (person TEXT PRIMARY KEY, sid BLOB NOT NULL, rid TEXT NOT NULL, occurred_at TEXT NOT NULL,
    part TEXT NOT NULL, form TEXT NOT NULL) WITHOUT ROWID;
"""
DDL += cosign_store.DDL + met_store.DDL + paper_store.DDL + pastoral_store.DDL + tally_store.DDL


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who asks, and what a compartment shows to them.

    Struck entries are shown to their author, or to a viewer who `sees_struck`; `own_only` shows own entries alone.
    `forms`: notes of these forms are shown even where notes in general are not.
    """

    uid: str
    parts: frozenset[Part]
    sees_struck: bool = False
    own_only: bool = False
    forms: frozenset[str] = frozenset()

    def sees(self, entry: Entry) -> bool:
        """The same rule as `_SEEN`, for an entry that is already read."""
        own = entry.author == self.uid
        shown = entry.part in self.parts or (entry.part is Part.NOTE and entry.form in self.forms)
        return shown and (own or not self.own_only) and (own or self.sees_struck or not entry.struck)

    def only(self, parts: frozenset[Part] | None) -> "Viewer":
        """The same viewer, who wants to see these kinds alone; None: all."""
        if parts is None:
            return self
        return replace(self, parts=self.parts & parts, forms=self.forms if Part.NOTE in parts else frozenset())

    def values(self) -> dict[str, Any]:
        """The named parameters of `_SEEN`."""
        kinds = [part.value for part in self.parts] + ([PROTECTED_PART] if Part.NOTE in self.parts else [])
        return {
            "uid": self.uid,
            "parts": json.dumps(kinds),
            "forms": json.dumps(sorted(self.forms)),
            "sees_struck": self.sees_struck,
            "own_only": self.own_only,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """The newest entry on a person in one compartment, for lists of cases."""

    person_id: str
    occurred_at: datetime
    part: Part
    form: str


def apply(index: Index, record: Record) -> None:
    """Puts one opened record into the tables; the same record twice changes nothing."""
    _APPLY[record.kind](index, record)


def search_text(record: Record) -> SearchText | None:
    """Notes, summaries, contributions and additions are found by what was typed into them."""
    person = record.person or ""
    if record.kind in (NOTE, SUMMARY, PROTECTED_PART):
        part = read_note_part(record.payload, record.pv)
        return SearchText(title="", body=" \n".join(part.words.values()), scope=(person, NOTE_TERM))
    if record.kind == CONTRIBUTION:
        given = from_payload(Contribution, record.payload)
        return SearchText(title="", body=f"{given.words}\n{given.leader}".rstrip(), scope=(person, NOTE_TERM))
    if record.kind == ADDENDUM:
        return SearchText(title="", body=from_payload(Addendum, record.payload).body, scope=(person, NOTE_TERM))
    return None


def _apply_part(index: Index, record: Record) -> None:
    part = read_note_part(record.payload, record.pv)
    words = preview_of(part.words)
    enter(
        index, record, note=part.note, form=part.form, occurred_at=part.occurred_at, preview=words, cosign=part.cosign
    )
    met_store.keep(index, record, part)
    if record.comp == PASTORAL:
        pastoral_store.keep_contact(index, record, part)


def _apply_marker(index: Index, record: Record) -> None:
    marker = from_payload(Marker, record.payload)
    day = datetime.combine(marker.on, time(), UTC)
    enter(index, record, note=marker.note, form="", occurred_at=day, preview="")


def _apply_contribution(index: Index, record: Record) -> None:
    words = " ".join(from_payload(Contribution, record.payload).words.split())
    enter(index, record, note=record.rid, form="", occurred_at=record.recorded_at, preview=words[:PREVIEW_LENGTH])


def enter(
    index: Index,
    record: Record,
    *,
    note: str,
    form: str,
    occurred_at: datetime,
    preview: str,
    part: Part | None = None,
    cosign: bool = False,
) -> None:
    """Puts a record into its person's timeline. `part`: what it is shown as, where its kind is not that part's name.

    Also for other stores of this feature: what is entered here is paged, found and struck like a note.
    """
    index.run(
        f"""INSERT OR REPLACE INTO notes_entry (rid, note, sid, person, part, form, author, occurred_at, recorded_at,
            struck, additions, preview, cosign)
        VALUES (:rid, :note, :sid, :person, :part, :form, :author, :occurred_at, :recorded_at,
            EXISTS (SELECT 1 FROM notes_strike WHERE note = :note AND author = :author),
            (SELECT count(*) FROM notes_addendum WHERE note = :note), :preview, {_COSIGN})""",
        {
            "rid": record.rid,
            "note": note,
            "sid": record.sid,
            "person": record.person,
            "part": record.kind if part is None else part.value,
            "form": form,
            "author": record.author,
            "occurred_at": stamp(occurred_at),
            "recorded_at": stamp(record.recorded_at),
            "preview": preview,
            "cosign": cosign,
        },
    )
    _keep_latest(index, record.person or "")


def _apply_addendum(index: Index, record: Record) -> None:
    note = from_payload(Addendum, record.payload).note
    index.run(
        """INSERT OR REPLACE INTO notes_addendum (rid, sid, note, author, recorded_at)
        VALUES (:rid, :sid, :note, :author, :recorded_at)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "note": note,
            "author": record.author,
            "recorded_at": stamp(record.recorded_at),
        },
    )
    index.run(
        """UPDATE notes_entry SET additions = (SELECT count(*) FROM notes_addendum WHERE note = :note)
        WHERE note = :note""",
        {"note": note},
    )


def _apply_struck(index: Index, record: Record) -> None:
    note = from_payload(Strike, record.payload).note
    index.run(
        """INSERT OR REPLACE INTO notes_strike (rid, sid, note, author, person, recorded_at)
        VALUES (:rid, :sid, :note, :author, :person, :recorded_at)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "note": note,
            "author": record.author,
            "person": record.person,
            "recorded_at": stamp(record.recorded_at),
        },
    )
    index.run(  # a strike by anybody but the author of the note counts for nothing
        "UPDATE notes_entry SET struck = 1 WHERE note = :note AND author = :author",
        {"note": note, "author": record.author},
    )
    _keep_latest(index, record.person or "")


def _keep_latest(index: Index, person: str) -> None:
    """What came from outside is no meeting with the person."""
    index.run("DELETE FROM notes_latest WHERE person = :person", {"person": person})
    index.run(
        """INSERT INTO notes_latest (person, sid, rid, occurred_at, part, form)
        SELECT person, sid, rid, occurred_at, part, form FROM notes_entry WHERE person = :person AND struck = 0
        AND part <> 'received_outside' ORDER BY occurred_at DESC, rid DESC LIMIT 1""",
        {"person": person},
    )


_APPLY = {
    NOTE: _apply_part,
    SUMMARY: _apply_part,
    PROTECTED_PART: _apply_part,
    MARKER: _apply_marker,
    CONTRIBUTION: _apply_contribution,
    ADDENDUM: _apply_addendum,
    STRUCK: _apply_struck,
    tally_store.TALLY: tally_store.apply_tally,
    tally_store.ENCOUNTER_LINK: tally_store.apply_link,
    cosign_store.COSIGN: cosign_store.apply,
    paper_store.PAPER_DESTROYED: paper_store.apply,
    pastoral_store.FOLLOW_UP_MARK: pastoral_store.apply_follow_up,
    pastoral_store.GROUP_COUNT: pastoral_store.apply_group_count,
}

PROJECTION = Projection(
    feature="notes",
    version=6,
    comps=(TEAM, CLINICAL, PASTORAL, PROTECTED),
    ddl=DDL,
    kinds=dict.fromkeys(_APPLY, (1,))
    | dict.fromkeys((NOTE, SUMMARY, PROTECTED_PART), PART_VERSIONS)
    | {CONTRIBUTION: (1, 2)},
    retention=dict.fromkeys(_APPLY, "case") | dict.fromkeys((tally_store.TALLY, pastoral_store.GROUP_COUNT), "house"),
    apply=apply,
    search=search_text,
)


def timeline_page(
    index: Index, comp: str, person_id: str, viewer: Viewer, *, before: Cursor | None, limit: int
) -> tuple[Entry, ...]:
    """Entries on a person, newest first, from below `before` on."""
    rows = index.rows(
        TIMELINE_PAGE,
        {
            "person": person_id,
            "at": stamp(before.occurred_at) if before else "9999",
            "rid": before.rid if before else "",
            "limit": limit,
        }
        | viewer.values(),
    )
    return tuple(_entry(row, comp) for row in rows)


def entries(index: Index, comp: str, rids: Sequence[str], viewer: Viewer) -> tuple[Entry, ...]:
    """The entries among these records that the viewer may see, newest first; an addition stands for its note."""
    rows = index.rows(
        f"""SELECT {_COLUMNS} FROM notes_entry WHERE {_SEEN} AND (rid IN (SELECT value FROM json_each(:rids)) OR note IN
            (SELECT note FROM notes_addendum WHERE rid IN (SELECT value FROM json_each(:rids))))
        ORDER BY occurred_at DESC, rid DESC""",
        {"rids": json.dumps(list(rids))} | viewer.values(),
    )
    return tuple(_entry(row, comp) for row in rows)


def parts_of(index: Index, comp: str, note: str) -> tuple[Entry, ...]:
    """Every part of a note in this compartment, also where it was struck."""
    rows = index.rows(f"SELECT {_COLUMNS} FROM notes_entry WHERE note = :note ORDER BY rid", {"note": note})
    return tuple(_entry(row, comp) for row in rows)


def entry(index: Index, comp: str, rid: str) -> Entry | None:
    row = index.row(f"SELECT {_COLUMNS} FROM notes_entry WHERE rid = :rid", {"rid": rid})
    return _entry(row, comp) if row else None


def notes_of_additions(index: Index, rids: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(record id, note) of the additions among these records."""
    rows = index.rows(
        "SELECT rid, note FROM notes_addendum WHERE rid IN (SELECT value FROM json_each(:rids))",
        {"rids": json.dumps(list(rids))},
    )
    return tuple((str(rid), str(note)) for rid, note in rows)


def additions_of(index: Index, note: str) -> tuple[str, ...]:
    """Record ids of the additions to a note, oldest first."""
    return tuple(
        row[0] for row in index.rows("SELECT rid FROM notes_addendum WHERE note = :note ORDER BY rid", {"note": note})
    )


def strike_of(index: Index, note: str) -> str | None:
    """Record id of what struck a note."""
    row = index.row(
        """SELECT s.rid FROM notes_strike s WHERE s.note = :note
        AND s.author IN (SELECT author FROM notes_entry WHERE note = :note) ORDER BY s.rid LIMIT 1""",
        {"note": note},
    )
    return str(row[0]) if row else None


def removed_on(index: Index, person: str) -> tuple[tuple[str, datetime], ...]:
    """(note, when) of each note on a person that its author struck, in this compartment, oldest first."""
    rows = index.rows(
        """SELECT s.note, min(s.recorded_at) FROM notes_strike s WHERE s.person = :person
        AND s.author IN (SELECT author FROM notes_entry WHERE note = s.note) GROUP BY s.note ORDER BY 2""",
        {"person": person},
    )
    return tuple((row[0], parse_stamp(row[1])) for row in rows)


def latest(index: Index, persons: Sequence[str]) -> tuple[Latest, ...]:
    """The newest entry of each of these persons in this compartment."""
    rows = index.rows(
        """SELECT person, occurred_at, part, form FROM notes_latest
        WHERE person IN (SELECT value FROM json_each(:persons))""",
        {"persons": json.dumps(list(persons))},
    )
    return tuple(
        Latest(person_id=row[0], occurred_at=parse_stamp(row[1]), part=_part(row[2]), form=row[3]) for row in rows
    )


def _part(kind: str) -> Part:
    """What an entry is shown as: the protected part of a note is a note in its own compartment."""
    return Part.NOTE if kind == PROTECTED_PART else Part(kind)


def _entry(row: tuple[Any, ...], comp: str) -> Entry:
    return Entry(
        rid=row[0],
        note=row[1],
        comp=comp,
        person_id=row[2],
        part=_part(row[3]),
        form=row[4],
        author=row[5],
        occurred_at=parse_stamp(row[6]),
        recorded_at=parse_stamp(row[7]),
        struck=bool(row[8]),
        additions=row[9],
        preview=row[10],
        cosign=CosignState(row[11]),
    )


def strike_from(payload: Mapping[str, Json]) -> Strike:
    return from_payload(Strike, payload)


def addendum_from(payload: Mapping[str, Json]) -> Addendum:
    return from_payload(Addendum, payload)
