"""The pages of progress and reviews, by route; and what a word of progress may rest on."""

from collections.abc import Callable, Sequence
from datetime import date

from rehabdesk.app_record import may_rate
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import READS_PLANS, SEES_PLAN_TAB, WRITES_PLANS, name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.ids import is_id
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import CLINICAL, TEAM
from rehabdesk.notes.model import Entry
from rehabdesk.plans.conferences.conference_words_model import kind_words
from rehabdesk.plans.model import Agreement, Plan
from rehabdesk.plans.progress.progress_model import Voice
from rehabdesk.plans.progress.progress_service import SOURCES
from rehabdesk.plans.progress.progress_stored_model import StoredProgress
from rehabdesk.plans.progress.progress_typed_model import TypedProgress
from rehabdesk.plans.progress.view.progress_history_page import ProgressHistoryPage
from rehabdesk.plans.progress.view.progress_page import ProgressPage
from rehabdesk.plans.reviews.review_model import Review
from rehabdesk.plans.reviews.review_words_model import moved_words, no_review_here
from rehabdesk.plans.reviews.view.review_editor import SittingContext
from rehabdesk.plans.reviews.view.review_page import ReviewPage
from rehabdesk.plans.reviews.view.review_read_page import ReviewReadPage
from rehabdesk.plans.reviews.view.review_rules_page import ReviewRulesPage
from rehabdesk.plans.reviews.view.reviews_page import ReviewsPage
from rehabdesk.ui.choices import Option
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

MOST_SOURCES = 12
MOST_LOOKED_AT = 60


