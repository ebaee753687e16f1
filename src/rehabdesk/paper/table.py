"""Tables, rows of label and value, lists, boxes, columns: grids whose cells hold flowables. Imports reportlab."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Table as Grid
from reportlab.platypus import TableStyle

Command = tuple[Any, ...]

_LOW = 120.0
"""Up to this height in points, a row goes to the next page whole."""
_LINE = "#c3cbd3"
_HEADER = "#e9eef2"


class _Rows(Grid):  # type: ignore[misc] # reportlab has no types
    """reportlab's table, but for the end of a page.

    Low rows are not divided, what fits except for the room below it does not go on, and what is kept with its next
    does not stay alone.
    """

    def split(self, width: float, height: float) -> list[Any]:
        self._calc(width, height)
        self.splitInRow = self._rowHeights[self.repeatRows] > _LOW
        parts: list[Any] = super().split(width, height)
        if len(parts) != 2:
            return parts
        cell = parts[0]._cellvalues[-1][0]
        if isinstance(cell, list | tuple) and cell and cell[-1].getKeepWithNext():
            return []
        return parts if parts[1].holds_anything() else parts[:1]

    def holds_anything(self) -> bool:
        """Whether a cell below the header holds something."""
        return any(cell for row in self._cellvalues[self.repeatRows :] for cell in row)


def ruled_grid(
    header: Sequence[Any],
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    *,
    rtl: bool,
    tight: bool = False,
    upright: bool = False,
) -> Grid:
    """A table in reading order: thin lines below the rows, a shaded header that repeats on each page.

    `tight`: little room above and below the cells. `upright`: lines between the columns too.
    """
    gap, side = (1.2, 2) if tight else (3, 5)
    style: list[Command] = [
        ("BACKGROUND", (0, 0), (-1, 0), _HEADER),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.4, _LINE),
        *_padding(left=side, right=side, top=gap, bottom=gap),
    ]
    if upright:
        style.append(("LINEAFTER", (0, 0), (-2, -1), 0.4, _LINE))
    return _grid([header, *rows], widths, style, rtl=rtl, header_rows=1)


def open_grid(rows: Sequence[Sequence[Any]], widths: Sequence[float], *, rtl: bool, gap: float = 1.5) -> Grid:
    """Cells side by side without lines. `gap` points stand above and below each row."""
    return _grid(rows, widths, list(_padding(left=0, right=0, top=gap, bottom=gap)), rtl=rtl)


def boxed(content: Sequence[Any], width: float, *, edge: str, fill: str, rtl: bool) -> Grid:
    """Flowables in a box with a strong edge where the text starts."""
    side = "LINEAFTER" if rtl else "LINEBEFORE"
    style: list[Command] = [
        ("BACKGROUND", (0, 0), (-1, -1), fill),
        (side, (0, 0), (-1, -1), 2.2, edge),
        *_padding(left=10, right=10, top=6, bottom=5),
    ]
    return _grid([[list(content)]], [width], style, rtl=False)


def _padding(*, left: float, right: float, top: float, bottom: float) -> Sequence[Command]:
    sizes = {"LEFTPADDING": left, "RIGHTPADDING": right, "TOPPADDING": top, "BOTTOMPADDING": bottom}
    return [(name, (0, 0), (-1, -1), size) for name, size in sizes.items()]


def _grid(
    rows: Sequence[Sequence[Any]], widths: Sequence[float], style: list[Command], *, rtl: bool, header_rows: int = 0
) -> Grid:
    """reportlab's table; for right to left the columns, and with them the widths, stand in mirrored order."""
    if rtl:
        rows, widths = [list(reversed(row)) for row in rows], list(reversed(widths))
    return _Rows(
        [list(row) for row in rows],
        colWidths=list(widths),
        repeatRows=header_rows,
        hAlign="RIGHT" if rtl else "LEFT",
        splitInRow=1,  # a high row goes on over pages; it is never cut or refused
        style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *style]),
    )
