"""The clock of an Express packet: how long one signature may stand alone (domain.md 9.3, packet.md 5.5)."""

from datetime import datetime, timedelta

LONGEST_EXPRESS = timedelta(hours=72)


def due_after(issued: datetime) -> datetime:
    """By when the second signature is due; it stands in the signed content, so it counts from the time of issue."""
    return issued + LONGEST_EXPRESS


def is_overdue(due: datetime, now: datetime) -> bool:
    """Whether readers call the packet incomplete by now."""
    return now > due
