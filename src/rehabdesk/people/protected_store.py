"""How counts of children, protected notes and clinical needs lie in the index of their own compartment each."""

from rehabdesk.core.canon import dump
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_bytes, from_payload
from rehabdesk.db.projection import CLINICAL, PROTECTED, TEAM, Index, Projection, Record
from rehabdesk.people.protected_model import ChildrenCount, ClinicalNeed, KeptWords, ProtectedNote

CHILDREN, PROTECTED_NOTE, CLINICAL_NEED = "children", "protected_note", "clinical_need"

DDL = """
CREATE TABLE people_children (rid TEXT PRIMARY KEY, seq INTEGER NOT NULL, person TEXT NOT NULL, sid BLOB NOT NULL,
    counts BLOB NOT NULL);
CREATE INDEX people_children_person ON people_children (person, seq);
CREATE TABLE people_kept (rid TEXT PRIMARY KEY, person TEXT NOT NULL, sid BLOB NOT NULL, kind TEXT NOT NULL,
    about TEXT NOT NULL, author TEXT NOT NULL, recorded_at TEXT NOT NULL);
CREATE INDEX people_kept_person ON people_kept (person, kind, rid);
"""


def apply(index: Index, record: Record) -> None:
    """Counts lie whole; of words only that they are kept, and by whom: they are read through the desk, logged."""
    values = {"rid": record.rid, "person": record.person, "sid": record.sid}
    if record.kind == CHILDREN:
        from_payload(ChildrenCount, record.payload)  # what breaks its rules is not kept
        index.run(
            """INSERT OR REPLACE INTO people_children (rid, seq, person, sid, counts)
            VALUES (:rid, :seq, :person, :sid, :counts)""",
            values | {"seq": record.seq, "counts": dump(dict(record.payload))},
        )
        return
    about = ""
    if record.kind == PROTECTED_NOTE:
        about = from_payload(ProtectedNote, record.payload).about.value
    else:
        from_payload(ClinicalNeed, record.payload)
    index.run(
        """INSERT OR REPLACE INTO people_kept (rid, person, sid, kind, about, author, recorded_at)
        VALUES (:rid, :person, :sid, :kind, :about, :author, :recorded_at)""",
        values
        | {"kind": record.kind, "about": about, "author": record.author, "recorded_at": stamp(record.recorded_at)},
    )


PROJECTION = Projection(
    feature="people_protected",
    version=1,
    comps=(TEAM, PROTECTED, CLINICAL),
    ddl=DDL,
    kinds=dict.fromkeys((CHILDREN, PROTECTED_NOTE, CLINICAL_NEED), (1,)),
    retention={CHILDREN: "case", PROTECTED_NOTE: "single", CLINICAL_NEED: "case"},
    apply=apply,
    search=lambda _record: None,
)


def children(index: Index, person_id: str) -> ChildrenCount | None:
    """The newest counts."""
    row = index.row(
        "SELECT counts FROM people_children WHERE person = :person ORDER BY seq DESC LIMIT 1", {"person": person_id}
    )
    return None if row is None else from_bytes(ChildrenCount, bytes(row[0]))


def kept(index: Index, kind: str, person_id: str) -> tuple[KeptWords, ...]:
    """What is kept about a person in this compartment, oldest first."""
    rows = index.rows(
        """SELECT rid, author, recorded_at, about FROM people_kept WHERE person = :person AND kind = :kind
        ORDER BY rid""",
        {"person": person_id, "kind": kind},
    )
    return tuple(KeptWords(rid=row[0], author=row[1], recorded_at=parse_stamp(row[2]), about=row[3]) for row in rows)
