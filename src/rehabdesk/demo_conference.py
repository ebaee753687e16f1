"""The demo's conference about the person of the thread: NGO, officer, mother by phone; clinical matter kept back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from rehabdesk.access.service import Desk
from rehabdesk.core.choices import load_choice_lists
from rehabdesk.people.service import People
from rehabdesk.plans.conferences.conference_model import Conference
from rehabdesk.plans.conferences.conference_parts_model import (
    Act,
    Action,
    Attendee,
    ConferenceKind,
    Item,
    KeptBack,
    Minutes,
    PersonAttended,
)
from rehabdesk.plans.conferences.conference_service import Conferences

HELD_BEFORE = timedelta(days=6)


def hold(desk: Desk, people: People, person: str, words: Mapping[str, Any], mother: str) -> None:
    """Chaired by the case officer who is signed in; its actions are open."""
    work, at = Conferences(desk, people, load_choice_lists()), desk.clock.now() - HELD_BEFORE
    guests = (
        Attendee(name=words["mentor"], agency=words["ngo"], role="mentor"),
        Attendee(name=mother, agency="family", role="mother, by phone"),
    )
    planned = Conference(
        kind=ConferenceKind.PRE_RELEASE,
        at=at.replace(hour=9, minute=30, second=0, microsecond=0),
        chair=work.me,
        place="Meeting room of wing B",
        attendees=guests,
        interpreters=("Z-4",),
    )
    stored = work.schedule(person, planned)
    came = [replace(each, attended=True) for each in stored.conference.attendees]
    work.hold(stored.rid, came, PersonAttended.IN_PERSON)
    work.lay(stored.rid, _minutes(work, words, at.date()), dict(enumerate(words["brought"])))
    work.agree(stored.rid)


def approve(desk: Desk, people: People) -> None:
    """What the supervisor does with agreed minutes."""
    work = Conferences(desk, people, load_choice_lists())
    for waiting in work.reading.to_approve():
        work.approve(waiting.rid)


def _minutes(work: Conferences, words: Mapping[str, Any], day: date) -> Minutes:
    todo = [(work.me, ""), ("", words["ngo"])]
    return Minutes(
        summary=words["discussed"],
        decisions=tuple(words["decisions"]),
        actions=tuple(
            Action(
                id=f"a{number}",
                text=text,
                owner=owner,
                owner_words=outside,
                due=day + timedelta(days=7 * number),
            )
            for number, (text, (owner, outside)) in enumerate(zip(words["actions"], todo, strict=True), start=1)
        ),
        shared=(
            Item(
                what="Day of release and conditions",
                owner_agency=words["prison"],
                act=Act.SHARED,
                to=words["ngo"],
            ),
        ),
        kept_back=(
            KeptBack(
                what="Notes of psychological sessions",
                agency="Psychology service",
                reason="professional_secrecy",
                asked_by=words["mentor"],
            ),
        ),
        person_statement=words["said"],
    )
