"""What a printer is told about the paper of pages."""

import subprocess
from pathlib import Path

import pytest

from rehabdesk.paper.pages import build
from rehabdesk.paper.pictures import page_png
from rehabdesk.ui.printing import Sheet, draw_pages
from tests.paper.samples import english, frame
from tests.ui.test_paper import FilePrinters


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize(
    ("sheet", "size"), [(Sheet.A4, ("595", "842")), (Sheet.A5, ("420", "595")), (Sheet.FOLDED, ("842", "595"))]
)
def test_pages_are_printed_on_their_paper(tmp_path: Path, sheet: Sheet, size: tuple[str, str]) -> None:
    picture = page_png(build(frame(), english()).pdf, 0, width=200)
    draw_pages(FilePrinters(tmp_path).open("Hall"), [picture, picture], sheet)
    said = subprocess.run(["pdfinfo", tmp_path / "Hall.pdf"], check=True, capture_output=True, text=True).stdout
    line = next(line for line in said.splitlines() if line.startswith("Page size"))
    assert (line.split()[2], line.split()[4]) == size
    assert "Pages:           2" in said
