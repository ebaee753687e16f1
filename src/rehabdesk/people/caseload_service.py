"""The caseload rule, in its one place: with whose records a login works. Kept by the program (vault.md 3.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people import store
from rehabdesk.people.model import PersonRow

OWN_CASES_ONLY = frozenset({Role.PSY, Role.CHA, Role.FAC})
"""Roles that write and read their own discipline's records of their own cases only (domain.md 4.2, the star)."""
NAMES_ONLY = frozenset({Role.CHA, Role.FAC})
"""Roles that learn name, unit and languages of a person, and no case number, stage or release (domain.md 4.2, 4.3)."""


class Caseload:
    """Asked by every feature before it shows or takes a record that belongs to own cases."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def limited(self) -> bool:
        """Whether this login is held to its own cases at all."""
        return self._desk.role in OWN_CASES_ONLY

    @property
    def narrow(self) -> bool:
        """Whether this login learns of its own cases alone, and of them name, unit and languages (domain.md 4.3)."""
        return self._desk.role is Role.FAC

    @property
    def sees_register(self) -> bool:
        """Whether this login can choose anybody who is here; who cannot writes in words whom something is about."""
        return self._desk.holds(TEAM) and not self.narrow

    @property
    def names_only(self) -> bool:
        """Whether this login is given name, unit and languages of a person alone."""
        return self._desk.role in NAMES_ONLY

    def shown(self, persons: Sequence[str]) -> tuple[str, ...]:
        """Those of these persons of whom this login may learn that they are here."""
        own = self.own_cases() if self.narrow else frozenset(persons)
        return tuple(person for person in persons if person in own)

    def rows(self, persons: Sequence[str]) -> tuple[PersonRow, ...]:
        """The rows of these persons, as this role may read them."""
        return self.as_read(store.rows_of(self._desk.index(TEAM), self.shown(persons)))

    def as_read(self, rows: Sequence[PersonRow]) -> tuple[PersonRow, ...]:
        """The rows with what this role may read of them, no more."""
        if not self.names_only:
            return tuple(rows)
        return tuple(replace(row, case_ref="", stage="", planned_release=None) for row in rows)

    def own_cases(self) -> frozenset[str]:
        """Persons to whom this login is assigned today."""
        return store.persons_of_staff(self._desk.index(TEAM), self._desk.uid, local_day(self._desk.clock))

    def admits(self, person_id: str) -> bool:
        """Whether the person is this login's case, or the login is not held to its own cases."""
        return not self.limited or person_id in self.own_cases()

    def admitted(self, persons: Iterable[str]) -> frozenset[str]:
        """Those of these persons whom `admits` lets through, asked once for a whole list."""
        found = frozenset(persons)
        return found & self.own_cases() if self.limited else found

    def require(self, person_id: str) -> None:
        """UserError, saying what to do, where the person is not this login's case."""
        if not self.admits(person_id):
            raise UserError(
                tr("You are not assigned to this person. Ask the case officer or the supervisor to assign you."),
                field="person",
            )
