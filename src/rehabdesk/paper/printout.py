"""The frame of what is printed of records: neutral title, for whom and when on each page (G24)."""

from collections.abc import Sequence
from datetime import datetime

from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import LANGUAGES, language, tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.paper.blocks import Block, texts_of
from rehabdesk.paper.fonts import missing_characters
from rehabdesk.paper.pages import TRAINING, PageFrame, build


def printout(
    blocks: Sequence[Block], *, title: str, recipient: str, site: str, at: datetime, training: bool = False
) -> bytes:
    """The pages as PDF bytes, made `at` (UTC). UserError for signs that our fonts do not hold: never a box on paper.

    `training`: the people of the site are invented.
    """
    day, recipient = isolate(day_text(at.astimezone().date())), isolate(recipient)
    frame = PageFrame(
        title=title,
        author=site,
        creator="RehabDesk",
        language=language() if language() in LANGUAGES else "en",
        issued=at,
        heading=tr("Confidential · for {recipient} only").format(recipient=recipient),
        watermark=f"{recipient} · {day}",
        foot=tr("{site}, printed {day}").format(site=isolate(site), day=day),
        page_words=tr("Page {page} of {pages}"),
        banner=TRAINING if training else "",
    )
    if missing := missing_characters([("words", text) for text in (*texts_of(blocks), *frame.texts())]):
        signs = join_words(str(each) for each in missing[:5])
        raise UserError(tr("Paper cannot show: {signs}. Read it on the screen.").format(signs=signs))
    return build(frame, blocks).pdf
