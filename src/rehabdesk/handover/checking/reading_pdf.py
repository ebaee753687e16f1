"""The pages of a packet read line by line: the same blocks, in the same words, for a screen that draws no PDF."""

from collections.abc import Iterator, Mapping, Sequence

from rehabdesk.core.i18n import tr
from rehabdesk.handover.checking.reading_model import Line, LineKind, Part
from rehabdesk.handover.content.packet_model import Handover, ManifestEntry
from rehabdesk.handover.content.section_words_model import section_titles
from rehabdesk.handover.pdf import section_blocks
from rehabdesk.paper.blocks import (
    Block,
    Bullets,
    Columns,
    Heading,
    KeyValues,
    Note,
    Paragraph,
    Table,
    Together,
    Voice,
    plain,
)


def parts_of(packet: Handover, item_titles: Mapping[str, str]) -> tuple[Part, ...]:
    """Every section of the packet's profile, also one that is left out, with its reason."""
    return tuple(
        Part(
            code=entry.code,
            title=section_titles()[entry.code],
            lines=tuple(_lines_of(packet, entry, item_titles)),
        )
        for entry in packet.manifest.sections
    )


def _lines_of(packet: Handover, entry: ManifestEntry, item_titles: Mapping[str, str]) -> Iterator[Line]:
    try:
        blocks = section_blocks(packet, entry, item_titles)
    except ValueError:  # a section of a profile that this version does not make
        yield Line(kind=LineKind.TEXT, words=tr("This version cannot show this section. Read it in the pages."))
        return
    yield from _lines(blocks)


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Paragraph():
                yield Line(kind=LineKind.TEXT, words=plain(block.words))
            case Heading():
                yield Line(kind=LineKind.HEADING, words=block.text)
            case KeyValues():
                for caption, words in block.rows:
                    yield Line(kind=LineKind.FACT, caption=plain(caption), words=plain(words))
            case Bullets():
                for item in block.items:
                    yield Line(kind=LineKind.POINT, words=plain(item))
            case Table():
                yield from _rows(block)
            case Voice():
                yield Line(kind=LineKind.FACT, caption=plain(block.label), words=plain(block.words))
            case Note() | Together():
                yield from _lines(block.blocks)
            case Columns():
                for cell in block.cells:
                    yield from _lines(cell)
            case _:
                pass  # rules, gaps and frames say nothing


def _rows(table: Table) -> Iterator[Line]:
    """A row as one fact: its first cell names it, the others follow with the titles of their columns."""
    titles = [plain(column.title) for column in table.columns]
    for row in table.rows:
        first, *others = (plain(words) for words in row)
        pair = tr("{caption}: {words}")
        said = [
            pair.format(caption=title, words=words) if title else words
            for title, words in zip(titles[1:], others, strict=True)
        ]
        yield Line(kind=LineKind.FACT, caption=first, words=" · ".join(said))
