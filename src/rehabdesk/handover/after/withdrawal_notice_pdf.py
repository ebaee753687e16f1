"""The notice of a withdrawal on one page, its three languages one below the other."""

from datetime import datetime

from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.after.withdrawal_notice_model import LANGUAGES, Notice
from rehabdesk.paper.blocks import Block, Direction, Gap, Paragraph, Rule
from rehabdesk.paper.locales import day_words
from rehabdesk.paper.pages import TRAINING, PageFrame, build


def notice_page(notice: Notice, *, at: datetime, version: str, training: bool) -> bytes:
    """The page as PDF. It holds no name of a person."""
    blocks: list[Block] = []
    for language in LANGUAGES:
        direction = Direction.RTL if language == "ar" else Direction.LTR
        if blocks:
            blocks += [Gap(height=6), Rule(), Gap(height=6)]
        blocks.append(Paragraph(words=notice.title(language), size=15, bold=True, direction=direction, space_after=8))
        for said in notice.sentences(language, day_words(notice.on, language, notice.country)):
            blocks.append(Paragraph(words=said, size=11.5, direction=direction, space_after=7))
    title = notice.title("en")
    frame = PageFrame(
        title=f"{title} {notice.number}",
        author=notice.site,
        creator=f"RehabDesk {version}",
        language="en",
        issued=at,
        heading=" · ".join(notice.title(language) for language in LANGUAGES),
        watermark="",
        foot=isolate_ltr(notice.number),
        page_words="page {page} of {pages}",
        banner=TRAINING if training else "",
    )
    return build(frame, blocks).pdf
