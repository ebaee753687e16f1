"""QR symbols as rectangles (segno; error level M, alphanumeric mode), so that they scan from a coarse raster."""

from typing import Any

_QUIET = 4  # modules of white around the symbol, as ISO/IEC 18004 asks


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The symbol with its quiet zone, True is dark. ValueError if `text` needs more than alphanumeric mode."""
    import segno

    symbol = segno.make_qr(text, error="m", mode="alphanumeric", boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in symbol.matrix_iter(border=_QUIET))


def draw(canvas: Any, rows: tuple[tuple[bool, ...], ...], x: float, y: float, size: float) -> None:
    """The symbol in the square of `size` points whose lower left corner is (x, y): dark bars on white."""
    side = size / len(rows)
    canvas.saveState()
    canvas.setFillColor("#ffffff")
    canvas.rect(x, y, size, size, stroke=0, fill=1)
    canvas.setFillColor("#000000")
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        start = 0
        while start < len(row):
            if not row[start]:
                start += 1
                continue
            end = start
            while end < len(row) and row[end]:
                end += 1
            path.rect(x + start * side, y + size - (number + 1) * side, (end - start) * side, side)
            start = end
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
