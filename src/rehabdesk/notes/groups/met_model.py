"""Whether a meeting took place, and on whose side the reason lay where it did not (domain.md 5.4, G33)."""

from collections.abc import Mapping
from enum import StrEnum

from rehabdesk.core.i18n import tr


class Side(StrEnum):
    """Reasons of the house and of the person are never one number."""

    TOOK_PLACE = "took_place"
    REGIME = "regime"
    EXCUSED = "excused"
    PERSON = "person"
    OTHER = "other"


_SIDE: Mapping[str, Side] = {
    "came": Side.TOOK_PLACE,
    "came_late": Side.TOOK_PLACE,
    "left_early": Side.TOOK_PLACE,
    "not_unlocked": Side.REGIME,
    "no_escort": Side.REGIME,
    "lockdown": Side.REGIME,
    "staff_unavailable": Side.REGIME,
    "excused_health": Side.EXCUSED,
    "excused_court": Side.EXCUSED,
    "excused_visit": Side.EXCUSED,
    "excused_worship": Side.EXCUSED,
    "declined": Side.PERSON,
    "other": Side.OTHER,
}
"""Codes of `hdr.7`. Who did not come because nobody unlocked the door did not refuse."""


def by_side(counts: Mapping[str, int]) -> Mapping[Side, int]:
    """Meetings by attendance, as meetings by side; a code of a newer version is passed over."""
    found = dict.fromkeys(Side, 0)
    for came, count in counts.items():
        if came in _SIDE:
            found[_SIDE[came]] += count
    return found


def side_words(side: Side) -> str:
    return {
        Side.TOOK_PLACE: tr("Took place"),
        Side.REGIME: tr("Not, for reasons of the house: not unlocked, no escort, lockdown, staff absent"),
        Side.EXCUSED: tr("Not, excused: health, court, visit, worship"),
        Side.PERSON: tr("Not, declined by the person and respected"),
        Side.OTHER: tr("Otherwise, as the note says"),
    }[side]
