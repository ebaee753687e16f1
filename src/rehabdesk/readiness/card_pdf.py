"""Cards of conditions to cut out: the plain words large, the official text small (domain.md 10.6, A15)."""

from collections.abc import Mapping, Sequence

from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.own_copy import OwnCopy
from rehabdesk.core.text import isolate, numbers_kept
from rehabdesk.paper.blocks import SOFT_INK, Align, Block, Card, Cards, Heading, Paragraph, WritingLines
from rehabdesk.paper.own_copy import copy_day, own_copy, whom_to_ask
from rehabdesk.readiness.condition_model import Condition

_PLAIN, _SAID, _LABEL, _SMALL = 15.0, 11.0, 9.5, 7.5


def card_pages(
    conditions: Sequence[Condition], categories: Mapping[str, str], spoken: Mapping[str, str], copy: OwnCopy
) -> bytes:
    """`categories`: their titles by code; `spoken`: the names of languages by code."""
    title = tr("My cards")
    if not conditions:
        blocks: list[Block] = [
            Heading(text=title),
            Paragraph(words=tr("No conditions are recorded for me."), size=_PLAIN),
            Paragraph(words=whom_to_ask(copy), size=_PLAIN),
        ]
        return own_copy(blocks, copy, title=title, cards=True)
    cards = tuple(_card(each, tr(categories.get(each.category, "")), spoken, copy) for each in conditions)
    return own_copy([Cards(cards=cards)], copy, title=title, cards=True)


def _card(condition: Condition, category: str, spoken: Mapping[str, str], copy: OwnCopy) -> Card:
    blocks: list[Block] = [
        Paragraph(words=category, size=_LABEL, colour=SOFT_INK, align=Align.PAGE, space_after=2),
        Paragraph(words=numbers_kept(condition.text_plain), size=_PLAIN, bold=True, space_after=7),
        *_said(tr("What I can ask for"), condition.can_ask),
        *_said(tr("Who to ask"), condition.ask_whom),
        *_said(tr("What happens if I need to change it"), condition.to_change),
        Paragraph(words=_days(condition), size=_LABEL, bold=True, align=Align.PAGE, space_before=6, space_after=2),
        Paragraph(words=_explained(condition, spoken), size=_LABEL, align=Align.PAGE, space_after=5),
        _small(tr("Officially: {words}").format(words=isolate(numbers_kept(condition.text_official)))),
        _small(isolate(numbers_kept(condition.source))),
    ]
    foot = tr("For {recipient}, {day}").format(recipient=isolate(copy.recipient), day=copy_day(copy))
    return Card(blocks=tuple(blocks), foot=(_small(foot),))


def _said(label: str, words: str) -> list[Block]:
    """What was written, or a line to write it on by hand."""
    title = Paragraph(words=label, size=_LABEL, colour=SOFT_INK, align=Align.PAGE, space_before=3, space_after=1)
    return [title, Paragraph(words=numbers_kept(words), size=_SAID, space_after=4) if words else WritingLines(count=1)]


def _days(condition: Condition) -> str:
    start = isolate(day_text(condition.start))
    if condition.end is None:
        return tr("From {start}").format(start=start)
    return tr("From {start} to {end}").format(start=start, end=isolate(day_text(condition.end)))


def _explained(condition: Condition, spoken: Mapping[str, str]) -> str:
    if condition.explained_on is None:
        return tr("Not explained to me yet. I ask for it.")
    return tr("Explained to me on {day}, in {language}").format(
        day=isolate(day_text(condition.explained_on)),
        language=isolate(spoken.get(condition.explained_in, condition.explained_in)),
    )


def _small(words: str) -> Paragraph:
    return Paragraph(words=words, size=_SMALL, colour=SOFT_INK, align=Align.PAGE, space_after=2)
