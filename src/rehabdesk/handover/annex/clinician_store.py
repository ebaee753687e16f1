"""How the keys of clinicians elsewhere lie in the index of the house compartment."""

import json

from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import HOUSE, Index, Projection, Record, SearchText
from rehabdesk.handover.annex.clinician_model import Clinician

CLINICIAN = "clinician_key"
DDL = """
CREATE TABLE clinician (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, sid BLOB NOT NULL, details TEXT NOT NULL)
    WITHOUT ROWID;
"""


def all_of_them(index: Index) -> tuple[tuple[str, Clinician], ...]:
    """Every clinician with the record that holds the key, in the order in which they were taken in."""
    rows = index.rows("SELECT rid, details FROM clinician ORDER BY rid")
    return tuple((str(row[0]), from_payload(Clinician, json.loads(row[1]))) for row in rows)


def _apply(index: Index, record: Record) -> None:
    from_payload(Clinician, record.payload)
    index.run(
        """INSERT INTO clinician (rid, ver, sid, details) VALUES (:rid, :ver, :sid, :details)
        ON CONFLICT (rid) DO UPDATE SET ver = :ver, details = :details WHERE :ver >= ver""",
        {
            "rid": record.rid,
            "ver": record.ver,
            "sid": record.sid,
            "details": json.dumps(record.payload, ensure_ascii=False),
        },
    )


def _search(_: Record) -> SearchText | None:
    return None


PROJECTION = Projection(
    feature="clinicians",
    version=1,
    comps=(HOUSE,),
    ddl=DDL,
    kinds={CLINICIAN: (1,)},
    retention={CLINICIAN: "house"},
    apply=_apply,
    search=_search,
)
