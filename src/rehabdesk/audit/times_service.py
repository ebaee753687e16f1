"""When the desk was last at work before this session, as its chain of entries says."""

from datetime import datetime

from rehabdesk.access.service import Desk
from rehabdesk.audit.store import entries_between
from rehabdesk.core.clock import parse_stamp

_BEGINS = frozenset({"unlock", "recovered", "found_desk"})
_LOOKED_AT = 1_000
"""A session that wrote more entries than this is compared with its own newest ones."""


def last_time_before_unlock(desk: Desk) -> datetime | None:
    """The time of the last entry before this login's unlock, or of the newest pin; None on a desk that has just begun.

    Entries of this very session have the time of the clock that is to be judged, so they say nothing about it.
    """
    head = desk.truth.head().n
    entries = entries_between(desk.truth, max(0, head - _LOOKED_AT), head + 1)
    begun = max((at for at, entry in enumerate(entries) if entry.a in _BEGINS and entry.u == desk.uid), default=0)
    found = [parse_stamp(entries[begun - 1].t)] if begun else []
    found += [] if desk.pin is None else [desk.pin.at]
    return max(found, default=None)
