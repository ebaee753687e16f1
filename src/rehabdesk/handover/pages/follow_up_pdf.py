"""Pages of S12 (open items), S13 (contacts and the blank feedback page) and S14 (conference summary)."""

from collections.abc import Mapping

from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.onward_sections_model import S12, S13, S14
from rehabdesk.handover.pages.labels_pdf import label
from rehabdesk.handover.pages.words_pdf import beside, code, day, joined, name, optional_day, own_words
from rehabdesk.paper.blocks import (
    SOFT_INK,
    Align,
    Block,
    Bullets,
    Column,
    Columns,
    Gap,
    Heading,
    KeyValues,
    Mark,
    PageBreak,
    Paragraph,
    Rule,
    Table,
    Words,
    WritingLines,
    plain,
)


def feedback_questions() -> tuple[str, ...]:
    """The ten fixed questions of domain.md 11.1, in their order."""
    return (
        tr("Was the file received?"),
        tr("Could it be read?"),
        tr("Is anything missing?"),
        tr("When was the first contact?"),
        tr("Was the agreed plan kept or changed?"),
        tr("Are there problems with conditions?"),
        tr("Has the address changed?"),
        tr("Is there good news?"),
        tr("Is there concern for the person’s welfare?"),
        tr("Do you want to be called back?"),
    )


def feedback_kinds() -> tuple[tuple[str, ...], ...]:
    """Kinds of answer, three to a column."""
    return (
        (tr("received"), tr("question"), tr("first contact made")),
        (tr("did not come"), tr("circumstances changed"), tr("good news")),
        (tr("after 90 days"), tr("concern"), tr("closing")),
    )


def open_items(section: S12, language: str, titles: Mapping[str, str]) -> list[Block]:
    """What is left to do and who carries it. `titles` gives the words of a checklist code."""
    blocks: list[Block] = [
        Paragraph(
            words=tr("Nothing in this list can hold up or delay a lawful release. It says what is left to follow up.")
        ),
    ]
    blocks.append(_items(section, language, titles) if section.items else Paragraph(words=tr("No item is open.")))
    if section.waivers:
        blocks.append(Heading(text=tr("Waived by the supervisor"), level=3, bookmark=False))
        blocks.append(
            Table(
                columns=(Column(title=tr("Item"), share=3), Column(title=tr("Reason"), share=5)),
                rows=tuple((_item(each.code, titles), own_words(each.reason, language)) for each in section.waivers),
            )
        )
    sent = section.health_summary_sent_on
    blocks.append(
        Paragraph(
            words=tr("Health summary: sent by prison health on {day}, health to health; not part of this file.").format(
                day=day(sent)
            )
            if sent is not None
            else tr("Health summary: not sent from here. Health data never enter this file.")
        )
    )
    return blocks


def _items(section: S12, language: str, titles: Mapping[str, str]) -> Block:
    return Table(
        columns=(
            Column(title=tr("Item"), share=6),
            Column(title=tr("By when"), share=2),
            Column(title=tr("State"), share=2),
            Column(title=tr("Carried by"), share=2),
        ),
        rows=tuple(
            (
                joined(
                    [
                        _item(item.code, titles),
                        plain(beside(item.comment, language)) if item.comment else None,
                    ]
                ),
                day(item.due),
                label(item.status),
                joined([label(item.side), name(item.owner) if item.owner else None]),
            )
            for item in section.items
        ),
    )


def _item(item: str, titles: Mapping[str, str]) -> str:
    """A line of the checklist by its code and its words; the list's own words come with the program's catalogue."""
    words = titles.get(item)
    return joined([code(item), name(tr(words)) if words else None])


def contacts(section: S13, language: str) -> list[Block]:
    """The one link worker, the way back, and other people who can help."""
    worker = section.link_worker
    rows: tuple[tuple[Words, Words], ...] = (
        (tr("Link worker"), joined([name(worker.name), name(worker.role)])),
        (tr("Telephone"), joined([code(worker.phone), name(worker.hours)])),
        (tr("Way back for answers"), own_words(section.return_channel, language)),
    )
    blocks: list[Block] = [KeyValues(rows=rows)]
    if section.contacts:
        blocks.append(
            Table(
                columns=(
                    Column(title=tr("Who"), share=3),
                    Column(title=tr("For what"), share=3),
                    Column(title=tr("Telephone"), share=2),
                ),
                rows=tuple((name(each.name), name(each.role), code(each.phone)) for each in section.contacts),
            )
        )
    return blocks


def feedback_page(number: str) -> list[Block]:
    """A page to be filled in by hand and sent back: the loop closes with paper alone. It names nobody."""
    blocks: list[Block] = [
        PageBreak(),
        Heading(text=tr("Feedback to the sender"), level=2),
        Paragraph(
            words=tr(
                "File {number}. Write no name of the person here. Send or read it back to the link worker."
            ).format(number=code(number))
        ),
        *map(_to_fill_in, (tr("Your team"), tr("Filled in by"), tr("Date"), tr("Receipt code (on the receipt slip)"))),
        Gap(height=6),
    ]
    for place, question in enumerate(feedback_questions(), start=1):
        blocks.append(Paragraph(words=f"{code(str(place))}. {question}", space_before=3, space_after=13))
        blocks.append(Rule())
    blocks.append(Gap(height=8))
    blocks.append(
        Columns(
            cells=tuple((Bullets(items=items, mark=Mark.BOX),) for items in feedback_kinds()),
            shares=(1, 1, 1),
            space_after=0,
        )
    )
    return blocks


def _to_fill_in(words: str) -> Block:
    """What is asked, and beside it a line to write on."""
    asked = Paragraph(words=words, colour=SOFT_INK, align=Align.PAGE, space_after=0)
    return Columns(cells=((Gap(height=8), asked), (Gap(height=5), WritingLines(count=1))), shares=(4, 6), space_after=0)


def conference(section: S14, language: str) -> list[Block]:
    """Decisions and actions, never the discussion."""
    rows: list[tuple[Words, Words]] = [(tr("Held on"), day(section.held_on)), (tr("Kind"), label(section.kind))]
    if section.owner_agency is not None:
        rows.append((tr("Whose it is"), name(section.owner_agency)))
    blocks: list[Block] = [
        KeyValues(rows=tuple(rows)),
        Heading(text=tr("Decisions"), level=3, bookmark=False),
        Bullets(items=tuple(own_words(text, language) for text in section.decisions) or (tr("None."),)),
    ]
    if section.actions:
        blocks.append(
            Table(
                columns=(
                    Column(title=tr("Action"), share=5),
                    Column(title=tr("Who"), share=3),
                    Column(title=tr("By when"), share=2),
                ),
                rows=tuple(
                    (own_words(each.text, language), name(each.owner), optional_day(each.due))
                    for each in section.actions
                ),
            )
        )
    return blocks
