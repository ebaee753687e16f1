"""The flowable of all text on paper, in every script. Imports reportlab: only pages.py and its neighbours load it."""

from typing import Any

from reportlab.platypus.flowables import Flowable

from rehabdesk.paper.blocks import Align, Paragraph
from rehabdesk.paper.drawing import draw_line
from rehabdesk.paper.fonts import FontBook
from rehabdesk.paper.lines import Line, measured

_LEADING_LATIN = 1.38
_LEADING_ARABIC = 1.75  # deep letters and marks above and below
_BASELINE_LATIN = 0.31  # height of the base line over the bottom of its line, as part of the leading
_BASELINE_ARABIC = 0.38


class BidiParagraph(Flowable):  # type: ignore[misc] # reportlab has no types
    """A paragraph that may hold both directions. `page_rtl`: how the document runs."""

    def __init__(self, block: Paragraph, book: FontBook, *, page_rtl: bool = False) -> None:
        super().__init__()
        layout = measured(block.words, book, direction=block.direction, bold=block.bold, page_rtl=page_rtl)
        self.block = block
        self._layout = layout
        self._page_rtl = page_rtl
        self._fixed: tuple[Line, ...] | None = None  # the lines of a part, which stays as it was broken
        self.lines: tuple[Line, ...] = ()
        leading, raised = (
            (_LEADING_ARABIC, _BASELINE_ARABIC) if layout.has_arabic else (_LEADING_LATIN, _BASELINE_LATIN)
        )
        self.leading = block.leading or block.size * leading
        self._raised = raised * self.leading
        self._lowered = 0.0
        self._space_before = block.space_before
        self._space_after = block.space_after
        self.keepWithNext = int(block.keep_with_next)

    @property
    def first_base(self) -> float:
        """From the top of the paragraph to the base line of its first line, in points."""
        return self._lowered + self.leading - self._raised

    def natural_width(self) -> float:
        """How wide the words are on one line, in points."""
        return self._layout.one_line().width * self.block.size / 1000

    def lower_to(self, first_base: float) -> None:
        """Put the first line on the level of a neighbour's: the paragraph becomes higher by the difference."""
        self._lowered += max(0.0, first_base - self.first_base)

    def getSpaceBefore(self) -> float:  # noqa: N802 - names that reportlab calls
        return self._space_before

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self._space_after

    def minWidth(self) -> float:  # noqa: N802
        return self.block.size * 2

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        self.lines = self._layout.lines(width * 1000 / self.block.size) if self._fixed is None else self._fixed
        self.height = self._lowered + len(self.lines) * self.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """In two at the foot of the page, if possible without one line alone at the top of the next."""
        self.wrap(min(width, self.width) if self.lines else width, height)  # a table forgets the room at its sides
        # whoever asks found that all lines do not fit, be it by a hair
        fitting = min(int((height - self._lowered) / self.leading + 1e-6), len(self.lines) - 1)
        if fitting == len(self.lines) - 1 and fitting > 2:
            fitting -= 1
        if fitting < 1:
            return []
        head, tail = self._part(self.lines[:fitting]), self._part(self.lines[fitting:])
        head._space_after = 0
        tail._space_before = 0
        tail._lowered = 0
        return [head, tail]

    def draw(self) -> None:
        size = self.block.size
        y = self.height - self.first_base
        for line in self.lines:
            x = self._left(self.width - line.width * size / 1000)
            draw_line(self.canv, line, x, y, size=size, colour=self.block.colour)
            if self.block.struck:
                self._strike(x, y + size * 0.28, line.width * size / 1000)
            y -= self.leading

    def _strike(self, x: float, y: float, width: float) -> None:
        self.canv.setStrokeColor(self.block.colour)
        self.canv.setLineWidth(0.7)
        self.canv.line(x, y, x + width, y)

    def _left(self, room: float) -> float:
        align = self.block.align
        if align is Align.CENTRE:
            return room / 2
        rtl = self._page_rtl if align is Align.PAGE else self._layout.rtl
        return room if rtl != (align is Align.END) else 0

    def _part(self, lines: tuple[Line, ...]) -> "BidiParagraph":
        part = BidiParagraph.__new__(BidiParagraph)
        part.__dict__.update(self.__dict__)
        part.__dict__.pop("_postponed", None)  # reportlab's note that this one already waited for a page
        part._fixed = lines
        return part
