"""Foreign PDFs, made anew from what their pages show: no script, form, file, link, layer or hidden text outlives it.

Only for a limited child process without keys (vault.md 9): a decoder may fail in any way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rehabdesk.core.errors import FormatError
from rehabdesk.paper.foreign_image import jpeg

MOST_PAGES = 60
_DPI = 150
_LONGEST_SIDE = 2_400
"""Pixels of a page: A3 at 145 dots an inch."""
_PASSWORD = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One page as a picture; sizes in pixels and in points of 1/72 inch."""

    jpeg: bytes
    pixels: tuple[int, int]
    points: tuple[float, float]
    grey: bool


def clean_pdf(raw: bytes, most_bytes: int) -> tuple[bytes, int]:
    """A PDF of pictures of the pages, and how many there are.

    FormatError with code `password`, `too_many_pages` or `too_large`; anything at all where it cannot be read.
    """
    pages: list[_Page] = []

    def keep(document: Any) -> None:
        if not 0 < len(document) <= MOST_PAGES:
            raise FormatError("The PDF has too many pages.", code="too_many_pages")
        for number in range(len(document)):
            pages.append(_picture_of(document, number))
            if sum(len(page.jpeg) for page in pages) > most_bytes:
                raise FormatError("The PDF is too large.", code="too_large")

    _with_document(raw, keep)
    return written(pages), len(pages)


def pixels(raw: bytes, page: int, width: int, height: int) -> tuple[int, int, bytes]:
    """(width, height, RGB rows without padding) of a page (from 0), as large as it fits into `width` × `height`."""
    found: list[tuple[int, int, bytes]] = []

    def draw(document: Any) -> None:
        wide, high = document[page].get_size()
        bitmap = document[page].render(scale=min(width / wide, height / high), rev_byteorder=True)
        picture = bitmap.to_pil().convert("RGB")
        found.append((picture.width, picture.height, picture.tobytes()))

    _with_document(raw, draw)
    return found[0]


def written(pages: Sequence[_Page]) -> bytes:
    """A PDF with nothing in it but these pictures, one on a page; the same pages give the same bytes."""
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    for number, page in enumerate(pages):
        first = 3 + 3 * number
        wide, high = (f"{each:.2f}" for each in page.points)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] /Contents {first + 1} 0 R "
            f"/Resources << /XObject << /P {first + 2} 0 R >> >> >>".encode()
        )
        objects.append(_stream("", f"q {wide} 0 0 {high} 0 0 cm /P Do Q".encode()))
        colours = "/DeviceGray" if page.grey else "/DeviceRGB"
        head = (
            f"/Type /XObject /Subtype /Image /Width {page.pixels[0]} /Height {page.pixels[1]} "
            f"/ColorSpace {colours} /BitsPerComponent 8 /Filter /DCTDecode "
        )
        objects.append(_stream(head, page.jpeg))
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return bytes(out) + tail.encode()


def _stream(head: str, content: bytes) -> bytes:
    return f"<< {head}/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _picture_of(document: Any, number: int) -> _Page:
    page = document[number]
    points = page.get_size()
    scale = min(_DPI / 72, _LONGEST_SIDE / max(points))
    picture = page.render(scale=scale, rev_byteorder=True).to_pil()
    kept, grey = jpeg(picture, quality=65)
    return _Page(jpeg=kept, pixels=picture.size, points=points, grey=grey)


def _with_document(raw: bytes, use: Callable[[Any], None]) -> None:
    """Opens, uses and closes. What is typed into form fields is drawn; the library is built without scripts."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as problem:
        if problem.err_code == _PASSWORD:
            raise FormatError("The PDF has a password.", code="password") from None
        raise
    try:
        document.init_forms()
        use(document)
    finally:
        document.close()
