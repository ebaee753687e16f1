"""Foreign files in the limited child: made anew without what is not seen, or refused with what to do; never more."""

import io
import random
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from rehabdesk.core.errors import UserError
from rehabdesk.core.process import ChildLimits, Ended, own_command, run_limited
from rehabdesk.notes.attachments import attachment_child_service as child
from rehabdesk.notes.attachments.attachment_model import MOST_BYTES, AttachmentKind, Cleaned
from tests.notes import foreign
from tests.notes.foreign import SECRET


def refusal(raw: bytes) -> str:
    with pytest.raises(UserError) as told:
        child.clean(raw)
    assert told.value.field == "file"
    return told.value.sentence


def opened(cleaned: Cleaned) -> Image.Image:
    return Image.open(BytesIO(cleaned.content))


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))


# pictures


@pytest.mark.parametrize(
    ("kind", "mode", "kept"),
    [
        ("JPEG", "RGB", "JPEG"),
        ("JPEG", "CMYK", "JPEG"),
        ("JPEG", "L", "JPEG"),
        ("PNG", "RGBA", "PNG"),
        ("PNG", "P", "PNG"),
        ("PNG", "1", "PNG"),
        ("WEBP", "RGB", "JPEG"),
        ("TIFF", "RGB", "JPEG"),
        ("TIFF", "1", "JPEG"),
    ],
)
def test_pictures_are_made_anew_from_their_pixels(kind: str, mode: str, kept: str) -> None:
    cleaned = child.clean(foreign.photograph(kind=kind, mode=mode))
    picture = opened(cleaned)
    assert (cleaned.kind, cleaned.pages) == (AttachmentKind.IMAGE, 1)
    assert (picture.format, picture.size) == (kept, (320, 200))
    assert picture.mode in ("RGB", "L", "1")


def test_place_author_comment_and_turn_of_a_photograph_are_gone() -> None:
    raw = foreign.photograph_with_place()
    assert SECRET.encode() in raw
    assert Image.open(BytesIO(raw)).getexif().get_ifd(0x8825)
    cleaned = child.clean(raw)
    picture = opened(cleaned)
    assert SECRET.encode() not in cleaned.content
    assert dict(picture.getexif()) == {}
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(picture.info)
    assert picture.size == (100, 300)
    top = picture.convert("RGB").getpixel((50, 10))
    assert isinstance(top, tuple)
    assert top[0] > 200 > 60 > top[1]


def test_what_is_transparent_becomes_white_and_hides_nothing() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")
    assert opened(child.clean(out.getvalue())).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_large_pictures_are_made_smaller() -> None:
    cleaned = child.clean(foreign.photograph((6_000, 1_000)))
    assert opened(cleaned).size == (3_000, 500)


def test_text_pieces_of_a_png_are_gone() -> None:
    rows = foreign.zeros(10 * 31)
    raw = foreign.png(10, 10, rows, (b"tEXt", b"Comment\0" + SECRET.encode()))
    assert SECRET.encode() not in child.clean(raw).content


@pytest.mark.parametrize("size", [(30_000, 20_000), (65_000, 65_000), (2_000_000_000, 2)])
def test_a_picture_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    bomb = foreign.png(*size, foreign.zeros(1 << 20))
    assert "pixels" in refusal(bomb)


def test_a_picture_whose_text_unpacks_to_a_gigabyte_is_refused() -> None:
    bomb = foreign.png(10, 10, foreign.zeros(310), (b"zTXt", b"Comment\0\0" + foreign.zeros(1 << 30)))
    assert refusal(bomb)


def test_several_pictures_in_one_file_are_not_halved() -> None:
    out = BytesIO()
    one = Image.new("RGB", (20, 20))
    one.save(out, "TIFF", save_all=True, append_images=[one, one])
    assert "several pictures" in refusal(out.getvalue())


# PDFs


def test_a_pdf_is_kept_as_it_looks() -> None:
    cleaned = child.clean(foreign.paper(3))
    document = pypdfium2.PdfDocument(cleaned.content)
    assert (cleaned.kind, cleaned.pages, len(document)) == (AttachmentKind.PDF, 3, 3)
    assert document[0].get_size() == pytest.approx((595.3, 841.9), abs=0.1)
    drawn = document[0].render(scale=1).to_pil().convert("L")
    left, top, right, bottom = drawn.point(lambda value: 255 if value < 128 else 0).getbbox() or (0, 0, 0, 0)
    assert (left, top) == pytest.approx((72, 134), abs=6)
    assert right - left > 100
    assert 6 < bottom - top < 16


