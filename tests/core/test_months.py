"""Months: written as the desk's country names them, in windows as on paper; read in every way that people type them."""

from collections.abc import Iterator
from datetime import date

import pytest

from rehabdesk.core import resources
from rehabdesk.core.dates import day_text, parse_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import speaking, use_country, use_language
from rehabdesk.core.months import arabic_months
from rehabdesk.paper.locales import day_words, month_words
from rehabdesk.ui import dates

COUNTRIES = (
    "AE BH DJ DZ EG EH ER GB IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN XX YE".split()  # noqa: SIM905
)
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def own_country() -> Iterator[None]:
    yield
    use_language("en", resources.path("i18n"))
    use_country("")


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_the_same_names_in_windows_and_on_paper(country: str) -> None:
    use_language("ar", resources.path("i18n"))
    use_country(country)
    for number in range(1, 13):
        day = DAY.replace(month=number)
        assert day_text(day) == day_words(day, "ar", country)
        assert dates.month_name(day) == month_words(day, "ar", country)
        assert dates.short(day).endswith(day_text(day))
        assert dates.long(day).endswith(day_text(day))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("country", ["GB", "MA"])
def test_elsewhere_short_months_are_the_same_in_every_country(lang: str, country: str) -> None:
    use_language(lang, resources.path("i18n"))
    use_country(country)
    for number in range(1, 13):
        day = DAY.replace(month=number)
        assert day_text(day) == day_words(day, lang, country)
        assert dates.short(day).endswith(day_text(day))


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("country", ["", "DZ", "EG", "LB", "MA", "MR"])
def test_a_month_is_understood_in_the_names_of_every_country(lang: str, country: str) -> None:
    use_language(lang, resources.path("i18n"))
    for number, name in enumerate(arabic_months(country), 1):
        for typed in (f"20 {name} 2026", f"٢٠ {name}، 2026", f"20/{name}/26", f"الجمعة 20 {name} 2026"):
            assert parse_day(typed, DAY) == DAY.replace(month=number)


@pytest.mark.parametrize(
    ("lang", "typed"),
    [("ar", "20 نونبر"), ("ar", "20 نوفمبر"), ("ar", "20 تشرين  الثاني"), ("fr", "20 nov."), ("fr", "20 NOVEMBRE 26")],
)
def test_what_people_type(lang: str, typed: str) -> None:
    use_language(lang, resources.path("i18n"))
    assert parse_day(typed, DAY) == DAY


@pytest.mark.parametrize(
    ("typed", "month"), [("20 aout", 8), ("20 fevrier 2026", 2), ("20 déc", 12), ("20 fevr. 26", 2)]
)
def test_french_months_are_understood_without_accents(typed: str, month: int) -> None:
    use_language("fr", resources.path("i18n"))
    assert parse_day(typed, DAY).month == month


@pytest.mark.parametrize("typed", ["20 تشرين", "20 كتاب 2026", "نوفمبر", "20 كانون الثالث"])
def test_what_is_no_month_is_not_guessed(typed: str) -> None:
    use_language("ar", resources.path("i18n"))
    with pytest.raises(UserError):
        parse_day(typed, DAY)


def test_paper_without_a_country_is_that_of_the_desk() -> None:
    use_country("LB")
    with speaking("ar", resources.path("i18n")):
        assert day_text(DAY) == "20 تشرين الثاني 2026"
    with speaking("ar-MA", resources.path("i18n")):
        assert day_text(DAY) == "20 نونبر 2026"


def test_digits_are_western_in_every_country() -> None:
    use_language("ar", resources.path("i18n"))
    for country in COUNTRIES:
        use_country(country)
        assert dates.locale().toString(20) == "20"
