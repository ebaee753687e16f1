"""Packets that are there: lists, one packet with its content, and its signed bytes as they were."""

from dataclasses import replace
from datetime import datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import digits24
from rehabdesk.core.clock import local_day, parse_stamp
from rehabdesk.core.errors import SealBroken, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import TEAM, Index
from rehabdesk.handover import store
from rehabdesk.handover.after.after_seal_model import SENT, state_on
from rehabdesk.handover.packets_model import WITH_ONE, PacketState
from rehabdesk.handover.parts_model import whole
from rehabdesk.handover.records_model import FilePart, Happened, Packet, PacketRecord, PacketRow, Step
from rehabdesk.handover.wire import decode_handover

MAY_READ = frozenset({Role.CO, Role.SUP, Role.PSY, Role.CSUP, Role.AUD})
"""Others that hold the key of the team have no packet on any page, and none from here (domain.md 4.2)."""


class Shelf:
    """Reads packets for one unlocked desk; writes nothing. UserError for a role that reads none."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def waiting(self) -> tuple[PacketRow, ...]:
        """Signed packets that wait for a second signature before they can go."""
        return tuple(row for row in store.packets_in(self._index, PacketState.SIGNED) if row.second_due is None)

    def now(self) -> datetime:
        """By the desk's clock."""
        return self._desk.clock.now()

    def express(self) -> tuple[PacketRow, ...]:
        """Express packets with one signature, to be sealed or out already, the next due first."""
        going = (PacketState.SIGNED, *WITH_ONE)
        return tuple(row for row in store.with_one_signature(self._index) if row.state in going)

    def open_rows(self) -> tuple[PacketRow, ...]:
        """Packets on which somebody must still do something: signed, returned or countersigned."""
        states = (PacketState.SIGNED, PacketState.RETURNED, PacketState.COUNTERSIGNED)
        return tuple(row for state in states for row in store.packets_in(self._index, state))

    def packet(self, packet_id: str) -> Packet:
        """A packet with its content, read back by the strict decoder. UserError where there is none."""
        row = self.row(packet_id)
        payload = self._desk.read(TEAM, packet_id).payload
        record = from_payload(PacketRecord, payload)
        content = decode_handover(record.content.encode("utf-8")).value
        return Packet(
            id=packet_id,
            person=row.person,
            record=record,
            content=content,
            state=row.state,
            second_due=row.second_due,
        )

    def row(self, packet_id: str) -> PacketRow:
        """UserError where there is no such packet."""
        row = store.row_of(self._index, packet_id)
        if row is None:
            raise UserError(tr("That packet is not there."))
        return self._today(row)

    def numbered(self, number: str) -> PacketRow | None:
        """The packet of this desk that bears a number."""
        row = store.row_numbered(self._index, number)
        return None if row is None else self._today(row)

    def packets_of(self, person_id: str) -> tuple[PacketRow, ...]:
        """A person's packets, newest first."""
        return tuple(map(self._today, store.packets_of(self._index, person_id)))

    def steps(self, packet_id: str) -> tuple[Step, ...]:
        """What happened to a packet, oldest first."""
        return store.steps_of(self._index, packet_id)

    def went_out(self, packet_id: str) -> bool:
        """Whether it ever left, sealed or in an envelope, whatever became of it."""
        return any(step.state is PacketState.SEALED for step in self.steps(packet_id))

    def history(self, packet_id: str) -> tuple[Happened, ...]:
        """What happened to a packet, oldest first, with names and times."""
        found, twice = [], False
        for step, by, at in store.history_of(self._index, packet_id):
            twice = twice or step.state is PacketState.COUNTERSIGNED
            one = step.state is PacketState.SEALED and not twice
            who = self._desk.staff(by).name
            found.append(Happened(state=step.state, who=who, at=parse_stamp(at), reason=step.reason, one=one))
        return tuple(found)

    def gone(self) -> tuple[PacketRow, ...]:
        """Packets that were sealed, whatever became of them, newest first."""
        rows = [self._today(row) for state in SENT for row in store.packets_in(self._index, state)]
        return tuple(sorted(rows, key=lambda row: (row.issued, row.number), reverse=True))

    def code(self, packet_id: str) -> str:
        """The 24 digits of the newest signed bytes, for the phone."""
        return digits24(self.newest_pdf(packet_id))

    def last_to_team(self, packet: Packet) -> Packet | None:
        """The packet about the same person that went to the same team before this one; None for the first."""
        rows = store.packets_of(self._index, packet.person)
        mine = next((place for place, row in enumerate(rows) if row.id == packet.id), len(rows))
        for row in rows[mine + 1 :]:
            earlier = self.packet(row.id)
            if row.state in SENT and earlier.record.team == packet.record.team:
                return earlier
        return None

    def newest_pdf(self, packet_id: str) -> bytes:
        """The bytes with every signature that there is so far. SealBroken as for `signed_pdf`."""
        twice = store.parts_of(self._index, packet_id, PacketState.COUNTERSIGNED)
        return self.signed_pdf(packet_id, PacketState.COUNTERSIGNED if twice else PacketState.SIGNED)

    def signed_pdf(self, packet_id: str, stage: PacketState) -> bytes:
        """The bytes of a stage (`signed`, `countersigned`), as they were. SealBroken if they are not whole."""
        parts = [
            from_payload(FilePart, self._desk.read(TEAM, rid).payload)
            for rid in store.parts_of(self._index, packet_id, stage)
        ]
        if (pdf := whole(parts)) is None:
            raise SealBroken(tr("The signed pages of this packet are not whole. Check the desk."))
        return pdf

    def _today(self, row: PacketRow) -> PacketRow:
        """Expired by date, without anybody's deed."""
        return replace(row, state=state_on(row.state, row.expires, local_day(self._desk.clock)))

    @property
    def _index(self) -> Index:
        index = self._desk.index(TEAM)
        if self._desk.role not in MAY_READ:
            raise UserError(tr("Your role does not read packets."))
        return index
