"""What of the register comes to a day: consents to be asked again, people who were cleared, lists by stage."""

from datetime import date

from rehabdesk.db.projection import Index
from rehabdesk.people import consent_store, store
from rehabdesk.people.consent_model import Consent, ConsentStatus
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.model import PersonRow


def consents_due(index: Index, before: date) -> tuple[Consent, ...]:
    """Consents that were given and end on that day or earlier, the earliest first."""
    rows = index.rows(
        """SELECT rid FROM people_consent WHERE status = :given AND review_due > '' AND review_due <= :before
        ORDER BY review_due""",
        {"given": ConsentStatus.GIVEN.value, "before": before.isoformat()},
    )
    return tuple(found for row in rows if (found := consent_store.consent(index, row[0])) is not None)


def persons_in(index: Index, stage: Stage) -> tuple[str, ...]:
    """Persons in a stage, by case number."""
    rows = index.rows(
        "SELECT person FROM people_line WHERE stage = :stage ORDER BY case_ref, person", {"stage": stage.value}
    )
    return tuple(row[0] for row in rows)


def stages_page(index: Index, stages: frozenset[Stage], *, after: tuple[str, str], limit: int) -> tuple[PersonRow, ...]:
    """A page of the persons in these stages by case number; `after` as in `store.register_page`."""
    found = [row for stage in stages for row in store.stage_page(index, stage, after=after, limit=limit)]
    return tuple(sorted(found, key=lambda row: (row.case_ref, row.id))[:limit])
