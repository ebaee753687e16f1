"""Flowables of forms that are filled by hand: questions, boxes to tick, lines to write on. Imports reportlab."""

from collections.abc import Callable, Sequence

from reportlab.platypus import KeepTogether, Spacer
from reportlab.platypus.flowables import Flowable

from rehabdesk.paper import blocks as declared
from rehabdesk.paper.blocks import INK, SOFT_INK, Align, Block, Direction, Mark, Paragraph, TickBox, Words, plain
from rehabdesk.paper.drawing import draw_mark
from rehabdesk.paper.fonts import FontBook
from rehabdesk.paper.paragraph import BidiParagraph
from rehabdesk.paper.table import open_grid, ruled_grid

LINE_HEIGHT = 17.0
"""Between two lines to write on, in points: 6 mm."""
_SIZE, _SMALL = 8.5, 7.5
_CODE_WIDTH, _GUTTER = 31.0, 8.0
_GAP = 1.4
_BOX, _BOX_GAP, _BETWEEN = 8.5, 4.0, 9.0
_CELL = 18.0
_TO_WRITE = 60.0
_KEPT_LINES = 3
_LEADING_ARABIC = 1.5
_RULE_INK = "#8796a5"
_LABEL_SHARE, _HALF_LABEL_SHARE = 0.36, 0.46
_FEW_COLUMNS, _MANY_ROWS = 3, 6
_BARE = 2
"""Characters of a row's words that only count the row."""
_NARROW = 300.0
"""Narrower questions stand in pairs."""

Inner = Callable[[Sequence[Block], float], list[Flowable]]
Filled = declared.WritingLines | declared.TickBoxes | declared.TickTable | declared.WriteTable | declared.Question
"""What is filled in by hand."""


