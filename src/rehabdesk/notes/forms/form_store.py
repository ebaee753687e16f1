"""How kept forms lie in the index of the house: every text that a note was ever signed under, by its digest."""

from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import HOUSE, Index, Projection, Record, SearchText
from rehabdesk.notes.forms.kept_form_model import FormText

NOTE_FORM = "note_form"
DDL = """
CREATE TABLE note_form (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL,
    text TEXT NOT NULL, header TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX note_form_digest ON note_form (digest, rid);
CREATE INDEX note_form_name ON note_form (name, rid);
"""


def apply(index: Index, record: Record) -> None:
    """Puts a kept form into the table; its digest is reckoned anew, never believed."""
    kept = from_payload(FormText, record.payload)
    index.run(
        """INSERT OR REPLACE INTO note_form (rid, sid, digest, name, text, header)
        VALUES (:rid, :sid, :digest, :name, :text, :header)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "digest": kept.digest,
            "name": kept.name,
            "text": kept.text,
            "header": kept.header,
        },
    )


def _search(_: Record) -> SearchText | None:
    return None


PROJECTION = Projection(
    feature="note_forms",
    version=1,
    comps=(HOUSE,),
    ddl=DDL,
    kinds={NOTE_FORM: (1,)},
    retention={NOTE_FORM: "house"},
    apply=apply,
    search=_search,
)


def is_kept(index: Index, digest: str) -> bool:
    """Whether a text of this digest is there."""
    return index.row("SELECT 1 FROM note_form WHERE digest = :digest", {"digest": digest}) is not None


def of_digest(index: Index, digest: str) -> FormText | None:
    """The text of this digest."""
    row = index.row("SELECT name, text, header FROM note_form WHERE digest = :digest LIMIT 1", {"digest": digest})
    return None if row is None else FormText(name=row[0], text=row[1], header=row[2])


def of_name(index: Index, name: str) -> tuple[FormText, ...]:
    """Every kept text of a form, the one kept last first."""
    rows = index.rows("SELECT name, text, header FROM note_form WHERE name = :name ORDER BY rid DESC", {"name": name})
    return tuple(FormText(name=row[0], text=row[1], header=row[2]) for row in rows)
