"""Forms on paper: every question and answer of every form, in every language, on few pages, the same each time."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from rehabdesk.core.choices import load_choice_lists
from rehabdesk.core.declared import DeclarationError
from rehabdesk.core.i18n import language, speaking, tr
from rehabdesk.core.text import without_isolates
from rehabdesk.notes.chaplaincy.contribution_model import Agreed, Audience
from rehabdesk.notes.forms.blank_model import Blank, asked_on_paper, followers, lines_for, paper_code
from rehabdesk.notes.forms.blank_pdf import blank_pages
from rehabdesk.notes.forms.blanks_service import paper_forms
from rehabdesk.notes.forms.form_model import FieldType, Form
from rehabdesk.notes.forms.form_reading_model import parse_form
from rehabdesk.notes.model import AddendumType
from rehabdesk.paper.pages import Paper
from rehabdesk.plans.conferences.conference_parts_model import ConferenceKind, PersonAttended
from tests.notes.sessions import FORMS

ISSUED = datetime(2026, 11, 27, tzinfo=UTC)
ALL = [*FORMS.all(), *paper_forms()]
LANGUAGES = ("en", "fr", "ar")
NAMES = [form.name for form in ALL]
ARABIC = {
    "Session note": "محضر الجلسة",
    "Person": "الشخص",
    "Length in minutes": "المدة بالدقائق",
    "Other (say)": "غير ذلك (اذكره)",
    "Referred by": "أحاله",
    "Referred by whom": "من أحاله",
    "Yes": "نعم",
    "No": "لا",
    "Immediate safety check": "فحص السلامة الفوري",
}
MANY = """
prefix = "mny"
version = 7
title = "A form with much of everything"
minutes = 5
compartment = "team"
existence = "none"
header = false
roles = ["CO"]
[[field]]
code = "mny.M1"
text = "%(long)s"
type = "choices"
choices = [%(choices)s]
[[field]]
code = "mny.M2"
text = "Words"
type = "text"
"""


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two catalogues that hold a part of the words, as they do while they are being written."""
    folder = tmp_path_factory.mktemp("i18n")
    for code, pairs in (("ar", ARABIC), ("fr", {"Person": "Personne", "Yes": "Oui", "Session note": "Note de séance"})):
        catalogue = Catalog(locale=code)
        for english, other in pairs.items():
            catalogue.add(english, other)
        (folder / code / "LC_MESSAGES").mkdir(parents=True)
        with (folder / code / "LC_MESSAGES" / "rehabdesk.mo").open("wb") as file:
            write_mo(file, catalogue)
    return folder


def form_of(name: str) -> Form:
    return next(form for form in ALL if form.name == name)


@cache
def blank(form: Form, spoken: str, catalogues: Path, *, convicted: bool = True, rule: str = "") -> Paper:
    with speaking(spoken, catalogues):
        return blank_pages(Blank(form=form, convicted=convicted, site="Three Wells", rule=rule), issued=ISSUED)


def text_of(paper: Paper, folder: Path, *, mode: str = "-raw") -> str:
    file = folder / "blank.pdf"
    file.write_bytes(paper.pdf)
    found = subprocess.run(["pdftotext", mode, file, "-"], check=True, capture_output=True, text=True).stdout
    return " ".join(found.translate(dict.fromkeys((0x202A, 0x202B, 0x202C, 0x200E, 0x200F))).split())


def words_on_paper(form: Form, spoken: str, catalogues: Path) -> Iterator[str]:
    """Every code, question, row and answer, in the language of the sheet."""
    with speaking(spoken, catalogues):
        for field in form.fields:
            yield paper_code(field.code)
            yield tr(field.text)
            yield from (tr(row.text) for row in field.rows)
            yield from (tr(choice.text) for choice in field.choices if not choice.retired)


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_code_question_and_answer_is_on_the_paper(
    name: str, spoken: str, catalogues: Path, tmp_path: Path
) -> None:
    form = form_of(name)
    paper = blank(form, spoken, catalogues)
    text = text_of(paper, tmp_path, mode="-layout" if spoken == "ar" else "-raw")

    wanted = set(words_on_paper(form, spoken, catalogues))
    assert len(wanted) > len(form.fields)
    if spoken == "ar":  # a sentence in two lines is torn by the columns beside it: each word is looked for
        wanted = {word for words in wanted for word in re.split(r"[ ()،؟?:,.]+", words)}
    squeezed = text.replace(" ", "").replace("\u00a0", "")
    missing = [words for words in wanted if words.replace(" ", "") not in squeezed]
    assert missing == []


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_form_fits_on_two_pages_with_its_fonts_inside(
    name: str, spoken: str, catalogues: Path, tmp_path: Path
) -> None:
    paper = blank(form_of(name), spoken, catalogues)

    assert paper.page_count <= 2
    file = tmp_path / "blank.pdf"
    file.write_bytes(paper.pdf)
    fonts = subprocess.run(["pdffonts", file], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), "every font is embedded"
    boxes = subprocess.run(["pdftotext", "-bbox", file, "-"], check=True, capture_output=True, text=True).stdout
    for line in (line for line in boxes.splitlines() if "<word " in line):
        left, right = (float(line.split(f'{side}="')[1].split('"')[0]) for side in ("xMin", "xMax"))
        assert 38 <= left <= right <= 558, line


