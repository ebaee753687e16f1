"""A desk that knows every feature, with invented plans and words of progress that can be recorded as they are."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from rehabdesk.access.service import Desk
from rehabdesk.app import PROJECTIONS
from rehabdesk.core.choices import load_choice_lists
from rehabdesk.notes.service import Notes
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.model import Actor, Agreement, Goal, Horizon, Plan, Step, VersionState
from rehabdesk.plans.progress.progress_model import NotRatedBecause, Progress, Voice, Word
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.plans.progress.progress_typed_model import TypedProgress, shared
from rehabdesk.plans.progress.progress_writing_service import ProgressWriting
from rehabdesk.plans.reviews.review_rule_service import load_review_rules
from rehabdesk.plans.reviews.review_service import Reviews
from rehabdesk.plans.reviews.review_typed_model import TypedReview
from rehabdesk.plans.reviews.review_writing_service import ReviewWriting
from rehabdesk.plans.service import Plans
from tests.desks import Site
from tests.notes.sessions import FORMS, KEYWORK, MEETING
from tests.people.cases import NOON, STAFF, TODAY, CaseDesk

DOMAINS, RULES, LATE = load_domains(), load_review_rules(), load_choice_lists()["A2"]
WORDS = "I agree with the work. I do not agree that I should move to another district."

GOALS = (
    Goal(
        id="g1",
        domain="PD-7",
        wording="I finish my tailoring certificate.",
        indicator="Certificate issued",
        target_date=TODAY + timedelta(days=70),
        steps=(
            Step(id="s1", text="Sit the second practical test", actor=Actor.PERSON),
            Step(id="s2", text="Ask for morning unlock on class days", actor=Actor.CASE_OFFICER),
        ),
    ),
    Goal(id="g2", domain="PD-5", wording="My children hear my voice every week."),
    Goal(id="g3", domain="PD-8", wording="I move to the river district."),
)


class PlanDesk(CaseDesk):
    """As `CaseDesk`, with the tables of every feature."""

    def __init__(self, folder: Path, profile: Path) -> None:
        self._site = Site(folder=folder, profile=profile, projections=PROJECTIONS).create(STAFF)
        self.folder, self.clock = folder, self._site.clock
        self.clock.set(NOON)

    def drop_indexes(self) -> None:
        """Deletes every index of the locked desk; they are built anew at the next unlock."""
        files = list(self.folder.glob("idx-*"))
        assert files
        for file in files:
            file.unlink()


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The services of an unlocked desk."""

    desk: Desk
    people: People
    plans: Plans
    progress: ProgressWords
    progress_writing: ProgressWriting
    reviews: Reviews
    review_writing: ReviewWriting


def work(desk: Desk) -> Work:
    people = People(desk)
    plans, progress = Plans(desk, people, DOMAINS), ProgressWords(desk, people, DOMAINS)
    reviews = Reviews(desk, people, plans, progress, RULES, LATE)
    return Work(
        desk=desk,
        people=people,
        plans=plans,
        progress=progress,
        progress_writing=ProgressWriting(desk, people, progress),
        reviews=reviews,
        review_writing=ReviewWriting(desk, people, reviews),
    )


def draft_plan(**changes: Any) -> Plan:
    given: dict[str, Any] = {
        "plan": "",
        "version": 1,
        "state": VersionState.DRAFT,
        "horizon": Horizon.CUSTODY,
        "strengths": "Careful with his hands, close to his mother.",
        "goals": GOALS,
        "review_due": TODAY + timedelta(days=45),
    }
    return Plan(**(given | changes))


def activate(plans: Plans, person: str, plan: Plan | None = None, answer: Agreement = Agreement.AGREED) -> str:
    """A plan in force, answered by the person; gives the id of its record."""
    rid = plans.propose(plans.start(person, plan or draft_plan())).rid
    plans.record_agreement(rid, answer, words=WORDS)
    plans.activate(rid)
    return rid


def own_word(domain: str = "PD-7", **changes: Any) -> Progress:
    given: dict[str, Any] = {
        "domain": domain,
        "voice": Voice.SELF,
        "word": Word.DOING,
        "basis": "I never missed when I was unlocked.",
        "period_from": TODAY - timedelta(days=30),
        "period_to": TODAY,
    }
    return Progress(**(given | changes))


def declined(domain: str = "PD-7") -> Progress:
    return own_word(
        domain, word=Word.NOT_RATED, basis="", not_rated_because=NotRatedBecause.PERSON_PREFERS_NOT, declined=True
    )


def staff_word(domain: str = "PD-7", **changes: Any) -> Progress:
    given: dict[str, Any] = {
        "voice": Voice.STAFF,
        "word": Word.TRYING,
        "basis": "Attended eleven of fourteen classes.",
        "sources": ("s1",),
        "shared_with_person_on": TODAY,
    }
    return own_word(domain, **(given | changes))


def typed_words(domain: str = "PD-7", **changes: Any) -> TypedProgress:
    """Both voices as they can be recorded; `share` them first."""
    given: dict[str, Any] = {
        "domain": domain,
        "own": "doing",
        "own_words": "I never missed when I was unlocked.",
        "staff": "trying",
        "basis": "Attended eleven of fourteen classes.",
        "sources": ("s1",),
        "period_from": TODAY - timedelta(days=30),
        "period_to": TODAY,
        "asked_myself": True,
        "answer": "agrees",
    }
    return TypedProgress(**(given | changes))


def shared_words(domain: str = "PD-7", **changes: Any) -> TypedProgress:
    """As `typed_words`, shared with the person."""
    return shared(typed_words(domain, **changes), TODAY)


def typed_review(start: TypedReview, **changes: Any) -> TypedReview:
    """A review that can be signed as it is, where it is not late."""
    given: dict[str, Any] = {
        "looked_back": "He finished the first part of the course.",
        "own_page": "another_day",
        "agreement": "agreed",
        "agreement_words": "It is still my plan.",
        "next_due": TODAY + timedelta(days=30),
    }
    return replace(start, **(given | changes))


def signed_keywork(desk: Desk, person: str) -> str:
    """A signed key-work note on the person; gives the id of its record."""
    notes = Notes(desk, People(desk), FORMS)
    return notes.sign(notes.start("keywork", person, occurred_at=MEETING, answers=KEYWORK)).note.rid
