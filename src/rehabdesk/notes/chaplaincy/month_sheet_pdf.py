"""A chaplain's month on paper: counts, no persons, and no number that could point at somebody (G34)."""

from rehabdesk.core.dates import month_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.notes.chaplaincy.pastoral_model import SHOWN_FROM
from rehabdesk.notes.paper.printout_model import PrintedFor, PrintedMonth
from rehabdesk.paper.blocks import Block, Column, Heading, Paragraph, Table
from rehabdesk.paper.printout import printout


def month_sheet_pages(sheet: PrintedMonth, to: PrintedFor) -> bytes:
    """One page as PDF bytes."""
    blocks: list[Block] = [
        Heading(text=tr("Month sheet"), bookmark=False),
        Paragraph(words=isolate(month_text(sheet.month)), size=12, bold=True),
        Paragraph(words=tr("Numbers only. Nobody is named, and nobody can be found here.")),
    ]
    for title, lines in sheet.parts:
        columns = (Column(title=title, share=4), Column(title=tr("Number")))
        rows = tuple((words, _count(number)) for words, number in lines)
        blocks.append(Table(columns=columns, rows=rows))
    title = tr("Month sheet")
    return printout(blocks, title=title, recipient=to.recipient, site=to.site, at=to.at, training=to.training)


def _count(number: int) -> str:
    """None, one or nine look the same on paper, which others read."""
    return isolate_ltr(str(number)) if number >= SHOWN_FROM else tr("fewer than {least}").format(least=SHOWN_FROM)
