"""Cards to cut out: four on a page in the usual case, a wide one for what is long. Imports reportlab."""

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.platypus import KeepTogether, Spacer, TableStyle
from reportlab.platypus import Table as Grid
from reportlab.platypus.flowables import Flowable

from rehabdesk.paper.blocks import Block, Card, Cards

Inner = Callable[[Sequence[Block], float], list[Flowable]]
_CUT_INK, _DASHES = "#8796a5", (4, 3)
_SIDE, _TOP, _FOOT = 14.0, 12.0, 8.0
_COLUMNS = 2


def card_sheet(block: Cards, width: float, *, inner: Inner, rtl: bool) -> list[Flowable]:
    """`inner` makes the flowables of any block. A card is never cut off: what does not fit makes it a wide one."""
    own = width / _COLUMNS
    short = [card for card in block.cards if _height(card, own, inner) <= block.height]
    long = [card for card in block.cards if card not in short]
    rows = [short[at : at + _COLUMNS] for at in range(0, len(short), _COLUMNS)]
    found: list[Flowable] = [_row(cards, own, block.height, inner, rtl=rtl) for cards in rows]
    for card in long:
        found += [Spacer(1, _TOP), KeepTogether([_wide(card, width, inner)])]
    return found


def _parts(card: Card, width: float, inner: Inner) -> tuple[list[Flowable], list[Flowable]]:
    room = width - 2 * _SIDE
    return inner(card.blocks, room), inner(card.foot, room)


def _height(card: Card, width: float, inner: Inner) -> float:
    return sum(_measured(part, width) for part in _parts(card, width, inner)) + _TOP + 2 * _FOOT


def _measured(content: list[Flowable], width: float) -> float:
    grid = Grid([[content]], colWidths=[width], style=TableStyle(_padding(0, 0)))
    return float(grid.wrap(width, 1e6)[1])


def _row(cards: Sequence[Card], width: float, height: float, inner: Inner, *, rtl: bool) -> Grid:
    """Two cards, or one where no second is left: content above, the foot at the lower edge."""
    parts = [_parts(card, width, inner) for card in cards]
    parts += [([], [])] * (_COLUMNS - len(cards))
    foot = max(_measured(each[1], width) for each in parts) + 2 * _FOOT
    cut = list(range(len(cards)))
    if rtl:
        parts, cut = parts[::-1], [_COLUMNS - 1 - at for at in cut]
    cells = [[each[0] or Spacer(0, 0) for each in parts], [each[1] or Spacer(0, 0) for each in parts]]
    style = [*_padding(_TOP, 0), ("VALIGN", (0, 1), (-1, 1), "BOTTOM"), ("BOTTOMPADDING", (0, 1), (-1, 1), _FOOT)]
    style += [("BOX", (at, 0), (at, 1), 0.7, _CUT_INK, None, _DASHES) for at in cut]
    return Grid(
        cells, colWidths=[width] * _COLUMNS, rowHeights=[height - foot, foot], style=TableStyle(style), hAlign="LEFT"
    )


def _wide(card: Card, width: float, inner: Inner) -> Grid:
    content, foot = _parts(card, width, inner)
    style = [*_padding(_TOP, _FOOT), ("BOX", (0, 0), (-1, -1), 0.7, _CUT_INK, None, _DASHES)]
    return Grid([[[*content, *foot]]], colWidths=[width], splitInRow=1, style=TableStyle(style), hAlign="LEFT")


def _padding(top: float, bottom: float) -> list[tuple[Any, ...]]:
    sizes = {"LEFTPADDING": _SIDE, "RIGHTPADDING": _SIDE, "TOPPADDING": top, "BOTTOMPADDING": bottom}
    return [("VALIGN", (0, 0), (-1, -1), "TOP"), *((name, (0, 0), (-1, -1), size) for name, size in sizes.items())]
