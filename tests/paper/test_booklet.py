"""Two pages on a sheet: folded, the sheets are a booklet, from the left or from the right."""

from dataclasses import replace
from pathlib import Path

import pytest

from rehabdesk.paper.blocks import PageBreak, Paragraph
from rehabdesk.paper.booklet import folded
from rehabdesk.paper.pages import A5, build
from tests.paper.samples import frame, output_of


@pytest.mark.parametrize("count", [1, 4, 5, 9])
def test_folded_sheets_are_read_from_the_first_page_to_the_last(count: int) -> None:
    for rtl in (False, True):
        sides = list(folded(count, rtl=rtl))
        turned = [side[::-1] if rtl else side for side in sides]
        assert turned[0] == (2 * len(sides) - 1, 0), "the outside"
        assert count <= turned[0][0] < count + 4, "the back is empty, and no sheet is wasted"
        opened = [page for front, back in zip(turned[::2], turned[1::2], strict=True) for page in (front[1], back[0])]
        assert opened == list(range(len(opened))), "leafed through to the middle"
        assert all(left + right == len(sides) * 2 - 1 for left, right in turned), "what lies in each other"


@pytest.mark.parametrize(("language", "first"), [("en", "right"), ("ar", "left")])
def test_the_drawn_pages_lie_on_whole_sheets(language: str, first: str, tmp_path: Path) -> None:
    blocks = [each for number in range(5) for each in (Paragraph(words=f"leaf{number}x"), PageBreak())][:-1]
    small = replace(frame(language), size=A5, folded=True)
    paper, file = build(small, blocks), tmp_path / "booklet.pdf"
    assert paper == build(small, blocks)
    file.write_bytes(paper.pdf)
    assert paper.page_count == 5
    assert "841.89 x 595.276 pts (A4)" in output_of("pdfinfo", "-", given=paper.pdf)
    assert "No syntax or stream encoding errors" in output_of("qpdf", "--check", str(file), given=b"")
    sheets = output_of("pdftotext", "-bbox", "-", "-", given=paper.pdf).split("<page ")[1:]
    assert [[n for n in range(5) if f">leaf{n}x<" in sheet] for sheet in sheets] == [[0], [1], [2], [3, 4]]
    word = next(line for line in sheets[0].splitlines() if ">leaf0x<" in line)
    assert (float(word.split('xMin="')[1].split('"')[0]) > 420) is (first == "right")
