"""Invented conferences that can be recorded as they are."""

from dataclasses import replace
from datetime import timedelta
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
from tests.people.cases import NOON, TODAY

LISTS = load_choice_lists()
NGO = Attendee(name="Ama Bello", agency="River House", role="mentor")
DISCUSSED = "The quiet lamplighter talked about turnips for an hour."
"""Words of the discussion, which are in nothing that leaves the team."""


def conferences(desk: Desk) -> Conferences:
    return Conferences(desk, People(desk), LISTS)


def uid_of(desk: Desk, sign_in: str) -> str:
    return next(member.card.uid for member in desk.members() if member.sign_in == sign_in)


def planned(chair: str, **changes: Any) -> Conference:
    given: dict[str, Any] = {
        "kind": ConferenceKind.PRE_RELEASE,
        "at": NOON - timedelta(hours=2),
        "chair": chair,
        "attendees": (NGO,),
    }
    return Conference(**(given | changes))


def minutes(owner: str = "", **changes: Any) -> Minutes:
    """Two decisions and two actions: one of a login, one of somebody outside."""
    first = Action(
        id="a1",
        text="Ask the registry for the birth paper",
        due=TODAY + timedelta(days=7),
        owner=owner,
        owner_words="" if owner else "The embassy",
    )
    given: dict[str, Any] = {
        "summary": DISCUSSED,
        "decisions": ("He stays with his mother at first.", "The workshop keeps his place."),
        "actions": (
            first,
            Action(id="a2", text="Meet him at the bus", due=TODAY + timedelta(days=30), owner_words="River House"),
        ),
        "shared": (Item(what="Dates of release", owner_agency="Prison", act=Act.SHARED, to="Probation office"),),
        "kept_back": (KeptBack(what="Clinical notes", agency="Psychology", reason="professional_secrecy"),),
    }
    return Minutes(**(given | changes))


def hold(work: Conferences, person: str, **changes: Any) -> str:
    """A conference that took place, chaired by this login unless said otherwise; gives its record."""
    rid = work.schedule(person, planned(changes.pop("chair", work.me), **changes)).rid
    listed = work.reading.conference(rid).conference.attendees
    work.hold(rid, [replace(each, attended=True) for each in listed], PersonAttended.IN_PERSON)
    return rid


def agree(work: Conferences, person: str, what: Minutes | None = None, **changes: Any) -> str:
    """A conference whose minutes this login, as its chair, has agreed."""
    rid = hold(work, person, **changes)
    work.lay(rid, what or minutes(work.me), {0: "Knows the case"})
    work.agree(rid)
    return rid
