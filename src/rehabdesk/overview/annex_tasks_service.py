"""Clinical annexes on the day: what a psychologist writes and sends, and what a case officer can go on with."""

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.annex.annex_model import AnnexState
from rehabdesk.handover.annex.annex_records_model import AskedAnnex
from rehabdesk.handover.annex.annex_service import Annexes
from rehabdesk.handover.annex.annex_writing_service import AnnexWriting
from rehabdesk.overview.day_service import Task
from rehabdesk.overview.draft_tasks_service import Name, known


def annex_tasks(annexes: Annexes, writing: AnnexWriting, name: Name) -> list[Task]:
    """`name`: of a person in care. Nothing for a role that has nothing to do with annexes."""
    found = []
    for asked in annexes.to_me():
        if asked.state is AnnexState.ASKED:
            words, act = tr("Clinical annex about {name} was asked for"), tr("Write the annex")
        elif asked.state is AnnexState.READY and writing.may_leave(asked):
            words, act = tr("Save the clinical annex about {name}: it can go"), tr("Open")
        else:
            continue
        found.append(_task(words, act, annexes, asked, name))
    return found


def _task(words: str, act: str, annexes: Annexes, asked: AskedAnnex, name: Name) -> Task:
    detail = tr("Asked by {name}, for the packet {number} to {team}.").format(
        name=isolate(annexes.name_of(asked.officer)),
        number=isolate_ltr(asked.number),
        team=isolate(asked.request.team_name),
    )
    return Task(
        order=2,
        words=words.format(name=known(name, asked.person)),
        detail=detail,
        icon="file-lock",
        tag=(tr("Waiting for you"), "blue"),
        act=act,
        page="annex",
        person=asked.person,
        id=asked.id,
    )
