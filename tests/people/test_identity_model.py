"""A birth as people tell it, and age bands of children."""

from datetime import date

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.core.languages import language_words, offered_languages
from rehabdesk.people.identity_model import birth_text, differences, parse_birth
from rehabdesk.people.model import BirthPrecision
from rehabdesk.people.protected_model import AgeBand, band_of
from tests.people.cases import details

TODAY = date(2026, 11, 24)
DAY, MONTH, YEAR, ABOUT = (
    BirthPrecision.DAY,
    BirthPrecision.MONTH,
    BirthPrecision.YEAR,
    BirthPrecision.ESTIMATED,
)


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("", None, BirthPrecision.UNKNOWN),
        ("  ", None, BirthPrecision.UNKNOWN),
        ("about 1997", date(1997, 1, 1), ABOUT),
        ("About  1997", date(1997, 1, 1), ABOUT),
        ("~1997", date(1997, 1, 1), ABOUT),
        ("vers 1997", date(1997, 1, 1), ABOUT),
        ("حوالي ١٩٩٧", date(1997, 1, 1), ABOUT),
        ("1997", date(1997, 1, 1), YEAR),
        ("١٩٩٧", date(1997, 1, 1), YEAR),
        ("03/1997", date(1997, 3, 1), MONTH),
        ("Mar 1997", date(1997, 3, 1), MONTH),
        ("1997-03", date(1997, 3, 1), MONTH),
        ("3 Mar 1997", date(1997, 3, 3), DAY),
        ("3/3/1997", date(1997, 3, 3), DAY),
        ("1997-03-03", date(1997, 3, 3), DAY),
        ("3/3/97", date(1997, 3, 3), DAY),
    ],
)
def test_a_birth_is_understood_as_exactly_as_it_was_told(typed: str, day: date | None, precision: object) -> None:
    assert parse_birth(typed, TODAY) == (day, precision)


@pytest.mark.parametrize(
    "typed",
    ["soon", "13/1997", "31 Feb 1997", "1897", "2031", "about 2031", "yesterday", "3 Mar", "19977", "\u202e1997", "-3"],
)
def test_what_is_no_birth_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_birth(typed, TODAY)
    assert refused.value.field == "birth_date"


@pytest.mark.parametrize("typed", ["about 1997", "1997", "Mar 1997", "3 Mar 1997", ""])
def test_what_is_shown_is_understood_the_same_again(typed: str) -> None:
    from dataclasses import replace

    day, precision = parse_birth(typed, TODAY)
    shown = birth_text(replace(details(), birth_date=day, birth_precision=precision))
    assert parse_birth(shown, TODAY) == (day, precision)


def test_nothing_differs_from_itself() -> None:
    assert differences(details(), details()) == ()


@pytest.mark.parametrize(
    ("year", "band"),
    [
        (2026, AgeBand.UP_TO_5),
        (2020, AgeBand.UP_TO_5),
        (2019, AgeBand.UP_TO_11),
        (2014, AgeBand.UP_TO_11),
        (2013, AgeBand.UP_TO_17),
        (2008, AgeBand.UP_TO_17),
        (2007, AgeBand.GROWN),
    ],
)
def test_a_child_is_in_the_younger_band_where_the_birthday_decides(year: int, band: AgeBand) -> None:
    assert band_of(year, TODAY) is band


def test_languages_have_names_and_a_code_without_one_is_kept() -> None:
    assert language_words("dje") == "Zarma"
    assert language_words("qaa") == "qaa"
    names = [name for _code, name in offered_languages()]
    assert len(set(names)) == len(names) > 40
