"""What stands on one line, on one page, or on a line to write on: the pages are read and filled in on paper."""

from pathlib import Path

import pytest

from rehabdesk.core import resources
from rehabdesk.core.i18n import LANGUAGES, speaking
from rehabdesk.core.own_copy import Form, OwnCopy
from rehabdesk.handover.content.onward_sections_model import S9
from rehabdesk.handover.making.layout_service import lay_out
from rehabdesk.handover.pages.follow_up_pdf import feedback_page
from rehabdesk.handover.pages.network_pdf import family
from rehabdesk.handover.pages.own_copy_pdf import own_packet_pages
from rehabdesk.paper.blocks import Columns, WritingLines, texts_of
from tests.handover import sample
from tests.handover.test_pdf import pages_of


def test_each_thing_that_the_feedback_page_asks_for_first_has_a_line_to_write_on() -> None:
    rows = [block for block in feedback_page(sample.NUMBER) if isinstance(block, Columns)]
    lines = [row for row in rows if any(isinstance(each, WritingLines) for cell in row.cells for each in cell)]
    assert [texts_of([row]) for row in lines] == [
        ["Your team"],
        ["Filled in by"],
        ["Date"],
        ["Receipt code (on the receipt slip)"],
    ]


def test_ages_of_children_are_parted_by_the_comma_of_the_language() -> None:
    section = sample.every_section().S9
    assert isinstance(section, S9)
    assert len(section.children) > 1
    with speaking("ar", resources.path("i18n")):
        words = " ".join(texts_of(family(section, "ar")))
    assert "\u2069، \u2066" in words
    assert "\u2069, \u2066" not in words


def test_the_french_manifest_stands_on_one_page_with_its_slip(tmp_path: Path) -> None:
    made = sample.with_head(sample.whole_packet(), languages=("fr",))
    pages = pages_of(lay_out(made, version="0.1.0").prepared, tmp_path)
    assert "Talon de réception" in pages[1]
    assert pages[1].count("Équipe du dossier") == len(made.manifest.sections)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recipient_has_a_line_alone_on_the_cover(language: str, tmp_path: Path) -> None:
    made = sample.with_head(sample.whole_packet(), languages=(language,))
    cover = pages_of(lay_out(made, version="0.1.0").prepared, tmp_path)[0]
    assert "Marième Sow" in cover
    assert "Office of Community Supervision ·" not in cover


def test_who_reads_the_packet_and_why_stands_on_one_page_of_the_own_copy(tmp_path: Path) -> None:
    packet = sample.whole_packet()
    copy = OwnCopy(recipient="Idrissa K.", site="Wells", phone="+000 1", at=sample.ISSUED, officer="C", training=True)
    with speaking("fr", resources.path("i18n")):
        pages = pages_of(own_packet_pages(packet, copy, Form.A5), tmp_path)
    (page,) = [page for page in pages if "reçoit un dossier sur moi" in page]
    assert "en raison de : Loi sur le suivi." in page
