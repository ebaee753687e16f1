"""The demo's reviews: plans of the crowd, one review held late because of the regime, one put off, earlier words."""

from collections.abc import Sequence
from datetime import date, timedelta

from rehabdesk.access.service import Desk
from rehabdesk.core.choices import load_choice_lists
from rehabdesk.core.clock import local_day
from rehabdesk.demo_release import CaseWork
from rehabdesk.plans.model import Actor, Agreement, Goal, Horizon, Plan, Step, VersionState
from rehabdesk.plans.progress.progress_model import Confidence, Progress, Voice, Word
from rehabdesk.plans.progress.progress_typed_model import AGREES, TypedProgress, shared
from rehabdesk.plans.reviews.review_model import PutOff
from rehabdesk.plans.reviews.review_rule_service import load_review_rules
from rehabdesk.plans.reviews.review_service import Reviews
from rehabdesk.plans.reviews.review_typed_model import TypedLook, TypedReview
from rehabdesk.plans.reviews.review_writing_service import ReviewWriting

WITHOUT_PLAN = 2
"""As many of the crowd have no plan yet."""
_GOALS = (
    ("PD-7", "I finish the reading course.", "Ask for a place in the course", "Course certificate"),
    ("PD-5", "I call my family every week.", "Put two numbers on the list", "Calls on the roll"),
    ("PD-8", "I have my papers before I leave.", "Write to the registry", "Papers issued"),
)
_STRENGTHS = "Keeps what was agreed, helps others with letters."


def reviews(work: CaseWork) -> Reviews:
    """As the program builds them."""
    late = load_choice_lists()["A2"]
    return Reviews(work.desk, work.people, work.plans, work.progress, load_review_rules(), late)


def plan_for_crowd(work: CaseWork, persons: Sequence[str], first_review: date) -> None:
    """A plan in force for each of these persons but the last ones; their reviews follow each other by a week."""
    for number, person in enumerate(persons[: max(len(persons) - WITHOUT_PLAN, 0)]):
        domain, wording, step, indicator = _GOALS[number % len(_GOALS)]
        goal = Goal(
            id="g1",
            domain=domain,
            wording=wording,
            indicator=indicator,
            steps=(Step(id="s1", text=step, actor=Actor.PERSON),),
        )
        plan = Plan(
            plan="",
            version=1,
            state=VersionState.DRAFT,
            horizon=Horizon.CUSTODY,
            strengths=_STRENGTHS,
            goals=(goal,),
            review_due=first_review + timedelta(days=7 * number),
        )
        proposed = work.plans.propose(work.plans.start(person, plan))
        work.plans.record_agreement(proposed.rid, Agreement.AGREED, words="Yes, that is what I want.")
        work.plans.activate(proposed.rid)


def hold(work: CaseWork, persons: Sequence[str]) -> None:
    """The review of the first of the crowd, late for want of an escort; that of the second was put off too."""
    for person in persons[:2]:
        put_off(work.desk, reviews(work), person, days_ago=2)
    if not persons or work.plans.in_force(persons[0]) is None:
        return
    person, today, writing = persons[0], work.today, ReviewWriting(work.desk, work.people, reviews(work))
    _, start = writing.start(person)
    words = TypedProgress(
        domain="PD-7",
        own=Word.DOING.value,
        own_words="I go each time they open.",
        staff=Word.TRYING.value,
        basis="Came to nine of twelve lessons; three times the wing was not opened.",
        sources=("s1",),
        confidence=Confidence.GOOD.value,
        setting="Class room",
        period_from=today - timedelta(days=60),
        period_to=today,
        asked_myself=True,
        answer=AGREES,
    )
    typed = TypedReview(
        plan=start.plan,
        version=start.version,
        looked_back="The place in the course was found in the second week. Three lessons were lost to lockdowns.",
        own_page="another_day",
        words={"PD-7": shared(words, today)},
        goals={"g1": TypedLook(steps={"s1": "completed"})},
        agreement=Agreement.AGREED.value,
        agreement_words="I want the second course too.",
        next_due=today + timedelta(days=90),
        late_because="no_escort",
    )
    writing.sign(person, writing.keep(person, typed))


def put_off(desk: Desk, work: Reviews, person: str, *, days_ago: int) -> None:
    """It was to be held, and nobody could bring the person."""
    on = local_day(desk.clock) - timedelta(days=days_ago)
    work.put_off(person, PutOff(on=on, because="no_escort"))


def earlier_words(work: CaseWork, person: str, source: str) -> None:
    """Both voices on work, three months before those of the thread."""
    until = work.today - timedelta(days=91)
    for voice in (Voice.SELF, Voice.STAFF):
        staff = voice is Voice.STAFF
        word = Progress(
            domain="PD-7",
            voice=voice,
            word=Word.OPENING,
            basis="Signed up and came to the first two lessons." if staff else "I want to learn it properly.",
            period_from=until - timedelta(days=60),
            period_to=until,
            sources=(source,) if staff else (),
            shared_with_person_on=until if staff else None,
        )
        (work.progress.record if staff else work.progress.record_self)(person, word)
