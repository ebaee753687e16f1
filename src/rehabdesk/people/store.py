"""How the register lies in an index, and every question asked of it. `details` columns hold the record's payload."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_payload
from rehabdesk.core.text import fold
from rehabdesk.db.projection import PROTECTED, TEAM, Index, Projection, Record, SearchText
from rehabdesk.people import sound_store, version_store
from rehabdesk.people.consent_model import ConsentDetails
from rehabdesk.people.legal_model import LegalEpisode, Stage, StageChange
from rehabdesk.people.model import (
    Assignment,
    AssignmentDetails,
    ContactDetails,
    Person,
    PersonDetails,
    PersonRow,
    Placement,
    SafetyNote,
    Script,
)

PERSON, LEGAL, PLACEMENT, CONTACT, CONSENT, ASSIGNMENT, SAFETY_NOTE = (
    "person",
    "legal",
    "placement",
    "contact",
    "consent",
    "assignment",
    "safety_note",
)
PERSON_TERM = "kindperson"
"""Search term that every person record carries, to look for names only."""
CONTACT_TERM = "kindcontact"

DDL = (
    version_store.DDL
    + """
CREATE TABLE people_person (person TEXT PRIMARY KEY, rid TEXT NOT NULL, ver INTEGER NOT NULL, sid BLOB NOT NULL,
    case_ref TEXT NOT NULL, display_alias TEXT NOT NULL, name TEXT NOT NULL, name_arabic TEXT NOT NULL,
    details TEXT NOT NULL);
CREATE INDEX people_person_rid ON people_person (rid);
CREATE TABLE people_legal (rid TEXT NOT NULL, ver INTEGER NOT NULL, seq INTEGER NOT NULL, person TEXT NOT NULL,
    sid BLOB NOT NULL, stage TEXT NOT NULL, planned_release TEXT,
    author TEXT NOT NULL, recorded_at TEXT NOT NULL, details TEXT NOT NULL,
    PRIMARY KEY (rid, ver));
CREATE INDEX people_legal_person ON people_legal (person, seq);
CREATE TABLE people_placement (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, seq INTEGER NOT NULL, person TEXT NOT NULL,
    sid BLOB NOT NULL, since TEXT NOT NULL, unit TEXT NOT NULL, ended INTEGER NOT NULL, details TEXT NOT NULL);
CREATE INDEX people_placement_person ON people_placement (person, ended, since, seq, unit);
CREATE TABLE people_line (person TEXT PRIMARY KEY, sid BLOB NOT NULL, case_ref TEXT NOT NULL,
    display_alias TEXT NOT NULL, name TEXT NOT NULL, name_arabic TEXT NOT NULL, stage TEXT NOT NULL,
    unit TEXT NOT NULL, planned_release TEXT) WITHOUT ROWID;
CREATE INDEX people_register ON people_line (case_ref, person, display_alias, name, name_arabic, stage, unit,
    planned_release);
CREATE INDEX people_stage ON people_line (stage, case_ref, person);
CREATE INDEX people_leaving ON people_line (planned_release, stage, case_ref, person);
CREATE INDEX people_undated ON people_line (case_ref, person) WHERE planned_release IS NULL;
CREATE TABLE people_contact (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, person TEXT NOT NULL, sid BLOB NOT NULL,
    details TEXT NOT NULL);
CREATE INDEX people_contact_person ON people_contact (person, rid);
CREATE TABLE people_consent (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, person TEXT NOT NULL, sid BLOB NOT NULL,
    purpose TEXT NOT NULL, status TEXT NOT NULL, review_due TEXT NOT NULL,
    author TEXT NOT NULL, recorded_at TEXT NOT NULL, details TEXT NOT NULL);
CREATE INDEX people_consent_person ON people_consent (person, purpose, rid);
CREATE INDEX people_consent_due ON people_consent (status, review_due);
CREATE TABLE people_assignment (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, person TEXT NOT NULL, sid BLOB NOT NULL,
    staff TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, details TEXT NOT NULL);
CREATE INDEX people_assignment_staff ON people_assignment (staff, until, since, person);
CREATE INDEX people_assignment_person ON people_assignment (person, rid);
CREATE TABLE people_safety_note (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, person TEXT NOT NULL, sid BLOB NOT NULL,
    contact TEXT NOT NULL, author TEXT NOT NULL, recorded_at TEXT NOT NULL);
