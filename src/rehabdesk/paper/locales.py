"""Dates and names of languages as a country writes them, by Babel. Digits are 0 to 9 everywhere."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_DAY = {"ar": "d MMMM y"}
"""Arabic never shortens the names of its months."""
_MONTH = {"ar": "MMMM y"}
_BY_COUNTRY = frozenset({"ar"})
"""Its countries differ in the names of the months; in another language all read the same, as the windows write it."""


def day_words(day: date, language: str, country: str = "") -> str:
    """`24 Nov 2026`, `24 nov. 2026`, `24 نونبر 2026`; as core/dates. `country`: ISO 3166, for Arabic."""
    from babel.dates import format_date

    return format_date(day, _DAY.get(language, "d MMM y"), locale=_locale(language, country))


def month_words(day: date, language: str, country: str = "") -> str:
    """As `day_words`, without the day."""
    from babel.dates import format_date

    return format_date(day, _MONTH.get(language, "MMM y"), locale=_locale(language, country))


def language_words(code: str, language: str) -> str | None:
    """The name of the language `code` (BCP 47) in `language`; None where there is none."""
    return _locale(language, "").languages.get(code.partition("-")[0])


@cache
def _locale(language: str, country: str) -> "Locale":
    """The language as the country has it; plain where that is not known, and English for one that is not shipped."""
    from babel import Locale, UnknownLocaleError

    own = (f"{language}_{country}",) if language in _BY_COUNTRY else ()
    for tag in (*own, language):
        try:
            return Locale.parse(tag)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
