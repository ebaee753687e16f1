"""Who leaves when, by the register: asked by pages of releases. The days lie in the lines that lists are read from."""

import json
from datetime import date

from rehabdesk.db.projection import Index
from rehabdesk.people.legal_model import CUSTODY
from rehabdesk.people.model import PersonRow
from rehabdesk.people.store import LINE, row_of_line


def leaving(index: Index, until: date, persons: frozenset[str] | None, limit: int) -> tuple[PersonRow, ...]:
    """Persons in custody with a planned release up to a day, the nearest first. `persons`: of these alone."""
    rows = index.rows(
        f"""{LINE} WHERE planned_release > '' AND planned_release <= :until
        AND stage IN (SELECT value FROM json_each(:custody))
        AND (:persons IS NULL OR person IN (SELECT value FROM json_each(:persons)))
        ORDER BY planned_release, stage, case_ref, person LIMIT :limit""",
        _values(persons, limit) | {"until": until.isoformat()},
    )
    return tuple(row_of_line(row) for row in rows)


def undated(
    index: Index, persons: frozenset[str] | None, *, after: tuple[str, str], limit: int
) -> tuple[PersonRow, ...]:
    """Persons in custody without a planned release, by case number; `after` as in `store.register_page`."""
    rows = index.rows(
        f"""{LINE} WHERE (case_ref, person) > (:case_ref, :person) AND planned_release IS NULL
        AND stage IN (SELECT value FROM json_each(:custody))
        AND (:persons IS NULL OR person IN (SELECT value FROM json_each(:persons)))
        ORDER BY case_ref, person LIMIT :limit""",
        _values(persons, limit) | {"case_ref": after[0], "person": after[1]},
    )
    return tuple(row_of_line(row) for row in rows)


def _values(persons: frozenset[str] | None, limit: int) -> dict[str, object]:
    return {
        "custody": json.dumps(sorted(CUSTODY)),
        "persons": None if persons is None else json.dumps(sorted(persons)),
        "limit": limit,
    }
