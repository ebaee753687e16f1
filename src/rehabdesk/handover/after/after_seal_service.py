"""What people do with a packet after its seal: deliver, acknowledge by telephone, close, withdraw, replace."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import require_text
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.handover import packets_model as rules
from rehabdesk.handover.after import returns_store as store
from rehabdesk.handover.after.after_seal_model import (
    LIVE,
    THREE_TRIES,
    AfterSeal,
    Delivery,
    Medium,
    ReceiptKept,
    ReturnRow,
    ReturnSeen,
    Withdrawal,
    require_possible_day,
    require_still_listed,
)
from rehabdesk.handover.after.feedback_form_model import eight_digits
from rehabdesk.handover.after.receipt_model import Decision
from rehabdesk.handover.after.status_list_model import WithdrawnBecause
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.making.draft_service import PacketDrafts
from rehabdesk.handover.making.typed_again_model import typed_again
from rehabdesk.handover.making.typed_model import TypedPacket
from rehabdesk.handover.packet_records_service import new_record, step_record
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.records_model import Packet, PacketRow
from rehabdesk.handover.shelf_service import Shelf

REPLACEABLE = LIVE | {PacketState.CLOSED}
MAY_ACT = frozenset({Role.CO, Role.SUP})


class AfterSealing:
    """The packets of one unlocked desk that have left."""

    def __init__(self, desk: Desk, shelf: Shelf, drafts: PacketDrafts) -> None:
        self._desk, self._shelf, self._drafts = desk, shelf, drafts
        self.codes = ReceiptCodes(desk)

    # reading

    def of(self, packet_id: str) -> AfterSeal:
        """What happened to the packet after its seal."""
        self._shelf.row(packet_id)
        return store.after_seal(self._desk.index(TEAM), packet_id)

    def successor(self, packet_id: str) -> PacketRow | None:
        """The packet that replaced it."""
        for step in reversed(self._shelf.steps(packet_id)):
            if step.state is PacketState.SUPERSEDED:
                return self._shelf.numbered(step.reason)
        return None

    def unseen(self) -> tuple[ReturnRow, ...]:
        """What came back about this login's packets and wants to be looked at."""
        return store.unseen(self._desk.index(TEAM), self._desk.uid) if self._desk.role is Role.CO else ()

    def waits(self, packet_id: str) -> bool:
        """Whether something came back about a packet of this login's that nobody has looked at."""
        own = self._shelf.row(packet_id).author == self._desk.uid
        return own and bool(store.unseen_of(self._desk.index(TEAM), packet_id))

    def see(self, packet_id: str) -> None:
        """The author has looked at what came back about a packet. Does nothing for others."""
        packet = self._shelf.row(packet_id)
        waiting = store.unseen_of(self._desk.index(TEAM), packet_id)
        if waiting and packet.author == self._desk.uid:
            items = [new_record(store.SEEN, packet.person, to_payload(ReturnSeen(what=rid))) for rid in waiting]
            self._desk.commit("see_return", items)

    # deeds

    def deliver(self, packet_id: str, *, courier: str, medium: Medium, on: date) -> None:
        """Says who handed the sealed copy over, how, and when. UserError names the field."""
        packet = self._acting(packet_id)
        rules.require_step(packet.state, PacketState.DELIVERED)
        delivery = Delivery(packet=packet_id, courier=courier.strip(), medium=medium, on=on)
        require_possible_day(on, packet.record.issued.astimezone().date(), local_day(self._desk.clock))
        self._commit("deliver_packet", packet, PacketState.DELIVERED, (store.DELIVERY, delivery))

    def acknowledge(self, packet_id: str, *, code: str, by: str) -> None:
        """The receipt code that somebody said on the telephone. UserError for a wrong one, which is logged."""
        packet = self._acting(packet_id)
        rules.require_step(packet.state, PacketState.ACKNOWLEDGED)
        who = require_text(by, field="by", label=tr("Who says it"), longest=120)
        self.codes.require_right(packet, code)
        receipt = ReceiptKept(
            packet=packet_id,
            by=who,
            received_at=self._desk.clock.now(),
            decision=Decision.ACCEPTED,
            state=State.GENUINE,
            team=packet.record.team,
        )
        self._commit("acknowledge_packet", packet, PacketState.ACKNOWLEDGED, (store.RECEIPT, receipt))

    def close(self, packet_id: str) -> None:
        """Nothing more is expected."""
        packet = self._acting(packet_id)
        rules.require_step(packet.state, PacketState.CLOSED)
        self._commit("close_packet", packet, PacketState.CLOSED)

    def withdraw(self, packet_id: str, *, because: WithdrawnBecause, words: str = "") -> None:
        """The packet counts no more; the next status list says so. The copy outside cannot be erased.

        Also one whose last day has passed, as long as lists still name it.
        """
        packet = self._acting(packet_id)
        self.require_withdrawable(packet)
        withdrawal = Withdrawal(packet=packet_id, because=because, words=words.strip())
        self._commit("withdraw_packet", packet, PacketState.WITHDRAWN, (store.WITHDRAWAL, withdrawal))

    def require_withdrawable(self, packet: Packet) -> None:
        """UserError unless it has left, is neither replaced nor withdrawn, and lists still name it."""
        if not is_outside(self._shelf, packet):
            rules.require_step(packet.state, PacketState.WITHDRAWN)
        require_still_listed(packet.content.packet.expires, local_day(self._desk.clock))

    def replace(self, packet_id: str) -> str:
        """A draft of a new packet for the same team, filled from this one; when it is sealed, this one is replaced.

        Gives the draft's id. What must be said anew for every packet is empty.
        """
        packet = self._shelf.packet(packet_id)
        if packet.state not in REPLACEABLE:
            raise UserError(tr("This packet counts no more. Start a new packet."))
        return self._drafts.keep_typed(packet.person, _typed_for(packet, local_day(self._desk.clock)))

    # inside

    def _acting(self, packet_id: str) -> Packet:
        if self._desk.role not in MAY_ACT:
            raise UserError(tr("Case officers and supervisors keep packets after their seal."))
        return self._shelf.packet(packet_id)

    def _commit(self, deed: str, packet: Packet, state: PacketState, *kept: tuple[str, object]) -> None:
        items = [new_record(kind, packet.person, to_payload(thing)) for kind, thing in kept]
        items.append(step_record(packet.id, packet.person, state))
        self._desk.commit(deed, items, extra={"number": packet.record.number})


