"""Names of persons and contacts by how they sound, so that every usual spelling finds them (rules: core/names.py)."""

import json
from collections.abc import Sequence

from rehabdesk.core.names import asked_keys, stored_keys
from rehabdesk.db.projection import Index, Record
from rehabdesk.people.import_rows_model import Known

DDL = """
CREATE TABLE people_sound (kind TEXT NOT NULL, key TEXT NOT NULL, rid TEXT NOT NULL, person TEXT NOT NULL,
    sid BLOB NOT NULL, PRIMARY KEY (kind, key, rid)) WITHOUT ROWID;
CREATE INDEX people_sound_rid ON people_sound (rid, kind, key);
"""
_KEYS_A_RECORD = 12
"""A record has several keys of one asked word at most: so many rows are read for each record wanted."""


def keep(index: Index, record: Record, names: Sequence[str]) -> None:
    """Replaces the sounds of a record's names."""
    index.run("DELETE FROM people_sound WHERE rid = :rid", {"rid": record.rid})
    values = {"kind": record.kind, "rid": record.rid, "person": record.person, "sid": record.sid}
    for key in sorted(frozenset().union(*map(stored_keys, names))):
        index.run(
            "INSERT INTO people_sound (kind, key, rid, person, sid) VALUES (:kind, :key, :rid, :person, :sid)",
            values | {"key": key},
        )


def sounding_like(index: Index, kind: str, words: str, limit: int) -> tuple[tuple[str, str], ...]:
    """(record id, person) of the records of a kind whose names hold each of these words in some usual spelling."""
    asked = () if any(sign.isdigit() for sign in words) else asked_keys(words)
    if not asked:
        return ()
    more = "".join(
        f""" AND EXISTS (SELECT 1 FROM people_sound o WHERE o.rid = s.rid AND o.kind = :kind
            AND o.key IN (SELECT value FROM json_each(:word{number})))"""
        for number in range(1, len(asked))
    )
    rows = index.rows(
        f"""SELECT s.rid, s.person FROM people_sound s
        WHERE s.kind = :kind AND s.key IN (SELECT value FROM json_each(:word0)){more} LIMIT :limit""",
        {"kind": kind, "limit": limit * _KEYS_A_RECORD}
        | {f"word{number}": json.dumps(sorted(keys)) for number, keys in enumerate(asked)},
    )
    return tuple(dict.fromkeys((str(rid), str(person)) for rid, person in rows))[:limit]


def known(index: Index) -> tuple[Known, ...]:
    """Everybody, as far as doubles are looked for."""
    rows = index.rows(
        """SELECT person, case_ref, name, name_arabic, substr(json_extract(details, '$.birth_date'), 1, 4)
        FROM people_person"""
    )
    return tuple(
        Known(id=row[0], case_ref=row[1], name=row[2], name_arabic=row[3], birth_year=int(row[4]) if row[4] else None)
        for row in rows
    )