CREATE INDEX people_safety_note_contact ON people_safety_note (contact);
"""
)

_FAR = "9999-12-31"
LINE = """SELECT person, case_ref, display_alias, name, name_arabic, stage, unit, planned_release FROM people_line"""
T = TypeVar("T")


def apply(index: Index, record: Record) -> None:
    """Puts one opened record into the tables; older versions never replace newer ones."""
    values = {
        "rid": record.rid,
        "ver": record.ver,
        "seq": record.seq,
        "sid": record.sid,
        "person": record.person,
        "author": record.author,
        "recorded_at": stamp(record.recorded_at),
        "details": json.dumps(record.payload, ensure_ascii=False),
    }
    version_store.note_version(index, values)
    _APPLY[record.kind](index, record.payload, values)
    if record.kind in _NAMED and _is_newest(index, _NAMED[record.kind], values):
        sound_store.keep(index, record, _names(record))


def search_text(record: Record) -> SearchText | None:
    """Persons are found by every spelling of their names and by their case number, contacts by name."""
    person = record.person or ""
    if record.kind == PERSON:
        details = from_payload(PersonDetails, record.payload)
        return SearchText(title=details.case_ref, body=details.search_names, scope=(person, PERSON_TERM))
    if record.kind == CONTACT:
        contact = from_payload(ContactDetails, record.payload)
        return SearchText(title=contact.name, body=contact.relation, scope=(person, CONTACT_TERM))
    return None


_NAMED = {PERSON: "people_person", CONTACT: "people_contact"}
"""Kinds that are found by how a name sounds, and their tables."""


def _names(record: Record) -> tuple[str, ...]:
    if record.kind == PERSON:
        return from_payload(PersonDetails, record.payload).spoken_names
    return (from_payload(ContactDetails, record.payload).name,)


def _is_newest(index: Index, table: str, values: Mapping[str, Any]) -> bool:
    return index.row(f"SELECT 1 FROM {table} WHERE rid = :rid AND ver = :ver", values) is not None


def _apply_person(index: Index, payload: Mapping[str, Any], values: dict[str, Any]) -> None:
    details = from_payload(PersonDetails, payload)
    arabic = details.name_in(Script.ARABIC)
    index.run(
        """INSERT INTO people_person (person, rid, ver, sid, case_ref, display_alias, name, name_arabic, details)
        VALUES (:person, :rid, :ver, :sid, :case_ref, :display_alias, :name, :name_arabic, :details)
        ON CONFLICT (person) DO UPDATE SET rid = :rid, ver = :ver, sid = :sid, case_ref = :case_ref,
        display_alias = :display_alias, name = :name, name_arabic = :name_arabic, details = :details
        WHERE :ver >= ver""",
        values
        | {
            "case_ref": details.case_ref,
            "display_alias": details.display_alias,
            "name": (details.name_in(Script.LATIN) or details.names[0]).full,
            "name_arabic": arabic.full if arabic else "",
        },
    )
    _keep_line(index, values["person"])


def _apply_legal(index: Index, payload: Mapping[str, Any], values: dict[str, Any]) -> None:
    episode = from_payload(LegalEpisode, payload)
    planned = episode.dates.planned_release
    index.run(
        """INSERT OR REPLACE INTO people_legal
            (rid, ver, seq, person, sid, stage, planned_release, author, recorded_at, details)
        VALUES (:rid, :ver, :seq, :person, :sid, :stage, :planned, :author, :recorded_at, :details)""",
        values | {"stage": episode.stage.value, "planned": planned.isoformat() if planned else None},
    )
    _keep_line(index, values["person"])


def _apply_placement(index: Index, payload: Mapping[str, Any], values: dict[str, Any]) -> None:
    place = from_payload(Placement, payload)
    index.run(
        """INSERT INTO people_placement (rid, ver, seq, person, sid, since, unit, ended, details)
        VALUES (:rid, :ver, :seq, :person, :sid, :since, :unit, :ended, :details)
        ON CONFLICT (rid) DO UPDATE SET ver = :ver, seq = :seq, since = :since, unit = :unit, ended = :ended,
        details = :details WHERE :ver >= ver""",
        values | {"since": place.since.isoformat(), "unit": place.unit, "ended": int(place.until is not None)},
    )
    _keep_line(index, values["person"])


def _keep_line(index: Index, person_id: str) -> None:
    """What lists show of a person lies in one row: a caseload is read from a few pages (performance.md 3, act 2)."""
    index.run(
        """INSERT OR REPLACE INTO people_line
            (person, sid, case_ref, display_alias, name, name_arabic, stage, unit, planned_release)
        SELECT p.person, p.sid, p.case_ref, p.display_alias, p.name, p.name_arabic, coalesce(l.stage, ''),
            coalesce((SELECT unit FROM people_placement WHERE person = :person AND ended = 0
                ORDER BY since DESC, seq DESC LIMIT 1), ''), l.planned_release
        FROM people_person p
        LEFT JOIN (SELECT stage, planned_release FROM people_legal WHERE person = :person ORDER BY seq DESC LIMIT 1) l
        WHERE p.person = :person""",
        {"person": person_id},
    )


def _apply_contact(index: Index, payload: Mapping[str, Any], values: dict[str, Any]) -> None:
    from_payload(ContactDetails, payload)
    index.run(
        """INSERT INTO people_contact (rid, ver, person, sid, details) VALUES (:rid, :ver, :person, :sid, :details)
        ON CONFLICT (rid) DO UPDATE SET ver = :ver, details = :details WHERE :ver >= ver""",
        values,
    )


def _apply_consent(index: Index, payload: Mapping[str, Any], values: dict[str, Any]) -> None:
    details = from_payload(ConsentDetails, payload)
    index.run(
        """INSERT INTO people_consent
            (rid, ver, person, sid, purpose, status, review_due, author, recorded_at, details)
        VALUES (:rid, :ver, :person, :sid, :purpose, :status, :review_due, :author, :recorded_at, :details)
        ON CONFLICT (rid) DO UPDATE SET ver = :ver, purpose = :purpose, status = :status, review_due = :review_due,
        details = :details WHERE :ver >= ver""",
        values
        | {
            "purpose": details.purpose.value,
            "status": details.status.value,
            "review_due": details.review_due.isoformat() if details.review_due else "",
        },
    )


def _apply_assignment(index: Index, payload: Mapping[str, Any], values: dict[str, Any]) -> None:
    details = from_payload(AssignmentDetails, payload)
    index.run(
        """INSERT INTO people_assignment (rid, ver, person, sid, staff, since, until, details)
        VALUES (:rid, :ver, :person, :sid, :staff, :since, :until, :details)
        ON CONFLICT (rid) DO UPDATE SET ver = :ver, staff = :staff, since = :since, until = :until, details = :details
        WHERE :ver >= ver""",
        values
        | {
            "staff": details.staff,
            "since": details.since.isoformat(),
            "until": details.until.isoformat() if details.until else _FAR,
        },
    )


def _apply_safety_note(index: Index, payload: Mapping[str, Any], values: dict[str, Any]) -> None:
    note = from_payload(SafetyNote, payload)
    index.run(
        """INSERT OR REPLACE INTO people_safety_note (rid, ver, person, sid, contact, author, recorded_at)
        VALUES (:rid, :ver, :person, :sid, :contact, :author, :recorded_at)""",
        values | {"contact": note.contact},
    )


_APPLY = {
    PERSON: _apply_person,
    LEGAL: _apply_legal,
    PLACEMENT: _apply_placement,
    CONTACT: _apply_contact,
    CONSENT: _apply_consent,
    ASSIGNMENT: _apply_assignment,
    SAFETY_NOTE: _apply_safety_note,
}

PROJECTION = Projection(
    feature="people",
    version=4,
    comps=(TEAM, PROTECTED),
    ddl=DDL + sound_store.DDL,
    kinds=dict.fromkeys(_APPLY, (1,)) | {PERSON: (1, 2), CONTACT: (1, 2), PLACEMENT: (1, 2)},
    retention=dict.fromkeys(_APPLY, "case") | {CONSENT: "single", SAFETY_NOTE: "single"},
    apply=apply,
    search=search_text,
)


def person(index: Index, person_id: str) -> Person | None:
    row = index.row("SELECT details FROM people_person WHERE person = :person", {"person": person_id})
    return Person(id=person_id, details=_read(PersonDetails, row[0])) if row else None


def persons(index: Index) -> tuple[Person, ...]:
    """The whole register, for work on all names at once; lists are read with `rows_of` and `register_page`."""
    rows = index.rows("SELECT person, details FROM people_person ORDER BY person")
    return tuple(Person(id=row[0], details=_read(PersonDetails, row[1])) for row in rows)


def person_rid(index: Index, person_id: str) -> str | None:
    row = index.row("SELECT rid FROM people_person WHERE person = :person", {"person": person_id})
    return str(row[0]) if row else None


def id_of_case_ref(index: Index, case_ref: str) -> str | None:
    row = index.row("SELECT person FROM people_line WHERE case_ref = :case_ref", {"case_ref": case_ref})
    return str(row[0]) if row else None


def ids_of_number(index: Index, case_ref: str) -> frozenset[str]:
    """Who has this case number, in whatever digits and letters it was written: all numbers are looked through."""
    wanted, rows = fold(case_ref).casefold(), index.rows("SELECT person, case_ref FROM people_line", {})
    return frozenset(str(person) for person, other in rows if fold(other).casefold() == wanted)


def register_page(index: Index, *, after: tuple[str, str] = ("", ""), limit: int) -> tuple[PersonRow, ...]:
    """A page of the register by case number; `after` is (case_ref, id) of the last row of the page before."""
    rows = index.rows(
        f"{LINE} WHERE (case_ref, person) > (:case_ref, :person) ORDER BY case_ref, person LIMIT :limit",
        {"case_ref": after[0], "person": after[1], "limit": limit},
    )
    return tuple(row_of_line(row) for row in rows)


def name_page(index: Index, *, after: tuple[str, str], limit: int) -> tuple[PersonRow, ...]:
    """A page of the register by the name that is shown; `after` is (name, id) of the last row of the page before."""
    name = "coalesce(nullif(display_alias, ''), name) COLLATE NOCASE"
    rows = index.rows(
        f"{LINE} WHERE ({name}, person) > (:name, :person) ORDER BY {name}, person LIMIT :limit",
        {"name": after[0], "person": after[1], "limit": limit},
    )
    return tuple(row_of_line(row) for row in rows)


def stage_page(index: Index, stage: Stage, *, after: tuple[str, str], limit: int) -> tuple[PersonRow, ...]:
    """As `register_page`, of the persons in one stage."""
    rows = index.rows(
        f"""{LINE} WHERE stage = :stage AND (case_ref, person) > (:case_ref, :person)
        ORDER BY case_ref, person LIMIT :limit""",
        {"stage": stage.value, "case_ref": after[0], "person": after[1], "limit": limit},
    )
    return tuple(row_of_line(row) for row in rows)


def rows_of(index: Index, persons: tuple[str, ...]) -> tuple[PersonRow, ...]:
    """The rows of these persons, by case number."""
    rows = index.rows(
        f"{LINE} WHERE person IN (SELECT value FROM json_each(:persons))", {"persons": json.dumps(persons)}
    )
    return tuple(sorted(map(row_of_line, rows), key=lambda row: (row.case_ref, row.id)))


def persons_of_rids(index: Index, rids: tuple[str, ...]) -> tuple[str, ...]:
    """The persons whose register entries these records are; other records are passed over."""
    found = []
    for rid in rids:
        row = index.row("SELECT person FROM people_person WHERE rid = :rid", {"rid": rid})
        if row:
            found.append(str(row[0]))
    return tuple(found)


def legal_now(index: Index, person_id: str) -> tuple[str, LegalEpisode] | None:
    """(record id, present state) of the newest episode."""
    row = index.row(
        "SELECT rid, details FROM people_legal WHERE person = :person ORDER BY seq DESC LIMIT 1", {"person": person_id}
    )
    return (str(row[0]), _read(LegalEpisode, row[1])) if row else None


def legal_history(index: Index, person_id: str) -> tuple[StageChange, ...]:
    """Every recorded state, oldest first."""
    rows = index.rows(
        "SELECT details, author, recorded_at FROM people_legal WHERE person = :person ORDER BY seq",
        {"person": person_id},
    )
    return tuple(
        StageChange(episode=_read(LegalEpisode, row[0]), recorded_by=row[1], recorded_at=parse_stamp(row[2]))
        for row in rows
    )


def placements(index: Index, person_id: str) -> tuple[tuple[str, Placement], ...]:
    """(record id, placement), newest first."""
    rows = index.rows(
        "SELECT since, seq, rid, details FROM people_placement WHERE person = :person", {"person": person_id}
    )
    return tuple((rid, _read(Placement, details)) for _, _, rid, details in sorted(rows, reverse=True))


def assignments(index: Index, person_id: str) -> tuple[Assignment, ...]:
    rows = index.rows(
        "SELECT rid, details FROM people_assignment WHERE person = :person ORDER BY rid", {"person": person_id}
    )
    return tuple(Assignment(id=row[0], person_id=person_id, details=_read(AssignmentDetails, row[1])) for row in rows)


def assignment(index: Index, assignment_id: str) -> Assignment | None:
    row = index.row("SELECT person, details FROM people_assignment WHERE rid = :rid", {"rid": assignment_id})
    return Assignment(id=assignment_id, person_id=row[0], details=_read(AssignmentDetails, row[1])) if row else None


def persons_of_staff(index: Index, staff: str, day: date) -> frozenset[str]:
    """Persons to whom a login is assigned on that day, in whatever capacity."""
    rows = index.rows(
        "SELECT person FROM people_assignment WHERE staff = :staff AND until > :day AND since <= :day",
        {"staff": staff, "day": day.isoformat()},
    )
    return frozenset(row[0] for row in rows)


def row_of_line(row: tuple[Any, ...]) -> PersonRow:
    """What a query that begins with `LINE` gives."""
    return PersonRow(
        id=row[0],
        case_ref=row[1],
        display_alias=row[2],
        name=row[3],
        name_arabic=row[4],
        stage=row[5],
        unit=row[6],
        planned_release=date.fromisoformat(row[7]) if row[7] else None,
    )


def _read(cls: type[T], details: str) -> T:
    return from_payload(cls, json.loads(details))
