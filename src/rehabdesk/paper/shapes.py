"""Small flowables that hold no text: signature areas, QR symbols, rules, marks of lists. Imports reportlab."""

from reportlab.platypus.flowables import Flowable

from rehabdesk.paper import qr
from rehabdesk.paper.blocks import INK, SOFT_INK, Mark, SignatureArea
from rehabdesk.paper.drawing import draw_mark


class SignatureFrame(Flowable):  # type: ignore[misc] # reportlab has no types
    """An empty frame that notes on the canvas where it came to stand."""

    def __init__(self, block: SignatureArea) -> None:
        super().__init__()
        self._block = block

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = min(self._block.width, width)
        self.height = self._block.height
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(SOFT_INK)
        canvas.setLineWidth(0.6)
        canvas.rect(0, 0, self.width, self.height)
        left, bottom = canvas.absolutePosition(0, 0)
        canvas.note_area(self._block.name, left, bottom, left + self.width, bottom + self.height)


class QrSymbol(Flowable):  # type: ignore[misc] # reportlab has no types
    def __init__(self, text: str, size: float) -> None:
        super().__init__()
        self._modules = qr.modules(text)
        self._size = size

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        self.width = self.height = self._size
        return self._size, self._size

    def draw(self) -> None:
        qr.draw(self.canv, self._modules, 0, 0, self._size)


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
