"""Sealing packets: the guards, and the step that is written once the file is there (domain.md 6.6, packet.md 6)."""

from pathlib import Path

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.handover import packets_model as rules
from rehabdesk.handover import store
from rehabdesk.handover.after.after_seal_service import superseding
from rehabdesk.handover.after.status_list_service import newest_file
from rehabdesk.handover.collecting.content_check_model import unticked
from rehabdesk.handover.content.packet_model import Mode
from rehabdesk.handover.file_index.file_index_service import FileIndexes
from rehabdesk.handover.making.delivery_service import Delivered
from rehabdesk.handover.making.draft_service import PacketDrafts
from rehabdesk.handover.making.express_model import is_overdue
from rehabdesk.handover.making.making_service import Sealing
from rehabdesk.handover.packet_records_service import new_record
from rehabdesk.handover.packets_model import PacketState, SealConditions
from rehabdesk.handover.records_model import Packet, Step
from rehabdesk.handover.shelf_service import Shelf
from rehabdesk.handover.trust.trust_service import Trust


class Seals:
    """What closes packets on one unlocked desk. Express packets are sealed with one signature, and again with two."""

    def __init__(self, desk: Desk, shelf: Shelf, drafts: PacketDrafts, trust: Trust) -> None:
        self._desk, self._shelf, self._drafts, self._trust = desk, shelf, drafts, trust
        self._indexes = FileIndexes(desk, shelf)

    def allow(self, packet_id: str, folder: Path) -> Sealing:
        """The guards of the seal. UserError names the one that does not hold."""
        packet = self._shelf.packet(packet_id)
        self.require_closable(packet)
        return Sealing(
            pdf=self._shelf.newest_pdf(packet_id),
            content=packet.content,
            folder=folder,
            site_card=self._trust.site_card(),
            site_digits=self._trust.site_digits(),
            at=self._desk.clock.now(),
            second_due=packet.second_due,
            beside=newest_file(self._desk),
            index=self._indexes.beside(packet),
        )

    def keep(self, packet_id: str, delivered: Delivered) -> None:
        """The step with both hashes is written."""
        packet = self._shelf.packet(packet_id)
        step = Step(
            packet=packet_id,
            state=PacketState.SEALED,
            pdf_sha256=delivered.pdf_sha256,
            sealed_sha256=delivered.sealed_sha256,
        )
        extra: dict[str, Json] = {
            "number": packet.record.number,
            "pdf_sha256": delivered.pdf_sha256,
            "sealed_sha256": delivered.sealed_sha256,
            "recipients": len({each.age for each in packet.content.to.recipients}),
            "signatures": 1 if packet.one_signature else 2,
        }
        items = [new_record(store.STEP, packet.person, to_payload(step)), *superseding(self._shelf, packet)]
        self._desk.commit("export_packet", items, extra=extra)

    def require_closable(self, packet: Packet) -> None:
        """What must hold before a packet leaves, sealed or in an envelope. UserError names what does not."""
        if self._desk.role is not Role.CO:
            raise UserError(tr("A case officer prepares packets."))
        rules.require_step(packet.state, PacketState.SEALED, express=packet.one_signature)
        if packet.second_due is not None and is_overdue(packet.second_due, self._desk.clock.now()):
            raise UserError(
                tr("The time for the second signature ended before this packet went out. Take it up again, then sign.")
            )
        # consents that were withdrawn since the signatures stop it here (G6)
        self._drafts.assembly.require_allowed(packet.person, packet.record.choices)
        content = packet.content
        self._drafts.still_given.require(packet.person, content.sections)
        # who was added to the register since adds no place that nobody could tick any more
        hits = self._drafts.lasting_hits(content, packet.record.unsigned)
        team = self._trust.teams.team(packet.record.team)
        keys = {each.age for each in content.to.recipients}
        on_paper = content.packet.mode is Mode.PAPER
        conditions = SealConditions(
            recipient_confirmed=on_paper or (team.confirmation is not None and keys == set(team.age)),
            unticked_hits=len(unticked(hits, packet.record.ticked)),
            withheld_complete=bool(content.manifest.withheld) or packet.record.choices.nothing_withheld,
        )
        rules.require_sealable(content, conditions)
