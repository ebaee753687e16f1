"""The pages of a packet in each of its languages: what packet.md 11.1 asks of all pages and templates."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pypdfium2
import pytest

from rehabdesk.core import resources
from rehabdesk.core.i18n import language, speaking, tr
from rehabdesk.handover.content import onward_sections_model as onward
from rehabdesk.handover.content import sections_model as s
from rehabdesk.handover.content.packet_model import TITLES, Handover, Superseded
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.content.rules_model import Number, Phone, Word
from rehabdesk.handover.making.layout_service import LaidOut, lay_out, paper_code_of
from rehabdesk.handover.pages.cover_pdf import TWO_SIGNATURES, PaperCode
from rehabdesk.handover.pages.signature_page_pdf import stamp
from rehabdesk.handover.pdf import Layout, in_words
from rehabdesk.paper.blocks import PageBreak, texts_of
from rehabdesk.paper.pages import A4, MARGIN, build
from tests.handover import sample
from tests.paper.samples import output_of

LANGUAGES = ("en", "fr", "ar")
ITEMS = {"RR-B3": "Address compatible with conditions"}
NO_CODE = PaperCode(digits="0000-0000-0000-0000-0000-0000", qr="RDP1/" + "0" * 66)
DAY = date(2026, 10, 5)
_ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_NUMBER_IN_PARTS = re.compile(r"\d[ \u00a0/.:-]+\d|\+\d|\d{4}")
_MARKS = dict.fromkeys((0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def officers(spoken: str) -> Handover:
    return sample.with_head(sample.whole_packet(), languages=(spoken,))


def whole(spoken: str) -> Handover:
    """All fourteen sections with everything filled that can be, as it is while a second signature is awaited."""
    held = sample.whole_sections()
    assert held.S13 is not None
    held = replace(
        held,
        S9=onward.S9(
            contacts=(
                onward.AgreedContact(
                    name="Fatou Kadri",
                    relation="older sister",
                    phone="+000 20 555 500",
                    offered=sample.text("A room until summer"),
                    agreed_on=DAY,
                ),
            ),
            children=(onward.ChildBand(age_band="6-11"),),
            safeguarding_lead=s.Caller(name="Ines Roth", phone="+000 20 555 600"),
        ),
        S10=onward.S10(
            skills=(sample.text("Sewing by hand and machine"),),
            certificates=(onward.TrainingRecord(title="Tailoring, year 1", date_=DAY, issuer="Training centre"),),
            next_step=onward.NextStep(what=sample.text("The second year"), with_="Evening school", date_=DAY),
        ),
        S11=onward.S11(
            text=sample.text("He asks to be visited."),
            read_back=True,
            faith_contact=onward.FaithContact(name="Yusuf Bello", phone="+000 20 555 700", agreed_on=DAY),
        ),
        S13=replace(held.S13, link_worker=replace(held.S13.link_worker, role="resettlement worker")),
    )
    made = sample.with_head(
        sample.whole_packet(sections=held),
        languages=(spoken,),
        countersign_due=datetime(2026, 11, 26, 9, 0, tzinfo=UTC),
        supersedes=(Superseded(number="RD-DEMO-2026-000000-0", json_sha256="f" * 64),),
    )
    manifest = sample.manifest_of(held, ProfileCode.RECEIVING_PRISON)
    return replace(made, site=replace(made.site, country="MA"), manifest=manifest)


@pytest.fixture(scope="module")
def laid() -> Mapping[str, LaidOut]:
    return {spoken: lay_out(officers(spoken), version="0.1.0", item_titles=ITEMS) for spoken in LANGUAGES}


@pytest.fixture(scope="module")
def said(laid: Mapping[str, LaidOut], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """What a public tool takes out of the pages, page by page, without marks of direction."""
    if shutil.which("pdftotext") is None:
        pytest.fail("this test needs pdftotext (poppler-utils)")
    found, folder = {}, tmp_path_factory.mktemp("said")
    for spoken, paper in laid.items():
        file = folder / f"{spoken}.pdf"
        file.write_bytes(paper.prepared)
        text = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True, timeout=60).stdout.decode()
        found[spoken] = [" ".join(page.translate(_MARKS).split()) for page in text.split("\f")[:-1]]
    return found


# every template, in words


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_nothing_that_would_turn_stands_in_a_line_without_isolates(spoken: str) -> None:
    """Numbers in parts, dates, phones, codes, names and other typed words (packet.md 11.1, point 4)."""
    made = whole(spoken)
    free, typed = set(free_texts(made)), set(typed_words(made))
    assert len(typed) > 40
    assert len(free) > 30
    bare = []
    for where, text in texts_in(made):
        words, _, _ = text.partition("  (\u2068")
        if words.translate(_MARKS) in free:
            continue  # stands alone: it keeps its own direction
        rest = text
        while (without := _ISOLATED.sub("", rest)) != rest:
            rest = without
        found = [each for each in (*typed, *free) if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", rest)]
        bare += [f"{where}: {each!r} in {text!r}" for each in (*found, *_NUMBER_IN_PARTS.findall(rest))]
    assert bare == []


def texts_in(made: Handover) -> Iterator[tuple[str, str]]:
    """Every text that is printed, with the name of its part."""
    frame, groups = in_words(made, paper_code_of(made, b"{}"), version="0.1.0", item_titles=ITEMS)
    yield from (("frame", text) for text in frame.texts())
    for where, blocks in groups:
        yield from ((where, text) for text in texts_of(blocks))


def free_texts(thing: Any) -> Iterator[str]:
    """The words that stand in the packet in the language in which they were written."""
    for value in parts_of(thing):
        if isinstance(value, s.Text | s.ShortText):
            yield value.text
        elif is_dataclass(value):
            yield from free_texts(value)


def typed_words(thing: Any) -> Iterator[str]:
    """Names, titles, telephones and packet numbers: what was typed and is no sentence."""
    hints = get_type_hints(type(thing), include_extras=True)
    for field in fields(thing):
        value = getattr(thing, field.name)
        if {hints[field.name], *get_args(hints[field.name])} & {Word, Phone, Number}:
            yield from (value,) if isinstance(value, str) else value or ()
    for value in parts_of(thing):
        if is_dataclass(value):
            yield from typed_words(value)


def parts_of(thing: Any) -> Iterator[Any]:
    for field in fields(thing):
        value = getattr(thing, field.name)
        yield from value if isinstance(value, tuple) else (value,)


def test_a_packet_speaks_its_own_language_and_the_screen_keeps_its() -> None:
    for spoken in LANGUAGES:
        with speaking(spoken, resources.path("i18n")):
            title, count = tr("Dates and conditions"), tr("page {page} of {pages}")
        texts = [text for _, text in texts_in(officers(spoken))]
        assert any(title in text for text in texts)
        assert count in texts
        assert language() == "en"


def test_days_have_the_month_of_the_country_and_languages_their_name() -> None:
    french, arabic = (" ".join(text for _, text in texts_in(whole(spoken))) for spoken in ("fr", "ar"))
    assert "20 nov. 2026" in french
    assert "zarma" in french
    assert "20 نونبر 2026" in arabic  # as in Morocco
    assert "الزارمية" in arabic
    elsewhere = " ".join(text for _, text in texts_in(officers("ar")))
    assert "20 نوفمبر 2026" in elsewhere


# the pages


def test_the_form_to_be_sent_back_is_one_page_also_under_two_lines_of_warning() -> None:
    for spoken in LANGUAGES:
        frame, groups = in_words(whole(spoken), NO_CODE, version="0.1.0", item_titles=ITEMS)
        (form,) = [blocks for where, blocks in groups if where == "S13" and isinstance(blocks[0], PageBreak)]
        assert frame.banner
        assert frame.line
        assert build(frame, form[1:]).page_count == 1


def test_the_words_come_out_of_the_pages_as_they_were_put_in(said: Mapping[str, list[str]]) -> None:
    for spoken in LANGUAGES:
        assert TITLES[spoken] in said[spoken][0]
        text = " ".join(said[spoken])
        for words in (
            TWO_SIGNATURES["en"],
            TWO_SIGNATURES["fr"],
            TWO_SIGNATURES["ar"].partition(":")[0],
            "أريد أن أخيط قرب دكان أمي (في السوق القديم) يوم 11-01-2027.",
            "إدريسا قادري",
            "Le condamné se présente chaque lundi au bureau de suivi.",
            "I agree with the work and the papers. I do not agree to move to another district.",
            "+000 20 555 900",
            sample.NUMBER,
        ):
            # on a page that is not Arabic the tool gives the parts of Arabic lines as they stand, from the left
            for clause in re.split(r"[.:]\s|\.$|\s(?=11-)", words):
                assert as_compared(clause) in as_compared(text), (spoken, words)
        assert not any(0xE000 <= ord(char) <= 0xF8FF for char in text)


def as_compared(words: str) -> str:
    """Without spaces, and marks that some tools put before their letter."""
    return re.sub("[\\s\u064b-\u0652]", "", words)


def test_pages_count_themselves_and_bear_number_code_and_team(said: Mapping[str, list[str]]) -> None:
    for spoken in LANGUAGES:
        with speaking(spoken, resources.path("i18n")):
            words = tr("page {page} of {pages}")
        for place, page in enumerate(said[spoken], start=1):
            # on a page of both directions the tool gives the parts of the line as they stand
            foot = as_compared(page)[-60:]
            assert Counter(as_compared(words.format(page=place, pages=len(said[spoken])))) <= Counter(foot)
            assert sample.NUMBER in page


def test_the_same_packet_gives_the_same_bytes_whatever_was_made_between(laid: Mapping[str, LaidOut]) -> None:
    for spoken in ("ar", "en", "fr", "ar"):
        paper = laid[spoken]
        again = Layout(version="0.1.0", item_titles=ITEMS).pages(paper.packet, paper_code_of(paper.packet, paper.json))
        assert again.pdf == paper.pages.pdf


def test_the_file_says_its_language_title_and_direction(laid: Mapping[str, LaidOut], tmp_path: Path) -> None:
    for spoken, paper in laid.items():
        document = pypdfium2.PdfDocument(paper.prepared)
        try:
            title = document.get_metadata_dict()["Title"]
            bookmarks = [mark.get_title() for mark in document.get_toc()]
        finally:
            document.close()
        assert title == f"{TITLES[spoken]} {sample.NUMBER}"
        with speaking(spoken, resources.path("i18n")):
            assert any(tr("Dates and conditions") in mark for mark in bookmarks)
        assert f"<rdf:li>{spoken}</rdf:li>".encode() in paper.prepared
        assert title.encode("utf-8") in paper.prepared  # in XMP, word for word
        assert re.search(rb"/Direction\s*/" + (b"R2L" if spoken == "ar" else b"L2R"), paper.prepared)
        assert re.search(rb"/DisplayDocTitle\s+true", paper.prepared)
        assert re.search(rb"/Lang\s*\(" + spoken.encode(), paper.prepared)


# geometry: what a picture would show, without its brittleness


def boxes(pdf: bytes, page: int) -> list[tuple[str, float, float, float]]:
    """The letters of a page: character, left, right, and height of the middle, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[page].get_textpage()
        found = []
        for at in range(text.count_chars()):
            left, low, right, high = text.get_charbox(at)
            char = text.get_text_range(at, 1)
            if char.strip() and right > left:
                found.append((char, left, right, (low + high) / 2))
        return found
    finally:
        document.close()