def test_the_same_form_gives_the_same_bytes(catalogues: Path) -> None:
    form = form_of("psychologist_session")

    blank.cache_clear()
    once = blank(form, "ar", catalogues).pdf
    blank.cache_clear()
    assert blank(form, "ar", catalogues).pdf == once
    assert blank(form, "ar", catalogues).pdf != blank(form, "en", catalogues).pdf


def test_title_and_file_say_what_the_sheet_is_and_nothing_else(catalogues: Path, tmp_path: Path) -> None:
    file = tmp_path / "blank.pdf"
    file.write_bytes(blank(form_of("keywork"), "en", catalogues).pdf)
    said = subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True).stdout

    assert "Title:           Key-work session" in said
    assert "Subject" not in said
    assert "Keywords" not in said
    assert "Key-work session, version 1 · key en" in text_of(blank(form_of("keywork"), "en", catalogues), tmp_path)


def test_before_a_conviction_the_sheet_says_so_and_does_not_ask(catalogues: Path, tmp_path: Path) -> None:
    form = form_of("psychologist_session")
    before = text_of(blank(form, "en", catalogues, convicted=False), tmp_path)
    after = text_of(blank(form, "en", catalogues), tmp_path)

    said, asked = (
        "This person is not convicted. Do not write about the alleged facts.",
        "Responsibility, harm and repair",
    )
    assert said in before
    assert asked not in before
    assert said not in after
    assert asked in after


def test_who_reads_what_stands_on_the_sheet(catalogues: Path, tmp_path: Path) -> None:
    session = text_of(blank(form_of("psychologist_session"), "en", catalogues), tmp_path)
    pastoral = blank(form_of("chaplain_engagement"), "en", catalogues, rule="Sealed matters stay out.")

    assert "psychologists on this case and the clinical supervisor. Not the governor or administrator." in session
    assert "Only what the team needs to do its part. · Team: case team and supervisor" in session
    assert "Sealed matters stay out." in text_of(pastoral, tmp_path)
    assert "Only you can read it. Deleted 30 days after the follow-up is ticked." in text_of(pastoral, tmp_path)


def test_conditions_are_said_where_a_writer_needs_them(catalogues: Path, tmp_path: Path) -> None:
    own_page = text_of(blank(form_of("voice_statement"), "en", catalogues), tmp_path)
    encounter = text_of(blank(form_of("confidential_encounter"), "en", catalogues), tmp_path)

    assert "Only if V8 is: Declined" in own_page
    assert "Only if V8 is: Wrote it" not in own_page, "all but those who declined are asked"
    assert "Only if C2 is: Yes" in encounter
    assert "another sheet" not in encounter, "nothing is written there"


def test_an_arabic_sheet_is_mirrored_and_keeps_english_words_whole(catalogues: Path, tmp_path: Path) -> None:
    paper = blank(form_of("psychologist_session"), "ar", catalogues)
    file = tmp_path / "blank.pdf"
    file.write_bytes(paper.pdf)
    boxes = subprocess.run(["pdftotext", "-bbox", file, "-"], check=True, capture_output=True, text=True).stdout
    places = re.findall(r'xMin="([0-9.]+)" yMin="([0-9.]+)"[^>]*>([^<]+)</word>', boxes)
    code = next(float(x) for x, _y, word in places if word == "hdr")
    called, by = "أحاله"[::-1], "من"[::-1]  # words are listed as drawn
    line = next(y for _x, y, word in places if by in word)
    asked = [float(x) for x, y, word in places if y == line and by in word]
    answer = max(float(x) for x, y, word in places if y == line and called in word)

    assert code > 500, "codes stand at the right"
    assert answer > asked[0], "the answer comes first, what is asked after it stands to its left"
    text = text_of(paper, tmp_path)
    assert "Seen: what anyone in the room could observe" in text


def test_what_is_asked_after_an_answer_stands_behind_its_box() -> None:
    form = form_of("psychologist_session")
    behind = followers(form)

    assert behind[("hdr.8", "referred")].code == "hdr.8.by"
    assert behind[("psy.P12", "no")].code == "psy.P12.reason"
    alone = [fields for fields in asked_on_paper(form) for field in fields if field.code == "hdr.8.by"]
    assert alone == []
    shared = next(fields for fields in asked_on_paper(form) if fields[0].code == "psy.P3.free")
    assert len(shared) == 12, "free, four of SOAP, three of DAP, four of BIRP"


