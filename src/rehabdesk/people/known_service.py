"""What every role that works with people is told of a case whose stage and number it does not see (domain.md 4.2)."""

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import fold
from rehabdesk.db.projection import TEAM
from rehabdesk.people import store
from rehabdesk.people.caseload_service import Caseload
from rehabdesk.people.legal_model import READ_ONLY, LegalEpisode, Stage
from rehabdesk.people.model import AgeRegime, Language, Person


class Known:
    """Answers to single questions of one unlocked desk.

    UserError for somebody who is not in the register, or of whom this login does not learn that (domain.md 4.3).
    """

    def __init__(self, desk: Desk, caseload: Caseload) -> None:
        self._desk, self._caseload = desk, caseload

    def convicted(self, person_id: str) -> bool:
        """Whether the person was convicted: who writes must know (G18)."""
        return self._legal(person_id).convicted

    def under_appeal(self, person_id: str) -> bool:
        """Whether an appeal runs: work on harm and repair asks the person first (domain.md 6.1)."""
        return self._legal(person_id).under_appeal

    def is_read_only(self, person_id: str) -> bool:
        """Whether another prison, or nobody, holds the case, so that nothing is changed here."""
        return self._legal(person_id).stage in READ_ONLY

    def require_here(self, person_id: str) -> None:
        """UserError where another prison holds the case: nothing but the stage is written here (domain.md 11.2)."""
        require_here(self._desk, person_id)

    def require_own_here(self, person_id: str) -> None:
        """As `require_here`; also where the person is not this login's case."""
        self._caseload.require(person_id)
        self.require_here(person_id)

    def age_regime(self, person_id: str) -> AgeRegime:
        """What rules about children ask."""
        return self._person(person_id).details.age_regime

    def languages(self, person_id: str) -> tuple[Language, ...]:
        """What the person speaks, the preferred one first."""
        return tuple(sorted(self._person(person_id).details.languages, key=lambda each: not each.preferred))

    def has_number(self, person_id: str, words: str) -> bool:
        """Whether these words are the case number of this person."""
        rows = store.rows_of(self._desk.index(TEAM), (person_id,))
        return any(fold(row.case_ref).casefold() == fold(words.strip()).casefold() for row in rows)

    def _person(self, person_id: str) -> Person:
        found = store.person(self._desk.index(TEAM), person_id)
        if found is None or not self._caseload.shown((person_id,)):
            raise unknown_person()
        return found

    def _legal(self, person_id: str) -> LegalEpisode:
        found = store.legal_now(self._desk.index(TEAM), person_id)
        if found is None or not self._caseload.shown((person_id,)):
            raise unknown_person()
        return found[1]


def require_here(desk: Desk, person_id: str) -> None:
    """As `Known.require_here`, for services that know a desk alone."""
    found = store.legal_now(desk.index(TEAM), person_id)
    if found is not None and found[1].stage is Stage.TRANSFERRED:
        raise UserError(tr("Another prison holds this case. Ask there: here it is only read."), field="person")


def unknown_person() -> UserError:
    return UserError(tr("This person is not in the register."), field="person")
