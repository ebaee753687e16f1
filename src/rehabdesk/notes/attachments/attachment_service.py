"""Files that belong to signed notes: attached by their author, opened by who may read the note, copied out with a log.

Slow parts hold no open desk: `clean`, `Attaching.write` and `Opening.read` are for jobs.
"""

from collections.abc import Mapping
from pathlib import Path

from rehabdesk.access.attach_service import ATTACH_DEED, Attaching, Opening, Sealed, SealedFiles
from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.errors import RehabDeskError, SealBroken, UserError
from rehabdesk.core.files import durable_write, on_foreign_medium, read_limited, remove
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.notes.attachments import attachment_store as store
from rehabdesk.notes.attachments.attachment_model import (
    MOST_BYTES,
    MOST_OF_ONE_NOTE,
    PAYLOAD_VERSION,
    Attachment,
    AttachmentKind,
    Cleaned,
    Refusal,
    StoredAttachment,
    refusal_words,
    require_name,
)
from rehabdesk.notes.attachments.moved_files_service import MovedFiles, Opened, opened
from rehabdesk.notes.groups.group_service import without_other_names
from rehabdesk.notes.model import AddendumType, Entry, Part, may_add
from rehabdesk.notes.timeline_service import Timeline
from rehabdesk.people.service import People

__all__ = ["Attaching", "Attachments", "Opened", "Opening", "Sealed", "copy_name", "read_chosen"]

COPY_DEED = "copy_attachment"
_ENDINGS = {AttachmentKind.PDF: "pdf", AttachmentKind.TEXT: "txt", AttachmentKind.IMAGE: "png"}


