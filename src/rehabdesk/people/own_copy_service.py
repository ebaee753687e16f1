"""For whom a paper is made that the person keeps, and whom the person asks about it: the same for every feature."""

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.own_copy import OwnCopy
from rehabdesk.people.model import Capacity
from rehabdesk.people.service import People


def own_copy_of(desk: Desk, people: People, person_id: str) -> OwnCopy:
    """UserError where this login does not find the person."""
    row, site = people.row(person_id), desk.settings()
    return OwnCopy(
        recipient=row.display_alias or row.name,
        site=site.name,
        phone=site.phone,
        at=desk.clock.now(),
        officer=_officer(desk, people, person_id),
        training=site.training,
    )


def _officer(desk: Desk, people: People, person_id: str) -> str:
    """The case officer in charge today, by alias where the site works with aliases; empty where there is none."""
    today = desk.clock.now().astimezone().date()
    running = [one.details for one in people.assignments(person_id) if one.details.runs_on(today)]
    lead = next((each.staff for each in running if each.capacity is Capacity.LEAD_CASE_OFFICER), "")
    try:
        card = desk.staff(lead)
    except RehabDeskError:
        return ""
    return card.alias if desk.settings().staff_alias_mode else card.name
