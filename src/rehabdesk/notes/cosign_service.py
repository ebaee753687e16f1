"""Co-signing: a clinical supervisor answers to what somebody in training signed (domain.md 6.2)."""

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import CLINICAL, TEAM, NewRecord
from rehabdesk.notes import cosign_store, store
from rehabdesk.notes.cosign_model import Cosign, CosignAnswer, CosignState
from rehabdesk.notes.model import PAYLOAD_VERSION, Entry, Note, Part
from rehabdesk.notes.timeline_service import Timeline

MOST = 50


class Cosigning:
    """What waits for a co-signature, and what is answered. Nobody signs for somebody else, nor for oneself."""

    def __init__(self, desk: Desk, timeline: Timeline) -> None:
        self._desk, self._timeline = desk, timeline

    def waiting(self) -> tuple[Entry, ...]:
        """Notes that this login should answer, the oldest first, without their words. Empty for other roles.

        One that came back is here again once its author added something.
        """
        if self._desk.role is not Role.CSUP:
            return ()
        rids = cosign_store.to_answer(self._desk.index(CLINICAL), self._desk.uid, MOST)
        return self._entries(rids)

    def returned(self) -> tuple[Entry, ...]:
        """Own notes that came back with a reason and were not answered since."""
        if not self._desk.holds(CLINICAL):
            return ()
        return self._entries(cosign_store.returned_to(self._desk.index(CLINICAL), self._desk.uid, MOST))

    def own_waiting(self) -> int | None:
        """How many signed notes of somebody in training wait for an answer; None for everybody else."""
        if not self._desk.staff(self._desk.uid).trainee:
            return None
        return cosign_store.waiting_of(self._desk.index(CLINICAL), self._desk.uid)

    def may_answer(self, note: Note) -> bool:
        """Whether this login may cosign the note or let it come back."""
        return (
            self._desk.role is Role.CSUP
            and note.comp == CLINICAL
            and note.author != self._desk.uid
            and note.strike is None
            and note.cosign.waits
        )

    def cosign(self, rid: str) -> Note:
        """The note is signed for good; its summary in the team's record too."""
        return self._answer(rid, CosignAnswer.COSIGNED, "")

    def give_back(self, rid: str, words: str) -> Note:
        """With a reason that the author reads. The note stays as it is; an addition answers."""
        if not words.strip():
            raise UserError(tr("Write why the note goes back."), field="reason")
        return self._answer(rid, CosignAnswer.RETURNED, words)

    # inside

    def _entries(self, rids: tuple[str, ...]) -> tuple[Entry, ...]:
        index = self._desk.index(CLINICAL)
        return tuple(entry for rid in rids if (entry := store.entry(index, CLINICAL, rid)) is not None)

    def _answer(self, rid: str, answer: CosignAnswer, words: str) -> Note:
        if self._desk.role is not Role.CSUP:
            raise UserError(tr("A clinical supervisor cosigns."))
        self._desk.require_current(CLINICAL)
        entry = self._timeline.require_entry(CLINICAL, rid)
        if entry.author == self._desk.uid:
            raise UserError(tr("Nobody cosigns an own note."))
        if entry.struck or entry.part is not Part.NOTE or not entry.cosign.waits:
            raise UserError(tr("This note does not wait for a co-signature."))
        items = [self._item(CLINICAL, entry, Cosign(note=entry.note, answer=answer, words=words))]
        parts = store.parts_of(self._desk.index(TEAM), TEAM, entry.note)
        if answer is CosignAnswer.COSIGNED and any(part.cosign is not CosignState.NOT_NEEDED for part in parts):
            items.append(self._item(TEAM, entry, Cosign(note=entry.note, answer=answer)))
        self._desk.commit("cosign" if answer is CosignAnswer.COSIGNED else "return_note", items)
        return self._timeline.open(CLINICAL, rid)

    def _item(self, comp: str, entry: Entry, cosign: Cosign) -> NewRecord:
        return NewRecord(
            comp=comp,
            kind=cosign_store.COSIGN,
            pv=PAYLOAD_VERSION,
            person=entry.person_id,
            payload=to_payload(cosign),
        )
