"""The paper route: the signed pages are printed, and closing the envelope is the sealing (packet.md 6.3).

Also the notice that goes out when a packet is withdrawn.
"""

from datetime import date

from rehabdesk import __version__
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json, digits24, sha256_hex
from rehabdesk.core.errors import SealBroken, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.db.projection import TEAM
from rehabdesk.handover.after.after_seal_service import superseding
from rehabdesk.handover.after.returns_store import after_seal
from rehabdesk.handover.after.withdrawal_notice_model import Notice
from rehabdesk.handover.after.withdrawal_notice_pdf import notice_page
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.number_model import DEMO_SITE
from rehabdesk.handover.content.packet_model import Mode
from rehabdesk.handover.making.sealing_service import Seals
from rehabdesk.handover.packet_records_service import step_record
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.records_model import Packet
from rehabdesk.handover.shelf_service import Shelf
from rehabdesk.handover.trust.trust_service import Trust

_GOES_OUT = frozenset({State.GENUINE, State.EXPRESS_PENDING})


class Envelopes:
    """Packets on paper of one unlocked desk."""

    def __init__(self, desk: Desk, shelf: Shelf, seals: Seals, trust: Trust) -> None:
        self._desk, self._shelf, self._seals, self._trust = desk, shelf, seals, trust

    def goes_on_paper(self, packet: Packet) -> bool:
        """Whether it was made for a team without keys."""
        return packet.content.packet.mode is Mode.PAPER

    def pages(self, packet_id: str) -> bytes:
        """The signed pages for the printer, the receipt slip among them: the very bytes that are kept."""
        return self._shelf.newest_pdf(packet_id)

    def printed(self, packet_id: str) -> None:
        """Says in the log that the pages left for a printer."""
        self._desk.log("print_packet", extra={"number": self._shelf.row(packet_id).number})

    def code(self, packet_id: str) -> str:
        """The paper code that is printed on every page, for the telephone."""
        return digits24(self._shelf.packet(packet_id).record.content.encode("utf-8"))

    def close(self, packet_id: str) -> None:
        """The envelope is closed: the packet is sealed. UserError names the guard that does not hold.

        What our own strict check does not call genuine, or an Express packet with one signature, is not sealed.
        """
        packet = self._shelf.packet(packet_id)
        if not self.goes_on_paper(packet):
            raise UserError(tr("This packet is made for a key. Seal it to a file."))
        self._seals.require_closable(packet)
        pdf = self.pages(packet_id)
        wanted = State.EXPRESS_PENDING if packet.one_signature else State.GENUINE
        checked = PacketCheck([self._trust.site_card()]).check(pdf, moment=self._desk.clock.now())
        if checked.verdict.state is not wanted:
            sentence = tr("Our own check does not call this packet genuine ({reasons}). It was not sealed.")
            raise SealBroken(sentence.format(reasons=isolate_ltr(", ".join(checked.verdict.reasons))))
        step = step_record(packet_id, packet.person, PacketState.SEALED, pdf=pdf, mode=Mode.PAPER)
        extra: dict[str, Json] = {"number": packet.record.number, "pdf_sha256": sha256_hex(pdf)}
        self._desk.commit("close_envelope", [step, *superseding(self._shelf, packet)], extra=extra)

    def notice(self, packet_id: str) -> bytes:
        """The one-page notice of a withdrawn packet, in three languages. UserError for another packet."""
        packet = self._shelf.packet(packet_id)
        withdrawal = after_seal(self._desk.index(TEAM), packet_id).withdrawal
        if withdrawal is None:
            raise UserError(tr("This packet was not withdrawn. Withdraw it first."))
        settings, at = self._desk.settings(), self._desk.clock.now()
        notice = Notice(
            number=packet.record.number,
            team=packet.record.team_name,
            site=settings.name,
            phone=settings.phone,
            on=self._withdrawn_on(packet_id),
            country=settings.country,
            because=withdrawal.because,
        )
        return notice_page(notice, at=at, version=__version__, training=settings.site == DEMO_SITE)

    def _withdrawn_on(self, packet_id: str) -> date:
        """By the clocks of the place; a notice that is printed later still names the day of the deed."""
        steps = self._shelf.history(packet_id)
        return next(step.at for step in reversed(steps) if step.state is PacketState.WITHDRAWN).astimezone().date()
