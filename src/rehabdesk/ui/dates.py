"""Days and times as the screen shows them: unambiguous, in the language of the screen, in local time."""

from datetime import date, datetime, time

from PySide6.QtCore import QDate, QLocale

from rehabdesk.core.i18n import language, tr

# Arabic as the region writes it with Western digits; the site can choose another region later
_REGIONS = {"en": "en_GB", "fr": "fr_FR", "ar": "ar_MA", "xx": "en_GB"}


def locale() -> QLocale:
    """The locale of the language in use."""
    return QLocale(_REGIONS.get(language(), "en_GB"))


def short(day: date) -> str:
    """`Fri 20 Nov 2026`: for lists."""
    return locale().toString(_qt(day), "ddd d MMM yyyy")


def long(day: date) -> str:
    """`Friday 20 November 2026`: for sentences."""
    return locale().toString(_qt(day), "dddd d MMMM yyyy")


def month_name(day: date) -> str:
    """`November 2026`: the month of a day."""
    return locale().toString(_qt(day), "MMMM yyyy")


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


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
