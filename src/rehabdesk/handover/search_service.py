"""What a search may find in packets: number and team; what is in a packet is found where it was written."""

from collections.abc import Sequence

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.db.projection import TEAM
from rehabdesk.handover import store
from rehabdesk.handover.records_model import PacketRow

PACKET = "packet"
SEES_PACKETS = frozenset({Role.CO, Role.SUP, Role.PSY, Role.CSUP, Role.AUD})


class PacketSearch:
    """Packets of one unlocked desk, for a search over everything."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that are packets and that this login is shown."""
        if comp != TEAM or self._desk.role not in SEES_PACKETS:
            return ()
        return tuple(
            Found(
                rid=row.id,
                comp=TEAM,
                kind=PACKET,
                title=tr("Packet {number}").format(number=isolate_ltr(row.number)),
                person=row.person,
                at=row.issued,
                id=row.id,
            )
            for row in self._rows(rids)
        )

    def by_number(self, typed: str, *, limit: int) -> tuple[PacketRow, ...]:
        """The newest packets whose number holds what was typed, or whose team is called so."""
        if self._desk.role not in SEES_PACKETS or len(typed.strip()) < 2:
            return ()
        rids = self._desk.index(TEAM).match(typed, scope=(store.PACKET_TERM,), limit=limit)
        return tuple(self._rows(rids))

    def _rows(self, rids: Sequence[str]) -> list[PacketRow]:
        rows = (store.row_of(self._desk.index(TEAM), rid) for rid in rids)
        return [row for row in rows if row is not None]
