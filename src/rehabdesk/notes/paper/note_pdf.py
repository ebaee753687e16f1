"""A signed note on paper: every answer as it was signed, and everything that came after it, in its order."""

from collections.abc import Sequence

from rehabdesk.core.i18n import ntr, tr, tr_as
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.notes.paper.printout_model import PrintedFor, PrintedLater, PrintedNote
from rehabdesk.paper.blocks import SOFT_INK, Block, Gap, Heading, KeyValues, Note, Paragraph, Tone, Voice
from rehabdesk.paper.printout import printout

_SHORT = 80
"""Characters of an answer that stands beside its question."""


def note_pages(note: PrintedNote, to: PrintedFor) -> bytes:
    """The pages as PDF bytes. Title and outline say nothing of what the note is about."""
    number = ((tr("Case number"), isolate_ltr(note.case_ref)),) if note.case_ref else ()
    facts = ((tr("About"), isolate(note.about)), *number, *note.facts)
    blocks: list[Block] = [Heading(text=tr_as("Record", "paper"), bookmark=False), KeyValues(rows=facts)]
    if note.struck is not None:
        blocks.append(_struck(note.struck))
    blocks += [Gap(height=2), Heading(text=note.title, level=2, bookmark=False)]
    blocks += _answers(note)
    if note.attached:
        blocks += _attached(note.attached)
    for later in note.later:
        blocks += _later(later)
    title = tr_as("Record", "paper")
    return printout(blocks, title=title, recipient=to.recipient, site=to.site, at=to.at, training=to.training)


def _answers(note: PrintedNote) -> list[Block]:
    """Short answers beside their questions, longer ones below; what was struck is readable, with a line through it."""
    found: list[Block] = []
    short: list[tuple[str, str]] = []
    for question, words in note.answers:
        if note.struck is None and len(words) <= _SHORT and "\n" not in words:
            short.append((question, words))
            continue
        found += _beside(short)
        short = []
        found += [
            Paragraph(words=question, size=8.5, colour=SOFT_INK, space_before=3, space_after=1, keep_with_next=True),
            Paragraph(words=words, space_after=4, struck=note.struck is not None),
        ]
    return found + _beside(short)


def _attached(files: Sequence[tuple[str, str]]) -> list[Block]:
    """How many files belong to the note, and what each is."""
    sentence = ntr(
        "{count} file is attached to this note. It is not printed here.",
        "{count} files are attached to this note. They are not printed here.",
        len(files),
    )
    return [
        Heading(text=tr("Attachments"), level=2, bookmark=False),
        Paragraph(words=sentence, size=8.5, colour=SOFT_INK, space_after=3, keep_with_next=True),
        KeyValues(rows=tuple(files), label_share=0.5),
    ]


def _beside(rows: list[tuple[str, str]]) -> list[Block]:
    return [KeyValues(rows=tuple(rows), label_share=0.4)] if rows else []


def _struck(struck: PrintedLater) -> Block:
    said = [
        Paragraph(words=struck.title, bold=True, space_after=2),
        Paragraph(words=struck.by, size=8.5, space_after=2),
    ]
    if struck.words:
        said.append(Paragraph(words=struck.words, space_after=0))
    return Note(blocks=tuple(said), tone=Tone.WARNING)


def _later(later: PrintedLater) -> list[Block]:
    """The person's own words stand in a frame of their own, as large as those of staff (G8)."""
    head: list[Block] = [
        Heading(text=later.title, level=2, bookmark=False),
        Paragraph(words=later.by, size=8.5, colour=SOFT_INK, space_after=3, keep_with_next=True),
    ]
    if not later.words:
        return head
    if later.own_words:
        return [*head, Voice(label=tr("In the person's own words"), words=later.words)]
    return [*head, Paragraph(words=later.words)]
