"""Whole papers, judged by public tools: qpdf, pdffonts, pdftotext, zbarimg; and by what is drawn."""

import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from rehabdesk.paper import pictures
from rehabdesk.paper.blocks import (
    Block,
    Bullets,
    Column,
    Columns,
    Heading,
    Mark,
    Note,
    Paragraph,
    QrCode,
    SignatureArea,
    Table,
    Together,
    Voice,
    texts_of,
)
from rehabdesk.paper.pages import A4, MARGIN, build
from rehabdesk.paper.stamp import signature_stamp
from tests.paper.samples import ISSUED, NAME, arabic, english, frame, output_of


def test_the_same_paper_has_the_same_bytes_whatever_was_made_between() -> None:
    first = build(frame(), english())
    other = build(frame("ar"), arabic())
    assert build(frame(), english()) == first
    assert build(frame("ar"), arabic()) == other


@pytest.mark.parametrize(
    "below", [Table(columns=(Column(title="Who"),), rows=(("Awa",),)), Voice(label="Own words", words="I sew.")]
)
def test_a_heading_goes_with_the_table_or_box_below_it(below: Block) -> None:
    for lines in range(36, 48):  # one of them leaves room for the heading alone
        filler = [Paragraph(words=f"Line {number}", space_after=0) for number in range(lines)]
        paper = build(frame(), [*filler, Heading(text="Family"), below])
        pages = output_of("pdftotext", "-raw", "-", "-", given=paper.pdf).split("\f")
        (found,) = [page for page in pages if "Family" in page]
        assert "Who" in found or "Own words" in found


def test_time_and_environment_of_the_run_do_not_reach_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    before = build(frame(), english()).pdf
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert build(frame(), english()).pdf == before
    assert b"D:20261124090000" in before


