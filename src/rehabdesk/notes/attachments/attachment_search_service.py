"""What a search may find in attachments: their names, for whoever is shown the note that they belong to."""

from collections.abc import Sequence

from rehabdesk.access.service import Desk
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes import store
from rehabdesk.notes.attachments import attachment_store
from rehabdesk.notes.attachments.attachment_model import StoredAttachment
from rehabdesk.notes.model import Entry, Part
from rehabdesk.notes.timeline_service import Timeline


class AttachmentSearch:
    """Attachments of one unlocked desk, for a search over everything. A hit opens the note."""

    def __init__(self, desk: Desk, timeline: Timeline) -> None:
        self._desk, self._timeline = desk, timeline

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that are attachments of a note that this login is shown."""
        shown = []
        for stored in attachment_store.found(self._desk.index(comp), comp, rids):
            entry = self._note_of(comp, stored)
            if entry is not None:
                shown.append(
                    Found(
                        rid=stored.rid,
                        comp=comp,
                        kind=entry.part.value,
                        title=tr("Attachment: {name}").format(name=isolate(stored.attachment.name)),
                        person=entry.person_id,
                        id=f"{comp}:{entry.rid}",
                    )
                )
        return tuple(shown)

    def _note_of(self, comp: str, stored: StoredAttachment) -> Entry | None:
        """What the author of the note attached counts, nobody else's; a marker shows nothing of what it stands for."""
        parts = store.parts_of(self._desk.index(comp), comp, stored.attachment.note)
        seen = self._timeline.visible(comp, [part.rid for part in parts]) if parts else ()
        mine = (one for one in seen if one.part is not Part.MARKER and one.author == stored.author and not one.struck)
        return next(mine, None)
