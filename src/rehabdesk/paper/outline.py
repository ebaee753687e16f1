"""The outline of a body, front and back, for marks by hand: no sex, no age, no face. Imports reportlab."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus.flowables import Flowable

from rehabdesk.paper.blocks import SOFT_INK, BodyOutline
from rehabdesk.paper.drawing import draw_text
from rehabdesk.paper.fonts import FontBook

_HALF = (
    (2.7, 86.4), (2.9, 84.2), (5.5, 82.4), (9.6, 81.2), (11.9, 78.2), (12.9, 72.0), (13.9, 64.0), (15.6, 56.0),
    (17.0, 49.4), (18.6, 46.4), (19.2, 43.0), (18.2, 40.4), (16.6, 41.6), (15.2, 45.4), (14.4, 49.4), (12.4, 56.6),
    (10.9, 63.4), (9.8, 70.4), (9.0, 74.0), (8.6, 68.0), (7.9, 61.0), (8.3, 55.6), (9.6, 49.8), (9.8, 43.0),
    (9.0, 34.0), (7.9, 27.4), (8.3, 21.0), (7.3, 12.6), (6.1, 6.4), (6.6, 3.4), (8.0, 1.2), (5.6, 0.4),
    (3.6, 1.2), (3.4, 4.4), (3.5, 10.0), (3.4, 18.0), (3.3, 26.6), (2.4, 36.0), (0.9, 45.6), (0.0, 46.6),
)  # fmt: skip
"""The right half from the neck down the outer arm, and back by the inner leg: in hundredths of the height."""
_NECK = 86.4
_HEAD = (0.0, 93.0, 4.9, 6.8)
"""Middle and radii of the head."""
_LABEL_ROOM = 26.0


class BodyOutlineFrame(Flowable):  # type: ignore[misc] # reportlab has no types
    """Two figures side by side: the front where the page starts."""

    def __init__(self, block: BodyOutline, book: FontBook, *, rtl: bool) -> None:
        super().__init__()
        self._block, self._book, self._rtl = block, book, rtl

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self._block.height
        return width, self._block.height

    def draw(self) -> None:
        block, quarter = self._block, self.width / 4
        # seen from the front, the person's right hand is on the left of the page
        views = [(block.front, block.right, block.left), (block.back, block.left, block.right)]
        for place, (title, at_left, at_right) in enumerate(reversed(views) if self._rtl else views):
            self._figure(quarter * (1 + 2 * place), title, at_left, at_right)

    def _figure(self, middle: float, title: str, at_left: str, at_right: str) -> None:
        canvas, unit = self.canv, (self.height - _LABEL_ROOM) / 100
        canvas.setStrokeColor(SOFT_INK)
        canvas.setLineWidth(0.9)
        canvas.setLineJoin(1)
        x, y, wide, high = (each * unit for each in _HEAD)
        canvas.ellipse(middle + x - wide, y - high, middle + x + wide, y + high, stroke=1, fill=0)
        for side in (1, -1):
            points = [(middle + side * right * unit, up * unit) for right, up in _HALF]
            canvas.drawPath(_smooth(canvas, points), stroke=1, fill=0)
        draw_text(
            canvas,
            self._book,
            title,
            middle,
            self.height - 12,
            size=9,
            colour=SOFT_INK,
            anchor="centre",
            bold=True,
            rtl=self._rtl,
        )
        for words, at in ((at_left, middle - 21 * unit), (at_right, middle + 21 * unit)):
            draw_text(canvas, self._book, words, at, 70 * unit, size=9, colour=SOFT_INK, anchor="centre", rtl=self._rtl)


def _smooth(canvas: Any, points: Sequence[tuple[float, float]]) -> Any:
    """A path through all points without corners (Catmull and Rom)."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    ends = [points[0], *points, points[-1]]
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        path.curveTo(*first, *second, *end)
    return path
