"""Pages of S12 (open items), S13 (contacts and the blank feedback page) and S14 (conference summary)."""

from collections.abc import Mapping

from rehabdesk.handover.onward_sections_model import S12, S13, S14
from rehabdesk.handover.words_pdf import code, day, joined, label, name, optional_day, own_words
from rehabdesk.paper.blocks import (
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
    plain,
)

FEEDBACK_QUESTIONS = (
    "Was the file received?",
    "Could it be read?",
    "Is anything missing?",
    "When was the first contact?",
    "Was the agreed plan kept or changed?",
    "Are there problems with conditions?",
    "Has the address changed?",
    "Is there good news?",
    "Is there concern for the person’s welfare?",
    "Do you want to be called back?",
)
"""The ten fixed questions of domain.md 11.1, in their order."""
FEEDBACK_KINDS = (
    ("received", "question", "first contact made"),
    ("did not come", "circumstances changed", "good news"),
    ("after 90 days", "concern", "closing"),
)
"""Kinds of answer, three to a column."""


def open_items(section: S12, language: str, titles: Mapping[str, str]) -> list[Block]:
    """What is left to do and who carries it. `titles` gives the words of a checklist code."""
    blocks: list[Block] = [
        Paragraph(
            words="Nothing in this list can hold up or delay a lawful release. It says what is left to follow up."
        ),
    ]
    blocks.append(_items(section, language, titles) if section.items else Paragraph(words="No item is open."))
    if section.waivers:
        blocks.append(Heading(text="Waived by the supervisor", level=3, bookmark=False))
        blocks.append(
            Table(
                columns=(Column(title="Item", share=3), Column(title="Reason", share=5)),
                rows=tuple(
                    (joined([code(each.code), titles.get(each.code)]), own_words(each.reason, language))
                    for each in section.waivers
                ),
            )
        )
    sent = section.health_summary_sent_on
    blocks.append(
        Paragraph(
            words=f"Health summary: sent by prison health on {day(sent)}, health to health; not part of this file."
            if sent is not None
            else "Health summary: not sent from here. Health data never enter this file."
        )
    )
    return blocks


def _items(section: S12, language: str, titles: Mapping[str, str]) -> Block:
    return Table(
        columns=(
            Column(title="Item", share=6),
            Column(title="By", share=2),
            Column(title="State", share=2),
            Column(title="Carried by", share=2),
        ),
        rows=tuple(
            (
                joined(
                    [
                        code(item.code),
                        titles.get(item.code),
                        plain(own_words(item.comment, language)) if item.comment else None,
                    ]
                ),
                day(item.due),
                label(item.status),
                joined([label(item.side), name(item.owner) if item.owner else None], ": "),
            )
            for item in section.items
        ),
    )


def contacts(section: S13, language: str) -> list[Block]:
    """The one link worker, the way back, and other people who can help."""
    worker = section.link_worker
    rows: tuple[tuple[Words, Words], ...] = (
        ("Link worker", joined([name(worker.name), name(worker.role)])),
        ("Telephone", joined([code(worker.phone), name(worker.hours)])),
        ("Way back for answers", own_words(section.return_channel, language)),
    )
    blocks: list[Block] = [KeyValues(rows=rows)]
    if section.contacts:
        blocks.append(
            Table(
                columns=(
                    Column(title="Who", share=3),
                    Column(title="For what", share=3),
                    Column(title="Telephone", share=2),
                ),
                rows=tuple((name(each.name), name(each.role), code(each.phone)) for each in section.contacts),
            )
        )
    return blocks


def feedback_page(number: str) -> list[Block]:
    """A page to be filled in by hand and sent back: the loop closes with paper alone. It names nobody."""
    blocks: list[Block] = [
        PageBreak(),
        Heading(text="Feedback to the sender", level=2),
        Paragraph(
            words=f"File {code(number)}. Write no name of the person here. Send or read it back to the link worker."
        ),
        KeyValues(rows=(("Your team", ""), ("Filled in by", ""), ("Date", ""), ("Receipt code (from page 2)", ""))),
        Gap(height=4),
    ]
    for place, question in enumerate(FEEDBACK_QUESTIONS, start=1):
        blocks.append(Paragraph(words=f"{place}. {question}", space_before=6, space_after=15))
        blocks.append(Rule())
    blocks.append(Gap(height=8))
    blocks.append(
        Columns(cells=tuple((Bullets(items=items, mark=Mark.BOX),) for items in FEEDBACK_KINDS), shares=(1, 1, 1))
    )
    return blocks


def conference(section: S14, language: str) -> list[Block]:
    """Decisions and actions, never the discussion."""
    blocks: list[Block] = [
        KeyValues(rows=(("Held on", day(section.held_on)), ("Kind", label(section.kind)))),
        Heading(text="Decisions", level=3, bookmark=False),
        Bullets(items=tuple(own_words(text, language) for text in section.decisions) or ("None.",)),
    ]
    if section.actions:
        blocks.append(
            Table(
                columns=(
                    Column(title="Action", share=5),
                    Column(title="Who", share=3),
                    Column(title="By", share=2),
                ),
                rows=tuple(
                    (own_words(each.text, language), name(each.owner), optional_day(each.due))
                    for each in section.actions
                ),
            )
        )
    return blocks