def test_nothing_hidden_in_a_pdf_is_kept() -> None:
    raw = foreign.paper_that_hides()
    document = pypdfium2.PdfDocument(raw)
    assert document.get_metadata_dict()["Title"] == SECRET
    assert SECRET in words_of(raw)
    assert document.count_attachments() == 1

    cleaned = child.clean(raw)
    kept = pypdfium2.PdfDocument(cleaned.content)
    assert words_of(cleaned.content) == ""
    assert kept.count_attachments() == 0
    assert not any(kept.get_metadata_dict().values())
    active = {b"/JavaScript", b"/JS", b"/AA", b"/OpenAction", b"/Annots", b"/AcroForm", b"/EmbeddedFile", b"/URI"}
    active |= {b"/Info", b"/Metadata", SECRET.encode()}
    assert {word for word in active if word in cleaned.content} == set()
    field = kept[0].render(scale=1).to_pil().convert("L").crop((74, 320, 260, 338))
    assert field.getextrema()[0] < 100, "what was filled in is seen"


def test_the_same_pdf_gives_the_same_bytes() -> None:
    raw = foreign.paper()
    assert child.clean(raw).content == child.clean(raw).content


def test_a_kept_pdf_can_be_attached_again() -> None:
    once = child.clean(foreign.paper(2))
    assert child.clean(once.content).pages == 2


def test_too_many_pages_a_password_and_half_a_pdf_are_refused() -> None:
    assert "60 pages" in refusal(foreign.paper(61))
    assert "read" in refusal(foreign.paper()[:200])
    assert "read" in refusal(b"%PDF-1.7\n" + b"\0" * 500)


def test_a_pdf_with_a_password_is_refused() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    out = BytesIO()
    drawn = canvas.Canvas(out, encrypt=StandardEncryption("secret words", canPrint=0))
    drawn.drawString(72, 700, "x")
    drawn.save()
    assert "password" in refusal(out.getvalue())


