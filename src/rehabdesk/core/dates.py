"""Days: parsing what was typed, writing for people, counting."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import country, language, tr
from rehabdesk.core.months import arabic_month, arabic_months

_WESTERN = {0x660 + digit: str(digit) for digit in range(10)} | {0x6F0 + digit: str(digit) for digit in range(10)}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""What lies outside is a slip of the fingers."""


def parse_day(text: str, today: date, *, coming: bool = False) -> date:
    """A day as people type it: `20/11`, `20 11 26`, `20 Nov`, `2026-11-20`, `yesterday`, `-3`, `fri` (the last).

    `coming`: a day of the week is the next one, for what is promised.
    A year that is left out is the one that lies nearest to `today`. UserError where it is not understood.
    """
    words = " ".join(text.casefold().replace(",", " ").replace("،", " ").split())
    found = _named(words, today, coming=coming) or _counted(words, today) or _numbered(words, today)
    if found is None:
        raise UserError(tr("Date must be like 20/11, 20 Nov 2026 or yesterday."))
    return found


def parse_time(text: str) -> time:
    """A time as people type it: `0930`, `930`, `9:30`, `14h30`, `9`. UserError where it is not understood."""
    digits = re.fullmatch(r"\s*(\d{1,2})\s*(?:[:.h ]\s*(\d{2})?|(\d{2}))?\s*", text.casefold().translate(_WESTERN))
    if digits is not None:
        hour, minute = int(digits[1]), int(digits[2] or digits[3] or 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise UserError(tr("Time must be like 0930 or 14:30."))


def day_text(day: date) -> str:
    """`24 Nov 2026`: unambiguous in every country, digits left to right."""
    return f"{day.day} {month_names()[day.month - 1]} {day.year}"


def month_text(month: date) -> str:
    """`Nov 2026`: the month of a day."""
    return f"{month_names()[month.month - 1]} {month.year}"


def time_text(moment: datetime) -> str:
    """`24 Nov 2026, 09:05 UTC`."""
    return tr("{day}, {time} UTC").format(day=day_text(moment.date()), time=f"{moment:%H:%M}")


def _named(words: str, today: date, *, coming: bool) -> date | None:
    """Today, yesterday, and the last day of that name, or the next."""
    for back, names in enumerate((("today", tr("today")), ("yesterday", tr("yesterday")))):
        if words in {name.casefold() for name in names}:
            return today - timedelta(days=back)
    for number, name in enumerate(_weekdays()):
        if len(words) >= 3 and name.casefold().startswith(words):
            back = (today.weekday() - number) % 7
            return today + timedelta(days=7 - back) if coming else today - timedelta(days=back)
    return None


def _counted(words: str, today: date) -> date | None:
    """`-3` is three days ago, `+2` in two days."""
    if re.fullmatch(r"[+-]\d{1,4}", words.translate(_WESTERN)):
        return today + timedelta(days=int(words))
    return None


def _numbered(words: str, today: date) -> date | None:
    """Day, month and year in figures or with the month's name; year first only when it has four figures."""
    words = re.sub(r"^[^\W\d]+\s+(?=\d)", "", words)  # "fri 20 nov 2026"
    parts = [part for part in re.split(r"[\s/.\-]+", _months_counted(words.translate(_WESTERN))) if part]
    if len(parts) == 3 and len(parts[0]) == 4:
        parts.reverse()
    if not 2 <= len(parts) <= 3 or not parts[0].isdecimal():
        return None
    month = int(parts[1]) if parts[1].isdecimal() else _month_named(parts[1])
    year = int(parts[2]) if len(parts) == 3 and parts[2].isdecimal() else None
    if month is None or (len(parts) == 3 and year is None):
        return None
    if year is not None:
        return _day(year + (2000 if year < 100 else 0), month, int(parts[0]))
    near = [_day(today.year + shift, month, int(parts[0])) for shift in (0, -1, 1)]
    return min((day for day in near if day is not None), key=lambda day: abs(day - today), default=None)


def _months_counted(words: str) -> str:
    """The months in Arabic by their numbers: some have names of two words."""
    return re.sub("[\u0621-\u064a]+(?: [\u0621-\u064a]+)*", lambda found: arabic_month(found[0]) or found[0], words)


def _month_named(word: str) -> int | None:
    for number, name in enumerate(month_names(), 1):
        short, typed = _unaccented(name), _unaccented(word)
        if len(typed) >= 3 and (typed.startswith(short) or short.startswith(typed)):
            return number
    return None


def _unaccented(name: str) -> str:
    """`fevr` for `févr.`: as people type it in a hurry."""
    plain = unicodedata.normalize("NFD", name.casefold().rstrip("."))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekdays() -> tuple[str, ...]:
    return (
        tr("Monday"), tr("Tuesday"), tr("Wednesday"), tr("Thursday"), tr("Friday"), tr("Saturday"), tr("Sunday"),
    )  # fmt: skip


def month_names() -> tuple[str, ...]:
    """January to December as short as the language has them; in Arabic as the country does."""
    if language() == "ar":
        return arabic_months(country())
    return (
        tr("Jan"), tr("Feb"), tr("Mar"), tr("Apr"), tr("May"), tr("Jun"),
        tr("Jul"), tr("Aug"), tr("Sep"), tr("Oct"), tr("Nov"), tr("Dec"),
    )  # fmt: skip
