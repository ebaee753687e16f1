"""Packets that a supervisor returned: their author takes up what was typed, and signs it under a new number."""

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover import packets_model as rules
from rehabdesk.handover.making.draft_service import PacketDrafts
from rehabdesk.handover.making.typed_again_model import typed_again
from rehabdesk.handover.packet_records_service import step_record
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.records_model import Packet
from rehabdesk.handover.shelf_service import Shelf


class Returned:
    """Returned packets of one login."""

    def __init__(self, desk: Desk, shelf: Shelf, drafts: PacketDrafts) -> None:
        self._desk, self._shelf, self._drafts = desk, shelf, drafts

    def may_take_up(self, packet: Packet) -> bool:
        """Whether it came back, or is an Express packet that has not gone out yet, and this login signed it."""
        here = packet.state is PacketState.RETURNED or (packet.state is PacketState.SIGNED and packet.one_signature)
        return here and packet.record.author == self._desk.uid

    def take_up(self, packet_id: str) -> str:
        """What was typed is a draft again, and the packet goes off the lists of what waits; gives the draft's id.

        UserError for anybody but its author, and for a packet that did not come back, unless it is an Express packet
        with one signature that has not gone out.
        """
        packet = self._shelf.packet(packet_id)
        rules.require_step(packet.state, PacketState.DRAFT, express=packet.one_signature)
        if packet.record.author != self._desk.uid:
            raise UserError(tr("Only its author takes a packet up again."))
        typed = typed_again(packet.record.choices, packet.content.sections, packet.record.ticked)
        draft_id = self._drafts.keep_typed(packet.person, typed)
        self._desk.commit("take_up_packet", [step_record(packet_id, packet.person, PacketState.DRAFT)])
        return draft_id
