"""Days: parsing what was typed, writing for people, counting."""

from datetime import date, datetime

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr


def parse_day(text: str, *, field: str, label: str) -> date:
    """A day typed as YYYY-MM-DD. UserError names the field."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UserError(
            tr("{label} is not a date. Write it as year-month-day, for example 2026-11-24.").format(label=label),
            field=field,
        ) from None


def day_text(day: date) -> str:
    """`24 Nov 2026`: unambiguous in every country, digits left to right."""
    return f"{day.day} {_months()[day.month - 1]} {day.year}"


def time_text(moment: datetime) -> str:
    """`24 Nov 2026, 09:05 UTC`."""
    return f"{day_text(moment.date())}, {moment:%H:%M} UTC"


def years_between(birth: date, today: date) -> int:
    """Age in full years."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _months() -> tuple[str, ...]:
    return (
        tr("Jan"), tr("Feb"), tr("Mar"), tr("Apr"), tr("May"), tr("Jun"),
        tr("Jul"), tr("Aug"), tr("Sep"), tr("Oct"), tr("Nov"), tr("Dec"),
    )  # fmt: skip