class Attachments:
    """The attachments of one unlocked desk, as this login may see and make them."""

    def __init__(self, desk: Desk, people: People, timeline: Timeline) -> None:
        self._desk, self._people, self._timeline, self._files = desk, people, timeline, SealedFiles(desk)
        self.moved = MovedFiles(desk)

    def of(self, comp: str, rid: str) -> tuple[StoredAttachment, ...]:
        """The attachments of an opened note, oldest first: names and facts, which the team's log does not name."""
        entry = self._timeline.require_entry(comp, rid)
        if entry.part is Part.MARKER:  # it has the note in common with what it stands for, and shows nothing of it
            return ()
        return store.of_note(self._desk.index(comp), comp, entry.note, entry.author)

    def counted(self, person_id: str) -> Mapping[tuple[str, str], int]:
        """How many the team's notes about a person have, by note and its author."""
        return store.counted(self._desk.index(TEAM), person_id)

    def may_attach(self, comp: str, rid: str) -> bool:
        """Whether this login may attach to the note: its author, while it stands."""
        return self._refusal(self._timeline.require_entry(comp, rid)) is None

    def require_allowed(self, comp: str, rid: str) -> Entry:
        """The entry of a note that this login may attach to. UserError with the reason where it may not."""
        entry = self._timeline.require_entry(comp, rid)
        if (refusal := self._refusal(entry)) is not None:
            raise UserError(refusal)
        return entry

    def begin(self, comp: str, rid: str, name: str) -> Attaching:
        """Makes ready to attach; `write` then seals the content. UserError where it is not allowed, or for the name."""
        entry = self.require_allowed(comp, rid)
        self._require_name(entry, name)
        return self._files.begin(comp, entry.person_id, store.ATTACHMENT)

    def add(self, comp: str, rid: str, name: str, cleaned: Cleaned, sealed: Sealed) -> StoredAttachment:
        """Signs what was sealed as part of the note. When it returns, all of it is saved."""
        entry = self.require_allowed(comp, rid)
        attachment = Attachment(
            note=entry.note,
            kind=cleaned.kind,
            name=self._require_name(entry, name),
            pages=cleaned.pages,
            size=sealed.size,
            sha256=sealed.sha256,
            chunks=sealed.chunks,
            seal=sealed.seal,
            metadata_stripped=True,
        )
        item = NewRecord(
            comp=comp,
            kind=store.ATTACHMENT,
            pv=PAYLOAD_VERSION,
            person=entry.person_id,
            payload=to_payload(attachment),
            rid=sealed.rid,
        )
        (record,) = self._desk.commit(ATTACH_DEED, [item], extra=sealed.extra)
        return StoredAttachment(
            rid=record.rid,
            comp=comp,
            person_id=entry.person_id,
            author=record.author,
            recorded_at=record.recorded_at,
            attachment=attachment,
        )

    def open(self, comp: str, note_rid: str, rid: str) -> Opened:
        """One attachment of a note. Reading what is not the team's is logged first; if it cannot be, nothing opens."""
        stored = next((one for one in self.of(comp, note_rid) if one.rid == rid), None)
        if stored is None:
            raise UserError(tr("There is nothing to open here for this login."))
        return opened(self._desk, self._files, stored)

    def save_copy(self, stored: StoredAttachment, content: bytes, folder: Path) -> Path:
        """Writes a copy outside the desk, under a name that says nothing; the log has it before the file is there.

        UserError for a folder that is not there or a file that is; SealBroken where the medium did not keep it.
        """
        if sha256_hex(content) != stored.attachment.sha256:
            raise SealBroken(tr("This is not what was attached. Open the attachment again."))
        file = folder / copy_name(stored, content)
        if not folder.is_dir():
            raise UserError(tr("There is no folder {name}. Choose another one.").format(name=folder))
        if file.exists():
            sentence = tr("{name} is there already and is not written over. Choose another folder.")
            raise UserError(sentence.format(name=file.name))
        self._desk.log(COPY_DEED, comp=stored.comp, rid=stored.rid)
        try:
            with on_foreign_medium():
                durable_write(file, content)
                kept = read_limited(file, MOST_BYTES)
            if kept != content:
                raise SealBroken(tr("The medium did not keep what was written. Use another one."))
        except RehabDeskError:
            _give_up(file)
            raise
        return file

    def _require_name(self, entry: Entry, name: str) -> str:
        """The name of an attachment goes into the record, and so names nobody else of a meeting."""
        try:
            return without_other_names(self._desk, self._people, entry, require_name(name))
        except UserError as problem:
            raise UserError(problem.sentence, field="name") from None

    def _refusal(self, entry: Entry) -> str | None:
        author = entry.author == self._desk.uid
        if entry.part is Part.MARKER:
            return tr("There is nothing to open here for this login.")
        if not may_add(AddendumType.ADDITION, is_author=author) or self._desk.role is Role.AUD:
            return tr("Only its author attaches files to a note.")
        if entry.struck:
            return tr("This note was entered in error. Write a new one.")
        held = store.of_note(self._desk.index(entry.comp), entry.comp, entry.note, entry.author)
        if len(held) >= MOST_OF_ONE_NOTE:
            return tr("A note holds 20 attachments at most. Put several pages into one PDF.")
        return None


def read_chosen(path: Path) -> bytes:
    """The file that a person chose, of at most 10 MB. UserError (field `file`) where it is larger or unreadable."""
    try:
        if not path.is_file():
            raise UserError(tr("That is no file. Choose a PDF, a picture or a text."), field="file")
        if path.stat().st_size > MOST_BYTES:
            raise UserError(refusal_words(Refusal.TOO_LARGE), field="file")
        return read_limited(path, MOST_BYTES)
    except (OSError, RehabDeskError) as problem:
        if isinstance(problem, UserError):
            raise
        raise UserError(tr("The file cannot be read. Look whether its stick is still there."), field="file") from None


def copy_name(stored: StoredAttachment, content: bytes) -> str:
    """A neutral name for a copy: no word of it says what or whom it is about."""
    ending = _ENDINGS[stored.attachment.kind]
    if stored.attachment.kind is AttachmentKind.IMAGE and content.startswith(b"\xff\xd8"):
        ending = "jpg"
    return f"attachment-{stored.recorded_at:%Y%m%d}-{stored.rid[-6:]}.{ending}"


def _give_up(file: Path) -> None:
    """Half a copy does not stay where it can be removed."""
    try:
        remove(file)
    except RehabDeskError:
        pass  # the medium is gone; what went wrong first is told
