"""Questions asked of contacts and of the safety notes on them. How they lie in an index: store.py."""

import json

from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import Index
from rehabdesk.people.model import Contact, ContactDetails
from rehabdesk.people.protected_model import KeptWords


def contacts(index: Index, person_id: str) -> tuple[Contact, ...]:
    """Everybody around the person, in the order in which they were added."""
    rows = index.rows(
        "SELECT rid, details FROM people_contact WHERE person = :person ORDER BY rid", {"person": person_id}
    )
    return tuple(Contact(id=row[0], person_id=person_id, details=_read(row[1])) for row in rows)


def contact(index: Index, contact_id: str) -> Contact | None:
    row = index.row("SELECT person, details FROM people_contact WHERE rid = :rid", {"rid": contact_id})
    return Contact(id=contact_id, person_id=row[0], details=_read(row[1])) if row else None


def safety_notes(index: Index, contact_id: str) -> tuple[KeptWords, ...]:
    """The safety notes on a contact, oldest first; asked of the `protected` index."""
    rows = index.rows(
        "SELECT rid, author, recorded_at FROM people_safety_note WHERE contact = :contact ORDER BY rid",
        {"contact": contact_id},
    )
    return tuple(KeptWords(rid=row[0], author=row[1], recorded_at=parse_stamp(row[2])) for row in rows)


def _read(details: str) -> ContactDetails:
    return from_payload(ContactDetails, json.loads(details))