def test_room_grows_with_what_may_be_written() -> None:
    room = [lines_for(longest, 1) for longest in (100, 300, 600, 2_000, 20_000)]

    assert room == sorted(room)
    assert room[0] == 2
    assert room[2] == 8
    assert room[-1] < 16


def test_codes_are_those_of_the_domain() -> None:
    codes = {form.prefix: {paper_code(field.code) for field in form.fields} - {""} for form in paper_forms()}

    assert codes == {
        "grp": {f"GS{number}" for number in range(1, 10)},
        "alr": {str(number) for number in range(1, 8)},
        "cha": {"C9"},
        "con": {str(number) for number in range(1, 15)},
        "ext": {str(number) for number in range(1, 7)},
        "add": {str(number) for number in range(1, 5)},
    }
    assert paper_code("hdr.5.hearing") == "hdr 5"
    assert paper_code("psy.P3.said") == "P3"


def test_a_sheet_offers_the_answers_of_the_screen_and_says_who_reads_it(catalogues: Path, tmp_path: Path) -> None:
    for form, code, answers in (
        ("conference", "con.2", ConferenceKind),
        ("conference", "con.7", PersonAttended),
        ("addition", "add.2", AddendumType),
        ("pastoral_contribution", "cha.C9.agreed", Agreed),
        ("pastoral_contribution", "cha.C9.audience", Audience),
    ):
        field = form_of(form).field(code)
        assert field is not None
        assert [choice.code for choice in field.choices] == [answer.value for answer in answers], code
    kept_back = form_of("conference").field("con.12")
    assert kept_back is not None
    reasons = [choice.text for choice in load_choice_lists()["A8"].offered]
    assert kept_back.help.endswith(f"Why: {' · '.join(reasons)}.")
    said = text_of(blank(form_of("addition"), "en", catalogues), tmp_path)
    assert "whoever reads the note or the minutes that it is added to, and nobody else." in said
    assert "Team: case team" not in said


def test_a_table_to_write_in_grows_with_the_room_and_is_of_paper_alone(catalogues: Path, tmp_path: Path) -> None:
    columns = '{ code = "a", text = "Wide", share = 3 }, { code = "b", text = "Small" }'
    text = MANY.partition("[[field]]")[0] % {"long": "", "choices": ""}
    text += f'[[field]]\ncode = "mny.M1"\ntext = "Rows"\ntype = "table"\nlines = 5\nchoices = [{columns}]\n'
    form = parse_form(text, "blanks/many.toml", known_roles=["CO"], paper=True)
    assert [choice.code for choice in form.fields[0].choices] == ["a", "b"], "no other answer"
    assert blank(form, "en", catalogues).page_count == 1
    assert "Wide Small" in text_of(blank(form, "en", catalogues), tmp_path)
    many = replace(form, fields=(replace(form.fields[0], lines=30),))
    assert len(blank(many, "en", catalogues).pdf) > len(blank(form, "en", catalogues).pdf)
    with pytest.raises(DeclarationError, match="only a sheet of paper"):
        parse_form(text, "forms/many.toml", known_roles=["CO"])


def test_a_form_that_nobody_thought_of_prints_too(catalogues: Path, tmp_path: Path) -> None:
    choices = ",".join(
        f'{{ code = "c{number}", text = "Answer {number} {"word " * (number % 23)}" }}' for number in range(90)
    )
    text = MANY % {"long": "Why " * 49, "choices": choices}
    form = parse_form(text, "forms/many.toml", known_roles=["CO"])
    texts = tuple(replace(form.fields[1], code=f"mny.M{number}", text=f"Words {number}") for number in range(2, 40))
    paper = blank(replace(form, fields=(form.fields[0], *texts)), "ar", catalogues)
    found = text_of(paper, tmp_path)

    assert paper.page_count > 4
    assert "Answer 89" in found
    assert "Words 39" in found


def test_another_language_is_spoken_in_one_place_only(catalogues: Path) -> None:
    with speaking("fr", catalogues):
        assert tr("Person") == "Personne"
        assert tr("Place") == "Place", "what is not translated stays as it is"
        with speaking("ar", catalogues):
            assert language() == "ar"
        assert language() == "fr"
    assert (tr("Person"), language()) == ("Person", "en")


def test_forms_without_sheet_have_no_room_for_content() -> None:
    """A confidential encounter on paper has no line for words either."""
    encounter = form_of("confidential_encounter")

    assert all(field.type is not FieldType.TEXT for field in encounter.fields)
    assert without_isolates(paper_code(encounter.fields[0].code)) == "C2"
