"""reportlab's canvas with our fonts only, one time only, and notes of where things came to stand. Imports reportlab."""

import hashlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from reportlab.lib.colors import Color, toColor
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase.pdfdoc import PDFDate, PDFDictionary, PDFInfo, PDFString, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from rehabdesk.paper.embedding import DocumentFonts

Box = tuple[float, float, float, float]


class PaperCanvas(Canvas):  # type: ignore[misc] # reportlab has no types
    def __init__(self, file: BytesIO, *, size: tuple[float, float], issued: datetime, language: str) -> None:
        super().__init__(file, pagesize=size, pageCompression=0, invariant=1, lang=language)
        self.fonts = DocumentFonts()
        self.areas: dict[str, tuple[int, Box]] = {}
        self._inks: dict[str, str] = {}
        self._colours: dict[str, Color] = {}
        self._headings = 0
        self._outline_level = -1
        self._doc._timeStamp = _fixed_time(issued)
        # The file's /ID starts from this: without the clock or the environment, and the same in each run.
        self._doc.signature = hashlib.md5(issued.isoformat().encode(), usedforsecurity=False)
        self._doc.info = _Info()
        self._doc.defaultStreamFilters = [PDFZCompress]  # without the letters around it that reportlab would add
        self._doc.delayedFonts.append(self.fonts)
        if language.partition("-")[0] == "ar":
            self.setViewerPreference("Direction", "R2L")

    def note_area(self, name: str, left: float, bottom: float, right: float, top: float) -> None:
        """A signature area came to stand here. ValueError for a second one of the same name."""
        if name in self.areas:
            raise ValueError(f"two signature areas are called {name}")
        self.areas[name] = (self.getPageNumber() - 1, (left, bottom, right, top))

    def note_heading(self, text: str, level: int, height: float) -> None:
        """An entry of the outline that leads to the heading just drawn; levels that were left out are not invented."""
        self._headings += 1
        self._outline_level = min(level - 1, self._outline_level + 1)
        key = f"h{self._headings}"
        self.bookmarkHorizontal(key, 0, height + 6)
        self.addOutlineEntry(text, key, self._outline_level)

    def ink(self, colour: str) -> None:
        """The colour ("#rrggbb") of what is filled from now on; as setFillColor, which reads it anew each time."""
        if colour not in self._inks:
            red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
            self._inks[colour] = f"{red:.4f} {green:.4f} {blue:.4f} rg"
        self._code.append(self._inks[colour])

    def setFillColor(self, aColor: Any, alpha: float | None = None) -> None:  # noqa: N802, N803 - as reportlab calls
        super().setFillColor(self._read(aColor), alpha)

    def setStrokeColor(self, aColor: Any, alpha: float | None = None) -> None:  # noqa: N802, N803
        super().setStrokeColor(self._read(aColor), alpha)

    def _read(self, colour: Any) -> Any:
        """A colour in letters as an object: reportlab would try one way of reading it after the other, each time."""
        if not isinstance(colour, str):
            return colour
        if colour not in self._colours:
            self._colours[colour] = toColor(colour)
        return self._colours[colour]

    def setFont(self, *_: object, **__: object) -> None:  # noqa: N802 - the name that reportlab calls
        """Nothing: text brings its own font (drawing.py), and reportlab's tables would choose Helvetica here."""

    def _make_preamble(self) -> None:
        """As the original, but without choosing a font: its choice would be an unembedded Helvetica on every page."""
        self._preamble = "1 0 0 1 0 0 cm"


class _Info(PDFInfo):  # type: ignore[misc] # reportlab has no types
    """What the file says about itself: no subject, no keywords, no name of a library."""

    def format(self, document: Any) -> Any:
        issued = PDFDate(ts=document._timeStamp)
        words = {"Title": self.title, "Author": self.author, "Creator": self.creator}
        entries = {name: PDFString(word) for name, word in words.items()}
        return PDFDictionary({**entries, "CreationDate": issued, "ModDate": issued}).format(document)


def _fixed_time(issued: datetime) -> TimeStamp:
    moment = issued.astimezone(UTC)
    stamp = TimeStamp(1)
    stamp.t = moment.timestamp()
    stamp.lt = moment.timetuple()
    stamp.YMDhms = tuple(stamp.lt)[:6]
    stamp.dhh = stamp.dmm = 0
    stamp.tzname = "UTC"
    return stamp