class ReviewPages:
    """What a role may not open is refused here, and absent from its pages."""

    def __init__(self, kit: Kit, services: Services) -> None:
        self._kit, self._s = kit, services

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {
            "progress": self._progress,
            "words": self._words,
            "reviews": self._reviews,
            "review": self._review,
            "review_read": self._review_read,
            "review_rules": self._review_rules,
        }

    # progress

    def _progress(self, route: Route) -> Page:
        """The id is a domain, or a draft."""
        s, row = self._s, self._s.people.row(route.person)
        if s.role not in WRITES_PLANS or not may_rate(s, row):
            raise UserError(tr("Your role has no such page."))
        draft, start = s.progress_writing.start(route.person, route.id)
        domain = s.domains.domain(start.domain)
        sources = self._sources(route.person)
        return ProgressPage(
            self._kit, s.progress_writing, route.person, domain, start, draft, name=name_of(row), sources=sources
        )

    def _words(self, route: Route) -> Page:
        s, row = self._s, self._s.people.row(route.person)
        if s.role not in SEES_PLAN_TAB:
            raise UserError(tr("Your role has no such page."))
        domain = s.domains.domain(route.id)
        return ProgressHistoryPage(
            self._kit,
            s.progress,
            route.person,
            domain,
            name=name_of(row),
            sources=self._rests_on,
            may_rate=s.role in WRITES_PLANS and may_rate(s, row) and domain in s.progress.open_domains(route.person),
        )

    def _sources(self, person_id: str) -> list[Option]:
        """Signed notes that a word may rest on, newest first, then the steps of the plan in force."""
        s = self._s
        notes = [
            entry
            for entry in s.notes.timeline.page(person_id, limit=MOST_LOOKED_AT, previews=False, parts=SOURCES)
            if entry.comp in (TEAM, CLINICAL) and not entry.struck and not entry.cosign.waits
        ]
        plan = s.plans.in_force(person_id)
        steps = [] if plan is None else [step for goal in plan.plan.goals for step in goal.steps]
        return [
            *((entry.rid, self._title(entry)) for entry in notes[:MOST_SOURCES]),
            *((step.id, tr("Step: {what}").format(what=step.text)) for step in steps),
        ]

    def _title(self, entry: Entry) -> str:
        return f"{self._s.forms.title(entry.form)} · {short(entry.occurred_at.astimezone().date())}"

    def _rests_on(self, stored: StoredProgress) -> Sequence[str]:
        """The words for the notes and steps of a word; what this login may not see is said to be there."""
        s, found = self._s, list[str]()
        steps = {}
        if stored.progress.plan:
            plan = s.plans.as_it_stands(stored.progress.plan).plan
            steps = {step.id: step.text for goal in plan.goals for step in goal.steps}
        for source in stored.progress.sources:
            if source in steps:
                found.append(tr("Step: {what}").format(what=steps[source]))
                continue
            if not is_id(source):
                found.append(tr("A step of the plan"))  # words of the first version did not say of which one
                continue
            row = s.desk.truth.newest(source)
            seen = s.notes.timeline.visible(row.comp, [source]) if row is not None and s.desk.holds(row.comp) else ()
            found.append(self._title(seen[0]) if seen else tr("A note that this login does not open"))
        return found

    # reviews

    def _reviews(self, route: Route) -> Page:
        s, row = self._s, self._s.people.row(route.person)
        if s.role not in READS_PLANS:
            raise UserError(tr("Your role has no such page."))
        return ReviewsPage(self._kit, s.review_writing, route.person, name=name_of(row), staff=s.staff_name)

    def _review(self, route: Route) -> Page:
        s = self._s
        if s.role not in WRITES_PLANS:
            raise UserError(tr("Your role has no such page."))
        draft, start = s.review_writing.start(route.person)
        return ReviewPage(self._kit, s.review_writing, route.person, start, draft, self._context(route.person))

    def _context(self, person: str) -> SittingContext:
        s, reviews = self._s, self._s.reviews
        plan, line = reviews.plan_under_review(person).plan, reviews.calendar.review_of(person)
        if line is None:
            raise UserError(no_review_here())
        of_goals = {goal.domain for goal in plan.goals}
        rated = s.progress.open_domains(person) if may_rate(s, s.people.row(person)) else ()
        domains = [domain for domain in rated if domain.code in of_goals]
        about = tr("Due {day}").format(day=short(line.on))
        own_page = reviews.own_page(person)

        def fresh(code: str) -> TypedProgress:
            begins, ends = s.progress.period(person, code)
            return TypedProgress(domain=code, period_from=begins, period_to=ends)

        def next_days(answer: Agreement) -> tuple[date, date]:
            return reviews.next_days(person, answer)

        return SittingContext(
            name=name_of(s.people.row(person)),
            due_words=about if line.moved is None else f"{about} · {moved_words(line.moved)}",
            plan=plan,
            last=next(iter(reviews.history(person)), None),
            late=line.is_late(reviews.today()),
            domains=domains,
            lines={domain.code: s.progress.lines(person, domain.code) for domain in domains},
            sources=self._sources(person),
            setback=lambda code, word: s.progress.is_setback(person, code, Voice.STAFF, word),
            fresh=fresh,
            own_page=None if own_page is None else own_page[1],
            next_days=next_days,
            reasons=[(each.code, tr(each.text)) for each in reviews.reasons.offered],
            conferences=self._conferences(person),
        )

    def _conferences(self, person: str) -> list[Option]:
        """Conferences that took place or are planned, the latest first."""
        found = []
        for stored in self._s.conferences.reading.of_person(person):
            one = stored.conference
            if not one.cancelled:
                found.append((stored.rid, f"{kind_words(one.kind)} · {short(one.at.astimezone().date())}"))
        return found

    def _review_read(self, route: Route) -> Page:
        s, stored = self._s, self._s.reviews.review(route.id)
        review = stored.review
        words = [
            (
                s.domains.domain(code),
                [line for line in s.progress.lines(stored.person, code) if _of(line.said, route.id)],
            )
            for code in review.domains
        ]
        late = s.reviews.reasons.text(review.late_because) if review.late_because else ""
        late = " · ".join(part for part in (late, isolate(review.late_words) if review.late_words else "") if part)
        return ReviewReadPage(
            self._kit,
            stored,
            words,
            name=name_of(s.people.row(stored.person)),
            author=s.staff_name(stored.author),
            late=late,
            plan=next((one.plan for one in s.plans.versions(stored.person) if _is(one.plan, review)), None),
        )

    def _review_rules(self, route: Route) -> Page:
        if self._s.role not in READS_PLANS:
            raise UserError(tr("Your role has no such page."))
        return ReviewRulesPage(self._kit, self._s.reviews, route.person)


def _of(said: Sequence[StoredProgress], review: str) -> bool:
    return any(one.progress.review == review for one in said)


def _is(plan: Plan, review: Review) -> bool:
    return (plan.plan, plan.version) == (review.plan, review.version)
