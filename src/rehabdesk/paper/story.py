"""From declared blocks to flowables. Imports reportlab, so pages.build loads it when a paper is made."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak, Spacer
from reportlab.platypus.flowables import Flowable

from rehabdesk.paper import blocks as declared
from rehabdesk.paper.blocks import INK, SOFT_INK, WARNING_INK, Align, Block, Direction, Mark, Paragraph, Tone, Words
from rehabdesk.paper.cards import card_sheet
from rehabdesk.paper.fonts import FontBook
from rehabdesk.paper.outline import BodyOutlineFrame
from rehabdesk.paper.paragraph import BidiParagraph
from rehabdesk.paper.shapes import MarkSign, QrSymbol, SignatureFrame, ThinRule
from rehabdesk.paper.sheet_story import SheetStory
from rehabdesk.paper.table import boxed, open_grid, ruled_grid

_BODY = 10.0
_HEADINGS = {1: (15.0, 14.0, 6.0), 2: (12.0, 10.0, 4.0), 3: (10.5, 7.0, 3.0)}  # size, space before, space after
_FILL = {Tone.PLAIN: "#f2f5f7", Tone.WARNING: "#fbf1ec"}
_EDGE = {Tone.PLAIN: "#8796a5", Tone.WARNING: WARNING_INK}
_VOICE_FILL, _VOICE_EDGE = "#f4f6f1", "#6d7f5b"
_MARK_WIDTH = 18.0
_BOX_PADDING = 20.0
_ROOM_OF_HEADING, _ROOM_BELOW = 40.0, 60.0
"""Points for a heading with the room around it, and for the header and a row of a table, or the first lines of a box.
"""


def scaled(paragraph: Paragraph, scale: float) -> Paragraph:
    """The same words in letters `scale` times as large, with as much more room around them."""
    if scale == 1:
        return paragraph
    leading = None if paragraph.leading is None else paragraph.leading * scale
    return replace(
        paragraph,
        size=paragraph.size * scale,
        leading=leading,
        space_before=paragraph.space_before * scale,
        space_after=paragraph.space_after * scale,
    )


class HeadingParagraph(BidiParagraph):
    """A heading, which also makes an entry of the outline where it comes to stand."""

    def __init__(self, block: declared.Heading, book: FontBook, *, page_rtl: bool, scale: float = 1.0) -> None:
        size, before, after = _HEADINGS[block.level]
        paragraph = Paragraph(
            words=block.text,
            size=size,
            bold=True,
            align=Align.PAGE,
            direction=Direction.PAGE,
            space_before=before,
            space_after=after,
            keep_with_next=True,
        )
        super().__init__(scaled(paragraph, scale), book, page_rtl=page_rtl)
        self._heading = block

    def draw(self) -> None:
        super().draw()
        if self._heading.bookmark:
            self.canv.note_heading(self._heading.text, self._heading.level, self.height)


class Story:
    """Makes flowables for one document. `scale`: how many times as large as declared."""

    def __init__(self, book: FontBook, *, rtl: bool, scale: float = 1.0) -> None:
        self._book = book
        self._rtl = rtl
        self._scale = scale
        self._sheets = SheetStory(book, rtl=rtl, inner=self.flowables, scale=scale)

    def document(self, blocks: Sequence[Block], width: float) -> list[Flowable]:
        """As `flowables`; headings before a table or box have room for its first lines below them, or a new page."""
        made: list[Flowable] = []
        headings = 0
        for place, block in enumerate(blocks):
            if not isinstance(block, declared.Heading):
                headings = 0
            elif not headings:
                headings = sum(1 for _ in takewhile(lambda each: isinstance(each, declared.Heading), blocks[place:]))
                following = blocks[place + headings : place + headings + 1]
                if following and isinstance(following[0], declared.Table | declared.Voice | declared.Note):
                    made.append(CondPageBreak((headings * _ROOM_OF_HEADING + _ROOM_BELOW) * self._scale))
            made.extend(self._of(block, width))
        return made

    def flowables(self, blocks: Sequence[Block], width: float) -> list[Flowable]:
        return [flowable for block in blocks for flowable in self._of(block, width)]

    def _of(self, block: Block, width: float) -> list[Flowable]:
        match block:
            case Paragraph():
                return [self._paragraph(block)]
            case declared.Heading():
                return [HeadingParagraph(block, self._book, page_rtl=self._rtl, scale=self._scale)]
            case declared.KeyValues():
                return self._key_values(block, width)
            case declared.Bullets():
                return self._bullets(block, width)
            case declared.Table():
                return self._table(block, width)
            case declared.Note():
                content = self.flowables(block.blocks, width - _BOX_PADDING)
                return self._boxed(content, width, _EDGE[block.tone], _FILL[block.tone])
            case declared.Voice():
                return self._voice(block, width)
            case declared.Columns():
                return self._columns(block, width)
            case declared.SignatureArea():
                return [SignatureFrame(block, rtl=self._rtl)]
            case declared.QrCode():
                return [QrSymbol(block.text, block.size, rtl=self._rtl)]
            case declared.BodyOutline():
                return [BodyOutlineFrame(block, self._book, rtl=self._rtl)]
            case declared.Gap():
                return [Spacer(1, block.height * self._scale)]
            case declared.Rule():
                return [ThinRule()]
            case declared.PageBreak():
                return [PageBreak()]
            case declared.Together():
                return [KeepTogether(self.flowables(block.blocks, width))]
            case declared.Cards():
                return card_sheet(block, width, inner=self.flowables, rtl=self._rtl)
            case (
                declared.WritingLines()
                | declared.TickBoxes()
                | declared.TickTable()
                | declared.WriteTable()
                | declared.Question()
            ):
                return self._sheets.flowables(block, width)

    def _paragraph(self, paragraph: Paragraph) -> BidiParagraph:
        return BidiParagraph(scaled(paragraph, self._scale), self._book, page_rtl=self._rtl)

    def _text(
        self,
        words: Words,
        *,
        size: float = _BODY,
        bold: bool = False,
        colour: str = INK,
        direction: Direction = Direction.AUTO,
    ) -> BidiParagraph:
        block = Paragraph(
            words=words,
            size=size,
            bold=bold,
            colour=colour,
            align=Align.PAGE,
            direction=direction,
            space_after=0,
        )
        return self._paragraph(block)

    def _key_values(self, block: declared.KeyValues, width: float) -> list[Flowable]:
        gutter = 10.0
        label_width = width * block.label_share
        widths = (label_width - gutter, gutter, width - label_width)
        rows = []
        for words, said in block.rows:
            label = self._text(words, colour=SOFT_INK, direction=Direction.PAGE)
            label, value = _level((label, self._text(said)))
            rows.append((label, Spacer(0, 0), value))  # not "": reportlab would set that in Helvetica
        return [open_grid(rows, widths, rtl=self._rtl), Spacer(1, 5)] if rows else []

    def _bullets(self, block: declared.Bullets, width: float) -> list[Flowable]:
        rows = []
        for words in block.items:
            text = self._text(words)
            rows.append((self._sign(block.mark, text.leading), text))
        room = _MARK_WIDTH * self._scale
        return [open_grid(rows, (room, width - room), rtl=self._rtl), Spacer(1, 5)] if rows else []

    def _sign(self, mark: Mark, leading: float) -> Flowable:
        return MarkSign(mark, leading=leading, rtl=self._rtl, scale=self._scale)

    def _table(self, block: declared.Table, width: float) -> list[Flowable]:
        whole = sum(column.share for column in block.columns)
        widths = [width * column.share / whole for column in block.columns]
        header = _level(
            [self._text(column.title, size=block.size, bold=True, direction=Direction.PAGE) for column in block.columns]
        )
        rows = [_level([self._text(words, size=block.size) for words in row]) for row in block.rows]
        return [Spacer(1, 2), ruled_grid(header, rows, widths, rtl=self._rtl), Spacer(1, 8)]

    def _voice(self, block: declared.Voice, width: float) -> list[Flowable]:
        label = Paragraph(
            words=block.label,
            size=8.5,
            bold=True,
            colour=SOFT_INK,
            align=Align.PAGE,
            direction=Direction.PAGE,
            space_after=2,
            keep_with_next=True,
        )
        words = Paragraph(words=block.words, size=_BODY, space_after=0)
        content = [self._paragraph(part) for part in (label, words)]
        return self._boxed(content, width, _VOICE_EDGE, _VOICE_FILL)

    def _boxed(self, content: Sequence[Flowable], width: float, edge: str, fill: str) -> list[Flowable]:
        return [Spacer(1, 3), boxed(content, width, edge=edge, fill=fill, rtl=self._rtl), Spacer(1, 8)]

    def _columns(self, block: declared.Columns, width: float) -> list[Flowable]:
        gutter = 14.0
        free = width - gutter * (len(block.cells) - 1)
        cells: list[Any] = []
        widths: list[float] = []
        for cell, share in zip(block.cells, block.shares, strict=True):
            if cells:
                cells.append(Spacer(0, 0))
                widths.append(gutter)
            own = free * share / sum(block.shares)
            cells.append(self.flowables(cell, own))
            widths.append(own)
        gap = 1.5 if block.space_after else 0.0
        return [open_grid([cells], widths, rtl=self._rtl, gap=gap), Spacer(1, block.space_after)]


def _level(cells: Sequence[BidiParagraph]) -> Sequence[BidiParagraph]:
    """`cells` of one row, their first lines standing on one level also where only some of them are in Arabic script."""
    lowest = max(cell.first_base for cell in cells)
    for cell in cells:
        cell.lower_to(lowest)
    return cells
