"""How long a draft has waited, from its beginning: it nags, and nothing is deleted by itself (domain.md 6.2, 13)."""

from datetime import datetime, timedelta
from enum import IntEnum

from rehabdesk.core.i18n import tr


class DraftAge(IntEnum):
    """In order of age, each with the time after which it begins."""

    FRESH = 0
    NAGS = 1
    COUNTED = 2
    WARNED = 3
    TO_DECIDE = 4


AFTER = {
    DraftAge.NAGS: timedelta(hours=24),
    DraftAge.COUNTED: timedelta(hours=72),
    DraftAge.WARNED: timedelta(days=30),
    DraftAge.TO_DECIDE: timedelta(days=90),
}


def draft_age(made: datetime, now: datetime) -> DraftAge:
    """Where a draft stands that was begun at `made`."""
    return max((age for age, after in AFTER.items() if now - made > after), default=DraftAge.FRESH)


def age_words(age: DraftAge) -> str:
    """What its owner is told besides how old it is; "" while that is enough."""
    return {
        DraftAge.COUNTED: tr("Now on the supervisor's count"),
        DraftAge.WARNED: tr("More than 30 days old: sign it or delete it"),
        DraftAge.TO_DECIDE: tr("More than 90 days old: decide now, sign it or delete it. It stays until you do"),
    }.get(age, "")


def age_colour(age: DraftAge) -> str:
    """Of its tag: grey, amber from a day on, red once its owner must decide."""
    if age is DraftAge.TO_DECIDE:
        return "red"
    return "grey" if age is DraftAge.FRESH else "amber"
