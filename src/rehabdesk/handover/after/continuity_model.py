"""Continuity: whether a first contact followed in time, counted over all and never of one person (domain.md 11.1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rehabdesk.handover.after.after_seal_model import FeedbackKept

FIRST_CONTACT_DAYS = 7
"""Within so many days the first appointment is held (RR-K2)."""
LEAST_COUNTED = 10
"""Smaller counts are not shown (G34)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuity:
    """Of `answered` packets with a known day of first contact, `in_time` within the days that were asked.

    `in_time` and the rest are both at least ten, or nothing is shown at all.
    """

    answered: int
    in_time: int
    within_days: int


def continuity(found: Iterable[FeedbackKept], sent: Mapping[str, datetime], within_days: int) -> Continuity | None:
    """None where a count would be below ten: from the two shown ones the third could be reckoned."""
    first: dict[str, date] = {}
    for each in found:
        if each.first_contact is not None and each.packet in sent:
            first[each.packet] = min(each.first_contact, first.get(each.packet, each.first_contact))
    days = [(day - sent[packet].date()).days for packet, day in first.items()]
    answered, in_time = len(days), sum(0 <= count <= within_days for count in days)
    rest = answered - in_time
    if in_time < LEAST_COUNTED or 0 < rest < LEAST_COUNTED:
        return None
    return Continuity(answered=answered, in_time=in_time, within_days=within_days)
