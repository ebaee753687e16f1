"""Days and times as the screen shows them: unambiguous, in the language of the screen, in local time."""

import re
from datetime import date, datetime, time
from functools import cache

from PySide6.QtCore import QDate, QLocale

from rehabdesk.core.dates import month_names
from rehabdesk.core.i18n import country, language, tr

_REGIONS = {"en": "en_GB", "fr": "fr_FR", "xx": "en_GB"}
_WESTERN_ARABIC = "ar_AE"
"""Of the countries of the Arabic months that most have, one that writes Western digits."""


def locale() -> QLocale:
    """The locale of the language in use; Arabic as the desk's country has it, but always with the digits 0 to 9."""
    if language() == "ar":
        own = QLocale(f"ar_{country()}")
        return own if own.zeroDigit() == "0" and own.language() == QLocale.Language.Arabic else QLocale(_WESTERN_ARABIC)
    return QLocale(_REGIONS.get(language(), "en_GB"))


def short(day: date) -> str:
    """`Fri 20 Nov 2026`: for lists."""
    return _written(day, "ddd d MMM yyyy")


def long(day: date) -> str:
    """`Friday 20 November 2026`: for sentences."""
    return _written(day, "dddd d MMMM yyyy")


def month_name(day: date) -> str:
    """`November 2026`: the month of a day."""
    return _written(day, "MMMM yyyy")


def clock(moment: time | datetime) -> str:
    """`09:30`, of a moment in local time."""
    if isinstance(moment, datetime):
        moment = local(moment).time()
    return f"{moment:%H:%M}"


def stamp(moment: datetime) -> str:
    """`Fri 20 Nov 2026, 09:30` in local time."""
    return tr("{day}, {time}").format(day=short(local(moment).date()), time=clock(moment))


def all_days() -> tuple[str, ...]:
    """Every weekday with every month, as `short` writes them: how wide a column of days must be."""
    return _days_of(language(), country())


def all_stamps() -> tuple[str, ...]:
    """As `all_days`, for a column of what `stamp` writes."""
    return tuple(tr("{day}, {time}").format(day=day, time="00:00") for day in all_days())


@cache
def _days_of(_language: str, _country: str) -> tuple[str, ...]:
    days = (date(2026, month, day) for month in range(1, 13) for day in range(20, 27))
    return tuple(short(day) for day in days)


def local(moment: datetime) -> datetime:
    """A moment in the computer's own time zone."""
    return moment.astimezone()


def _written(day: date, form: str) -> str:
    """With the short months of core/dates: the same on every screen and paper."""
    if language() == "ar" or "MMMM" not in form:
        form = re.sub("M+", f"'{month_names()[day.month - 1]}'", form)
    return locale().toString(QDate(day.year, day.month, day.day), form)
