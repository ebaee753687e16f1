"""What packets ask for after their seal: of their author a look at what came back, of a supervisor the next list."""

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.after.after_seal_service import AfterSealing
from rehabdesk.handover.after.status_list_service import StatusLists
from rehabdesk.overview.day_service import Task
from rehabdesk.overview.draft_tasks_service import Name, known


def return_tasks(desk: Desk, sealing: AfterSealing, lists: StatusLists, name: Name) -> list[Task]:
    """A question, a concern, a packet that did not arrive as it was sent. `name`: of a person in care."""
    found = [
        Task(
            order=1,
            words=tr("Look at the receipt of a packet") if row.is_receipt else tr("Look at the feedback on a packet"),
            detail=tr("About {name}, {number}").format(name=known(name, row.person), number=isolate_ltr(row.number)),
            icon="inbox",
            tag=(isolate(day_text(row.at.astimezone().date())), "amber"),
            act=tr("Open packet"),
            page="packet_view",
            person=row.person,
            id=row.packet,
        )
        for row in sealing.unseen()
    ]
    if desk.role is Role.SUP and lists.is_behind():
        found.append(
            Task(
                order=1,
                words=tr("Make the next status list"),
                detail=tr("Packets were withdrawn, replaced or signed a second time since the last list."),
                icon="list-checks",
                tag=(tr("Waiting for you"), "amber"),
                act=tr("Open packets"),
                page="packets",
            )
        )
    return found
