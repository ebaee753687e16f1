"""Lines of glyphs and small shapes on a canvas of reportlab."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rehabdesk.paper.blocks import Direction, Mark
from rehabdesk.paper.embedding import DocumentFonts, EmbeddedFace
from rehabdesk.paper.fonts import Face, FontBook
from rehabdesk.paper.lines import Line, Piece, measured

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

# Around one glyph whose text its neighbour says: programs that read the text out then say nothing for it.
_SILENT_BEGIN = "/Span <</ActualText ()>> BDC"
_LEAST_MOVE = 0.0005


def draw_line(
    canvas: Any, line: Line, x: float, y: float, *, size: float, colour: str, decoration: bool = False
) -> None:
    """`line` with its left end at `x` and its letters standing on `y`. The canvas is one of pages.new_canvas.

    `decoration`: only to be seen; programs that read the page out pass over it.
    """
    fonts: DocumentFonts = canvas.fonts
    if decoration:
        canvas._code.append(_SILENT_BEGIN)
    filled = ""
    for pieces, left in _strokes(line, x, size):
        face, ink = pieces[0].face, pieces[0].colour or colour
        if ink != filled:
            canvas.ink(ink)
            filled = ink
        canvas._code.append(_text_object(fonts.embedded(face), pieces, left, y, size, decoration=decoration))
    if decoration:
        canvas._code.append("EMC")


def _strokes(line: Line, x: float, size: float) -> Iterator[tuple[list[Piece], float]]:
    """What is drawn in one go, with its left end: neighbours of one look that run from left to right, else one piece.

    Placed from left to right, but given in reading order: that is how programs read the page out.
    """
    if not any(piece.level & 1 for piece in line.pieces):  # nothing is turned: neighbours are neighbours
        for _, same in groupby(line.pieces, key=_look):
            together = list(same)
            yield together, x
            for piece in together:
                x += piece.shaped.width * size / 1000
        return
    placed: list[tuple[Piece, float]] = []
    for piece in line.pieces:
        placed.append((piece, x))
        x += piece.shaped.width * size / 1000
    placed.sort(key=lambda entry: entry[0].start)
    together = []
    begin = 0.0
    for place, (piece, left) in enumerate(placed):
        if not together:
            begin = left
        together.append(piece)
        following = placed[place + 1] if place + 1 < len(placed) else None
        if following is None or not _go_on(piece, left + piece.shaped.width * size / 1000, *following):
            yield together, begin
            together = []


def _look(piece: Piece) -> tuple[Face, str | None]:
    return piece.face, piece.colour


def _go_on(piece: Piece, end: float, following: Piece, left: float) -> bool:
    """Whether the next piece in reading order follows at the right of this one, in the same look."""
    return _look(following) == _look(piece) and not (piece.level & 1 or following.level & 1) and abs(left - end) < 1e-6


def draw_text(
    canvas: Any,
    book: FontBook,
    text: str,
    x: float,
    y: float,
    *,
    size: float,
    colour: str,
    anchor: str,
    bold: bool = False,
    rtl: bool | None = None,
    decoration: bool = False,
) -> None:
    """`text` on one line; `anchor` ("left", "centre", "right") is the part of it that lies at `x`.

    `rtl`: how the document runs, for words of ours; None for words that have a direction of their own. `decoration` as
    in `draw_line`.
    """
    direction = Direction.AUTO if rtl is None else Direction.PAGE
    line = measured(text, book, direction=direction, bold=bold, page_rtl=bool(rtl)).one_line()
    width = line.width * size / 1000
    left = x - {"left": 0, "centre": width / 2, "right": width}[anchor]
    draw_line(canvas, line, left, y, size=size, colour=colour, decoration=decoration)


def draw_mark(canvas: "Canvas", mark: Mark, x: float, y: float, *, size: float, colour: str, rtl: bool) -> None:
    """`mark` in the square of side `size` whose lower left corner is (x, y)."""
    canvas.saveState()
    canvas.setStrokeColor(colour)
    canvas.setFillColor(colour)
    canvas.setLineWidth(size * 0.13)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    match mark:
        case Mark.DOT:
            canvas.circle(x + size / 2, y + size / 2, size * 0.19, stroke=0, fill=1)
        case Mark.BOX:
            canvas.setLineWidth(size * 0.08)
            canvas.rect(x + size * 0.1, y + size * 0.1, size * 0.8, size * 0.8)
        case Mark.TICK:
            path.moveTo(x + size * 0.1, y + size * 0.5)
            path.lineTo(x + size * 0.38, y + size * 0.2)
            path.lineTo(x + size * 0.9, y + size * 0.85)
            canvas.drawPath(path)
        case Mark.ARROW:
            tail, tip, back = (0.95, 0.05, 0.4) if rtl else (0.05, 0.95, 0.6)
            path.moveTo(x + size * tail, y + size * 0.5)
            path.lineTo(x + size * tip, y + size * 0.5)
            path.moveTo(x + size * back, y + size * 0.82)
            path.lineTo(x + size * tip, y + size * 0.5)
            path.lineTo(x + size * back, y + size * 0.18)
            canvas.drawPath(path)
    canvas.restoreState()


def _text_object(
    font: EmbeddedFace, pieces: Sequence[Piece], x: float, y: float, size: float, *, decoration: bool = False
) -> str:
    """PDF operators that draw pieces of one face side by side.

    Moves between glyphs correct the declared widths to what HarfBuzz placed.
    """
    optical = pieces[0].face.optical
    size *= optical
    parts = [f"BT /{font.resource} {_number(size)} Tf 1 0 0 1 {_number(x)} {_number(y)} Tm"]
    shown: list[str] = []
    rise = 0.0
    pen = declared = 0.0  # where HarfBuzz and the reader of the PDF are, in thousandths
    for gid, text, advance, aside, raised in (glyph for piece in pieces for glyph in piece.shaped.glyphs):
        dx, dy = aside / optical, raised / optical
        if dy != rise or not text:
            parts += _show(shown)
            shown = []
            if dy != rise:
                rise = dy
                parts.append(f"{_number(rise * size / 1000)} Ts")
        gap = declared - pen - dx
        if not -_LEAST_MOVE < gap < _LEAST_MOVE:
            shown.append(_number(gap))
            declared = pen + dx
        drawn, width = font.drawn(gid, text)
        shown.append(drawn)
        if not text and not decoration:
            parts += [_SILENT_BEGIN, *_show(shown), "EMC"]
            shown = []
        declared += width
        pen += advance / optical
    parts += _show(shown)
    if rise:
        parts.append("0 Ts")
    return " ".join([*parts, "ET"])


def _show(shown: list[str]) -> list[str]:
    return ["[" + "".join(shown).replace("><", "") + "] TJ"] if shown else []


def _number(value: float) -> str:
    return "0" if abs(value) < _LEAST_MOVE else f"{value:.3f}".rstrip("0").rstrip(".")