@pytest.mark.parametrize("bomb", [foreign.paper_bomb, foreign.endless_paper])
def test_a_pdf_bomb_ends_the_child_and_nothing_else(bomb: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused, or drawn as far as the library goes with it; within its time and memory in any case."""
    monkeypatch.setattr(child, "LIMITS", ChildLimits(seconds=8, memory_bytes=768 << 20, output_bytes=32 << 20))
    raw, began = bomb(), time.monotonic()
    with suppress(UserError):
        assert child.clean(raw).pages == 1
    assert time.monotonic() - began < 20


def test_the_library_for_pages_knows_no_scripts() -> None:
    assert not {"V8", "XFA"} & set(pypdfium2.PDFIUM_INFO.flags)


@pytest.mark.parametrize("start", [foreign.photograph, foreign.paper, foreign.paper_that_hides])
def test_whatever_is_changed_in_a_file_gives_a_clean_one_or_a_sentence(start: Callable[[], bytes]) -> None:
    """Any other error, or a child whose answer is believed and cannot be shown, is a failure."""
    whole, rng = start(), random.Random(f"{datetime.now(UTC):%Y%m%d}")
    outcomes = set()
    for _ in range(12):
        raw = bytearray(whole)
        for _ in range(rng.choice((1, 4, 40))):
            at = rng.randrange(len(raw))
            raw[at : at + rng.choice((0, 1, 9))] = rng.randbytes(rng.choice((0, 1, 9)))
        try:
            kept = child.clean(bytes(raw))
        except UserError as told:
            outcomes.add(told.field)
            continue
        if kept.kind is not AttachmentKind.TEXT:
            assert child.picture(kept.content, kept.kind, kept.pages - 1, 200, 200).rgb
    assert outcomes <= {"file"}


# limits


PROBE = """
import json, resource, signal, sys
sys.path[:0] = PATH
from rehabdesk import __main__
from rehabdesk.notes.attachments.attachment_child_service import LIMITS

def look(raw):
    said = {"memory": resource.getrlimit(resource.RLIMIT_AS)[0], "file": "", "ate": ""}
    try:
        open(FILE, "wb", 0).write(b"x")
    except OSError:
        said["file"] = "refused"
    try:
        bytearray(1 << 30)
    except MemoryError:
        said["ate"] = "refused"
    return json.dumps(said).encode()

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
__main__._child(look, LIMITS)
"""


def test_the_child_has_no_more_memory_than_it_is_allowed_and_writes_no_file(tmp_path: Path) -> None:
    """The very start of the child that looks at foreign files, with another look inside."""
    path = [each for each in sys.path if each]
    probe = PROBE.replace("PATH", repr(path)).replace("FILE", repr(str(tmp_path / "probe")))
    result = run_limited((sys.executable, "-I", "-c", probe), b"", child.LIMITS)
    assert result.ended is Ended.FINISHED
    assert result.output == b'{"memory": %d, "file": "refused", "ate": "refused"}' % child.LIMITS.memory_bytes


def test_a_child_that_answers_nonsense_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [b"", b"{}", b"{}\n", b'{"kind":"exe","pages":1}\nx', b'{"kind":"pdf","pages":0}\nx', b"\xff\n", b"[]\n"]
    answers += [b'{"kind":"pdf","pages":61}\nx', b'{"refused":"whatever"}\n', b'{"height":9,"width":9}\nxx']
    for answer in answers:
        code = f"import sys; sys.stdout.buffer.write({answer!r})"
        monkeypatch.setattr(child, "own_command", lambda *_, code=code: (sys.executable, "-c", code))
        assert "cannot be read" in refusal(b"x")
        with pytest.raises(UserError):
            child.picture(b"x", AttachmentKind.PDF, 0, 9, 9)


def test_the_child_holds_no_more_than_it_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_command(child.COMMAND)[-1] == "_attach"
    assert refusal(b"x" * (MOST_BYTES + 1)).startswith("The file is too large")


# kinds by content


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (zipped("[Content_Types].xml", "word/document.xml"), "PDF first"),
        (zipped("mimetype", "content.xml"), "Archives"),
        (zipped("a.txt"), "Archives"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "PDF first"),
        (b"{\\rtf1 x}", "PDF first"),
        (b"MZ" + bytes(100), "Archives"),
        (b"\x7fELF" + bytes(100), "Archives"),
        (b"#!/bin/sh\nrm x", "Archives"),
        (b"\x1f\x8b\x08" + bytes(100), "Archives"),
        (b"GIF89a" + bytes(100), "JPEG or PNG"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "JPEG or PNG"),
        (b"%!PS-Adobe-3.0\nshowpage", "PDF first"),
        (b"ab\0cd", "PDF first"),
        (b"\xff\xd8\xff" + bytes(100), "cannot be read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "cannot be read"),
        (b"a" * 500_001, "too long"),
        (b"   \n \t", "cannot be shown"),
        ("a\u202eb".encode(), "cannot be shown"),
        (b"a\x1b[31mb", "cannot be shown"),
    ],
)
def test_what_is_not_taken_says_what_to_do(raw: bytes, says: str) -> None:
    assert says in refusal(raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Vu à l’hôpital.\r\nÉtat stable.".encode(), "Vu à l’hôpital.\nÉtat stable."),
        ("\ufeffBonjour".encode(), "Bonjour"),
        ("Vu à l’hôpital, très bien".encode("cp1252"), "Vu à l’hôpital, très bien"),
        ("شوهد في المستشفى".encode("cp1256"), "شوهد في المستشفى"),
        ("شوهد في المستشفى".encode("utf-16"), "شوهد في المستشفى"),
        (b"<svg onload=alert(1)>", "<svg onload=alert(1)>"),
    ],
)
def test_text_is_kept_as_plain_utf_8(raw: bytes, text: str) -> None:
    cleaned = child.clean(raw)
    assert (cleaned.kind, cleaned.content.decode("utf-8")) == (AttachmentKind.TEXT, text)


def test_a_file_that_is_two_things_is_kept_as_what_is_seen() -> None:
    """A picture that is an archive too, a PDF with a page of markup behind it: only the first is there afterwards."""
    behind = zipped("evil.txt") + b"<script>alert(1)</script>"
    for raw in (foreign.photograph() + behind, foreign.photograph(kind="PNG") + behind, foreign.paper() + behind):
        kept = child.clean(raw).content
        assert b"evil.txt" not in kept
        assert b"<script>" not in kept
    assert "Archives" in refusal(behind + foreign.paper())
    assert child.clean(b"\n" + foreign.paper()[:9] + b"plain words").kind is AttachmentKind.TEXT


# looking


def test_pages_come_as_bare_pixels() -> None:
    kept = child.clean(foreign.paper(2))
    seen = child.picture(kept.content, kept.kind, 1, 300, 900)
    assert (seen.width, len(seen.rgb)) == (300, seen.width * seen.height * 3)
    assert min(seen.rgb) < 128 < max(seen.rgb)


def test_a_picture_is_never_larger_than_asked() -> None:
    kept = child.clean(foreign.photograph((3_000, 3_000)))
    seen = child.picture(kept.content, kept.kind, 0, 500, 200)
    assert (seen.width, seen.height) == (200, 200)
    assert child.picture(kept.content, kept.kind, 0, 90_000, 90_000).width <= 2_800


def test_a_page_that_is_not_there_is_told() -> None:
    kept = child.clean(foreign.paper())
    with pytest.raises(UserError, match="cannot be read"):
        child.picture(kept.content, kept.kind, 7, 100, 100)
