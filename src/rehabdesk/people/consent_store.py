"""Questions asked of consents. How they lie in an index: store.py."""

import json
from typing import Any

from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import Index
from rehabdesk.people.consent_model import Consent, ConsentDetails, ConsentPurpose


def consents(index: Index, person_id: str, purpose: ConsentPurpose | None = None) -> tuple[Consent, ...]:
    """The person's consents in their present state, oldest first."""
    rows = index.rows(
        """SELECT rid, person, author, recorded_at, details FROM people_consent
        WHERE person = :person AND (:purpose IS NULL OR purpose = :purpose)""",
        {"person": person_id, "purpose": purpose.value if purpose else None},
    )
    return tuple(_consent(row) for row in sorted(rows))


def consent(index: Index, consent_id: str) -> Consent | None:
    row = index.row(
        "SELECT rid, person, author, recorded_at, details FROM people_consent WHERE rid = :rid", {"rid": consent_id}
    )
    return _consent(row) if row else None


def _consent(row: tuple[Any, ...]) -> Consent:
    return Consent(
        id=row[0],
        person_id=row[1],
        explained_by=row[2],
        recorded_at=parse_stamp(row[3]),
        details=from_payload(ConsentDetails, json.loads(row[4])),
    )
