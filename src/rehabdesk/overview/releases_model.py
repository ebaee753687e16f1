"""A release as a line of the list shows it, and the weeks that are left, in words. Dates and work, never a person."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rehabdesk.core.i18n import ntr, tr


class Span(StrEnum):
    """Parts of the list of releases, in its order."""

    PASSED = "passed"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    LATER = "later"
    UNKNOWN = "unknown"


_ENDS = ((Span.WEEK, 1), (Span.MONTH, 4), (Span.QUARTER, 12), (Span.HALF_YEAR, 26))
"""Up to how many weeks from today each part goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLine:
    """`day`: None where none is known. `has_list`: a checklist is running; the counts are its open items by what they
    hold back, and those whose day has passed. `left`: the person has left, and what is open is for after the gate.
    """

    person: str
    name: str
    case_ref: str
    unit: str
    day: date | None
    has_list: bool = False
    short_notice: bool = False
    needed: int = 0
    to_look_at: int = 0
    other: int = 0
    late: int = 0
    left: bool = False


def span_of(day: date | None, today: date) -> Span:
    """The part of the list that a day of release belongs to."""
    if day is None:
        return Span.UNKNOWN
    if day < today:
        return Span.PASSED
    return next((span for span, weeks in _ENDS if day < today + timedelta(weeks=weeks)), Span.LATER)


def span_words(span: Span) -> str:
    """The title of a part."""
    return {
        Span.PASSED: tr("The day has passed"),
        Span.WEEK: tr("This week"),
        Span.MONTH: tr("2 to 4 weeks"),
        Span.QUARTER: tr("5 to 12 weeks"),
        Span.HALF_YEAR: tr("13 to 26 weeks"),
        Span.LATER: tr("Later"),
        Span.UNKNOWN: tr("No date known"),
    }[span]


def span_note(span: Span) -> str:
    """What is to be done about a part, where its title does not say it."""
    return {
        Span.PASSED: tr("record the release, or move the day; what is open after the gate stays here"),
        Span.UNKNOWN: tr("they can be released at short notice all the same"),
    }.get(span, "")


def left_words(day: date | None, today: date) -> str:
    """How far off a day is, in days."""
    if day is None:
        return ""
    days = (day - today).days
    if days < 0:
        return ntr("{count} day ago", "{count} days ago", -days)
    return tr("today") if days == 0 else ntr("{count} day", "{count} days", days)


def open_words(line: ReleaseLine) -> str:
    """What is still open of the list, by what it holds back (domain.md 9.1). It holds back no release."""
    if not line.has_list:
        return "" if line.day is None else tr("The checklist has not been started.")
    found = []
    if line.late:
        found.append(ntr("{count} overdue", "{count} overdue", line.late))
    if line.needed:
        found.append(ntr("{count} needed for “ready”", "{count} needed for “ready”", line.needed))
    if line.to_look_at:
        found.append(ntr("{count} to look at", "{count} to look at", line.to_look_at))
    if line.other:
        found.append(ntr("{count} other", "{count} others", line.other))
    return " · ".join(found) if found else tr("Nothing is open.")
