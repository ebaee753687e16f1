"""Pages of our own PDFs as pictures, for looking before signing and for tests. Not for foreign files: see seals."""

import struct
import zlib


def page_png(pdf: bytes, page: int, *, dpi: int = 96, width: int = 0) -> bytes:
    """Page `page` (from 0) of `pdf` as an RGB PNG; with `width` about so many pixels wide, whatever its size on paper.

    IndexError if there is no such page.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 0 <= page < len(document):
            raise IndexError(f"the paper has no page {page}")
        scale = width / document[page].get_width() if width else dpi / 72
        bitmap = document[page].render(scale=scale, rev_byteorder=True)
        return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)
    finally:
        document.close()


def _png(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """PNG of 8-bit grey, RGB or RGBA rows (PNG colour types 0, 2 and 6)."""
    kind = {1: 0, 3: 2, 4: 6}[channels]
    rows = b"".join(b"\0" + pixels[row * stride : row * stride + width * channels] for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def bookmarks(pdf: bytes) -> tuple[tuple[str, int], ...]:
    """The bookmarks of a PDF of ours with their pages, from 0, in order."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        found = [(mark.get_title(), mark.get_dest()) for mark in document.get_toc()]
        return tuple((title, to.get_index() or 0) for title, to in found if to is not None)
    finally:
        document.close()
