"""Reviews that are being typed: kept for their author alone until they are signed."""

from datetime import datetime

from rehabdesk.access.model import Draft
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.people.service import People
from rehabdesk.plans.reviews.review_service import Reviews, Sitting
from rehabdesk.plans.reviews.review_stored_model import StoredReview
from rehabdesk.plans.reviews.review_typed_model import (
    TypedReview,
    as_review,
    as_words,
    carried,
    looks_of,
    require_looked_back,
)

TYPED = "review_typed"


class ReviewWriting:
    """The typed reviews of one login; nobody else opens them."""

    def __init__(self, desk: Desk, people: People, reviews: Reviews) -> None:
        self._desk, self._people, self.reviews = desk, people, reviews

    def start(self, person_id: str) -> tuple[str | None, TypedReview]:
        """This login's draft, carried over to the version in force, or an empty one.

        UserError where no plan is in force.
        """
        plan = self.reviews.plan_under_review(person_id).plan
        drafts = self.of_person(person_id)
        for draft_id, typed in drafts:
            if (typed.plan, typed.version) == (plan.plan, plan.version):
                return draft_id, typed
        for draft_id, typed in drafts:
            return draft_id, carried(typed, plan)
        return None, TypedReview(plan=plan.plan, version=plan.version)

    def drafts(self) -> tuple[Draft, ...]:
        """Everything that this login is typing, oldest first."""
        return self._desk.drafts(TYPED)

    def of_person(self, person_id: str) -> tuple[tuple[str, TypedReview], ...]:
        """What is being typed about a person, as (draft id, what is typed), oldest first."""
        return tuple(
            (draft.id, from_payload(TypedReview, draft.payload))
            for draft in self._desk.drafts(TYPED)
            if draft.person == person_id
        )

    def may_go_on(self, person_id: str) -> bool:
        """Whether a review can be written now: a plan is in force, and this login reviews it."""
        try:
            self.reviews.plan_under_review(person_id)
            return self.reviews.calendar.review_of(person_id) is not None
        except UserError:
            return False

    def keep(self, person_id: str, typed: TypedReview, draft_id: str | None = None) -> str:
        """Autosave; gives the draft's id."""
        self._people.caseload.require(person_id)
        return self._desk.save_draft(TYPED, to_payload(typed), person=person_id, draft_id=draft_id)

    def drop(self, draft_id: str) -> None:
        """Throws away what was typed."""
        self._desk.drop_draft(draft_id)

    def check(self, person_id: str, draft_id: str) -> Sitting:
        """What would be signed. UserError names what is missing."""
        typed = dict(self.of_person(person_id)).get(draft_id)
        if typed is None:
            raise UserError(tr("That draft is not there any more."))
        require_looked_back(typed)
        line, page = self.reviews.calendar.review_of(person_id), self.reviews.own_page(person_id)
        words, (goals, steps) = as_words(typed), looks_of(typed)
        review = as_review(
            typed,
            today=self.reviews.today(),
            due=None if line is None else line.on,
            own_page_note="" if page is None else page[0],
        )
        sitting = Sitting(review=review, words=words, goals=goals, steps=steps)
        self.reviews.check(person_id, sitting)
        return sitting

    def sign(self, person_id: str, draft_id: str) -> StoredReview:
        """Makes what was typed a signed review; the draft goes with the same deed."""
        return self.reviews.sign(person_id, self.check(person_id, draft_id), draft_id=draft_id)

    def now(self) -> datetime:
        """The desk's clock."""
        return self._desk.clock.now()
