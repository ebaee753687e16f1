"""What needs this login today, and whose release comes: own tasks and counts, never a text of somebody else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.records_model import PacketRow
from rehabdesk.handover.service import Packets
from rehabdesk.notes.draft_age_model import DraftAge, age_colour, age_words, draft_age
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.service import Notes
from rehabdesk.people.service import People
from rehabdesk.plans.service import Plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of "needs you". `order`: overdue 0, due today 1, waiting 2, drafts 3. `page` and `id`: where to."""

    order: int
    words: str
    detail: str
    icon: str
    tag: tuple[str, str]
    act: str
    page: str
    person: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A release that comes. `done` and `late` count items of the list, not the person; `all` is 0 without a list."""

    person: str
    name: str
    day: date
    days: int
    done: int
    all: int
    late: int
    short_notice: bool = False


class MyDay:
    """The day of one unlocked login."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        notes: Notes,
        forms: Forms,
        plans: Plans,
        packets: Packets,
        more: Sequence[Callable[[], Sequence[Task]]] = (),
    ) -> None:
        """`more` give the tasks of other subjects."""
        self._desk, self._people, self._notes, self._forms = desk, people, notes, forms
        self._plans, self._packets, self._more = plans, packets, tuple(more)

    @property
    def name(self) -> str:
        """Of the one who is signed in."""
        return self._desk.staff(self._desk.uid).name

    def tasks(self) -> tuple[Task, ...]:
        """Everything that waits for this login, in the order of interface.md W2."""
        found = [*self._plans_to_sign(), *self._packets_waiting(), *self._drafts()]
        found += [task for more in self._more for task in more()]
        return tuple(sorted(found, key=lambda task: task.order))

    # inside

    def _today(self) -> date:
        return local_day(self._desk.clock)

    def _name(self, person: str) -> str:
        try:
            row = self._people.row(person)
        except RehabDeskError:
            return tr("Unknown")
        return row.display_alias or row.name

    def _plans_to_sign(self) -> list[Task]:
        if self._desk.role is not Role.SUP:
            return []
        return [
            Task(
                order=2,
                words=tr("Countersign the plan of {name}").format(name=isolate(self._name(person))),
                detail="",
                icon="signature",
                tag=(tr("Waiting for you"), "blue"),
                act=tr("Read plan"),
                page="person",
                person=person,
                id="plan",
            )
            for person in self._plans.waiting()
        ]

    def _packets_waiting(self) -> list[Task]:
        if self._desk.role is Role.SUP:
            return [self._packet(row, "packet_review") for row in self._packets.shelf.waiting()]
        if self._desk.role is not Role.CO:
            return []
        mine = [row for row in self._packets.shelf.open_rows() if row.author == self._desk.uid]
        return [self._packet(row, "packet_view") for row in mine if row.state is not PacketState.SIGNED]

    def _packet(self, row: PacketRow, page: str) -> Task:
        words = {
            PacketState.SIGNED: tr("Countersign packet for {team}"),
            PacketState.COUNTERSIGNED: tr("Seal packet for {team}"),
            PacketState.RETURNED: tr("Packet for {team} came back"),
        }[row.state]
        return Task(
            order=2,
            words=words.format(team=isolate(row.team_name)),
            detail=tr("About {name}, {number}").format(
                name=isolate(self._name(row.person)), number=isolate_ltr(row.number)
            ),
            icon="package",
            tag=(tr("Returned"), "amber") if row.state is PacketState.RETURNED else (tr("Waiting for you"), "blue"),
            act=tr("Open packet"),
            page=page,
            person=row.person,
            id=row.id,
        )

    def _drafts(self) -> list[Task]:
        """Own drafts of notes; amber a day after they were begun, and with what is to be decided."""
        now, tasks = self._desk.clock.now(), []
        for draft in self._notes.drafts():
            age, days = draft_age(draft.made, now), (now - draft.made).days
            details = (self._forms.title(draft.form), age_words(age))
            aged = ntr("Draft, {count} day", "Draft, {count} days", days)
            tasks.append(
                Task(
                    order=3,
                    words=tr("Sign your note, {name}").format(name=isolate(self._name(draft.person_id or ""))),
                    detail=" · ".join(each for each in details if each),
                    icon="file-pen-line",
                    tag=(tr("Draft"), "grey") if age is DraftAge.FRESH else (aged, age_colour(age)),
                    act=tr("Review and sign"),
                    page="note",
                    person=draft.person_id or "",
                    id=draft.id,
                )
            )
        return tasks
