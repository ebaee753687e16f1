"""Finding people and those around them: as a name is written first, then by its other spellings in either script."""

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.db.projection import TEAM, Index
from rehabdesk.people import contact_store, sound_store, store
from rehabdesk.people.caseload_service import Caseload
from rehabdesk.people.model import Contact, FoundPerson, PersonRow

SEES_CONTACTS = frozenset({Role.PSY, Role.CSUP, Role.CHA, Role.CO, Role.SUP, Role.AUD})
"""Who is shown contacts (domain.md 4.2)."""


class PeopleSearch:
    """The register of one unlocked desk, asked by names."""

    def __init__(self, desk: Desk, caseload: Caseload) -> None:
        self._desk, self._caseload = desk, caseload

    def persons(self, words: str, *, limit: int = 20) -> tuple[FoundPerson, ...]:
        """Persons who are written so, by case number; behind them those whose name is another spelling of it."""
        rids = self._index.match(words, scope=(store.PERSON_TERM,), limit=limit)
        exact = store.persons_of_rids(self._index, tuple(rids))
        alike = [
            person
            for _, person in sound_store.sounding_like(self._index, store.PERSON, words, limit)
            if person not in exact
        ]
        found = [FoundPerson(row=row, similar=False) for row in self._caseload.rows(exact)]
        found += [FoundPerson(row=row, similar=True) for row in self._caseload.rows(alike)]
        return tuple(found[:limit])

    def contacts(self, words: str, *, limit: int = 20) -> tuple[tuple[Contact, bool], ...]:
        """Contacts by name, each with whether it is another spelling; none for a role that is shown no contacts."""
        if self._desk.role not in SEES_CONTACTS:
            return ()
        exact = self._index.match(words, scope=(store.CONTACT_TERM,), limit=limit)
        alike = [rid for rid, _ in sound_store.sounding_like(self._index, store.CONTACT, words, limit)]
        contacts = ((rid, contact_store.contact(self._index, rid)) for rid in dict.fromkeys([*exact, *alike]))
        return tuple((contact, rid not in exact) for rid, contact in contacts if contact is not None)[:limit]

    def rows(self, persons: tuple[str, ...]) -> tuple[PersonRow, ...]:
        """The rows of these persons, by case number; who is in the register no more is left out."""
        return self._caseload.rows(persons)

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)
