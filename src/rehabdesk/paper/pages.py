"""A whole paper: A4 pages with heading, watermark and foot around the blocks, as bytes that are the same each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from rehabdesk.paper.blocks import SOFT_INK, WARNING_INK, Block, Direction
from rehabdesk.paper.fonts import FontBook

if TYPE_CHECKING:
    from rehabdesk.paper.canvas import PaperCanvas
    from rehabdesk.paper.lines import Line

A4 = (595.276, 841.89)
MARGIN = 56.0
_TOP, _BOTTOM = 62.0, 58.0
_WIDE_MARGIN, _RAISED = 42.0, 12.0
"""Of a wide page: the margins at the sides, and how much nearer head and foot lie to the edges of the paper."""
_EXTRA_LINE = 15.0
_LINE_SIZE, _LINE_HEIGHT = 8.5, 11.0
"""Of the express sentence below the banner, which may take several lines."""
TRAINING = "TRAINING · FORMATION · تدريب"
"""The banner of papers about people who are invented."""
LARGE_PRINT = 1.6
"""Body text of 16 points: what is called large print."""
_WATERMARK_INK = "#edf0f3"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What stands on every page, and what the file says about itself.

    `language` is a BCP 47 tag; Arabic makes the pages run right to left. `issued` (aware) is the only time in the file.
    `page_words` has the places {page} and {pages}. `banner` (TRAINING) stands boldly at the head of each page, `line`
    (the express sentence) below it; both are left out when empty. `wide`: small margins, for forms filled in by hand.
    `scale`: how many times as large as declared the blocks are drawn; LARGE_PRINT for who reads with effort.
    """

    title: str
    author: str
    creator: str
    language: str
    issued: datetime
    heading: str
    watermark: str
    foot: str
    page_words: str
    banner: str = ""
    line: str = ""
    wide: bool = False
    scale: float = 1.0

    @property
    def margin(self) -> float:
        """At either side of the text, in points."""
        return _WIDE_MARGIN if self.wide else MARGIN

    @property
    def rtl(self) -> bool:
        return self.language.partition("-")[0] == "ar"

    def texts(self) -> list[str]:
        """What it prints, for the check of missing characters."""
        return [self.heading, self.watermark, self.foot, self.page_words, self.banner, self.line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle on a page, in points from the lower left corner. `page` counts from 0."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A finished PDF without attachment or signature; `areas` are its signature areas by name."""

    pdf: bytes
    page_count: int
    areas: dict[str, Area]


def build(frame: PageFrame, blocks: Sequence[Block], *, expected: int = 0, book: FontBook | None = None) -> Paper:
    """Lay out `blocks`. The same frame and blocks give the same bytes, whatever was laid out before.

    `expected`: how many pages it will be, where that is known: one pass is enough then. `book`: of `count`, which has
    measured most of the words. ValueError if a character is in no font: check first with fonts.missing_characters.
    """
    book = book or FontBook()  # shared by the two passes: it holds measures only; codes belong to the canvas
    paper = _lay_out(frame, blocks, book, pages=expected)
    return paper if paper.page_count == expected else _lay_out(frame, blocks, book, pages=paper.page_count)


def count(frame: PageFrame, blocks: Sequence[Block], book: FontBook) -> int:
    """How many pages it will be."""
    return _lay_out(frame, blocks, book, pages=0).page_count


def _lay_out(frame: PageFrame, blocks: Sequence[Block], book: FontBook, *, pages: int) -> Paper:
    """One pass. The first does not know the number of pages, which changes no place on them."""
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    from rehabdesk.paper.canvas import PaperCanvas
    from rehabdesk.paper.story import Story

    target = BytesIO()
    canvases: list[PaperCanvas] = []

    def new_canvas(file: BytesIO, **_: Any) -> PaperCanvas:
        canvas = PaperCanvas(file, size=A4, issued=frame.issued, language=frame.language)
        canvases.append(canvas)
        return canvas

    def decorate(canvas: "PaperCanvas", _: object) -> None:
        _draw_frame(canvas, frame, book, pages=pages)

    raised = _RAISED if frame.wide else 0.0
    top, bottom = _TOP - raised + _EXTRA_LINE * bool(frame.banner), _BOTTOM - raised
    if rows := _rows_of_line(frame, book):
        top += _EXTRA_LINE + _LINE_HEIGHT * (len(rows) - 1)
    width, height = A4[0] - 2 * frame.margin, A4[1] - top - bottom
    body = Frame(frame.margin, bottom, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    template = BaseDocTemplate(
        target,
        pagesize=A4,
        pageTemplates=[PageTemplate(frames=[body], onPage=decorate)],
        title=frame.title,
        author=frame.author,
        creator=frame.creator,
    )
    template.build(Story(book, rtl=frame.rtl, scale=frame.scale).document(blocks, width), canvasmaker=new_canvas)
    canvas = canvases[-1]
    areas = {
        name: Area(page=page, left=box[0], bottom=box[1], right=box[2], top=box[3])
        for name, (page, box) in canvas.areas.items()
    }
    return Paper(pdf=target.getvalue(), page_count=template.page, areas=areas)


def _draw_frame(canvas: "PaperCanvas", frame: PageFrame, book: FontBook, *, pages: int) -> None:
    """Watermark below everything, then heading, banner, line and foot."""
    from rehabdesk.paper.drawing import draw_line, draw_text

    draw = partial(draw_text, canvas, book, rtl=frame.rtl)
    left, right, raised = frame.margin, A4[0] - frame.margin, _RAISED if frame.wide else 0.0
    start, end = (right, left) if frame.rtl else (left, right)
    starts, ends = ("right", "left") if frame.rtl else ("left", "right")
    _draw_watermark(canvas, frame, book)
    y, larger = A4[1] - 40 + raised, 2.5 if frame.scale > 1 else 0.0
    draw(frame.heading, start, y, size=8.5 + larger, colour=SOFT_INK, anchor=starts)
    canvas.setStrokeColor(SOFT_INK)
    canvas.setLineWidth(0.4)
    canvas.line(left, y - 7, right, y - 7)
    y -= 7
    if frame.banner:
        y -= _EXTRA_LINE
        draw(frame.banner, A4[0] / 2, y, size=10, colour=WARNING_INK, anchor="centre", bold=True)
    for number, row in enumerate(_rows_of_line(frame, book)):
        y -= _LINE_HEIGHT if number else _EXTRA_LINE
        x = (A4[0] - row.width * _LINE_SIZE / 1000) / 2
        draw_line(canvas, row, x, y, size=_LINE_SIZE, colour=WARNING_INK)
    canvas.line(left, 46 - raised, right, 46 - raised)
    draw(frame.foot, start, 33 - raised, size=8 + larger, colour=SOFT_INK, anchor=starts)
    place = frame.page_words.format(page=canvas.getPageNumber(), pages=pages or "?")
    draw(place, end, 33 - raised, size=8 + larger, colour=SOFT_INK, anchor=ends)


def _rows_of_line(frame: PageFrame, book: FontBook) -> "tuple[Line, ...]":
    """The express sentence, broken so that no word of it lies beyond the margins."""
    from rehabdesk.paper.lines import TextLayout

    if not frame.line:
        return ()
    layout = TextLayout(frame.line, book, bold=True, direction=Direction.PAGE, page_rtl=frame.rtl)
    return layout.lines((A4[0] - 2 * frame.margin) * 1000 / _LINE_SIZE)


def _draw_watermark(canvas: "PaperCanvas", frame: PageFrame, book: FontBook) -> None:
    """Across the page, so light that text over it stays easy to read, and so large as the page allows."""
    from rehabdesk.paper.drawing import draw_text
    from rehabdesk.paper.lines import TextLayout

    width = TextLayout(frame.watermark, book, bold=True).one_line().width
    size = min(44.0, 640_000 / width) if width else 44.0
    canvas.saveState()
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(52)
    draw = partial(draw_text, canvas, book, rtl=frame.rtl, decoration=True)
    draw(frame.watermark, 0, -size / 3, size=size, colour=_WATERMARK_INK, anchor="centre", bold=True)
    canvas.restoreState()
