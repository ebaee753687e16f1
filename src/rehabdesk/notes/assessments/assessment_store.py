"""How markers of assessments made elsewhere lie in the team's index."""

import json
from collections.abc import Sequence
from typing import Any

from rehabdesk.core.canon import dump
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_bytes, from_payload, to_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.notes.assessments.assessment_model import ExternalAssessment, StoredAssessment
from rehabdesk.notes.store import NOTE_TERM

ASSESSMENT = "external_assessment"
DDL = """
CREATE TABLE notes_assessment (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, person TEXT NOT NULL, day TEXT NOT NULL,
    author TEXT NOT NULL, recorded_at TEXT NOT NULL, details BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX notes_assessment_person ON notes_assessment (person, day, rid);
"""
_MARKER = "SELECT rid, person, author, recorded_at, details FROM notes_assessment"


def apply(index: Index, record: Record) -> None:
    """Puts one marker into the table; the same record twice changes nothing."""
    assessment = from_payload(ExternalAssessment, record.payload)
    index.run(
        """INSERT OR REPLACE INTO notes_assessment (rid, sid, person, day, author, recorded_at, details)
        VALUES (:rid, :sid, :person, :day, :author, :recorded_at, :details)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "person": record.person,
            "day": assessment.on.isoformat(),
            "author": record.author,
            "recorded_at": stamp(record.recorded_at),
            "details": dump(to_payload(assessment)),
        },
    )


def _search(record: Record) -> SearchText | None:
    one = from_payload(ExternalAssessment, record.payload)
    body = "\n".join(words for words in (existence_of(one), one.person_comment, one.override_reason) if words)
    return SearchText(title="", body=body, scope=(record.person or "", NOTE_TERM))


def existence_of(one: ExternalAssessment) -> str:
    """The words of a marker for who learns only that it exists."""
    return f"{one.name}\n{one.assessor}\n{one.held_by}"


PROJECTION = Projection(
    feature="assessments",
    version=2,
    comps=(TEAM,),
    ddl=DDL,
    kinds={ASSESSMENT: (1,)},
    retention={ASSESSMENT: "case"},
    apply=apply,
    search=_search,
)


def of_person(index: Index, person_id: str) -> tuple[StoredAssessment, ...]:
    """Newest first."""
    rows = index.rows(f"{_MARKER} WHERE person = :person ORDER BY day DESC, rid DESC", {"person": person_id})
    return tuple(map(_stored, rows))


def found(index: Index, rids: Sequence[str]) -> tuple[StoredAssessment, ...]:
    """The markers among these records."""
    rows = index.rows(f"{_MARKER} WHERE rid IN (SELECT value FROM json_each(:rids))", {"rids": json.dumps(list(rids))})
    return tuple(map(_stored, rows))


def _stored(row: tuple[Any, ...]) -> StoredAssessment:
    return StoredAssessment(
        rid=row[0],
        person_id=row[1],
        author=row[2],
        recorded_at=parse_stamp(row[3]),
        assessment=from_bytes(ExternalAssessment, bytes(row[4])),
    )
