"""A month of own work on paper: kinds and numbers, and no number that could point at somebody (G24, G34)."""

from rehabdesk.core.dates import day_text, month_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate, isolate_ltr, join_words
from rehabdesk.overview.month_model import SHOWN_FROM, MonthPaper
from rehabdesk.paper.blocks import Block, Column, Heading, Paragraph, Table, texts_of
from rehabdesk.paper.fonts import missing_characters
from rehabdesk.paper.pages import PageFrame, build

TRAINING = "TRAINING · FORMATION · تدريب"
"""On every page of a site whose people are invented; in three languages, never translated."""
_PRINTED = ("en", "fr", "ar")


def month_pages(made: MonthPaper) -> bytes:
    """The pages as PDF bytes. UserError for signs that our fonts do not hold."""
    frame, blocks = _frame(made), _blocks(made)
    if missing := missing_characters([("words", text) for text in (*texts_of(blocks), *frame.texts())]):
        signs = join_words(str(each) for each in missing[:5])
        raise UserError(tr("Paper cannot show: {signs}. Read it on the screen.").format(signs=signs))
    return build(frame, blocks).pdf


def _frame(made: MonthPaper) -> PageFrame:
    day, recipient = isolate(day_text(made.at.astimezone().date())), isolate(made.recipient)
    return PageFrame(
        title=tr("My month"),
        author=made.site,
        creator="RehabDesk",
        language=language() if language() in _PRINTED else "en",
        issued=made.at,
        heading=tr("Confidential · for {recipient} only").format(recipient=recipient),
        watermark=f"{recipient} · {day}",
        foot=tr("{site}, printed {day}").format(site=isolate(made.site), day=day),
        page_words=tr("Page {page} of {pages}"),
        banner=TRAINING if made.training else "",
    )


def _blocks(made: MonthPaper) -> list[Block]:
    blocks: list[Block] = [
        Heading(text=tr("My month"), bookmark=False),
        Paragraph(words=isolate(month_text(made.month)), size=12, bold=True),
        Paragraph(words=tr("Work of {staff}").format(staff=isolate(made.staff))),
        Paragraph(words=tr("Kinds of work and numbers. Nobody in care is named, and staff are not compared by it.")),
    ]
    for title, lines in made.parts:
        columns = (Column(title=title, share=4), Column(title=tr("Number")))
        blocks.append(Table(columns=columns, rows=tuple((words, _count(number)) for words, number in lines)))
    if not made.parts:
        blocks.append(Paragraph(words=tr("Nothing is counted in this month.")))
    return blocks


def _count(number: int) -> str:
    """None, one or nine look the same on paper, which others read."""
    return isolate_ltr(str(number)) if number >= SHOWN_FROM else tr("fewer than {least}").format(least=SHOWN_FROM)
