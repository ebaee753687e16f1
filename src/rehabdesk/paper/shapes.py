"""Small flowables that hold no text: signature areas, QR symbols, rules, marks of lists. Imports reportlab."""

from reportlab.platypus.flowables import Flowable

from rehabdesk.paper import qr
from rehabdesk.paper.blocks import INK, SOFT_INK, Mark, SignatureArea
from rehabdesk.paper.drawing import draw_mark


class SignatureFrame(Flowable):  # type: ignore[misc] # reportlab has no types
    """An empty frame, where the page starts, that notes on the canvas where it came to stand."""

    def __init__(self, block: SignatureArea, *, rtl: bool) -> None:
        super().__init__()
        self._block, self._rtl = block, rtl

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self._block.height
        return self.width, self.height

    def draw(self) -> None:
        canvas, wide = self.canv, min(self._block.width, self.width)
        x = self.width - wide if self._rtl else 0
        canvas.setStrokeColor(SOFT_INK)
        canvas.setLineWidth(0.6)
        canvas.rect(x, 0, wide, self.height)
        left, bottom = canvas.absolutePosition(x, 0)
        canvas.note_area(self._block.name, left, bottom, left + wide, bottom + self.height)


class QrSymbol(Flowable):  # type: ignore[misc] # reportlab has no types
    """Where the page starts, as the words below it."""

    def __init__(self, text: str, size: float, *, rtl: bool) -> None:
        super().__init__()
        self._modules = qr.modules(text)
        self._size, self._rtl = size, rtl

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = max(width, self._size), self._size
        return self.width, self._size

    def draw(self) -> None:
        qr.draw(self.canv, self._modules, self.width - self._size if self._rtl else 0, 0, self._size)


class ThinRule(Flowable):  # type: ignore[misc] # reportlab has no types
    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, 9.0
        return width, 9.0

    def draw(self) -> None:
        self.canv.setStrokeColor(SOFT_INK)
        self.canv.setLineWidth(0.4)
        self.canv.line(0, 5, self.width, 5)


class MarkSign(Flowable):  # type: ignore[misc] # reportlab has no types
    """The sign before an item of a list, level with the first line of its text."""

    def __init__(self, mark: Mark, *, leading: float, rtl: bool, scale: float = 1.0) -> None:
        super().__init__()
        self._mark = mark
        self._leading = leading
        self._rtl = rtl
        self._scale = scale

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self._leading
        return width, self._leading

    def draw(self) -> None:
        size = 7.0 * self._scale
        x = self.width - size - 5 if self._rtl else 5
        y = (self._leading - size) / 2
        draw_mark(self.canv, self._mark, x, y, size=size, colour=INK, rtl=self._rtl)
