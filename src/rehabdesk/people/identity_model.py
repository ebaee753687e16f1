"""Birth as people tell it, what differs between two versions of an identity, and names that may be the same person."""

import re
from dataclasses import fields
from datetime import date
from difflib import SequenceMatcher

from rehabdesk.core.dates import day_text, parse_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import fold
from rehabdesk.people.model import BirthPrecision, PersonDetails, PersonName

Birth = tuple[date | None, BirthPrecision]
"""The day as it is kept (1 January of an estimated year), and how exact it is."""

FIRST_YEAR = 1900
_ABOUT = re.compile(r"^(?:about|around|abt\.?|circa|ca\.?|c\.|~|vers|environ|حوالي|نحو)\s*(?=\d)")
_YEAR = re.compile(r"\d{4}")
_MONTH_LAST = re.compile(r"(\d{4})[-/. ](\d{1,2})")
_MONTH_FIRST = re.compile(r"(?:\d{1,2}|[^\W\d]+)[-/. ]+\d{4}")
SAME_NAME = 0.75
"""Two spellings of one name are at least this alike, as difflib counts (0 to 1). About names, never about a person."""
YEARS_APART = 2
"""Estimated years of the same person differ by this much."""


def parse_birth(text: str, today: date) -> Birth:
    """A birth as people tell it: `about 1997`, `1997`, `03/1997`, `Mar 1997`, `3 Mar 1997`; empty where not known.

    UserError (`birth_date`) where it is not understood, lies in the future or before 1900.
    """
    words = " ".join(fold(text).casefold().split())
    if not words:
        return None, BirthPrecision.UNKNOWN
    about = tr("about")
    plain = re.sub(rf"^{re.escape(about.casefold())}\s+", "", words)
    told = _ABOUT.sub("", plain)
    if told != words and _YEAR.fullmatch(told):
        return _checked(date(max(int(told), 1), 1, 1), today), BirthPrecision.ESTIMATED
    if _YEAR.fullmatch(words):
        return _checked(date(max(int(words), 1), 1, 1), today), BirthPrecision.YEAR
    if (turned := _MONTH_LAST.fullmatch(words)) is not None:
        words = f"{turned[2]}/{turned[1]}"
    if _MONTH_FIRST.fullmatch(words):
        return _checked(_day(f"1 {words}", today), today), BirthPrecision.MONTH
    return _checked(_day(words, today), today), BirthPrecision.DAY


def birth_text(details: PersonDetails) -> str:
    """The birth as it is typed into its field again."""
    day = details.birth_date
    if day is None:
        return ""
    return {
        BirthPrecision.DAY: day_text(day),
        BirthPrecision.MONTH: month_text(day),
        BirthPrecision.YEAR: str(day.year),
    }.get(details.birth_precision, tr("about {year}").format(year=day.year))


def month_text(day: date) -> str:
    """`Mar 1997`."""
    return day_text(day).split(" ", 1)[1]


def understood_words(birth: Birth) -> str:
    """How a typed birth was understood, as a sentence under its field."""
    day, precision = birth
    if day is None:
        return tr("Not known.")
    return {
        BirthPrecision.DAY: tr("Understood: the day is known, {day}.").format(day=day_text(day)),
        BirthPrecision.MONTH: tr("Understood: the month is known, {month}.").format(month=month_text(day)),
        BirthPrecision.YEAR: tr("Understood: the year is known, {year}.").format(year=day.year),
    }.get(precision, tr("Understood: an estimate, about {year}.").format(year=day.year))


def differences(before: PersonDetails, after: PersonDetails) -> tuple[str, ...]:
    """Names of the fields in which two versions differ, in the order of the record."""
    return tuple(
        field.name for field in fields(PersonDetails) if getattr(before, field.name) != getattr(after, field.name)
    )


def may_be_same(details: PersonDetails, name: PersonName, born: Birth) -> bool:
    """Whether a person of the register may be the one who is about to be added: like name, like year or none."""
    years = [day.year for day in (details.birth_date, born[0]) if day is not None]
    if max(years, default=0) - min(years, default=0) > YEARS_APART:
        return False
    return any(_alike(kept, name) for kept in details.names)


def _alike(kept: PersonName, name: PersonName) -> bool:
    given = any(_like(each, name.given) for each in (kept.given, *kept.variants))
    if not (kept.family and name.family):
        return given
    return given and _like(kept.family, name.family)


def _like(one: str, other: str) -> bool:
    return SequenceMatcher(None, fold(one).casefold(), fold(other).casefold()).ratio() >= SAME_NAME


def _day(words: str, today: date) -> date:
    try:
        if re.search(r"\d{4}$|^\d{4}", words) is None and re.search(r"[/\-. ]\d{2}$", words) is None:
            raise UserError("")
        found = parse_day(words, today)
    except UserError:
        raise UserError(tr("Birth must be like 3 Mar 1997, 03/1997, 1997 or about 1997."), field="birth_date") from None
    if found > today and re.search(r"\d{4}", words) is None:
        return date(found.year - 100, found.month, min(found.day, 28))
    return found


def _checked(day: date, today: date) -> date:
    if day > today:
        raise UserError(tr("The birth lies in the future. Check the year."), field="birth_date")
    if day.year < FIRST_YEAR:
        raise UserError(tr("The year of birth lies before 1900. Check it."), field="birth_date")
    return day
