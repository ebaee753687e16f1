"""Lists from registries: letters, separators, headings, and everything a file can do wrong."""

import time
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rehabdesk.core.errors import UserError
from rehabdesk.people.import_columns_model import Field, guess_columns
from rehabdesk.people.import_model import LONGEST_LINE, MOST_BYTES, MOST_LINES, Encoding, read_sheet
from rehabdesk.people.import_rows_model import Known, Plan, Site, plan_of
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.model import AgeRegime, BirthPrecision, Sex

TODAY = date(2026, 11, 24)
SITE = Site(country="XX", today=TODAY, stage=None)
HEAD = "Numéro d'écrou;Nom;Prénom;Né le;Sexe;Situation pénale;Date de libération;Quartier;Religion"
KADA = "24-017;Kada;Idrissa;14/03/1991;M;condamné;31/12/2027;B2;x"
ARABIC = "رقم الملف,الاسم,تاريخ الميلاد,الحالة\n24-030,إدريس قادري,١٤/٠٣/١٩٩١,محكوم\n"


def sheet_of(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def planned(raw: bytes, known: tuple[Known, ...] = (), site: Site = SITE) -> Plan:
    sheet = read_sheet(raw)
    return plan_of(sheet, guess_columns(sheet.headings), site, known)


def sentences(*lines: str) -> list[str]:
    found = [one.sentence for one in planned(sheet_of(HEAD, *lines)).wrong]
    return ["".join(sign for sign in words if not 0x2066 <= ord(sign) <= 0x2069) for words in found]


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (sheet_of(HEAD, KADA), Encoding.UTF_8),
        (b"\xef\xbb\xbf" + sheet_of(HEAD, KADA), Encoding.UTF_8),
        (sheet_of(HEAD, KADA, encoding="utf-16"), Encoding.UTF_16),
        (sheet_of(HEAD, KADA, encoding="utf-16-le"), Encoding.UTF_16),
        (sheet_of(HEAD, KADA, encoding="utf-16-be"), Encoding.UTF_16),
        (ARABIC.encode("utf-16-le"), Encoding.UTF_16),
        (ARABIC.encode("utf-16-be"), Encoding.UTF_16),
        (sheet_of(HEAD, KADA, encoding="cp1252"), Encoding.WINDOWS_WEST),
        (ARABIC.replace("١٤/٠٣/١٩٩١", "14/03/1991").encode("cp1256"), Encoding.WINDOWS_ARABIC),
    ],
)
def test_the_encoding_is_guessed_and_the_person_is_there(raw: bytes, encoding: Encoding) -> None:
    sheet = read_sheet(raw)
    (person,) = planned(raw).people

    assert sheet.encoding is encoding
    assert person.details.birth_date == date(1991, 3, 14)
    assert person.legal.stage is Stage.SENTENCED


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_guessed(separator: str) -> None:
    sheet = read_sheet(sheet_of(HEAD, KADA).replace(b";", separator.encode()))

    assert sheet.separator == separator
    assert len(sheet.headings) == 9


def test_only_name_number_birth_sex_unit_stage_and_dates_are_taken_over() -> None:
    sheet = read_sheet(sheet_of(HEAD, KADA))
    columns = guess_columns(sheet.headings)
    (person,) = planned(sheet_of(HEAD, KADA)).people

    assert [sheet.headings[place] for place in range(9) if place not in columns.values()] == ["Religion"]
    assert person.details.case_ref == "24-017"
    assert person.details.names[0].full == "Idrissa Kada"
    assert person.details.display_alias == "Idrissa K."
    assert person.details.sex is Sex.MALE
    assert person.details.birth_precision is BirthPrecision.DAY
    assert person.legal.dates.planned_release == date(2027, 12, 31)
    assert person.unit == "B2"


def test_headings_in_three_languages_are_known() -> None:
    for headings in (
        ("Case number", "Surname", "First name", "DOB", "Release date"),
        ("N° écrou", "NOM", "Prénoms", "Date de naissance", "Date de sortie"),
        ("رقم الملف", "اللقب", "الاسم الأول", "تاريخ الميلاد", "تاريخ الإفراج"),
    ):
        assert list(guess_columns(headings)) == [Field.CASE_REF, Field.FAMILY, Field.GIVEN, Field.BIRTH, Field.RELEASE]


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("1991", date(1991, 1, 1), BirthPrecision.YEAR),
        ("vers 1991", date(1991, 1, 1), BirthPrecision.ESTIMATED),
        ("~1991", date(1991, 1, 1), BirthPrecision.ESTIMATED),
        ("03/1991", date(1991, 3, 1), BirthPrecision.MONTH),
        ("1991-03-14", date(1991, 3, 14), BirthPrecision.DAY),
        ("14.03.91", date(1991, 3, 14), BirthPrecision.DAY),
        ("01/01/1991", date(1991, 1, 1), BirthPrecision.YEAR),
        ("١٤/٠٣/١٩٩١", date(1991, 3, 14), BirthPrecision.DAY),
        ("", None, BirthPrecision.UNKNOWN),
    ],
)
def test_birth_dates_are_taken_loosely(typed: str, day: date | None, precision: BirthPrecision) -> None:
    (person,) = planned(sheet_of(HEAD, KADA.replace("14/03/1991", typed))).people

    assert (person.details.birth_date, person.details.birth_precision) == (day, precision)


