"""What the register asks of this login: consents to be asked again, reviews for erasure after somebody was cleared."""

from collections.abc import Callable
from datetime import date

from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.overview.day_service import Task
from rehabdesk.people.legal_service import LegalStages
from rehabdesk.people.service import People

Name = Callable[[str], str]


def register_tasks(desk: Desk, people: People, name: Name) -> list[Task]:
    """Tasks of the register, for the roles that have them. `name`: of a person in care."""
    today = local_day(desk.clock)
    return [*_consents(people, name, today), *_erasures(desk, people, name, today)]


def _consents(people: People, name: Name, today: date) -> list[Task]:
    tasks = []
    for consent in people.consents.due_soon():
        due = consent.details.review_due or today
        over = due < today
        tasks.append(
            Task(
                order=0 if over else 1,
                words=tr("Ask {name} again about a consent").format(name=name(consent.person_id)),
                detail=tr("{what}, until {day}").format(
                    what=isolate(consent.details.recipient or consent.details.scope), day=isolate(day_text(due))
                ),
                icon="file-check",
                tag=(tr("Overdue"), "red") if over else (tr("Due soon"), "amber"),
                act=tr("Open consents"),
                page="consents",
                person=consent.person_id,
            )
        )
    return tasks


def _erasures(desk: Desk, people: People, name: Name, today: date) -> list[Task]:
    return [
        Task(
            order=0 if due < today else 1,
            words=tr("Review for erasure, {name} was cleared").format(name=name(person)),
            detail=tr("By {day}. Tell the person; write nothing new.").format(day=isolate(day_text(due))),
            icon="landmark",
            tag=(tr("Overdue"), "red") if due < today else (tr("Due soon"), "amber"),
            act=tr("Open"),
            page="legal",
            person=person,
        )
        for person, due in LegalStages(desk, people).erasure_reviews()
    ]
