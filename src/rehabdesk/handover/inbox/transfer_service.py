"""The old side of a move between prisons: the case is recorded as transferred, and only read here (domain.md 11.2)."""

from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.records_model import Packet
from rehabdesk.people.legal_model import DateSource, LegalEpisode, Stage, may_follow
from rehabdesk.people.legal_service import LegalStages
from rehabdesk.people.record_words_model import source_words
from rehabdesk.people.service import People

LEFT = frozenset({PacketState.SEALED, PacketState.DELIVERED, PacketState.ACKNOWLEDGED, PacketState.CLOSED})
"""A packet that went out and still counts."""


class Transfers:
    """Moves of one unlocked desk. Nothing happens by itself: a receipt of the other prison only makes it likely."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people, self._stages = desk, people, LegalStages(desk, people)

    def may_record(self, packet: Packet) -> bool:
        """Whether this login may say by this packet that another prison holds the case now."""
        if self._desk.role is not Role.CO or packet.state not in LEFT:
            return False
        if packet.content.packet.profile is not ProfileCode.RECEIVING_PRISON:
            return False
        return Stage.TRANSFERRED in may_follow(self._people.legal(packet.person).stage)

    def was_received(self, packet: Packet) -> bool:
        """Whether the other prison has said that it has the packet."""
        return packet.state in (PacketState.ACKNOWLEDGED, PacketState.CLOSED)

    def sources(self) -> list[tuple[str, str]]:
        """Where the day may be known from, as (code, words)."""
        return [(each.value, source_words(each)) for each in DateSource]

    def record(self, packet: Packet, *, on: date, source: str = DateSource.REGISTRY) -> LegalEpisode:
        """The stage `transferred`: from now on the record is only read here. UserError says why it is not so yet."""
        if not self.may_record(packet):
            raise UserError(tr("No packet to that prison counts yet. Seal one first."))
        return self._stages.change(packet.person, Stage.TRANSFERRED, on=on, source=DateSource(source))
