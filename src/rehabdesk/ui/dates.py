"""Days and times as the screen shows them: unambiguous, in the language of the screen, in local time."""

import re
from datetime import date, datetime, time

from PySide6.QtCore import QDate, QLocale

from rehabdesk.core.i18n import country, language, tr
from rehabdesk.core.months import arabic_months

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


def local(moment: datetime) -> datetime:
    """A moment in the computer's own time zone."""
    return moment.astimezone()


def _written(day: date, form: str) -> str:
    if language() == "ar":
        form = re.sub("M+", f"'{arabic_months(country())[day.month - 1]}'", form)
    return locale().toString(QDate(day.year, day.month, day.day), form)
