"""Lines of glyphs and small shapes on a canvas of reportlab."""

from typing import TYPE_CHECKING, Any

from rehabdesk.paper.blocks import Direction, Mark
from rehabdesk.paper.embedding import DocumentFonts, EmbeddedFace
from rehabdesk.paper.fonts import FontBook
from rehabdesk.paper.lines import Line, Piece, TextLayout

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

# Around one glyph whose text its neighbour says: programs that read the text out then say nothing for it.
_SILENT_BEGIN = "/Span <</ActualText ()>> BDC"


def draw_line(canvas: Any, line: Line, x: float, y: float, *, size: float, colour: str) -> None:
    """`line` with its left end at `x` and its letters standing on `y`. The canvas is one of pages.new_canvas."""
    fonts: DocumentFonts = canvas.fonts
    placed: list[tuple[Piece, float]] = []
    pen = x
    for piece in line.pieces:
        placed.append((piece, pen))
        pen += piece.shaped.width * size / 1000
    # Placed from left to right, but written in reading order: that is how programs read the page out.
    for piece, left in sorted(placed, key=lambda entry: entry[0].start):
        canvas.setFillColor(piece.colour or colour)
        canvas._code.append(_text_object(fonts.embedded(piece.face), piece, left, y, size))


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
) -> None:
    """`text` on one line; `anchor` ("left", "centre", "right") is the part of it that lies at `x`.

    `rtl`: how the document runs, for words of ours; None for words that have a direction of their own.
    """
    direction = Direction.AUTO if rtl is None else Direction.PAGE
    line = TextLayout(text, book, bold=bold, direction=direction, page_rtl=bool(rtl)).one_line()
    width = line.width * size / 1000
    draw_line(canvas, line, x - {"left": 0, "centre": width / 2, "right": width}[anchor], y, size=size, colour=colour)


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


def _text_object(font: EmbeddedFace, piece: Piece, x: float, y: float, size: float) -> str:
    """PDF operators that draw one piece. Moves between glyphs correct the declared widths to what HarfBuzz placed."""
    size *= piece.face.optical
    parts = [f"BT /{font.resource} {_number(size)} Tf 1 0 0 1 {_number(x)} {_number(y)} Tm"]
    shown: list[str] = []
    rise = 0.0
    pen = declared = 0.0  # where HarfBuzz and the reader of the PDF are, in thousandths
    for glyph in piece.shaped.glyphs:
        dx, dy, advance = (length / piece.face.optical for length in (glyph.dx, glyph.dy, glyph.advance))
        if dy != rise or not glyph.text:
            parts += _show(shown)
            shown = []
        if dy != rise:
            rise = dy
            parts.append(f"{_number(rise * size / 1000)} Ts")
        move = _number(declared - pen - dx)
        if move != "0":
            shown.append(move)
            declared = pen + dx
        shown.append(f"<{font.code(glyph.gid, glyph.text):04X}>")
        if not glyph.text:
            parts += [_SILENT_BEGIN, *_show(shown), "EMC"]
            shown = []
        declared += font.width(glyph.gid)
        pen += advance
    parts += _show(shown)
    if rise:
        parts.append("0 Ts")
    return " ".join([*parts, "ET"])


def _show(shown: list[str]) -> list[str]:
    return ["[" + "".join(shown).replace("><", "") + "] TJ"] if shown else []


def _number(value: float) -> str:
    return "0" if abs(value) < 0.0005 else f"{value:.3f}".rstrip("0").rstrip(".")
