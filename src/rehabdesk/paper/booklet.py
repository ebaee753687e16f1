"""Pages side by side on sheets twice as large, so that the sheets, folded once, are a booklet. Imports reportlab."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from reportlab.pdfbase.pdfdoc import PDFFormXObject

from rehabdesk.paper.canvas import PaperCanvas

_SHEET = (841.89, 595.276)
"""A4 on its side, in points."""
_LEAVES = 4
"""Pages on one folded sheet."""


def folded(count: int, *, rtl: bool) -> Iterator[tuple[int, int]]:
    """For each side of each sheet the page at the left and at the right, from 0; from `count` on a page is empty.

    Sheets are printed on both sides, turned at the short edge, and lie in each other. The back is always empty: who
    sees the booklet lie there reads its cover alone (G24). `rtl`: the back is at the right.
    """
    whole = (count // _LEAVES + 1) * _LEAVES
    for first in range(0, whole // 2, 2):
        for outer, inner in ((whole - 1 - first, first), (first + 1, whole - 2 - first)):
            yield (inner, outer) if rtl else (outer, inner)


class BookletCanvas(PaperCanvas):
    """Keeps each finished page as a drawing, and puts the sheets together at the end. Without outline."""

    def __init__(self, file: BytesIO, *, size: tuple[float, float], issued: datetime, language: str) -> None:
        super().__init__(file, size=size, issued=issued, language=language)
        self._leaf, self._leaves = size, list[str]()
        self._rtl = language.partition("-")[0] == "ar"
        self.setViewerPreference("Duplex", "DuplexFlipShortEdge")

    def note_heading(self, text: str, level: int, height: float) -> None:
        """Nothing: what lies on a sheet does not follow the order of reading."""

    def showPage(self) -> None:  # noqa: N802 - the name that reportlab calls
        """The page is finished, and kept."""
        name = f"leaf{len(self._leaves)}"
        form = PDFFormXObject(0, 0, *self._leaf)
        form.setStreamList([self._preamble, *self._code])
        self._doc.addForm(name, form)
        self._leaves.append(name)
        self._startPage()

    def save(self) -> None:
        """The sheets, then the file."""
        if self._code:
            self.showPage()
        self.setPageSize(_SHEET)
        middle = _SHEET[0] / 2
        for pair in folded(len(self._leaves), rtl=self._rtl):
            for page, left in zip(pair, (middle - self._leaf[0], middle), strict=True):
                if page < len(self._leaves):
                    self.saveState()
                    self.translate(left, 0)
                    self.doForm(self._leaves[page])
                    self.restoreState()
            super().showPage()
        super().save()
