"""That somebody tried to open a record that is not for this login stands in the log (domain.md 14.2)."""

from rehabdesk.access.service import Desk
from rehabdesk.core.ids import is_id


def log_refused(desk: Desk, rid: str) -> None:
    """An entry for the try, where there is such a record at all; what a mistyped id looks like is not kept."""
    row = desk.truth.newest(rid) if is_id(rid) else None
    if row is not None:
        desk.log("refused", comp=row.comp, rid=rid)
