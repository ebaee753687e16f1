"""The paper route: the signed pages are printed, and closing the envelope is the sealing (packet.md 6.3).

Also the notice that goes out when a packet is withdrawn.
"""

from rehabdesk import __version__
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json, digits24, sha256_hex
from rehabdesk.core.errors import SealBroken, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM
from rehabdesk.handover import packets_model as rules
from rehabdesk.handover import store
from rehabdesk.handover.after_seal_service import superseding
from rehabdesk.handover.content_check_model import unticked
from rehabdesk.handover.draft_service import PacketDrafts
from rehabdesk.handover.examination_service import PacketCheck
from rehabdesk.handover.number_model import DEMO_SITE
from rehabdesk.handover.packet_model import Mode
from rehabdesk.handover.packet_records_service import new_record
from rehabdesk.handover.packets_model import PacketState, SealConditions
from rehabdesk.handover.profile_model import ProfileCode
from rehabdesk.handover.records_model import Packet, Step
from rehabdesk.handover.returns_store import after_seal
from rehabdesk.handover.shelf_service import Shelf
from rehabdesk.handover.trust_service import Trust
from rehabdesk.handover.verdict_model import State
from rehabdesk.handover.withdrawal_notice_model import Notice
from rehabdesk.handover.withdrawal_notice_pdf import notice_page

_GOES_OUT = frozenset({State.GENUINE, State.EXPRESS_PENDING})


class Envelopes:
    """Packets on paper of one unlocked desk."""

    def __init__(self, desk: Desk, shelf: Shelf, drafts: PacketDrafts, trust: Trust) -> None:
        self._desk, self._shelf, self._drafts, self._trust = desk, shelf, drafts, trust

    def goes_on_paper(self, packet: Packet) -> bool:
        """Whether it was made for a team without keys."""
        return packet.content.packet.mode is Mode.PAPER

    def pages(self, packet_id: str) -> bytes:
        """The signed pages for the printer, with the receipt slip among them: the very bytes that are kept."""
        packet = self._shelf.packet(packet_id)
        return self._shelf.signed_pdf(packet_id, _stage(packet))

    def printed(self, packet_id: str) -> None:
        """Says in the log that the pages left for a printer."""
        packet = self._shelf.packet(packet_id)
        self._desk.log("print_packet", extra={"number": packet.record.number})

    def code(self, packet_id: str) -> str:
        """The paper code that is printed on every page, for the telephone."""
        return digits24(self._shelf.packet(packet_id).record.content.encode("utf-8"))

    def close(self, packet_id: str) -> None:
        """The envelope is closed: the packet is sealed. UserError names the guard that does not hold.

        What our own strict check does not call genuine, or an express packet in time, is not sealed.
        """
        packet = self._shelf.packet(packet_id)
        if not self.goes_on_paper(packet):
            raise UserError(tr("This packet is made for a key. Seal it to a file."))
        express = packet.record.choices.profile is ProfileCode.EXPRESS
        rules.require_step(packet.state, PacketState.SEALED, express=express)
        conditions = SealConditions(
            recipient_confirmed=True,
            unticked_hits=len(
                unticked(
                    self._drafts.hits_in(packet.content, packet.person, packet.record.unsigned), packet.record.ticked
                )
            ),
            withheld_complete=bool(packet.content.manifest.withheld) or packet.record.choices.nothing_withheld,
        )
        rules.require_sealable(packet.content, conditions)
        pdf = self.pages(packet_id)
        checked = PacketCheck([self._trust.site_card()]).check(pdf, moment=self._desk.clock.now())
        if checked.verdict.state not in _GOES_OUT:
            sentence = tr("Our own check does not call this packet genuine ({reasons}). It was not sealed.")
            raise SealBroken(sentence.format(reasons=", ".join(checked.verdict.reasons)))
        step = Step(packet=packet_id, state=PacketState.SEALED, pdf_sha256=sha256_hex(pdf))
        extra: dict[str, Json] = {"number": packet.record.number, "pdf_sha256": step.pdf_sha256}
        items = [new_record(store.STEP, packet.person, to_payload(step)), *superseding(self._shelf, packet)]
        self._desk.commit("close_envelope", items, extra=extra)

    def notice(self, packet_id: str) -> bytes:
        """The one-page notice of a withdrawn packet, in three languages. UserError for another packet."""
        packet = self._shelf.packet(packet_id)
        withdrawal = after_seal(self._desk.index(TEAM), packet_id).withdrawal
        if withdrawal is None:
            raise UserError(tr("This packet was not withdrawn."))
        settings, at = self._desk.settings(), self._desk.clock.now()
        notice = Notice(
            number=packet.record.number,
            team=packet.record.team_name,
            site=settings.name,
            phone=settings.phone,
            on=at.date(),
            because=withdrawal.because,
        )
        return notice_page(notice, at=at, version=__version__, training=settings.site == DEMO_SITE)


def _stage(packet: Packet) -> PacketState:
    """An express packet may leave with its author's signature alone."""
    express = packet.record.choices.profile is ProfileCode.EXPRESS
    return PacketState.SIGNED if express and packet.state is PacketState.SIGNED else PacketState.COUNTERSIGNED
