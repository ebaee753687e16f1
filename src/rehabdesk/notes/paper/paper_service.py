"""Paper days: a note entered from a paper form, and what became of the paper (domain.md 14.15)."""

from datetime import date

from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import NewRecord
from rehabdesk.notes.model import PAYLOAD_VERSION, Note
from rehabdesk.notes.paper import paper_store
from rehabdesk.notes.paper.paper_model import MADE_FROM, PAPER, PaperDestroyed
from rehabdesk.notes.timeline_service import Timeline


class Paper:
    """The paper forms of one login's notes."""

    def __init__(self, desk: Desk, timeline: Timeline) -> None:
        self._desk, self._timeline = desk, timeline

    def may_tick(self, note: Note) -> bool:
        """Whether this login may say that the paper of the note is gone: its author, once."""
        return (
            note.author == self._desk.uid
            and note.part.answer(MADE_FROM) == PAPER
            and note.strike is None
            and note.paper_destroyed is None
        )

    def destroyed(self, comp: str, rid: str, on: date) -> Note:
        """The paper form was destroyed on that day."""
        note = self._timeline.open(comp, rid)
        if not self.may_tick(note):
            raise UserError(tr("Only the author of a note from paper says, once, that the paper was destroyed."))
        if on > local_day(self._desk.clock):
            raise UserError(tr("Date must be today or in the past."), field="on")
        if on < note.part.occurred_at.astimezone().date():
            raise UserError(tr("The paper cannot be gone before the meeting. Correct the date."), field="on")
        item = NewRecord(
            comp=comp,
            kind=paper_store.PAPER_DESTROYED,
            pv=PAYLOAD_VERSION,
            person=note.person_id,
            payload=to_payload(PaperDestroyed(note=note.part.note, on=on)),
        )
        self._desk.commit("paper_destroyed", [item])
        return self._timeline.open(comp, rid)
