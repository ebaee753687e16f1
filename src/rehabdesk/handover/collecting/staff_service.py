"""Who works with a person, as a packet may say it: by alias where the site works with aliases."""

from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.people.model import Capacity
from rehabdesk.people.service import People


def working_as(desk: Desk, people: People, person_id: str, capacity: Capacity) -> str:
    """The name of whoever works with the person in this capacity today, or ""."""
    today = local_day(desk.clock)
    for one in people.assignments(person_id):
        if one.details.capacity is capacity and one.details.runs_on(today):
            try:
                card = desk.staff(one.details.staff)
            except RehabDeskError:
                return ""
            return card.alias if desk.settings().staff_alias_mode else card.name
    return ""
