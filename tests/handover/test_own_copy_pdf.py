"""The person's own copy of a packet: own words first, plain words, numbers and rights, and nothing of staff alone."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from rehabdesk.core import resources
from rehabdesk.core.i18n import speaking
from rehabdesk.core.own_copy import OwnCopy
from rehabdesk.core.text import without_isolates
from rehabdesk.handover.content.packet_model import Sections
from rehabdesk.handover.pages.own_copy_pdf import own_packet_pages, typed_texts
from tests.handover import sample
from tests.paper.samples import output_of

COPY = OwnCopy(
    recipient="Idrissa K.",
    site="Residence of the Three Wells",
    phone="+000 20 555 010",
    at=sample.ISSUED,
    officer="Claire Dumont",
)


def printed(folder: Path, sections: Sections, language: str) -> str:
    with speaking(language, resources.path("i18n")):
        pdf = own_packet_pages(replace(sample.whole_packet(), sections=sections), COPY)
    file = folder / "copy.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True).stdout.decode()
    return " ".join(without_isolates(text).split())


def test_what_stands_on_it_and_what_does_not(tmp_path: Path) -> None:
    said = printed(tmp_path, sample.whole_sections(), "en")
    order = [
        "I agree with a part of the plan",
        "I do not agree to move",
        "Noise at night",
        "I speak",
        "I leave on 8 Jan 2027",
        "I meet my officer every Monday",
        "Bus from the gate",
        "What helps me",
        "+000 20 555 011",
        "I can take back a consent",
        "This paper decides nothing",
    ]
    places = [said.find(words) for words in order]
    assert -1 not in places, [words for words, place in zip(order, places, strict=True) if place < 0]
    assert places == sorted(places), "the own words stand first"
    for kept in ("old quarter", "Completes the tailoring", "1997", "Le condamné", "hears badly", "He lives with his"):
        assert kept not in said, "no safety matter, staff's wording, birth date, official words or needs"


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_short_one_in_another_language(tmp_path: Path, language: str) -> None:
    whole = sample.whole_sections()
    said = printed(tmp_path, Sections(S1=whole.S1, S4=whole.S4), language)
    assert "Marième Sow" in said
    assert "555 010" in said


def test_everything_typed_on_it_is_looked_through_for_names() -> None:
    typed = typed_texts(sample.whole_packet())
    assert "Behind the water tower, the blue door." in typed
    assert not any("old quarter" in words for words in typed)


def test_a_booklet_has_a_neutral_cover_and_numbered_pages(tmp_path: Path) -> None:
    with speaking("en", resources.path("i18n")):
        pdf = own_packet_pages(sample.whole_packet(), COPY)
    pages = output_of("pdftotext", "-raw", "-", "-", given=pdf).split("\f")[:-1]
    cover = without_isolates(pages[0])
    assert "My papers" in cover
    assert f"Page 1 of {len(pages)}" in cover
    for elsewhere in (COPY.site, "My papers for outside", "Belongs to"):
        assert elsewhere not in cover
        assert elsewhere in without_isolates(pages[1])
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
