"""What is planned for today with others: so far conferences; a meeting alone with somebody is planned in its note."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.conferences.conference_reading_service import ConferenceReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """`words` name what it is; `page`, `person` and `id`: where it is opened."""

    at: datetime
    words: str
    page: str
    person: str
    id: str


def meetings_today(conferences: ConferenceReading, name: Callable[[str], str]) -> tuple[Meeting, ...]:
    """The earliest first. `name`: of a person in care."""
    return tuple(
        Meeting(
            at=one.at,
            words=tr("Conference about {name}").format(name=isolate(name(one.person))),
            page="conference",
            person=one.person,
            id=one.rid,
        )
        for one in conferences.of_today()
    )
