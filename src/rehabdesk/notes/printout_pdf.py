"""The frame of what is printed of records: neutral title, for whom and when on each page (G24)."""

from collections.abc import Sequence

from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.notes.printout_model import PrintedFor
from rehabdesk.paper.blocks import Block, texts_of
from rehabdesk.paper.fonts import missing_characters
from rehabdesk.paper.pages import TRAINING, PageFrame, build

_PRINTED = ("en", "fr", "ar")


def printout(blocks: Sequence[Block], to: PrintedFor, *, title: str) -> bytes:
    """The pages as PDF bytes. UserError for signs that our fonts do not hold: never a box on paper."""
    day, recipient = isolate(day_text(to.at.astimezone().date())), isolate(to.recipient)
    frame = PageFrame(
        title=title,
        author=to.site,
        creator="RehabDesk",
        language=language() if language() in _PRINTED else "en",
        issued=to.at,
        heading=tr("Confidential · for {recipient} only").format(recipient=recipient),
        watermark=f"{recipient} · {day}",
        foot=tr("{site}, printed {day}").format(site=isolate(to.site), day=day),
        page_words=tr("Page {page} of {pages}"),
        banner=TRAINING if to.training else "",
    )
    if missing := missing_characters([("words", text) for text in (*texts_of(blocks), *frame.texts())]):
        signs = join_words(str(each) for each in missing[:5])
        raise UserError(tr("Paper cannot show: {signs}. Read it on the screen.").format(signs=signs))
    return build(frame, blocks).pdf
