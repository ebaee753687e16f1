"""The names in an index of the register, asked for in slices (tables: store.py)."""

import json

from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import Index
from rehabdesk.people.model import PersonDetails


def names_of_persons(index: Index, *, after: int, limit: int) -> tuple[tuple[int, str, PersonDetails], ...]:
    """(place, person, details) of persons beyond a place, in the order in which this index met them."""
    rows = index.rows(
        "SELECT rowid, person, details FROM people_person WHERE rowid > :after ORDER BY rowid LIMIT :limit",
        {"after": after, "limit": limit},
    )
    return tuple((row[0], row[1], from_payload(PersonDetails, json.loads(row[2]))) for row in rows)


def names_of_contacts(index: Index, *, after: int, limit: int) -> tuple[tuple[int, str, str], ...]:
    """(place, person, name) of contacts beyond a place; a changed one has a new place."""
    rows = index.rows(
        "SELECT rowid, person, details FROM people_contact WHERE rowid > :after ORDER BY rowid LIMIT :limit",
        {"after": after, "limit": limit},
    )
    return tuple((row[0], row[1], str(json.loads(row[2])["name"])) for row in rows)
