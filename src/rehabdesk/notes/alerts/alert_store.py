"""How safety alerts and letters past the line of command lie in an index, and what is asked of it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import (
    CLINICAL,
    OWN,
    PROTECTED,
    TEAM,
    Index,
    Projection,
    Record,
    SearchText,
    family_of,
)
from rehabdesk.notes.alerts.alert_model import (
    REVIEW_WITHIN,
    AlertKind,
    AlertRow,
    Disclosure,
    LetterRow,
    NamedAtRisk,
    Outcome,
    SafetyAlert,
)
from rehabdesk.notes.model import PREVIEW_LENGTH, Part
from rehabdesk.notes.store import NOTE_TERM, enter

ALERT, OUTCOME, NAMED = Part.ALERT.value, "alert_outcome", "alert_named_person"
DISCLOSURE, REFUSAL = "ill_treatment_disclosure", "request_refusal"
PAYLOAD_VERSION = 1
"""Of every kind of this store; older versions stay readable for ever (`tests/notes/payloads`)."""

DDL = """
CREATE TABLE notes_alert (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, person TEXT, kind TEXT NOT NULL, about TEXT NOT NULL,
    author TEXT NOT NULL, at TEXT NOT NULL, review_by TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX notes_alert_person ON notes_alert (person);
CREATE TABLE notes_alert_outcome (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, alert TEXT NOT NULL, author TEXT NOT NULL,
    result TEXT NOT NULL, next_review TEXT) WITHOUT ROWID;
CREATE INDEX notes_alert_outcome_alert ON notes_alert_outcome (alert, rid);
CREATE TABLE notes_alert_named (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, alert TEXT NOT NULL, author TEXT NOT NULL)
    WITHOUT ROWID;
CREATE INDEX notes_alert_named_alert ON notes_alert_named (alert);
CREATE TABLE notes_letter (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, kind TEXT NOT NULL, person TEXT,
    author TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
"""

_COUNTS = "(o.author = a.author OR o.author IN (SELECT value FROM json_each(:closers)))"
_ALERTS = f"""SELECT a.rid, a.person, a.kind, a.about, a.author, a.at,
        coalesce((SELECT o.next_review FROM notes_alert_outcome o WHERE o.alert = a.rid AND o.next_review IS NOT NULL
            AND {_COUNTS} ORDER BY o.rid DESC LIMIT 1), a.review_by) AS review,
        EXISTS (SELECT 1 FROM notes_alert_outcome o WHERE o.alert = a.rid AND o.result = 'closed' AND {_COUNTS}) AS over
        FROM notes_alert a"""
"""An outcome counts if it is the author's or that of one of the `closers`."""


def apply(index: Index, record: Record) -> None:
    """Puts one opened record into the tables; the same record twice changes nothing."""
    _APPLY[record.kind](index, record)


def search_text(record: Record) -> SearchText | None:
    """An alert is found by what was typed into it and what came of it; a disclosure where psychologists search only."""
    scope = (record.person or "", NOTE_TERM)
    if record.kind == ALERT:
        one = from_payload(SafetyAlert, record.payload)
        body = f"{one.facts}\n{one.action_taken}\n{one.told_who}\n{one.told_how}"
        return SearchText(title="", body=body, scope=scope)
    if record.kind == OUTCOME:
        return SearchText(title="", body=from_payload(Outcome, record.payload).words, scope=scope)
    if record.kind == DISCLOSURE and record.comp == CLINICAL:
        return SearchText(title="", body=from_payload(Disclosure, record.payload).exact_words, scope=scope)
    return None


def _apply_alert(index: Index, record: Record) -> None:
    alert = from_payload(SafetyAlert, record.payload)
    index.run(
        """INSERT OR REPLACE INTO notes_alert (rid, sid, person, kind, about, author, at, review_by)
        VALUES (:rid, :sid, :person, :kind, :about, :author, :at, :review_by)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "person": record.person,
            "kind": alert.kind.value,
            "about": alert.about,
            "author": record.author,
            "at": stamp(record.recorded_at),
            "review_by": stamp(_at_most(alert.review_by, record)),
        },
    )
    _enter(index, record, " ".join(alert.facts.split())[:PREVIEW_LENGTH])


def _apply_outcome(index: Index, record: Record) -> None:
    outcome = from_payload(Outcome, record.payload)
    following = outcome.next_review
    index.run(
        """INSERT OR REPLACE INTO notes_alert_outcome (rid, sid, alert, author, result, next_review)
        VALUES (:rid, :sid, :alert, :author, :result, :next_review)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "alert": outcome.alert,
            "author": record.author,
            "result": outcome.result.value,
            "next_review": None if following is None else stamp(_at_most(following, record)),
        },
    )


def _apply_named(index: Index, record: Record) -> None:
    index.run(
        "INSERT OR REPLACE INTO notes_alert_named (rid, sid, alert, author) VALUES (:rid, :sid, :alert, :author)",
        {
            "rid": record.rid,
            "sid": record.sid,
            "alert": from_payload(NamedAtRisk, record.payload).alert,
            "author": record.author,
        },
    )


def _apply_letter(index: Index, record: Record) -> None:
    index.run(
        """INSERT OR REPLACE INTO notes_letter (rid, sid, kind, person, author, at)
        VALUES (:rid, :sid, :kind, :person, :author, :at)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "kind": record.kind,
            "person": record.person,
            "author": record.author,
            "at": stamp(record.recorded_at),
        },
    )
    if family_of(record.comp) != OWN:
        _enter(index, record, "")


def _enter(index: Index, record: Record, preview: str) -> None:
    """Into the person's timeline; what names no person of the register stands in lists of alerts only."""
    if record.person is not None:
        at = record.recorded_at
        enter(index, record, note=record.rid, form="", occurred_at=at, preview=preview, part=Part.ALERT)


def _at_most(review_by: datetime, record: Record) -> datetime:
    """Whoever wrote the record by whatever means: no alert goes longer without a review."""
    return min(review_by, record.recorded_at + REVIEW_WITHIN)


_APPLY = {
    ALERT: _apply_alert,
    OUTCOME: _apply_outcome,
    NAMED: _apply_named,
    DISCLOSURE: _apply_letter,
    REFUSAL: _apply_letter,
}

PROJECTION = Projection(
    feature="alerts",
    version=2,
    comps=(TEAM, CLINICAL, PROTECTED, OWN),
    ddl=DDL,
    kinds=dict.fromkeys(_APPLY, (PAYLOAD_VERSION,)),
    retention=dict.fromkeys(_APPLY, "single"),
    apply=apply,
    search=search_text,
)


def live(index: Index, closers: Sequence[str]) -> tuple[AlertRow, ...]:
    """All alerts that are not closed, the one whose review comes first on top."""
    return _live(index, closers, "", None)


def live_of(index: Index, closers: Sequence[str], person_id: str | None) -> tuple[AlertRow, ...]:
    """As `live`, of one person; None: those whose writer saw no register."""
    return _live(index, closers, "WHERE a.person IS :person", person_id)


def alert(index: Index, closers: Sequence[str], rid: str) -> AlertRow | None:
    found = index.row(f"{_ALERTS} WHERE a.rid = :rid", {"closers": json.dumps(list(closers)), "rid": rid})
    return None if found is None else _row(found)


def outcomes_of(index: Index, closers: Sequence[str], rid: str) -> tuple[str, ...]:
    """Record ids of the outcomes that count, oldest first."""
    rows = index.rows(
        f"""SELECT o.rid FROM notes_alert_outcome o JOIN notes_alert a ON a.rid = o.alert
        WHERE o.alert = :rid AND {_COUNTS} ORDER BY o.rid""",
        {"closers": json.dumps(list(closers)), "rid": rid},
    )
    return tuple(row[0] for row in rows)


def outcomes_among(index: Index, rids: Sequence[str]) -> tuple[tuple[str, str, bool, str], ...]:
    """(record id, alert, whether the alert's author wrote it, who did) of the outcomes among these records."""
    rows = index.rows(
        """SELECT o.rid, a.rid, o.author = a.author, o.author FROM notes_alert_outcome o
        JOIN notes_alert a ON a.rid = o.alert WHERE o.rid IN (SELECT value FROM json_each(:rids))""",
        {"rids": json.dumps(list(rids))},
    )
    return tuple((str(rid), str(alert), bool(own), str(author)) for rid, alert, own, author in rows)


def named_of(index: Index, rid: str, author: str) -> str | None:
    """Record id of the name that the alert's author kept with it."""
    row = index.row(
        "SELECT rid FROM notes_alert_named WHERE alert = :alert AND author = :author ORDER BY rid LIMIT 1",
        {"alert": rid, "author": author},
    )
    return None if row is None else str(row[0])


def letters(index: Index, comp: str) -> tuple[LetterRow, ...]:
    """Every disclosure and declined request of a compartment, newest first."""
    rows = index.rows("SELECT rid, kind, person, author, at FROM notes_letter ORDER BY at DESC, rid DESC")
    return tuple(
        LetterRow(rid=rid, comp=comp, kind=kind, person_id=person, author=author, recorded_at=parse_stamp(at))
        for rid, kind, person, author, at in rows
    )


def _live(index: Index, closers: Sequence[str], where: str, person_id: str | None) -> tuple[AlertRow, ...]:
    rows = index.rows(
        f"SELECT * FROM ({_ALERTS} {where}) WHERE NOT over ORDER BY review, rid",
        {"closers": json.dumps(list(closers)), "person": person_id},
    )
    return tuple(map(_row, rows))


def _row(found: tuple[Any, ...]) -> AlertRow:
    rid, person, kind, about, author, at, review, over = found
    return AlertRow(
        rid=rid,
        person_id=person,
        kind=AlertKind(kind),
        about=about,
        author=author,
        recorded_at=parse_stamp(at),
        review_by=parse_stamp(review),
        closed=bool(over),
    )
