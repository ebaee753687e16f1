"""Express packets with one signature: what the author still seals, and what a supervisor signs within 72 hours."""

from datetime import datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.making.express_model import is_overdue
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.records_model import PacketRow
from rehabdesk.handover.shelf_service import Shelf
from rehabdesk.overview.day_service import Task
from rehabdesk.overview.draft_tasks_service import Name, known


def express_tasks(desk: Desk, shelf: Shelf, name: Name) -> list[Task]:
    """Of a supervisor every packet that is out with one signature, of its author each. `name`: of a person in care."""
    if desk.role not in (Role.CO, Role.SUP):
        return []
    now, found = desk.clock.now(), []
    for row in shelf.express():
        here = row.state is PacketState.SIGNED
        if desk.role is Role.SUP and not here:
            found.append(_task(tr("Countersign Express packet for {team}"), row, now, name, page="packet_review"))
        elif desk.role is Role.CO and row.author == desk.uid:
            words = tr("Seal Express packet for {team}") if here else tr("Express packet for {team} waits for a second")
            found.append(_task(words, row, now, name, page="packet_view"))
    return found


def _task(words: str, row: PacketRow, now: datetime, name: Name, *, page: str) -> Task:
    due = row.second_due or now
    late = is_overdue(due, now)
    local = due.astimezone()
    number, person = isolate_ltr(row.number), known(name, row.person)
    until = tr("second signature by {day}, {time}").format(
        day=isolate(day_text(local.date())), time=isolate_ltr(f"{local:%H:%M}")
    )
    about = tr("About {name}, {number}").format(name=person, number=number)
    return Task(
        order=0 if late else 1,
        words=words.format(team=isolate(row.team_name)),
        detail=f"{about} · {until}",
        icon="package",
        tag=_tag(due, now),
        act=tr("Open packet"),
        page=page,
        person=row.person,
        id=row.id,
    )


def _tag(due: datetime, now: datetime) -> tuple[str, str]:
    if is_overdue(due, now):
        return tr("Overdue"), "red"
    return (tr("Due today") if due.astimezone().date() == now.astimezone().date() else tr("Due soon")), "amber"
