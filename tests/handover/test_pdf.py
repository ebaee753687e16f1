"""The pages say what packet.md 3 asks for, and nothing that domain.md 10.4 forbids."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from rehabdesk.core.canon import digits24
from rehabdesk.core.errors import UserError
from rehabdesk.handover.content.packet_model import Handover, Ready
from rehabdesk.handover.content.profile_model import PROFILES
from rehabdesk.handover.making.layout_service import LaidOut, lay_out, paper_code_of
from rehabdesk.handover.pages import cover_pdf
from rehabdesk.handover.wire import encode
from tests.handover import sample

TITLES = {"RR-B3": "Address compatible with conditions"}


@pytest.fixture(scope="module")
def laid() -> LaidOut:
    return lay_out(sample.whole_packet(), version="0.1.0", item_titles=TITLES)


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    """The words of each page, as a public tool extracts them; white space made single."""
    if shutil.which("pdftotext") is None:
        pytest.fail("this test needs pdftotext (poppler-utils)")
    file = folder / "pages.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    return [re.sub(r"[\s\u2066-\u2069\u200e\u200f\u202a-\u202e]+", " ", page) for page in text.split("\f")[:-1]]


@pytest.fixture(scope="module")
def pages(laid: LaidOut, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return pages_of(laid.prepared, tmp_path_factory.mktemp("pages"))


def test_json_pages_and_code_agree(laid: LaidOut, pages: list[str]) -> None:
    assert laid.packet.packet.pages == len(pages)
    assert laid.json == encode(laid.packet)
    digits = digits24(laid.json)
    assert digits[:14] in pages[0]
    assert digits[15:] in pages[0]
    for number, page in enumerate(pages, start=1):
        assert f"{sample.NUMBER} · {digits[:9].replace('-', ' ')}" in page
        assert f"page {number} of {len(pages)}" in page


def test_page_1_says_what_it_must(pages: list[str]) -> None:
    expected = [
        "Personal resettlement file",
        "Dossier personnel de réinsertion",
        sample.NUMBER,
        "24-017",
        "River District Resettlement Team",
        "Marième Sow, supervising officer",
        "Residence of the Three Wells",
        "+000 20 555 010",
        "24 Nov 2026, 09:00 UTC",
        "24 May 2027",
        "Supervising officer",
        "Supervision after release",
        "Law on supervision",
        "one attachment handover.json",
        "Agrees in part",
        "I do not agree to move to another district.",
        "complete only with TWO digital signatures: author and supervisor",
        "qu’avec DEUX signatures numériques",
        "may not check signatures. Check with RehabDesk",
        "call a number that you already know and give this number",
        "Only River District Resettlement Team may read it.",
        "It must not be used to decide release, parole, transfer or privileges.",
        "READY, with waivers",
    ]
    assert [words for words in expected if words not in pages[0]] == []
    assert "لا يكتمل هذا الملف إلا" in pages[0]
    assert "Kadri" not in pages[0]


def test_every_page_of_a_training_site_says_so(pages: list[str]) -> None:
    assert all("TRAINING" in page for page in pages)


def test_a_real_site_does_not_train(tmp_path: Path) -> None:
    made = sample.whole_packet()
    real = replace(made, site=replace(made.site, id="NORD"))
    assert not any("TRAINING" in page for page in pages_of(lay_out(real, version="0.1.0").prepared, tmp_path))


def test_each_section_of_the_profile_stands_on_the_pages_in_order(laid: LaidOut, pages: list[str]) -> None:
    text = " ".join(pages)
    headings = ["S0 Manifest", *(f"{code} " for code in PROFILES[laid.packet.packet.profile].sections)]
    places = [text.rindex(heading) for heading in headings[1:]]
    assert places == sorted(places)
    for absent in ("S9", "S10", "S11"):
        assert f"{absent} " not in text


def test_progress_is_told_in_words(pages: list[str]) -> None:
    text = " ".join(pages)
    progress = text[text.rindex("S7 Progress in words") : text.rindex("S8 Live safety")]
    assert "Trying." in progress
    assert "Doing." in progress
    assert sample.STATEMENT in progress
    assert not re.search(r"\bL[1-5]\b|level|score|risk", progress, re.IGNORECASE)


def test_the_receipt_slip_and_the_blank_feedback_page_name_nobody(pages: list[str]) -> None:
    assert "4071 8253" in pages[1]
    feedback = next(page for page in pages if "Feedback to the sender" in page)
    for question in ("1. Was the file received?", "10. Do you want to be called back?"):
        assert question in feedback
    for page in (pages[1], feedback):
        assert "Idrissa" not in page


def test_both_signature_fields_are_on_the_last_page(laid: LaidOut, pages: list[str]) -> None:
    last = len(pages) - 1
    assert (laid.pages.author.page, laid.pages.supervisor.page) == (last, last)
    assert "I prepared this packet." in pages[last]
    assert "I checked it and approve its release." in pages[last]


def test_the_same_packet_gives_the_same_pages(laid: LaidOut) -> None:
    again = lay_out(sample.whole_packet(), version="0.1.0", item_titles=TITLES)
    assert again.json == laid.json
    assert again.packet == laid.packet


def test_file_names_and_titles_hold_no_name_or_label(laid: LaidOut) -> None:
    """Fonts are subsets and text is compressed: what is left in the clear are names of objects and metadata."""
    for words in (b"Idrissa", b"Kadri", b"24-017", b"tailor", b"Supervising"):
        assert words not in laid.prepared


def test_qr_text_holds_numbers_only(laid: LaidOut) -> None:
    code = paper_code_of(laid.packet, laid.json)
    assert re.fullmatch(r"RDP1/RDDEMO2026\d{6}[0-9A-Z]/20261124/[A-Z2-7]{26}/[0-9A-F]{12}", code.qr)
    assert 70 <= len(code.qr) <= 73


def test_an_empty_section_is_printed_with_its_reason(tmp_path: Path) -> None:
    held = replace(sample.whole_sections(), S14=None, S7=None)
    made = sample.whole_packet(sections=held)
    text = " ".join(pages_of(lay_out(made, version="0.1.0").prepared, tmp_path))
    conference = text[text.rindex("S14 Conference summary") :]
    assert "None: None held" in conference


def test_no_checklist_no_stamp(tmp_path: Path) -> None:
    for ready in (Ready.NOT_READY, Ready.NO_CHECKLIST):
        made = sample.with_head(sample.whole_packet(), ready=ready)
        assert "READY" not in pages_of(lay_out(made, version="0.1.0").prepared, tmp_path)[0]


def with_words(words: str) -> Handover:
    held = sample.whole_sections()
    assert held.S6 is not None
    return sample.whole_packet(sections=replace(held, S6=replace(held.S6, helps=(sample.text(words),))))


def test_a_character_without_a_letter_form_stops_the_build() -> None:
    with pytest.raises(UserError, match=r"漢 \(U\+6F22\): S6"):
        lay_out(with_words("漢"), version="0.1.0")


def test_long_words_and_long_texts_flow_over_pages(tmp_path: Path) -> None:
    words = "word " * 3_000 + "x" * 400
    text = " ".join(pages_of(lay_out(with_words(words), version="0.1.0").prepared, tmp_path))
    assert text.count("word ") >= 2_990


def test_the_required_sentences_are_the_documents_own() -> None:
    assert cover_pdf.TWO_SIGNATURES["fr"].startswith("Ce dossier n’est complet qu’avec DEUX signatures numériques : ")
    assert cover_pdf.TWO_SIGNATURES["ar"] == (
        "لا يكتمل هذا الملف إلا بتوقيعين رقميين: المُعِدّ والمشرف. "
        "إذا أظهر القارئ توقيعًا واحدًا أو تغييرات بعد التوقيع فلا تعتمدوا عليه."
    )
