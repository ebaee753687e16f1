"""Foreign files for tests, made on the spot: harmless ones, bombs, and such as hide something."""

import struct
import zlib
from io import BytesIO

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

SECRET = "Yacouba at the north gate"
"""What must not outlive the cleaning."""


def photograph(size: tuple[int, int] = (320, 200), kind: str = "JPEG", mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(out, kind)
    return out.getvalue()


def photograph_with_place() -> bytes:
    """A JPEG that says where it was taken and by whom, lies on its side, and has a profile and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter
    exif[0x010E], exif[0x013B] = SECRET, SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (13.0, 30.0, 0.0), 3: "E", 4: (2.0, 6.0, 0.0)})
    out = BytesIO()
    picture = Image.new("RGB", (300, 100), "white")
    picture.paste("red", (0, 0, 40, 100))  # the left end, which is the upper one once it is turned
    picture.save(out, "JPEG", exif=exif, comment=SECRET.encode(), quality=95)
    return out.getvalue()


def png(width: int, height: int, rows: bytes, *more: tuple[bytes, bytes]) -> bytes:
    """An RGB PNG of compressed rows, with more pieces before its end."""

    def piece(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pieces = [(b"IHDR", head), *more, (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(piece(*each) for each in pieces)


def zeros(size: int) -> bytes:
    """Compressed zeros, made without holding them."""
    packer, out = zlib.compressobj(9), bytearray()
    for _ in range(size >> 20):
        out += packer.compress(bytes(1 << 20))
    out += packer.compress(bytes(size & ((1 << 20) - 1)))
    return bytes(out) + packer.flush()


def paper(pages: int = 1, words: str = "Seen by the doctor on Monday.") -> bytes:
    out = BytesIO()
    drawn = canvas.Canvas(out, pagesize=A4)
    for number in range(pages):
        drawn.drawString(72, 700, f"{words} {number + 1}")
        drawn.showPage()
    drawn.save()
    return out.getvalue()


def paper_that_hides() -> bytes:
    """Words below a black bar, white words, metadata, a form field, a script, a link, and a file inside."""
    out = BytesIO()
    drawn = canvas.Canvas(out, pagesize=A4, pageCompression=0)
    drawn.setTitle(SECRET)
    drawn.setAuthor(SECRET)
    drawn.drawString(72, 700, SECRET)
    drawn.rect(60, 690, 300, 24, fill=1)
    drawn.setFillColorRGB(1, 1, 1)
    drawn.drawString(72, 600, SECRET)
    drawn.acroForm.textfield(name="f", value="Filled in by hand", x=72, y=500, width=200, height=24)
    drawn.linkURL("https://example.org/" + SECRET.replace(" ", "-"), (72, 400, 200, 420))
    drawn.showPage()
    drawn.save()
    return with_active_content(out.getvalue())


def with_active_content(pdf: bytes) -> bytes:
    """The same with a script at opening and a file inside, added as a later revision."""
    root = pdf[pdf.index(b"/Root ") + 6 :].split(b" ", 1)[0].decode()
    at = pdf.index(f"\n{root} 0 obj".encode())
    catalog = pdf[pdf.index(b"<<", at) + 2 : pdf.index(b"endobj", at)].rsplit(b">>", 1)[0].decode("latin-1")
    size = int(pdf[pdf.index(b"/Size ") + 6 :].split(b"\n")[0].split(b" ")[0])
    start = int(pdf.rsplit(b"startxref", 1)[1].split()[0])
    names = f"/Names << /EmbeddedFiles << /Names [(x.txt) {size} 0 R] >> >>"
    script = f"/OpenAction << /S /JavaScript /JS (app.alert\\('{SECRET}'\\)) >>"
    objects = {
        int(root): f"<< {catalog} {names} {script} >>",
        size: f"<< /Type /Filespec /F (x.txt) /EF << /F {size + 1} 0 R >> >>",
        size + 1: f"<< /Type /EmbeddedFile /Length {len(SECRET)} >>\nstream\n{SECRET}\nendstream",
    }
    out, table = bytearray(pdf), "xref\n"
    for number, content in objects.items():
        table += f"{number} 1\n{len(out):010d} 00000 n \n"
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    at = len(out)
    trailer = f"trailer\n<< /Size {size + 2} /Root {root} 0 R /Prev {start} >>\nstartxref\n{at}\n%%EOF\n"
    return bytes(out) + (table + trailer).encode()


def paper_bomb() -> bytes:
    """A page whose content unpacks to 1.5 GB, twice packed."""
    packed = zlib.compress(zeros(1_500 << 20), 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        f"<< /Filter [/FlateDecode /FlateDecode] /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream",
    ]
    return _written(objects)


def endless_paper() -> bytes:
    """Forms that draw each other again and again: 10 to the 9th power of them."""
    forms = b"/Resources << /XObject << /F 5 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + forms + b" >>",
        _stream("", b"/F Do " * 10),
    ]
    for level in range(9):
        inner = f"/Resources << /XObject << /F {6 + level} 0 R >> >> " if level < 8 else ""
        drawn = b"/F Do " * 10 if level < 8 else b"0 0 m 500 800 l S "
        objects.append(_stream(f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {inner}", drawn))
    return _written(objects)


def _stream(head: str, content: bytes) -> bytes:
    return f"<< {head}/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _written(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010d} 00000 n \n" for place in places).encode()
    return bytes(out) + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