def test_no_letter_leaves_the_page_and_head_and_foot_start_where_the_language_does(
    laid: Mapping[str, LaidOut],
) -> None:
    """Cover, manifest, sections with tables and columns, feedback page and signature page."""
    for spoken, paper in laid.items():
        for page in range(paper.pages.count):
            letters = boxes(paper.pages.pdf, page)
            assert min(left for _, left, _, _ in letters) >= MARGIN - 1
            assert max(right for _, _, right, _ in letters) <= A4[0] - MARGIN + 1
            head = [letter for letter in letters if letter[3] > A4[1] - 46]
            start = A4[0] - MARGIN - max(right for _, _, right, _ in head) if spoken == "ar" else head[0][1] - MARGIN
            assert abs(start) < 2
            number = next(letter for letter in letters if letter[0] == "R" and letter[3] < 46)
            assert (number[1] > A4[0] / 2) == (spoken == "ar")


def test_tables_run_from_the_right_in_arabic_and_from_the_left_elsewhere(laid: Mapping[str, LaidOut]) -> None:
    """The manifest: the code of the section stands where the page starts, its fingerprint at the end."""
    for spoken, paper in laid.items():
        entry = paper.packet.manifest.sections[0]
        assert entry.sha256 is not None
        pages = output_of("pdftotext", "-bbox", "-", "-", given=paper.pages.pdf).split("<page ")
        places = next(page for page in pages if f">{entry.sha256[:12]}<" in page).splitlines()
        section, fingerprint = (
            float(next(line for line in places if f">{word}<" in line).split('xMin="')[1].split('"')[0])
            for word in (entry.code, entry.sha256[:12])
        )
        assert (section > 450, fingerprint < 200) == (spoken == "ar", spoken == "ar")


def test_a_stamp_stands_in_the_language_of_its_packet() -> None:
    for spoken in LANGUAGES:
        made = stamp(
            role="author", signer="Claire Dumont", staff_role="CO", at=sample.ISSUED, certificate=b"x",
            issued=sample.ISSUED, language=spoken,
        )  # fmt: skip
        letters = boxes(made, 0)
        first = [letter for letter in letters if abs(letter[3] - max(each[3] for each in letters)) < 6]
        if spoken == "ar":
            assert max(right for _, _, right, _ in first) > 218
        else:
            assert min(left for _, left, _, _ in first) < 12
