"""What release checklists ask of this login: late and due today as tasks, this week's items, and who leaves soon."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.overview.day_service import Coming, Task
from rehabdesk.overview.releases_model import ReleaseLine
from rehabdesk.overview.releases_service import ReleaseBoard
from rehabdesk.people.model import PersonRow
from rehabdesk.readiness.condition_service import Conditions
from rehabdesk.readiness.service import roles_of
from rehabdesk.readiness.standing_model import OpenItem, Standing

COMING = timedelta(weeks=12)
WEEK = timedelta(weeks=1)
WORKS_ON_ITEMS = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.CHA})
SEES_RELEASES = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.SUP})
"""A chaplain is told of the own items and when they are due, not of the day of a release (domain.md 4.2)."""
STARTS_LISTS = frozenset({Role.CO})
MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """An item of an own case that is due within a week."""

    person: str
    name: str
    item: OpenItem


class ReleaseDay:
    """The releases of one day of one login; read once, however many parts of the page ask.

    Own cases alone, where the role works on cases; a supervisor has none and sees every release.
    """

    def __init__(self, desk: Desk, board: ReleaseBoard) -> None:
        self._role, self._board = desk.role, board

    @property
    def sees(self) -> bool:
        """Whether this role is told of releases at all."""
        return self._role in SEES_RELEASES

    def tasks(self) -> list[Task]:
        """One line a person: the list itself says which items they are. Releases at short notice come first."""
        today, first, late, due = self._board.today(), list[Task](), list[Task](), list[Task]()
        for standing, row in self._lists:
            mine = self._own_items(standing.open)
            overdue = sum(item.due < today for item in mine)
            count = overdue or sum(item.due == today for item in mine)
            again = sum(item.due <= today for item in self._own_items(standing.again))
            if count:
                into = first if standing.short_notice else late if overdue else due
                into.append(_task(row, count, late=bool(overdue), short_notice=standing.short_notice))
            if again:
                due.append(_to_ask_again(row, again))
        to_start = self._unlisted if self._role in STARTS_LISTS else ()
        return [*first, *late, *due, *map(_to_start, to_start)]

    def this_week(self) -> tuple[DueLine, ...]:
        """Items that come after today and within a week, the earliest first."""
        today = self._board.today()
        found = [
            DueLine(person=row.id, name=_name(row), item=item)
            for standing, row in self._lists
            for item in self._own_items((*standing.open, *standing.again))
            if today < item.due <= today + WEEK
        ]
        return tuple(sorted(found, key=lambda line: (line.item.due, line.person, line.item.template.code)))

    def coming(self) -> tuple[Coming, ...]:
        """Releases of the next twelve weeks, the nearest first; none for who is not told of them."""
        if not self.sees:
            return ()
        today = self._board.today()
        found = [
            Coming(person=line.person, name=line.name, day=day, days=(day - today).days, done=0, all=0, late=0)
            for line in self._unlisted
            if (day := line.day) is not None
        ]
        found += [
            Coming(
                person=row.id,
                name=_name(row),
                day=standing.release_on,
                days=(standing.release_on - today).days,
                done=standing.done,
                all=standing.count,
                late=len(standing.late(today)),
                short_notice=standing.short_notice,
            )
            for standing, row in self._lists
        ]
        soon = [one for one in found if today <= one.day <= today + COMING]
        return tuple(sorted(soon, key=lambda one: (one.day, one.name))[:MOST])

    @cached_property
    def _lists(self) -> Sequence[tuple[Standing, PersonRow]]:
        asked = self.sees or self._role in WORKS_ON_ITEMS
        return self._board.running(mine=self._role is not Role.SUP) if asked else ()

    @cached_property
    def _unlisted(self) -> Sequence[ReleaseLine]:
        """Who leaves and has no list yet: for those who start lists, and for the supervisor."""
        if self._role not in STARTS_LISTS | {Role.SUP}:
            return ()
        listed = frozenset(row.id for _, row in self._lists)
        return self._board.unlisted(listed, mine=self._role is not Role.SUP)

    def _own_items(self, items: Sequence[OpenItem]) -> list[OpenItem]:
        """Those that name this role."""
        if self._role not in WORKS_ON_ITEMS:
            return []
        return [item for item in items if self._role in roles_of(item.template)]


def condition_tasks(conditions: Conditions, name: Callable[[str], str]) -> list[Task]:
    """A line for each person who is to be asked again whether conditions are understood. `name`: of a person."""
    persons = [stored.person for stored in conditions.to_ask_again()]
    return [
        Task(
            order=1,
            words=tr("Ask {name} again about the conditions").format(name=isolate(name(person))),
            detail=ntr("{count} condition", "{count} conditions", persons.count(person)),
            icon="list-checks",
            tag=(tr("Due today"), "blue"),
            act=tr("Open conditions"),
            page="person",
            person=person,
            id="release",
        )
        for person in dict.fromkeys(persons)
    ]


def _name(row: PersonRow) -> str:
    return row.display_alias or row.name


def _to_start(line: ReleaseLine) -> Task:
    return Task(
        order=1,
        words=tr("Start the release checklist, {name}").format(name=isolate(line.name)),
        detail="" if line.day is None else tr("Release {day}").format(day=isolate(day_text(line.day))),
        icon="list-checks",
        tag=(tr("Not started"), "amber"),
        act=tr("Open checklist"),
        page="person",
        person=line.person,
        id="release",
    )


def _to_ask_again(row: PersonRow, count: int) -> Task:
    """A no stands, and is never late; the day has come on which the person is asked once more."""
    return Task(
        order=1,
        words=tr("Ask {name} again").format(name=isolate(_name(row))),
        detail=ntr("{count} thing that was declined", "{count} things that were declined", count),
        icon="list-checks",
        tag=(tr("Due today"), "blue"),
        act=tr("Open checklist"),
        page="person",
        person=row.id,
        id="release",
    )


def _task(row: PersonRow, count: int, *, late: bool, short_notice: bool) -> Task:
    return Task(
        order=0 if late or short_notice else 1,
        words=tr("Release checklist, {name}").format(name=isolate(_name(row))),
        detail=ntr("{count} thing for you", "{count} things for you", count),
        icon="list-checks",
        tag=(tr("Overdue"), "red") if late else (tr("Due today"), "blue"),
        act=tr("Open checklist"),
        page="person",
        person=row.id,
        id="release",
    )
