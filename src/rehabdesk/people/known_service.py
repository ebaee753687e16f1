"""What every role that works with people is told of a case whose stage and number it does not see (domain.md 4.2)."""

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people import store
from rehabdesk.people.legal_model import READ_ONLY, LegalEpisode
from rehabdesk.people.model import AgeRegime


class Known:
    """Answers to single questions of one unlocked desk; UserError for somebody who is not in the register."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def convicted(self, person_id: str) -> bool:
        """Whether the person was convicted: who writes must know (G18)."""
        return self._legal(person_id).convicted

    def under_appeal(self, person_id: str) -> bool:
        """Whether an appeal runs: work on harm and repair asks the person first (domain.md 6.1)."""
        return self._legal(person_id).under_appeal

    def is_read_only(self, person_id: str) -> bool:
        """Whether another prison, or nobody, holds the case, so that nothing is changed here."""
        return self._legal(person_id).stage in READ_ONLY

    def age_regime(self, person_id: str) -> AgeRegime:
        """What rules about children ask."""
        found = store.person(self._desk.index(TEAM), person_id)
        if found is None:
            raise unknown_person()
        return found.details.age_regime

    def has_number(self, person_id: str, words: str) -> bool:
        """Whether these words are the case number of this person."""
        rows = store.rows_of(self._desk.index(TEAM), (person_id,))
        return any(row.case_ref.casefold() == words.strip().casefold() for row in rows)

    def _legal(self, person_id: str) -> LegalEpisode:
        found = store.legal_now(self._desk.index(TEAM), person_id)
        if found is None:
            raise unknown_person()
        return found[1]


def unknown_person() -> UserError:
    return UserError(tr("This person is not in the register."), field="person")
