"""How the month's tallies lie in an index, and the link of a confidential encounter where it was asked for."""

from collections.abc import Mapping

from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import Index, Record
from rehabdesk.notes.model import EncounterLink, Tallied, Tally

TALLY, ENCOUNTER_LINK = "tally", "encounter_link"

DDL = """
CREATE TABLE notes_tally (rid TEXT PRIMARY KEY, what TEXT NOT NULL, month TEXT NOT NULL);
CREATE INDEX notes_tally_month ON notes_tally (month, what);
CREATE TABLE notes_link (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, person TEXT NOT NULL, day TEXT NOT NULL,
    band TEXT NOT NULL);
CREATE INDEX notes_link_person ON notes_link (person, day);
"""


def apply_tally(index: Index, record: Record) -> None:
    tally = from_payload(Tally, record.payload)
    index.run(
        "INSERT OR REPLACE INTO notes_tally (rid, what, month) VALUES (:rid, :what, :month)",
        {"rid": record.rid, "what": tally.what.value, "month": tally.month},
    )


def apply_link(index: Index, record: Record) -> None:
    link = from_payload(EncounterLink, record.payload)
    index.run(
        "INSERT OR REPLACE INTO notes_link (rid, sid, person, day, band) VALUES (:rid, :sid, :person, :day, :band)",
        {
            "rid": record.rid,
            "sid": record.sid,
            "person": record.person,
            "day": link.on.isoformat(),
            "band": link.band or "",
        },
    )


def tally(index: Index, month: str) -> Mapping[Tallied, int]:
    """How often each thing was counted in a month (`YYYY-MM`)."""
    rows = index.rows("SELECT what, count(*) FROM notes_tally WHERE month = :month GROUP BY what", {"month": month})
    return {Tallied(row[0]): int(row[1]) for row in rows}
