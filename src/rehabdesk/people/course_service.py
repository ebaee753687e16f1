"""The course of cases as other features ask for it: whose reviews are due, and when."""

from collections.abc import Sequence

from rehabdesk.access.service import Desk
from rehabdesk.db.projection import TEAM
from rehabdesk.people import course_store
from rehabdesk.people.course_model import CaseCourse
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.service import People


class Courses:
    """On one unlocked desk. A login that is held to its own cases learns of those alone."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    def of(self, persons: Sequence[str]) -> dict[str, CaseCourse]:
        """The courses of these persons, as far as this login works with them."""
        own = self._people.caseload.own_cases() if self._people.caseload.limited else frozenset(persons)
        return course_store.courses(self._desk.index(TEAM), [person for person in persons if person in own])

    def own_cases(self) -> tuple[str, ...]:
        """The persons to whom this login is assigned today."""
        return tuple(sorted(self._people.caseload.own_cases()))

    def everybody(self, stages: frozenset[Stage]) -> tuple[str, ...]:
        """The persons in these stages with whom this login works."""
        found = course_store.persons_in(self._desk.index(TEAM), stages)
        if not self._people.caseload.limited:
            return found
        own = self._people.caseload.own_cases()
        return tuple(person for person in found if person in own)
