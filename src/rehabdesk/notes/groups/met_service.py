"""Own meetings of a month, by whether they took place. Numbers only, and only of the one who is signed in."""

from collections import Counter
from collections.abc import Mapping

from rehabdesk.access.service import Desk
from rehabdesk.db.projection import CLINICAL, TEAM
from rehabdesk.notes.groups import met_store as store
from rehabdesk.notes.groups.met_model import Side, by_side


class OwnMeetings:
    """Asked by the own month; there is no way to ask for another login."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def month(self, month: str) -> Mapping[Side, int]:
        """`month`: `YYYY-MM`."""
        counts: Counter[str] = Counter()
        for comp in (TEAM, CLINICAL):
            if self._desk.holds(comp):
                counts.update(store.met(self._desk.index(comp), self._desk.uid, month))
        return by_side(counts)
