"""What the demo's psychologist attaches to the first note on the person of the thread: a letter of one page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rehabdesk.access.service import Desk
from rehabdesk.db.projection import CLINICAL
from rehabdesk.notes.attachments.attachment_child_service import clean
from rehabdesk.notes.attachments.attachment_service import Attachments
from rehabdesk.notes.model import Part
from rehabdesk.notes.service import Notes
from rehabdesk.paper.blocks import Heading, Paragraph
from rehabdesk.paper.pages import PageFrame, build
from rehabdesk.people.service import People


def attach_letter(
    desk: Desk, people: People, notes: Notes, person: str, at: datetime, words: Mapping[str, Any]
) -> None:
    """Takes the letter in as a foreign file would be. `words` are those of the caseload."""
    page = notes.timeline.page(person, previews=False)
    note = next(entry for entry in page if entry.comp == CLINICAL and entry.part is Part.NOTE)
    cleaned = clean(_letter(at, words))
    attachments = Attachments(desk, people, notes.timeline)
    sealed = attachments.begin(CLINICAL, note.rid, words["letter_name"]).write(cleaned.content)
    attachments.add(CLINICAL, note.rid, words["letter_name"], cleaned, sealed)


def _letter(at: datetime, words: Mapping[str, Any]) -> bytes:
    frame = PageFrame(
        title=words["letter_name"],
        author=words["letter_from"],
        creator="",
        language="en",
        issued=at,
        heading=words["letter_from"],
        watermark="",
        foot="",
        page_words="{page}",
    )
    return build(frame, [Heading(text=words["letter_name"]), *(Paragraph(words=each) for each in words["letter"])]).pdf