class SheetStory:
    """Makes the flowables of a sheet. `inner` makes those of any block, for what stands inside a question.

    `scale`: of lines to write on; questions are declared for sheets in one size alone.
    """

    def __init__(self, book: FontBook, *, rtl: bool, inner: Inner, scale: float = 1.0) -> None:
        self._book, self._rtl, self._inner, self._scale = book, rtl, inner, scale

    def flowables(
        self,
        block: declared.WritingLines
        | declared.TickBoxes
        | declared.TickTable
        | declared.WriteTable
        | declared.Question,
        width: float,
    ) -> list[Flowable]:
        """Of one block."""
        match block:
            case declared.WritingLines():
                return [Ruling(block.count, LINE_HEIGHT * self._scale)]
            case declared.TickBoxes():
                return [BoxFlow(block.boxes, self._book, rtl=self._rtl)]
            case declared.TickTable():
                return self._tick_table(block, width)
            case declared.WriteTable():
                return self._write_table(block, width)
            case declared.Question():
                return self._beside(block, width) if block.beside else self._below(block, width)

    def _text(
        self, words: Words, *, size: float = _SIZE, bold: bool = False, colour: str = INK, align: Align = Align.PAGE
    ) -> BidiParagraph:
        return _words(words, self._book, rtl=self._rtl, size=size, bold=bold, colour=colour, align=align)

    def _asked(self, block: declared.Question) -> list[Flowable]:
        small = [self._text(words, size=_SMALL, colour=SOFT_INK) for words in block.notes]
        return [self._text(block.words, bold=True), *small]

    def _code(self, block: declared.Question) -> list[Flowable]:
        return [self._text(block.code, size=8, colour=SOFT_INK)]

    def _beside(self, block: declared.Question, width: float) -> list[Flowable]:
        asked = (width - _CODE_WIDTH) * (0.42 if width < _NARROW else 0.24)
        room = width - _CODE_WIDTH - asked - _GUTTER
        row = (self._code(block), self._asked(block), Spacer(0, 0), self._inner(block.answer, room))
        grid = open_grid([row], (_CODE_WIDTH, asked, _GUTTER, room), rtl=self._rtl, gap=_GAP)
        return [HairLine(), grid] if width < _NARROW else [KeepTogether([HairLine(), grid])]

    def _below(self, block: declared.Question, width: float) -> list[Flowable]:
        """The question stays with the beginning of its room, which goes on on the next page."""
        row = (self._code(block), self._asked(block))
        head = open_grid([row], (_CODE_WIDTH, width - _CODE_WIDTH), rtl=self._rtl, gap=_GAP)
        answer: list[Block] = []
        for each in block.answer:
            if isinstance(each, declared.WritingLines) and each.count > _KEPT_LINES:
                answer += [
                    declared.WritingLines(count=_KEPT_LINES),
                    declared.WritingLines(count=each.count - _KEPT_LINES),
                ]
            else:
                answer.append(each)
        kept = 1 + next((at for at, each in enumerate(answer) if isinstance(each, declared.WritingLines)), 0)
        together = [HairLine(), head, *self._inner(answer[:kept], width)]
        return [KeepTogether(together), *self._inner(answer[kept:], width), Spacer(1, 3)]

    def _tick_table(self, block: declared.TickTable, width: float) -> list[Flowable]:
        """A long table of few columns stands in two halves, side by side."""
        if len(block.columns) > _FEW_COLUMNS or len(block.rows) < _MANY_ROWS:
            return [Spacer(1, 2), self._grid(block.columns, block.rows, width, _LABEL_SHARE), Spacer(1, 3)]
        half = (width - _GUTTER) / 2
        at = (len(block.rows) + 1) // 2
        parts = [
            self._grid(block.columns, rows, half, _HALF_LABEL_SHARE) for rows in (block.rows[:at], block.rows[at:])
        ]
        widths = (half, _GUTTER, half)
        row = (parts[0], Spacer(0, 0), parts[1])
        return [Spacer(1, 2), open_grid([row], widths, rtl=self._rtl, gap=0), Spacer(1, 3)]

    def _write_table(self, block: declared.WriteTable, width: float) -> list[Flowable]:
        """Cells as high as a line to write on."""
        whole = sum(column.share for column in block.columns)
        widths = [width * column.share / whole for column in block.columns]
        header = [self._text(column.title, size=8, bold=True) for column in block.columns]
        rows = [[Spacer(0, LINE_HEIGHT) for _ in block.columns] for _ in range(block.rows)]
        return [Spacer(1, 2), ruled_grid(header, rows, widths, rtl=self._rtl, tight=True, upright=True), Spacer(1, 3)]

    def _grid(self, columns: Sequence[Words], rows: Sequence[Words], width: float, labels: float) -> Flowable:
        share = (1 - labels) / max(1, len(columns))
        header = [self._text(words, size=8, bold=True, align=Align.CENTRE) for words in columns]
        cells = [(self._row_label(words), *(Box() for _ in columns)) for words in rows]
        widths = [width * labels, *(width * share for _ in columns)]
        return ruled_grid([Spacer(0, 0), *header], cells, widths, rtl=self._rtl, tight=True)

    def _row_label(self, words: Words) -> list[Flowable]:
        """Behind a bare number, or nothing, something is written by hand: the row is as high as a line for that."""
        label: list[Flowable] = [self._text(words, size=8.5)] if words else []
        missing = LINE_HEIGHT - (8.5 * _LEADING_ARABIC if words else 0)
        return [*label, Spacer(0, missing)] if len(plain(words)) <= _BARE else label


def _words(
    words: Words,
    book: FontBook,
    *,
    rtl: bool,
    size: float = _SIZE,
    bold: bool = False,
    colour: str = INK,
    align: Align = Align.PAGE,
) -> BidiParagraph:
    """Short words of a sheet. On an Arabic page all lines are of one height, lower than that of running text."""
    leading = size * _LEADING_ARABIC if rtl else None
    block = Paragraph(
        words=words,
        size=size,
        leading=leading,
        bold=bold,
        colour=colour,
        align=align,
        direction=Direction.PAGE,
        space_after=0,
    )
    return BidiParagraph(block, book, page_rtl=rtl)


class HairLine(Flowable):  # type: ignore[misc] # reportlab has no types
    """The line above a question."""

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, 2.0
        return width, 2.0

    def draw(self) -> None:
        self.canv.setStrokeColor("#c3cbd3")
        self.canv.setLineWidth(0.4)
        self.canv.line(0, 1, self.width, 1)


