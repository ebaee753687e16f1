"""What was attached to a note that its author struck and moved to the right person (domain.md 6.2).

What was signed stays as it was: the files stay sealed with the struck note. Their author attaches them to the new note
again from there; each is sealed anew, under the right person, and signed.
"""

from dataclasses import dataclass

from rehabdesk.access.attach_service import Opening, SealedFiles
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM
from rehabdesk.notes import store
from rehabdesk.notes.attachments import attachment_store
from rehabdesk.notes.attachments.attachment_model import StoredAttachment, attachment_from
from rehabdesk.notes.model import Note, Part

_COMPS = (TEAM, CLINICAL, PASTORAL, PROTECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """A file of the struck note, and the part of the new one (compartment and record) to which it belongs."""

    stored: StoredAttachment
    comp: str
    rid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An attachment whose reading is logged; `opening.read` gives its content."""

    stored: StoredAttachment
    opening: Opening


class MovedFiles:
    """The own attachments of one unlocked desk, by the note that they were signed with."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._files = desk, SealedFiles(desk)

    def of(self, note: str) -> tuple[StoredAttachment, ...]:
        """What this login attached to a note, in every compartment that it holds, oldest first."""
        return tuple(
            one
            for comp in _COMPS
            if self._desk.holds(comp)
            for one in attachment_store.of_note(self._desk.index(comp), comp, note, self._desk.uid)
        )

    def left_behind(self, note: Note) -> tuple[LeftBehind, ...]:
        """What of the struck note is not attached to this one again; nothing for anybody but the author."""
        if note.part.moved_from is None or note.author != self._desk.uid or note.strike is not None:
            return ()
        again = {one.attachment.sha256 for one in self.of(note.part.note)}
        return tuple(
            self._belonging(one, note) for one in self.of(note.part.moved_from) if one.attachment.sha256 not in again
        )

    def open(self, comp: str, rid: str) -> Opened:
        """One own attachment of an own note that was struck; its reading is logged as any. UserError for any other."""
        stored = attachment_store.attachment(self._desk.index(comp), comp, rid)
        if stored is None or stored.author != self._desk.uid or not self._is_struck(stored):
            raise UserError(tr("There is nothing to open here for this login."))
        return opened(self._desk, self._files, stored)

    def _is_struck(self, stored: StoredAttachment) -> bool:
        return store.strike_of(self._desk.index(stored.comp), stored.attachment.note) is not None

    def _belonging(self, stored: StoredAttachment, note: Note) -> LeftBehind:
        """What lay with the summary of the team goes to the summary again, where the new note has one."""
        parts = store.parts_of(self._desk.index(stored.comp), stored.comp, note.part.note)
        part = next((one for one in parts if one.part is not Part.MARKER), None)
        if part is None:
            return LeftBehind(stored=stored, comp=note.comp, rid=note.rid)
        return LeftBehind(stored=stored, comp=stored.comp, rid=part.rid)


def opened(desk: Desk, files: SealedFiles, stored: StoredAttachment) -> Opened:
    """Reading what is not the team's is logged first; if it cannot be, nothing opens."""
    record = desk.read(stored.comp, stored.rid)
    kept = attachment_from(record.payload)
    opening = files.opening(record, seal=kept.seal, size=kept.size, sha256=kept.sha256, chunks=kept.chunks)
    return Opened(stored=stored, opening=opening)
