"""Small pictures before headings, drawn as shapes: they say the same in every language."""

from typing import TYPE_CHECKING

from rehabdesk.paper.blocks import INK, Sign

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_LINE = 0.075
"""How thick lines are, in sizes of the sign."""


def draw_sign(canvas: "Canvas", sign: Sign, x: float, y: float, *, size: float) -> None:
    """`sign` in the square of side `size` whose lower left corner is (x, y). The same in both directions."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(size, size)
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
    canvas.setLineWidth(_LINE)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    {
        Sign.HOUSE: _house,
        Sign.CALENDAR: _calendar,
        Sign.PHONE: _phone,
        Sign.BUS: _bus,
        Sign.MEDICINE: _medicine,
        Sign.MONEY: _money,
        Sign.PEOPLE: _people,
    }[sign](canvas)
    canvas.restoreState()


def _lines(canvas: "Canvas", *points: tuple[float, float]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    canvas.drawPath(path)


def _house(canvas: "Canvas") -> None:
    _lines(canvas, (0.05, 0.48), (0.5, 0.92), (0.95, 0.48))
    _lines(canvas, (0.17, 0.5), (0.17, 0.08), (0.83, 0.08), (0.83, 0.5))
    canvas.rect(0.41, 0.08, 0.18, 0.3, stroke=0, fill=1)


def _calendar(canvas: "Canvas") -> None:
    canvas.roundRect(0.08, 0.08, 0.84, 0.76, 0.06)
    canvas.rect(0.08, 0.62, 0.84, 0.2, stroke=0, fill=1)
    for x in (0.3, 0.7):
        _lines(canvas, (x, 0.8), (x, 0.94))
    for x in (0.28, 0.5, 0.72):
        for y in (0.25, 0.45):
            canvas.circle(x, y, 0.05, stroke=0, fill=1)


def _phone(canvas: "Canvas") -> None:
    canvas.roundRect(0.24, 0.04, 0.52, 0.92, 0.09)
    canvas.rect(0.34, 0.26, 0.32, 0.54)
    canvas.circle(0.5, 0.15, 0.05, stroke=0, fill=1)


def _bus(canvas: "Canvas") -> None:
    canvas.roundRect(0.06, 0.2, 0.88, 0.64, 0.09)
    _lines(canvas, (0.06, 0.44), (0.94, 0.44))
    for x in (0.35, 0.65):
        _lines(canvas, (x, 0.44), (x, 0.84))
    for x in (0.28, 0.72):
        canvas.circle(x, 0.17, 0.11, stroke=0, fill=1)


def _medicine(canvas: "Canvas") -> None:
    canvas.roundRect(0.18, 0.05, 0.64, 0.66, 0.08)
    canvas.rect(0.27, 0.78, 0.46, 0.15, stroke=1, fill=1)
    canvas.rect(0.445, 0.19, 0.11, 0.36, stroke=0, fill=1)
    canvas.rect(0.32, 0.315, 0.36, 0.11, stroke=0, fill=1)


def _money(canvas: "Canvas") -> None:
    canvas.roundRect(0.04, 0.22, 0.92, 0.56, 0.05)
    canvas.circle(0.5, 0.5, 0.15)
    for x in (0.18, 0.82):
        canvas.circle(x, 0.5, 0.045, stroke=0, fill=1)


def _people(canvas: "Canvas") -> None:
    for x, y in ((0.3, 0.76), (0.7, 0.76)):
        canvas.circle(x, y, 0.14, stroke=0, fill=1)
        path = canvas.beginPath()
        path.moveTo(x - 0.21, 0.1)
        path.curveTo(x - 0.21, 0.66, x + 0.21, 0.66, x + 0.21, 0.1)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
