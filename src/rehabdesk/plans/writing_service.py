"""Plans that are being typed: kept as they are, complete or not, until they are proposed."""

from datetime import datetime

from rehabdesk.access.model import Draft
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.people.service import People
from rehabdesk.plans.service import Plans
from rehabdesk.plans.stored_model import StoredPlan
from rehabdesk.plans.typed_model import TypedPlan, as_plan

TYPED = "plan_typed"


class PlanWriting:
    """The typed plans of one login; nobody else opens them."""

    def __init__(self, desk: Desk, people: People, plans: Plans) -> None:
        self._desk, self._people, self._plans = desk, people, plans

    def keep(self, person_id: str, typed: TypedPlan, draft_id: str | None = None) -> str:
        """Autosave; gives the draft's id."""
        self._people.caseload.require(person_id)
        return self._desk.save_draft(TYPED, to_payload(typed), person=person_id, draft_id=draft_id)

    def drafts(self) -> tuple[Draft, ...]:
        """What this login is typing about anybody, oldest first."""
        return self._desk.drafts(TYPED)

    def of_person(self, person_id: str) -> tuple[tuple[str, TypedPlan], ...]:
        """What is being typed about a person, as (draft id, what is typed), oldest first."""
        drafts = self._desk.drafts(TYPED)
        return tuple(
            (draft.id, from_payload(TypedPlan, draft.payload)) for draft in drafts if draft.person == person_id
        )

    def drop(self, draft_id: str) -> None:
        """Throws away what was typed."""
        self._desk.drop_draft(draft_id)

    def propose(self, person_id: str, draft_id: str) -> StoredPlan:
        """Makes what was typed a version that can be shown to the person. UserError names what is missing."""
        typed = dict(self.of_person(person_id)).get(draft_id)
        if typed is None:
            raise UserError(tr("That draft is not there any more."))
        plan = as_plan(typed)
        if plan.review_due is None:
            raise UserError(tr("Set the day of the next review."), field="review_due")
        if plan.review_due < local_day(self._desk.clock):
            raise UserError(tr("The day of the next review has passed. Choose one to come."), field="review_due")
        proposed = self._plans.propose(self._plans.start(person_id, plan))
        self._desk.drop_draft(draft_id)
        return proposed

    def now(self) -> datetime:
        """The desk's clock."""
        return self._desk.clock.now()