@pytest.mark.parametrize("language", ["en", "ar"])
def test_public_tools_find_nothing_wrong_and_every_font_embedded(language: str, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(build(frame(language), english() + arabic()).pdf)
    assert "No syntax or stream encoding errors" in output_of("qpdf", "--check", str(file), given=b"")
    fonts = output_of("pdffonts", str(file), given=b"").splitlines()[2:]
    assert len(fonts) == 4
    for font in fonts:
        assert "Noto" in font
        assert font.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, with ToUnicode


def test_the_file_says_what_it_is() -> None:
    info = output_of("pdfinfo", "-", given=build(frame(), english()).pdf)
    said = dict(line.split(":", 1) for line in info.splitlines())
    assert said["Title"].strip() == "Personal resettlement file RDP-1"
    assert said["Author"].strip() == "Cedar House"
    assert said["Creator"].strip() == "RehabDesk test"
    assert "Subject" not in said
    assert "Keywords" not in said
    assert "Producer" not in said


def test_the_words_come_out_again_in_order() -> None:
    words = " ".join(output_of("pdftotext", "-raw", "-", "-", given=build(frame(), english()).pdf).split())
    assert "was agreed." in words
    assert "4471-22" in words
    plain = words.translate(dict.fromkeys(range(0x200E, 0x2070)))
    assert "نادر حداد" in plain
    page = output_of("pdftotext", "-", "-", given=build(frame("ar"), arabic()).pdf)
    page = page.translate(dict.fromkeys(range(0x200B, 0x2070)))
    assert "لا إله إلا الله" in page
    assert "01/02/2027" in page
    assert not any(0xE000 <= ord(char) <= 0xF8FF or ord(char) >= 0xF0000 for char in page + words)


def test_the_header_of_a_table_and_the_frame_stand_on_each_page() -> None:
    paper = build(frame(banner="TRAINING", line="EXPRESS - countersign pending."), english())
    assert paper.page_count >= 2
    pages = output_of("pdftotext", "-raw", "-", "-", given=paper.pdf).split("\f")[: paper.page_count]
    for number, page in enumerate(pages[:2], start=1):
        assert "Step Who" in page
        assert f"page {number} of {paper.page_count}" in page
        for words in ("TRAINING", "EXPRESS - countersign pending.", "RDP-1 · 1234 5678", "Personal resettlement file"):
            assert words in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_long_line_on_each_page_lies_within_its_margins(language: str) -> None:
    """The sentence of an Express packet is longer than a page is wide."""
    words = ("one", "signature", "so", "far", "second", "due") * 6
    paper = build(frame(language, line=" ".join(words)), english())
    places = output_of("pdftotext", "-bbox", "-l", "1", "-", "-", given=paper.pdf)
    found = [line for line in places.splitlines() if any(f">{word}<" in line for word in words)]
    assert len(found) >= len(words)
    for line in found:
        assert float(line.split('xMin="')[1].split('"')[0]) >= MARGIN - 1
        assert float(line.split('xMax="')[1].split('"')[0]) <= A4[0] - MARGIN + 1


def test_a_row_stands_whole_on_one_page_and_a_header_once() -> None:
    rows = tuple((f"row{number} {'word ' * 40}end{number}", NAME) for number in range(40))
    table = Table(columns=(Column(title="Step", share=3), Column(title="Whoever")), rows=rows)
    pages = output_of("pdftotext", "-raw", "-", "-", given=build(frame(), [table]).pdf).split("\f")[:-1]
    assert len(pages) > 2
    for page in pages:
        assert page.count("Whoever") == 1
        assert re.findall(r"row(\d+)", page) == re.findall(r"end(\d+)", page)


def test_a_table_in_an_arabic_paper_starts_on_the_right() -> None:
    places = output_of("pdftotext", "-bbox", "-", "-", given=build(frame("ar"), arabic()).pdf)
    left: dict[str, float] = {}
    for name, word in (("goal", "الهدف"[::-1]), ("date", "01/02/2027")):  # words are listed as drawn
        line = next(line for line in places.splitlines() if f">{word}<" in line)
        left[name] = float(line.split('xMin="')[1].split('"')[0])
    assert left["goal"] > 450
    assert left["date"] < 250


def test_a_signature_area_is_where_the_paper_says() -> None:
    paper = build(frame(), [*english()[:-1], Columns(cells=((SignatureArea(name="A"),), ()), shares=(1, 1))])
    area = paper.areas["A"]
    assert area.page == paper.page_count - 1
    assert (round(area.right - area.left), round(area.top - area.bottom)) == (230, 92)
    picture = _grey_rows(paper.pdf, area.page)
    left, top = round(area.left), round(841.89 - area.top)
    edge = [picture[top + step][left - 1 : left + 2] for step in range(10, 80)]
    assert all(min(pixels) < 200 for pixels in edge)  # its left side is drawn there
    with pytest.raises(ValueError, match="two signature areas"):
        build(frame(), [SignatureArea(name="A"), SignatureArea(name="A")])


def test_long_text_goes_on_over_pages_in_every_kind_of_block() -> None:
    words = " ".join(f"word{number}" for number in range(1500))
    for block in (
        Paragraph(words=words),
        Note(blocks=(Paragraph(words=words),)),
        Voice(label="Own words", words=words),
    ):
        paper = build(frame(), [block])
        assert paper.page_count >= 2
        text = output_of("pdftotext", "-", "-", given=paper.pdf)
        assert all(f"word{number}" in text for number in range(1500))


def test_each_kind_of_block_tells_its_texts() -> None:
    blocks = (
        Together(blocks=(Bullets(items=("one",), mark=Mark.TICK), Voice(label="two", words="three"))),
        Columns(cells=((Note(blocks=(Paragraph(words="four"),)),),), shares=(1,)),
    )
    assert texts_of(blocks) == ["one", "two", "three", "four"]
    assert build(frame(), blocks).page_count == 1


def test_the_code_is_read_from_a_coarse_picture(tmp_path: Path) -> None:
    text = "RDP1/2026000123/20261224/ABCDEFGHIJKLMNOPQRSTUVWXYZ/0123456789AB"
    file = tmp_path / "page.png"
    file.write_bytes(pictures.page_png(build(frame(), [QrCode(text=text)]).pdf, 0, dpi=72))
    assert output_of("zbarimg", "-q", "--raw", str(file), given=b"").strip() == text
    with pytest.raises(ValueError, match=r".+"):
        build(frame(), [QrCode(text="https://example.org/lower-case")])


def test_a_stamp_fits_its_area_and_has_our_fonts_only(tmp_path: Path) -> None:
    file = tmp_path / "stamp.pdf"
    file.write_bytes(signature_stamp(["Zoë", "أعددت هذا الملف", "x " * 150], width=230, height=92, issued=ISSUED))
    assert "230 x 92 pts" in output_of("pdfinfo", str(file), given=b"")
    assert "Helvetica" not in output_of("pdffonts", str(file), given=b"")
    with pytest.raises(ValueError, match="does not fit"):
        signature_stamp(["word " * 2000], width=230, height=92, issued=ISSUED)


def test_a_character_without_a_font_never_becomes_a_box() -> None:
    with pytest.raises(ValueError, match=r"U\+4E2D"):
        build(frame(), [Paragraph(words="中")])


def test_a_picture_is_asked_for_a_page_that_exists() -> None:
    pdf = build(frame(), english()).pdf
    assert pictures.page_png(pdf, 0).startswith(b"\x89PNG")
    with pytest.raises(IndexError):
        pictures.page_png(pdf, 99)


def test_nothing_heavy_is_loaded_before_it_is_used() -> None:
    code = (
        "import sys, rehabdesk.paper, rehabdesk.paper.blocks, rehabdesk.paper.fonts, rehabdesk.paper.pages, "
        "rehabdesk.paper.stamp, rehabdesk.paper.pictures, rehabdesk.paper.qr, rehabdesk.paper.lines\n"
        "print({'reportlab', 'uharfbuzz', 'segno', 'pypdfium2', 'babel'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.stdout.strip() == "set()"


def _grey_rows(pdf: bytes, page: int) -> list[bytes]:
    """The page at 72 dpi as rows of grey values."""
    import pypdfium2

    bitmap = pypdfium2.PdfDocument(pdf)[page].render(scale=1, grayscale=True)
    raw = bytes(bitmap.buffer)
    return [raw[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_that_go_on_in_a_box_on_the_next_page_stay_inside_it(language: str) -> None:
    paper = build(frame(language), [Note(blocks=(Paragraph(words="an ox " * 900, size=14),))])
    assert paper.page_count > 1
    document = pypdfium2.PdfDocument(paper.pdf)
    try:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars())]
            letters = [box for box in boxes if 60 < box[1] < 780]
            assert min(box[0] for box in letters) >= MARGIN + 9, "a box keeps room at its sides"
            assert max(box[2] for box in letters) <= A4[0] - MARGIN - 9
    finally:
        document.close()
