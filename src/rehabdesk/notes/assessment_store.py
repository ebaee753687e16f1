"""How markers of assessments made elsewhere lie in the team's index."""

from rehabdesk.core.canon import dump
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_bytes, from_payload, to_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.notes.assessment_model import ExternalAssessment, StoredAssessment

ASSESSMENT = "external_assessment"
DDL = """
CREATE TABLE notes_assessment (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, person TEXT NOT NULL, day TEXT NOT NULL,
    author TEXT NOT NULL, recorded_at TEXT NOT NULL, details BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX notes_assessment_person ON notes_assessment (person, day, rid);
"""


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


def _search(_: Record) -> SearchText | None:
    return None


PROJECTION = Projection(
    feature="assessments",
    version=1,
    comps=(TEAM,),
    ddl=DDL,
    kinds={ASSESSMENT: (1,)},
    retention={ASSESSMENT: "case"},
    apply=apply,
    search=_search,
)


def of_person(index: Index, person_id: str) -> tuple[StoredAssessment, ...]:
    """Newest first."""
    rows = index.rows(
        """SELECT rid, person, author, recorded_at, details FROM notes_assessment WHERE person = :person
        ORDER BY day DESC, rid DESC""",
        {"person": person_id},
    )
    return tuple(
        StoredAssessment(
            rid=row[0],
            person_id=row[1],
            author=row[2],
            recorded_at=parse_stamp(row[3]),
            assessment=from_bytes(ExternalAssessment, bytes(row[4])),
        )
        for row in rows
    )
