"""Words of progress that are being typed: kept as they are for their author alone, until they are recorded."""

from datetime import date, datetime

from rehabdesk.access.model import Draft
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.people.service import People
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.plans.progress.progress_typed_model import TypedProgress, as_own, as_staff, shared

TYPED = "progress_typed"


class ProgressWriting:
    """The typed words of one login; nobody else opens them."""

    def __init__(self, desk: Desk, people: People, words: ProgressWords) -> None:
        self._desk, self._people, self.words = desk, people, words

    def start(self, person_id: str, what: str) -> tuple[str | None, TypedProgress]:
        """The draft with that id; else this login's draft on the domain `what`, or what one begins with there.

        UserError where no word is given about this person on that domain.
        """
        for draft_id, typed in self.of_person(person_id):
            if what in (draft_id, typed.domain):
                return draft_id, typed
        if what not in {domain.code for domain in self.words.open_domains(person_id)}:
            raise UserError(tr("Choose a domain on which words are given about this person."), field="domain")
        begins, ends = self.words.period(person_id, what)
        return None, TypedProgress(domain=what, period_from=begins, period_to=ends)

    def drafts(self) -> tuple[Draft, ...]:
        """Everything that this login is typing, oldest first."""
        return self._desk.drafts(TYPED)

    def of_person(self, person_id: str) -> tuple[tuple[str, TypedProgress], ...]:
        """What is being typed about a person, as (draft id, what is typed), oldest first."""
        drafts = self._desk.drafts(TYPED)
        return tuple(
            (draft.id, from_payload(TypedProgress, draft.payload)) for draft in drafts if draft.person == person_id
        )

    def keep(self, person_id: str, typed: TypedProgress, draft_id: str | None = None) -> str:
        """Autosave; gives the draft's id."""
        self._people.caseload.require(person_id)
        return self._desk.save_draft(TYPED, to_payload(typed), person=person_id, draft_id=draft_id)

    def share(self, person_id: str, draft_id: str, on: date) -> TypedProgress:
        """Notes that the word of a draft was shared with the person."""
        typed = shared(self._typed(person_id, draft_id), on)
        self.keep(person_id, typed, draft_id)
        return typed

    def drop(self, draft_id: str) -> None:
        """Throws away what was typed."""
        self._desk.drop_draft(draft_id)

    def record(self, person_id: str, draft_id: str) -> str:
        """Makes both words records. UserError names what is missing. Gives the line about setbacks, or ""."""
        typed = self._typed(person_id, draft_id)
        own, staff = as_own(typed), as_staff(typed)
        line = self.words.setback_line(person_id, staff)
        self.words.record_both(person_id, own, staff, draft_id=draft_id)
        return line

    def now(self) -> datetime:
        """The desk's clock."""
        return self._desk.clock.now()

    def _typed(self, person_id: str, draft_id: str) -> TypedProgress:
        typed = dict(self.of_person(person_id)).get(draft_id)
        if typed is None:
            raise UserError(tr("That draft is not there any more."))
        return typed
