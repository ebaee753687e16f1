"""A month of own work on paper: kinds and numbers, and no number that could point at somebody (G24, G34)."""

from rehabdesk.core.dates import month_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.overview.month_model import SHOWN_FROM, MonthPaper
from rehabdesk.paper.blocks import Block, Column, Heading, Paragraph, Table
from rehabdesk.paper.printout import printout


def month_pages(made: MonthPaper) -> bytes:
    """The pages as PDF bytes. UserError for signs that our fonts do not hold."""
    return printout(
        _blocks(made),
        title=tr("My month"),
        recipient=made.recipient,
        site=made.site,
        at=made.at,
        training=made.training,
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
