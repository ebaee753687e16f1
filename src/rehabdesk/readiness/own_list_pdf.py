"""The checklist for the person, in large print: it names nobody else, and nothing on it holds up a release."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.own_copy import OwnCopy
from rehabdesk.core.text import isolate
from rehabdesk.paper.blocks import Align, Block, Bullets, Heading, Mark, Paragraph, Together
from rehabdesk.paper.own_copy import decides_nothing, own_copy, own_statement, part_title, sentence, whom_to_ask
from rehabdesk.readiness.own_list_model import OwnLine, OwnList


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnListPaper:
    """`anchor`: the day that is planned. `ended`: the list is closed."""

    anchor: date
    lines: OwnList
    ended: bool = False


def own_list_pages(paper: OwnListPaper | None, copy: OwnCopy) -> bytes:
    """`paper` None: that there is no list yet."""
    blocks: list[Block] = [Heading(text=tr("My list"))]
    if paper is None:
        blocks.append(
            sentence(tr("There is no list yet. It begins 180 days before the day on which I leave, or earlier."))
        )
    else:
        blocks += _list(paper, copy.at.astimezone().date())
    blocks += [part_title(tr("Whom I ask")), sentence(whom_to_ask(copy))]
    said = tr(
        "Nobody is scored or compared here. This list decides nothing about release, parole, transfer or privileges,"
        " and nothing on it can delay my release."
    )
    return own_copy([*blocks, decides_nothing(said), *own_statement()], copy, title=tr("My list"))


def _list(paper: OwnListPaper, today: date) -> list[Block]:
    lines, day = paper.lines, isolate(day_text(paper.anchor))
    planned = tr("The day that is planned for me: {day}.")
    if paper.anchor < today:
        planned = tr("The day that was planned for me: {day}.")
    blocks: list[Block] = [sentence(planned.format(day=day), bold=True)]
    if paper.ended:
        blocks.append(sentence(tr("This list is closed. It shows how things stood.")))
    blocks += [*_title(tr("What is done")), *_lines(lines.done, Mark.TICK, tr("Nothing is done yet."))]
    blocks += _title(tr("What is being done"))
    late = tr("The day for this has passed. I can ask how it stands.")
    blocks += _by_day(lines.doing, today, Mark.DOT, late) or [sentence(tr("Nothing is left to do."))]
    blocks += _title(tr("What I can do"))
    blocks += _by_day(lines.mine, today, Mark.BOX, tr("As soon as I can")) or [sentence(tr("Nothing waits for me."))]
    if lines.declined:
        blocks += [*_title(tr("What I said no to")), *_lines(lines.declined, Mark.DOT, "")]
        blocks.append(sentence(tr("I may say no. I can say yes on any day.")))
    return blocks


def _title(words: str) -> list[Block]:
    return [part_title(words)]


def _lines(lines: Sequence[OwnLine], mark: Mark, nothing: str) -> list[Block]:
    if not lines:
        return [sentence(nothing)]
    return [Bullets(items=(_words(line),), mark=mark) for line in lines]  # one list would stay on one page


def _by_day(lines: Sequence[OwnLine], today: date, mark: Mark, late: str) -> list[Block]:
    """Under each day what is due by then, the first line on the page of its day; what is late stands under `late`."""
    found: list[Block] = []
    for by, group in groupby(lines, key=lambda line: line.by if line.by and line.by >= today else None):
        items = [Bullets(items=(_words(line),), mark=mark) for line in group]
        words = late if by is None else tr("By {day}").format(day=isolate(day_text(by)))
        title = Paragraph(words=words, bold=True, align=Align.PAGE, space_before=4, space_after=2, keep_with_next=True)
        found += [Together(blocks=(title, items[0])), *items[1:]]
    return found


def _words(line: OwnLine) -> str:
    held = tr("Something holds it up.")
    return f"{tr(line.text)}\n{held}" if line.waits else tr(line.text)