class Ruling(Flowable):  # type: ignore[misc] # reportlab has no types
    """Lines to write on; goes on on the next page."""

    def __init__(self, count: int, line: float = LINE_HEIGHT) -> None:
        super().__init__()
        self._count, self._line = count, line

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self._count * self._line
        return width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        fitting = int(height / self._line + 1e-6)
        if fitting >= self._count:
            return [self]
        return [Ruling(fitting, self._line), Ruling(self._count - fitting, self._line)] if fitting else []

    def draw(self) -> None:
        self.canv.setStrokeColor(_RULE_INK)
        self.canv.setLineWidth(0.5)
        for number in range(self._count):
            y = self.height - (number + 1) * self._line + 3
            self.canv.line(0, y, self.width, y)


class Box(Flowable):  # type: ignore[misc] # reportlab has no types
    """One box in a cell of a table."""

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, _BOX + 1
        return self.width, self.height

    def draw(self) -> None:
        draw_mark(self.canv, Mark.BOX, (self.width - _BOX) / 2, 0, size=_BOX, colour=INK, rtl=False)


class BoxFlow(Flowable):  # type: ignore[misc] # reportlab has no types
    """Boxes with their words; each begins at one of a few places across the page, so that they stand below each other.

    `writes` gives a line behind the words that goes on to the end of the row, and ends the row.
    """

    def __init__(self, boxes: Sequence[TickBox], book: FontBook, *, rtl: bool) -> None:
        super().__init__()
        self._book, self._rtl = book, rtl
        self._boxes = [(box, _words(box.words, book, rtl=rtl)) for box in boxes]
        self._placed: list[tuple[BidiParagraph, float, float, float, bool]] = []
        """Words, their start from the side where the page starts, their top, their width, whether a line follows."""

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        self._placed = []
        cells = max(1, round(width / _CELL))
        cell = width / cells
        at, top, deep = 0, 0.0, 0.0
        for box, words in self._boxes:
            own = words.natural_width()
            whole = _BOX + _BOX_GAP + own + (_TO_WRITE if box.writes else _BETWEEN)
            span = min(cells, -int(-whole // cell))
            if at and at + span > cells:
                at, top, deep = 0, top + deep, 0.0
            taken = min(own + 0.5, span * cell - _BOX - _BOX_GAP)
            _, high = words.wrap(taken, 0)
            self._placed.append((words, at * cell, top, taken, box.writes))
            at, deep = cells if box.writes else at + span, max(deep, high + 1.0)
        self.height = top + deep
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Between two rows."""
        self.wrap(width, height)
        fitting = sum(top + words.height + 1.0 <= height for words, _, top, _, _ in self._placed)
        while 0 < fitting < len(self._placed) and self._placed[fitting][2] == self._placed[fitting - 1][2]:
            fitting -= 1
        if fitting == len(self._boxes):
            return [self]
        return [self._part(self._boxes[:fitting]), self._part(self._boxes[fitting:])] if fitting else []

    def _part(self, boxes: list[tuple[TickBox, BidiParagraph]]) -> "BoxFlow":
        part = BoxFlow((), self._book, rtl=self._rtl)
        part._boxes = boxes
        return part

    def draw(self) -> None:
        for words, start, top, taken, writes in self._placed:
            base = self.height - top - words.first_base
            self._draw_box(start, base - 1)
            begin = start + _BOX + _BOX_GAP
            words.drawOn(self.canv, self._x(begin, taken), self.height - top - words.height)
            if writes:
                self._draw_line(begin + taken + 4, self.width, base - 2)

    def _x(self, start: float, width: float) -> float:
        return self.width - start - width if self._rtl else start

    def _draw_box(self, start: float, y: float) -> None:
        draw_mark(self.canv, Mark.BOX, self._x(start, _BOX), y, size=_BOX, colour=INK, rtl=self._rtl)

    def _draw_line(self, start: float, end: float, y: float) -> None:
        if end > start:
            self.canv.setStrokeColor(_RULE_INK)
            self.canv.setLineWidth(0.5)
            x = self._x(start, end - start)
            self.canv.line(x, y, x + end - start, y)
