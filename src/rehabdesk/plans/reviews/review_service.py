"""What people can do about reviews. One method is one deed, one transaction, one audit entry."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.choices import ChoiceList
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.notes.model import Part
from rehabdesk.notes.timeline_service import Timeline
from rehabdesk.people.service import People
from rehabdesk.plans import store
from rehabdesk.plans.mark_model import MARK_VERSION, Mark, marked
from rehabdesk.plans.model import Agreement, Plan
from rehabdesk.plans.progress.progress_model import Progress
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.plans.reviews import review_store as reviews
from rehabdesk.plans.reviews.review_due_service import DISAGREES, MAY_READ, ReviewsDue
from rehabdesk.plans.reviews.review_model import (
    GoalLook,
    OwnPage,
    PutOff,
    Review,
    ReviewMove,
    Shortened,
    StepLook,
    changed,
    marks_of,
    require_next_day,
    reviewed,
)
from rehabdesk.plans.reviews.review_rule_model import ReviewRules, Situation, next_days, require_shorter
from rehabdesk.plans.reviews.review_stored_model import (
    DueCounts,
    DueLine,
    StoredMove,
    StoredPutOff,
    StoredReview,
    counted,
)
from rehabdesk.plans.reviews.review_words_model import no_review_here
from rehabdesk.plans.service import MAY_WRITE, Plans
from rehabdesk.plans.stored_model import PLAN_VERSION, StoredPlan

PAYLOAD_VERSION = 1
OWN_PAGE_FORM = "voice_statement"
PAGES_LOOKED_AT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """All that one review brings: the review itself, words in both voices, what was said of goals and steps.

    The conference, when it was due and why, and the domains of the words are filled in when it is signed.
    """

    review: Review
    words: tuple[tuple[Progress, Progress], ...] = ()
    goals: tuple[GoalLook, ...] = ()
    steps: tuple[StepLook, ...] = ()


class Reviews:
    """Reviews of one unlocked desk. `calendar` says what is due about one person."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        plans: Plans,
        words: ProgressWords,
        rules: ReviewRules,
        reasons: ChoiceList,
    ) -> None:
        self._desk, self._people, self._plans, self._words = desk, people, plans, words
        self._timeline = Timeline(desk, people)
        self.calendar = ReviewsDue(desk, people, self._timeline, rules, reasons)

    @property
    def may_write(self) -> bool:
        return self._desk.role in MAY_WRITE

    @property
    def may_set_rules(self) -> bool:
        return self._desk.role is Role.SUP

    @property
    def reasons(self) -> ChoiceList:
        """The list A2."""
        return self.calendar.reasons

    def today(self) -> date:
        return local_day(self._desk.clock)

    # what is due

    def due(self, *, within: timedelta = timedelta(days=14), everybody: bool = False) -> tuple[DueLine, ...]:
        """What is late or due soon, the earliest first: of own cases, or of everybody for a board."""
        return self.calendar.due(within=within, everybody=everybody)

    def counts(self, *, within: timedelta = timedelta(days=14), everybody: bool = False) -> DueCounts:
        """How much of it there is: counts of work, those put off by who caused it (G33)."""
        return counted(self.due(within=within, everybody=everybody), self.today())

    # what a sitting begins with

    def plan_under_review(self, person_id: str) -> StoredPlan:
        """The plan in force as it stands. UserError where there is none, or this login reviews none."""
        self._require_writer()
        stored = self._plans.in_force(person_id)
        if stored is None:
            raise UserError(tr("There is no plan in force. Write one first, then it is reviewed."))
        return stored

    def situation(self, person_id: str) -> Situation:
        """The row of A1 that holds for a person with a plan in force."""
        line = self.calendar.review_of(person_id)
        if line is None:
            raise UserError(no_review_here())
        return line.situation

    def next_days(self, person_id: str, answer: Agreement) -> tuple[date, date]:
        """The usual and the latest day of the review after one held today with that answer."""
        before = self.plan_under_review(person_id).plan.agreement
        disagreed = answer in DISAGREES and answer is not before
        return next_days(self.calendar.rules(), self.situation(person_id), self.today(), disagreed=disagreed)

    def own_page(self, person_id: str) -> tuple[str, date] | None:
        """The newest signed own page since the last review, as (record, day): it is asked at each review."""
        last = next(iter(self.history(person_id)), None)
        for entry in self._timeline.page(
            person_id, limit=PAGES_LOOKED_AT, previews=False, parts=frozenset({Part.NOTE})
        ):
            day = entry.occurred_at.astimezone().date()
            fresh = last is None or (day >= last.review.on and entry.rid != last.review.own_page_note)
            if entry.form == OWN_PAGE_FORM and not entry.struck and fresh:
                return entry.rid, day
        return None

    # deeds

    def sign(self, person_id: str, sitting: Sitting, *, draft_id: str = "") -> StoredReview:
        """The whole review with one signature: words, marks, the answer, the next day. Then it is only followed."""
        self._desk.require_current(TEAM)
        rid = self._desk.ids()
        items = self._items(person_id, sitting, rid)
        self._desk.commit("sign_review", items, drop_drafts=(draft_id,) if draft_id else ())
        return self.review(rid)

    def check(self, person_id: str, sitting: Sitting) -> None:
        """UserError for whatever would be refused by `sign`; nothing is written."""
        self._items(person_id, sitting, self._desk.ids())

    def note_move(self, person_id: str, move: ReviewMove) -> str:
        """A major incident or a bereavement: the next review is due in 14 days. Gives the record."""
        self._require_writer()
        self._people.caseload.require(person_id)
        self._require_past(move.on)
        (record,) = self._desk.commit("move_review", [self._item(person_id, reviews.MOVE, move)])
        return record.rid

    def put_off(self, person_id: str, put_off: PutOff) -> str:
        """The review could not be held, and why. It stays due. Gives the record."""
        self._require_writer()
        self._people.caseload.require(person_id)
        self._require_past(put_off.on)
        self.reasons.require(put_off.because, field="because")
        (record,) = self._desk.commit("put_off_review", [self._item(person_id, reviews.PUT_OFF, put_off)])
        return record.rid

    def take_back(self, rid: str) -> None:
        """What was noted between reviews was a mistake; the record keeps both."""
        self._require_writer()
        found = reviews.noted(self._index, rid)
        if found is None or found[2].taken_back:
            raise UserError(tr("That note is not there any more."))
        kind, person, thing = found
        self._people.caseload.require(person)
        item = replace(self._item(person, kind, replace(thing, taken_back=True)), rid=rid)
        self._desk.commit("move_review" if kind == reviews.MOVE else "put_off_review", [item])

    def shorten(self, situation: Situation, every: int) -> None:
        """The site reviews more often than A1 says; the number of A1 itself takes that back."""
        if not self.may_set_rules:
            raise UserError(tr("A supervisor sets how often the site reviews."))
        rules = self.calendar.rules()
        require_shorter(rules, situation, every)
        kept = {code: days for code, days in rules.shortened.items() if code != situation}
        if every < rules.rules[situation].every:
            kept[situation.value] = every
        item = NewRecord(
            comp=TEAM,
            kind=reviews.SHORTENED,
            pv=PAYLOAD_VERSION,
            person=None,
            payload=to_payload(Shortened(every=kept)),
        )
        self._desk.commit("review_rules", [item])

    # reading

    def history(self, person_id: str) -> tuple[StoredReview, ...]:
        """Every signed review, the latest first."""
        self._may_read(person_id)
        return reviews.reviews(self._index, person_id)

    def review(self, rid: str) -> StoredReview:
        """One signed review."""
        stored = reviews.review(self._index, rid)
        if stored is None:
            raise UserError(tr("That review is not there."))
        self._may_read(stored.person)
        return stored

    def moves(self, person_id: str) -> tuple[StoredMove, ...]:
        """What was noted to have happened, the latest first."""
        self._may_read(person_id)
        return reviews.moves(self._index, person_id)

    def times_put_off(self, person_id: str) -> tuple[StoredPutOff, ...]:
        """Sittings that did not take place, the latest first."""
        self._may_read(person_id)
        return reviews.put_off(self._index, person_id)

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _items(self, person_id: str, sitting: Sitting, rid: str) -> list[NewRecord]:
        """The records of a review: itself, the words, the marks, the plan after it. UserError names what is wrong."""
        stored = self.plan_under_review(person_id)
        review = self._completed(person_id, stored, sitting)
        usual = self.next_days(person_id, review.agreement)
        require_next_day(review.next_due, usual[1])
        marks = marks_of(stored.plan, sitting.goals, sitting.steps)
        reviewed(marked(stored.plan, marks), review)  # the guards count what is marked now
        words = [item for pair in sitting.words for item in self._word_items(person_id, pair, rid)]
        written = store.version(self._index, stored.rid)
        if written is None:
            raise UserError(tr("That plan is not there."))
        return [
            NewRecord(
                comp=TEAM,
                kind=reviews.REVIEW,
                pv=PAYLOAD_VERSION,
                person=person_id,
                payload=to_payload(review),
                rid=rid,
            ),
            *words,
            *(self._plan_item(person_id, store.MARK, mark) for mark in marks),
            self._plan_item(person_id, store.PLAN, reviewed(written.plan, review), stored.rid),
        ]

    def _completed(self, person_id: str, stored: StoredPlan, sitting: Sitting) -> Review:
        """With what the desk knows itself, checked."""
        review, line = sitting.review, self.calendar.review_of(person_id)
        if (review.plan, review.version) != (stored.plan.plan, stored.plan.version):
            raise UserError(tr("Another version of the plan is in force by now. Begin the review again."))
        if line is None:
            raise UserError(no_review_here())
        if review.on != self.today():
            raise UserError(tr("Sign a review on the day on which it is held."), field="on")
        if review.late_because:
            self.reasons.require(review.late_because, field="late_because")
        if review.own_page is OwnPage.WRITTEN and review.own_page_note:
            entry = self._timeline.require_entry(TEAM, review.own_page_note)
            if entry.person_id != person_id or entry.form != OWN_PAGE_FORM or entry.struck:
                raise UserError(tr("Choose a signed own page of this person."), field="own_page")
        codes = [own.domain for own, _ in sitting.words]
        if len(set(codes)) != len(codes):
            raise UserError(tr("Give one word on each domain at a review."), field="domain")
        goals, steps = changed(stored.plan, sitting.goals, sitting.steps)
        return replace(
            review,
            situation=line.situation,
            due=line.on,
            moved=line.moved,
            domains=tuple(codes),
            goals=goals,
            steps=steps,
        )

    def _word_items(self, person_id: str, pair: tuple[Progress, Progress], review: str) -> tuple[NewRecord, NewRecord]:
        """The records of both voices on one domain. A problem's field is `words.PD-n.<field>`."""
        own, staff = (replace(each, review=review) for each in pair)
        try:
            return self._words.own_item(person_id, own), self._words.staff_item(person_id, staff, own)
        except UserError as problem:
            raise UserError(problem.sentence, field=f"words.{own.domain}.{problem.field or 'basis'}") from problem

    def _item(self, person_id: str, kind: str, thing: object) -> NewRecord:
        return NewRecord(comp=TEAM, kind=kind, pv=PAYLOAD_VERSION, person=person_id, payload=to_payload(thing))

    def _plan_item(self, person_id: str, kind: str, thing: Plan | Mark, rid: str | None = None) -> NewRecord:
        version = PLAN_VERSION if kind == store.PLAN else MARK_VERSION
        return NewRecord(comp=TEAM, kind=kind, pv=version, person=person_id, payload=to_payload(thing), rid=rid)

    def _require_past(self, day: date) -> None:
        if day > self.today():
            raise UserError(tr("The day must be today or in the past."), field="on")

    def _may_read(self, person_id: str) -> None:
        if self._desk.role not in MAY_READ:
            raise UserError(tr("Your role does not read reviews."))
        self._people.caseload.require(person_id)

    def _require_writer(self) -> None:
        if not self.may_write:
            raise UserError(tr("Case officers and psychologists review plans."))