class ReceiptCodes:
    """The eight digits of S0, as somebody says or writes them. Wrong ones are logged; nothing is locked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wrong: dict[str, int] = {}

    def require_right(self, packet: Packet, typed: str) -> None:
        """UserError for a wrong code; its third try in a row is logged as such."""
        code = eight_digits(typed)
        if len(code) != len(packet.content.packet.receipt_code) or not code.isascii() or not code.isdecimal():
            raise UserError(tr("A receipt code has eight digits. It stands on the receipt slip."), field="code")
        if secrets.compare_digest(code, packet.content.packet.receipt_code):
            self._wrong.pop(packet.id, None)
            return
        tries = self._wrong[packet.id] = self._wrong.get(packet.id, 0) + 1
        self._desk.log("receipt_code_wrong", extra={"number": packet.record.number, "count": tries})
        if tries >= THREE_TRIES:
            raise UserError(
                tr(
                    "The code was wrong {count} times, and the log says so. Call the team on a number that you know."
                ).format(count=tries),
                field="code",
            )
        raise UserError(tr("This is not the receipt code of this packet. Ask for it again."), field="code")


def superseding(shelf: Shelf, packet: Packet) -> list[NewRecord]:
    """The steps that replace earlier packets once this one is sealed. Only one for the same team can be replaced."""
    found = []
    for rid in packet.record.choices.replaces:
        earlier = shelf.packet(rid)
        if earlier.state in REPLACEABLE and earlier.record.team == packet.record.team:
            reason = packet.record.number
            found.append(step_record(rid, earlier.person, PacketState.SUPERSEDED, reason=reason))
    return found


def is_outside(shelf: Shelf, packet: Packet | PacketRow) -> bool:
    """Whether it left and counts. An Express packet that went out with one signature does so with the second too,
    before it is sealed again.
    """
    second = packet.state is PacketState.COUNTERSIGNED and shelf.went_out(packet.id)
    return second or packet.state in REPLACEABLE


def live_packets(shelf: Shelf, person_id: str) -> Sequence[PacketRow]:
    """The packets about a person that are outside and count: those to withdraw when a consent is."""
    return [row for row in shelf.packets_of(person_id) if is_outside(shelf, row)]


def _typed_for(packet: Packet, today: date) -> TypedPacket:
    choices = packet.record.choices
    try:
        typed = typed_again(choices, packet.content.sections, ())
    except UserError:  # something was kept back that a tick cannot name: it is said anew
        typed = TypedPacket(team=choices.team, purpose=choices.purpose, profile=choices.profile.value)
    return replace(
        typed,
        one_signature="",
        replaces=(packet.id,),
        told="",
        not_told_because="",
        copy="",
        expires=typed.expires if typed.expires is not None and typed.expires > today else None,
    )