def test_who_is_under_18_is_a_child() -> None:
    plan = planned(sheet_of(HEAD, KADA.replace("1991", "2010"), KADA.replace("017", "018").replace("1991", "2008")))

    assert [one.details.age_regime for one in plan.people] == [AgeRegime.CHILD, AgeRegime.ADULT]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (KADA.replace("31/12", "31/02"), "Line 2: Release date 31/02/2027 does not exist."),
        (KADA.replace("31/12/2027", "-3"), "Line 2: Release date -3 is not a date like 31/12/2027."),
        (KADA.replace("31/12/2027", "yesterday"), "Line 2: Release date yesterday is not a date like 31/12/2027."),
        (KADA.replace("1991", "0091"), "Line 2: Birth date or year 14/03/0091 is not a date like 31/12/2027."),
        (KADA.replace("14/03/1991", "0000"), "Line 2: Birth date or year 0000 is not a date like 31/12/2027."),
        (KADA.replace("1991", "2031"), "Line 2: the birth date 14/03/2031 lies in the future."),
        (KADA.replace("24-017", " "), "Line 2: the case number is missing."),
        (KADA.replace("Kada;Idrissa", ";"), "Line 2: the name is missing."),
        (KADA.replace("condamné", ""), "Line 2: the legal stage is missing. Choose above which one such lines have."),
        (KADA.replace("condamné", "élu"), "Line 2: the legal stage élu is not known here. Write it in other words."),
        (KADA.replace(";M;", ";Q;"), "Line 2: the sex Q is not known here. Write f or m."),
        (KADA.replace("Kada", "Ka\u202eda"), "Line 2: Family name holds an invisible character. Mend it in the file."),
        (KADA.replace("Idrissa", "I" * 81), "Line 2: Given name is too long: 81 characters, 80 at most."),
        (KADA.replace("24-017", "2" * 41), "Line 2: Case number is too long: 41 characters, 40 at most."),
    ],
)
def test_what_is_wrong_is_said_with_its_line_in_a_sentence(line: str, sentence: str) -> None:
    assert sentence in sentences(line)


def test_every_wrong_line_is_told_not_only_the_first() -> None:
    wrong = planned(sheet_of(HEAD, KADA.replace("31/12", "31/02"), "", KADA.replace("24-017", ""))).wrong

    assert [one.line for one in wrong] == [2, 4]


def test_a_case_number_twice_in_a_list_is_wrong() -> None:
    assert sentences(KADA, KADA) == ["Line 3: the case number 24-017 stands on line 2 already."]
    arabic = KADA.replace("24-017", "٢٤-٠١٧")
    assert sentences(KADA, arabic) == ["Line 3: the case number ٢٤-٠١٧ stands on line 2 already."]


def test_formulas_stay_text() -> None:
    for prefix in "=+@-":
        (person,) = planned(sheet_of(HEAD, KADA.replace("Idrissa", f"{prefix}HYPERLINK(1)"))).people
        assert person.details.names[0].given == f"{prefix}HYPERLINK(1)"


def test_the_same_person_in_another_spelling_is_shown() -> None:
    known = (
        Known(id="p", case_ref="23-001", name="Driss Qada", name_arabic="", birth_year=1991),
        Known(id="q", case_ref="23-002", name="Idrissa Kada", name_arabic="", birth_year=1992),
        Known(id="r", case_ref="24-018", name="Nobody", name_arabic="", birth_year=None),
    )
    later = KADA.replace("24-017", "24-019").replace("Idrissa", "إدريس").replace("Kada", "كادا")
    plan = planned(sheet_of(HEAD, KADA, KADA.replace("24-017", "24-018"), later), known)
    first, second, third = plan.people

    assert [words for words in first.like if "23-001" in words] == list(first.like)
    assert len(first.like) == 1
    assert second.in_register
    assert len(third.like) == 3  # who is in the register, and the two lines above


@pytest.mark.parametrize(
    ("raw", "begins"),
    [
        (b"", "The file is empty."),
        (b"\n\n", "The file is empty."),
        (b"Name", "The file holds no line"),
        (b"a" * (MOST_BYTES + 1), "The file is larger than 5 MB."),
        (b"Name\n" + b"x\n" * (MOST_LINES + 1), "The list has more than 5000 lines."),
        (b"Name\n" + b"x" * (LONGEST_LINE + 1), "Line 2: it is longer"),
        (b"Name\n" + b"," * 200, "Line 2: it has more than 100 columns."),
        (b'Name\n"Kada', "Line 2: a quotation mark"),
        (b'Name\n"Kada"x', "Line 2: a quotation mark"),
        (b"Name\nKada\0da\n", "The file is no list of text."),
        (b"Name\nKada,Idrissa\n", "Line 2: it has more cells"),
        (b"PK\x03\x04" + bytes(range(256)), "The file is no list of text."),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(raw: bytes, begins: str) -> None:
    with pytest.raises(UserError) as refused:
        read_sheet(raw)

    assert refused.value.sentence.startswith(begins)
    assert refused.value.sentence.count(".") >= 2


BYTES = st.one_of(
    st.binary(max_size=3_000),
    st.text('az;,\t"\r\n=+-@éقدر0123456789/\0\u202e', max_size=2_000).map(lambda text: text.encode("utf-8")),
    st.text('az;,\t"\r\néق0', max_size=500).map(lambda text: text.encode("utf-16")),
)


@settings(max_examples=300)
@given(BYTES)
@example(b'"' * 3_000)
@example(b"\xff\xfe\x00")
@example(b'Name\n"' + b"a\n" * 2_000)
def test_any_bytes_give_a_plan_or_a_sentence(raw: bytes) -> None:
    begun = time.monotonic()
    with suppress(UserError):
        sheet = read_sheet(raw)
        plan_of(sheet, dict(zip(Field, range(len(sheet.headings)), strict=False)), SITE, ())
    assert time.monotonic() - begun < 2


def test_the_largest_list_of_people_of_one_name_is_read() -> None:
    lines = (f"{number};Kada;Idrissa;1991;m;condamné;;;" for number in range(MOST_LINES))

    assert len(planned(sheet_of(HEAD, *lines)).people) == MOST_LINES
