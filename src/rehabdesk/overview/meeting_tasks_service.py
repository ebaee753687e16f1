"""What group meetings ask of this login: those that a co-facilitator signed, and own ones that are not signed yet."""

from datetime import timedelta

from rehabdesk.access.service import Desk
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.groups.meetings_read_service import MeetingsRead
from rehabdesk.overview.day_service import Task

OLD_DRAFT = timedelta(hours=24)


def meeting_tasks(desk: Desk, meetings: MeetingsRead) -> list[Task]:
    """Tasks of whoever leads groups."""
    return [*_to_sign(meetings), *_drafts(desk, meetings)]


def _to_sign(meetings: MeetingsRead) -> list[Task]:
    """Meetings that a colleague signed and that this login led too."""
    return [
        Task(
            order=2,
            words=tr("Sign the meeting of {group}").format(group=isolate(one.group_name)),
            detail=tr("Meeting no. {number}, written by your co-facilitator").format(number=one.number),
            icon="signature",
            tag=(tr("Waiting for you"), "blue"),
            act=tr("Read and sign"),
            page="meeting_read",
            id=one.id,
        )
        for one in meetings.waiting()
    ]


def _drafts(desk: Desk, meetings: MeetingsRead) -> list[Task]:
    """Own unsigned meetings; amber once a day has passed."""
    now, tasks = desk.clock.now(), []
    for draft in meetings.unsigned():
        aged = ntr("Draft, {count} day", "Draft, {count} days", (now - draft.changed).days)
        tasks.append(
            Task(
                order=3,
                words=tr("Sign your meeting of {group}").format(group=isolate(draft.group_name)),
                detail=tr("Meeting no. {number}").format(number=draft.number),
                icon="file-pen-line",
                tag=(aged, "amber") if now - draft.changed > OLD_DRAFT else (tr("Draft"), "grey"),
                act=tr("Review and sign"),
                page="meeting",
                id=draft.id,
            )
        )
    return tasks
