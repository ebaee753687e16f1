"""When the desk was last at work before this session, as its chain of entries says."""

from datetime import datetime

from rehabdesk.access.service import Desk
from rehabdesk.audit.store import entries_between
from rehabdesk.core.clock import parse_stamp
from rehabdesk.db.chain import Entry

_BEGINS = frozenset({"unlock", "recovered", "found_desk"})
_LOOKED_AT = 1_000
"""A session that wrote more entries than this is compared with its own newest ones."""


def last_time_before_unlock(desk: Desk) -> datetime | None:
    """The time of the last entry before this login's unlock, or of the newest pin; None on a desk that has just begun.

    Entries of this very session have the time of the clock that is to be judged, so they say nothing about it.
    """
    entries, begun = _newest(desk)
    found = [parse_stamp(entries[begun - 1].t)] if begun else []
    found += [] if desk.pin is None else [desk.pin.at]
    return max(found, default=None)


def done_since_unlock(desk: Desk, deed: str) -> bool:
    """Whether this login did something of this name since it unlocked the desk."""
    entries, begun = _newest(desk)
    return any(entry.a == deed and entry.u == desk.uid for entry in entries[begun:])


def _newest(desk: Desk) -> tuple[list[Entry], int]:
    """The newest entries, and at which of them this login's session begins."""
    head = desk.truth.head().n
    entries = entries_between(desk.truth, max(0, head - _LOOKED_AT), head + 1)
    begun = (at for at, entry in enumerate(entries) if entry.a in _BEGINS and entry.u == desk.uid)
    return entries, max(begun, default=0)
