"""What the desk does while nobody types, so that saving and searching stay as fast after years (performance.md 4)."""

from contextlib import suppress

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import StorageError
from rehabdesk.db.projection import CLINICAL, HOUSE, PASTORAL, PROTECTED, TEAM, own_comp


def rest(desk: Desk) -> bool:
    """One short slice; whether there is more to do. What fails is tried again at another time: nothing waits for it.

    A desk that was locked meanwhile has nothing to do, and a long writing is not disturbed.
    """
    if desk.locked or desk.turn.busy:
        return False
    more = False
    for comp in (HOUSE, TEAM, CLINICAL, PASTORAL, PROTECTED, own_comp(desk.uid)):
        if desk.holds(comp):
            with suppress(StorageError):
                more = desk.index_file(comp).rest() or more
    with suppress(StorageError):
        more = desk.truth.rest() or more
    return more
