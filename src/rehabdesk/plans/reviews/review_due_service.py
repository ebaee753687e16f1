"""Whose plan, review, first talk or check is due, and when (A1): own cases for a day, everybody for a board."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.choices import ChoiceList
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.notes.timeline_service import Timeline
from rehabdesk.people.course_model import CaseCourse
from rehabdesk.people.course_service import Courses
from rehabdesk.people.legal_model import SentenceType, Stage
from rehabdesk.people.service import People
from rehabdesk.plans import store
from rehabdesk.plans.model import Agreement, Horizon
from rehabdesk.plans.reviews import review_store
from rehabdesk.plans.reviews.review_model import LateGroup, Shortened
from rehabdesk.plans.reviews.review_rule_model import (
    DueDay,
    DueKind,
    Facts,
    Happened,
    MovedBecause,
    Phase,
    ReviewRules,
    due_days,
)
from rehabdesk.plans.reviews.review_stored_model import DueLine, ReviewCourse
from rehabdesk.plans.stored_model import PlanCourse

MAY_READ = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.SUP, Role.AUD})
PHASES: Mapping[Stage, Phase] = {
    Stage.PRE_TRIAL: Phase.PRE_TRIAL,
    Stage.CONVICTED: Phase.CONVICTED,
    Stage.SENTENCED: Phase.SENTENCED,
    Stage.PRE_RELEASE: Phase.SENTENCED,
    Stage.RECALLED: Phase.SENTENCED,
    Stage.HOSPITAL: Phase.SENTENCED,
    Stage.RELEASED_PRE_TRIAL: Phase.RELEASED,
    Stage.RELEASED_SUPERVISED: Phase.RELEASED,
    Stage.RELEASED_UNSUPERVISED: Phase.RELEASED,
}
"""In every other stage nobody reviews a plan here: it was ended, or another prison holds the case."""
DISAGREES = frozenset({Agreement.AGREED_IN_PART, Agreement.DID_NOT_AGREE, Agreement.WITHDREW})
_MEETS = frozenset({DueKind.WELCOME_TALK, DueKind.RELEASE_CHECK})


class ReviewsDue:
    """`rules`: A1 as it comes with the program; `reasons`: the list A2."""

    def __init__(self, desk: Desk, people: People, timeline: Timeline, rules: ReviewRules, reasons: ChoiceList) -> None:
        self._desk, self._people, self._timeline = desk, people, timeline
        self._rules, self.reasons = rules, reasons
        self._courses = Courses(desk, people)

    def rules(self) -> ReviewRules:
        """A1 as it holds at this site."""
        found = review_store.shortened(self._desk.index(TEAM)) or Shortened(every={})
        return ReviewRules(rules=self._rules.rules, shortened=found.every)

    def due(self, *, within: timedelta = timedelta(days=14), everybody: bool = False) -> tuple[DueLine, ...]:
        """What is late or due soon, the earliest first: of own cases, or of everybody for who may see the team's."""
        self._require_reader()
        persons = self._courses.everybody(frozenset(PHASES)) if everybody else self._courses.own_cases()
        until = self._today() + within
        return tuple(line for line in self.lines(persons) if line.on <= until)

    def of_person(self, person_id: str) -> tuple[DueLine, ...]:
        """What is due about one person, however far away."""
        self._require_reader()
        self._people.caseload.require(person_id)
        return self.lines([person_id])

    def review_of(self, person_id: str) -> DueLine | None:
        """The next review of the plan in force."""
        return next((line for line in self.of_person(person_id) if line.kind is DueKind.REVIEW), None)

    def lines(self, persons: Sequence[str]) -> tuple[DueLine, ...]:
        """What is due about these persons, the earliest first."""
        index, today, rules = self._desk.index(TEAM), self._today(), self.rules()
        cases = {one.person: one for one in self._courses.of(persons).values() if one.stage in PHASES}
        plans = store.courses(index, list(cases))
        reviews = review_store.courses(index, list(cases))
        found: list[tuple[CaseCourse, DueDay]] = []
        for person, case in cases.items():
            facts = _facts(case, plans.get(person, PlanCourse(person=person)), reviews.get(person))
            found += [(case, day) for day in due_days(rules, facts, today)]
        waiting = [case.person for case, day in found if day.kind in _MEETS]
        met = {
            one.person_id: one.occurred_at.astimezone().date()
            for one in self._timeline.latest(list(dict.fromkeys(waiting)))
        }
        lines = [
            self._line(case.person, day, reviews.get(case.person))
            for case, day in found
            if day.kind not in _MEETS or met.get(case.person, date.min) < case.since
        ]
        return tuple(sorted(lines, key=lambda line: (line.on, line.person, line.kind)))

    # inside

    def _line(self, person: str, day: DueDay, course: ReviewCourse | None) -> DueLine:
        since = None if course is None else course.at
        tried = [] if course is None else [code for code, at in course.put_off if since is None or at > since]
        group = LateGroup(self.reasons.require(tried[-1]).group) if tried and day.kind is DueKind.REVIEW else None
        return DueLine(person=person, kind=day.kind, on=day.on, situation=day.situation, moved=day.moved, put_off=group)

    def _today(self) -> date:
        return local_day(self._desk.clock)

    def _require_reader(self) -> None:
        if self._desk.role not in MAY_READ:
            raise UserError(tr("Your role does not read plans."))


def _facts(case: CaseCourse, plan: PlanCourse, course: ReviewCourse | None) -> Facts:
    phase = PHASES[case.stage]
    sentenced = case.sentenced_on if phase is Phase.SENTENCED and case.stage is not Stage.RECALLED else None
    base = None
    if plan.in_force and plan.begun is not None:
        last = None if course is None else course.last
        base = last or plan.begun.date()
    anchor = sentenced or case.since
    return Facts(
        phase=phase,
        anchor=anchor,
        release=case.planned_release,
        indeterminate=case.sentence_type is SentenceType.INDETERMINATE,
        base=base,
        planned=plan.review_due,
        resting=plan.suspended or (plan.ended is not None and plan.ended.date() >= anchor),
        community=bool(plan.horizons & {Horizon.RELEASE, Horizon.COMMUNITY}),
        happened=_happened(case, plan, course, base),
    )


def _happened(
    case: CaseCourse, plan: PlanCourse, course: ReviewCourse | None, base: date | None
) -> tuple[Happened, ...]:
    """What was not reviewed yet: it came after the last review, or was recorded after it."""
    found = []
    for day, because in ((case.transferred_in, MovedBecause.TRANSFER_IN), (case.recalled, MovedBecause.RECALL)):
        if day is not None and (base is None or day > base):
            found.append(Happened(because=because, on=day))
    signed = None if course is None else course.at
    if plan.answered is not None and plan.agreement in DISAGREES and _since(plan.answered, signed):
        found.append(Happened(because=MovedBecause.PLAN_DISAGREEMENT, on=plan.answered.date()))
    if course is not None:
        found += [Happened(because=because, on=day) for because, day, at in course.moves if _since(at, signed)]
    return tuple(found)


def _since(at: datetime, signed: datetime | None) -> bool:
    return signed is None or at >= signed
