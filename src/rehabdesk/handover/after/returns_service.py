"""What comes back about this desk's packets: looked at first, then accepted into the record by a person."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from rehabdesk.access.service import Desk
from rehabdesk.core.canon import b64, sha256_hex, unb64
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.handover.after import returns_store as store
from rehabdesk.handover.after.after_seal_model import LIVE, SENT, FeedbackKept, ReceiptKept
from rehabdesk.handover.after.after_seal_service import MAY_ACT, ReceiptCodes
from rehabdesk.handover.after.continuity_model import Continuity, continuity
from rehabdesk.handover.after.feedback_form_model import FeedbackForm
from rehabdesk.handover.after.feedback_model import Feedback
from rehabdesk.handover.after.receipt_model import RECEIVED_WELL, Decision, Receipt
from rehabdesk.handover.after.returns_model import LookedAt, Remark, number_in
from rehabdesk.handover.checking.brought_model import Brought
from rehabdesk.handover.checking.examination_service import Checked, PacketCheck
from rehabdesk.handover.checking.verdict_model import CLOCK_TOLERANCE
from rehabdesk.handover.packet_records_service import new_record, step_record
from rehabdesk.handover.packets_model import NEXT, PacketState
from rehabdesk.handover.records_model import Packet
from rehabdesk.handover.shelf_service import Shelf
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.handover.wire import encode

Entry = Callable[[Packet, FeedbackKept, str], NewRecord]
"""From packet, feedback and an id the record that stands on the person's timeline, marked as an outside source."""


class Returns:
    """Receipts and feedback of one unlocked desk. `entry` makes what stands on the person's timeline."""

    def __init__(self, desk: Desk, shelf: Shelf, trust: Trust, codes: ReceiptCodes, entry: Entry | None = None) -> None:
        self._desk, self._shelf, self._trust, self._codes, self._entry = desk, shelf, trust, codes, entry

    # looking

    def now(self) -> datetime:
        """The desk's clock."""
        return self._desk.clock.now()

    def examine(self, raw: bytes) -> Checked:
        """First part of `look`: in the limited child, slow, for a job."""
        return self.check().check(raw, moment=self._desk.clock.now())

    def check(self) -> PacketCheck:
        """With the cards of the sites and teams whose digits were compared. Holds no open desk."""
        teams = [team for team in self._trust.teams.all() if team.card and team.confirmation is not None]
        return PacketCheck([*Sites(self._desk).pinned(), *(unb64(team.card) for team in teams)])

    def look(self, raw: bytes, name: str) -> LookedAt:
        """What the file is, which packet it is about, and what is wrong with it. Nothing is written but wrong codes.

        UserError for a file that is none of these, with the reason where it can be said.
        """
        return self.looked_at(name, self.examine(raw))

    def looked_at(self, name: str, checked: Checked) -> LookedAt:
        """Second part of `look`, of a file that was examined."""
        self._require_role()
        brought = checked.brought
        if brought is None or not isinstance(brought.content, Receipt | Feedback | FeedbackForm):
            raise UserError(checked.sentence or _nothing_of_ours())
        number = brought.number or number_in(name)
        row = self._shelf.numbered(number) if number else None
        packet = self._shelf.packet(row.id) if row is not None else None
        content = brought.content
        today = local_day(self._desk.clock)
        return LookedAt(
            name=name,
            sha256=_said(brought),
            brought=brought,
            packet=row,
            remarks=tuple(dict.fromkeys(self._remarks(name, number, brought, packet))),
            first_contact=_first_contact(content, today),
        )

    # accepting

    def accept(self, raw: bytes, name: str, *, knowing: bool = False) -> LookedAt:
        """A person takes the file into the record. UserError names the first reason why it cannot be taken.

        A receipt moves the packet to acknowledged; feedback also stands on the person's timeline. No word on progress
        changes by it.
        """
        return self.accept_checked(raw, name, self.examine(raw), knowing=knowing)

    def accept_checked(self, raw: bytes, name: str, checked: Checked, *, knowing: bool = False) -> LookedAt:
        """As `accept`, of a file that was examined. `knowing`: whoever accepts it was told what is to be known."""
        looked = self.looked_at(name, checked)
        if looked.to_be_known and not knowing:
            raise UserError(looked.to_be_known)
        if not looked.may_be_accepted or looked.packet is None:
            raise UserError(tr("This file cannot be taken into the record. Read what is said about it."))
        packet = self._shelf.packet(looked.packet.id)
        content = looked.brought.content
        if isinstance(content, Receipt):
            items = self._receipt_items(raw, looked, content, packet)
            deed = "accept_receipt"
        else:
            items = self._feedback_items(raw, looked, packet)
            deed = "accept_feedback"
        self._desk.commit(deed, items, extra={"number": packet.record.number})
        return looked

    # counting

    def continuity(self, within_days: int) -> Continuity | None:
        """How many of those who were handed over had a first contact in time; None below ten (G34).

        Only as a count over all: never of one person.
        """
        if self._desk.role not in MAY_ACT:
            raise UserError(tr("Your role has no such page."))
        found = store.every_feedback(self._desk.index(TEAM))
        return continuity(found, self._sent_on(), within_days)

    # inside

    def _sent_on(self) -> dict[str, datetime]:
        return {row.id: row.issued for row in self._shelf.gone()}

    def _require_role(self) -> None:
        if self._desk.role not in MAY_ACT:
            raise UserError(tr("Case officers and supervisors take what comes back into the record."))

    def _remarks(self, name: str, number: str, brought: Brought, packet: Packet | None) -> Iterator[Remark]:
        """Everything to be said about it, what stops first."""
        if store.taken_on(self._desk.index(TEAM), _said(brought)) is not None:
            yield Remark.TAKEN
        if not number:
            yield Remark.NO_NUMBER
        elif packet is None:
            yield Remark.UNKNOWN_PACKET
        if number and number_in(name) not in ("", number):
            yield Remark.TWO_NUMBERS
        if brought.signed is not None and not brought.signed.team:
            yield Remark.TEAM_NOT_KNOWN
        if packet is None:
            return
        if not self._shelf.went_out(packet.id):
            yield Remark.NOT_SENT
        if brought.signed is not None and brought.signed.team not in ("", packet.record.team):
            yield Remark.OTHER_TEAM
        if packet.state in SENT - LIVE - {PacketState.CLOSED}:
            yield Remark.COUNTS_NO_MORE
        yield from self._about_content(brought, packet)

    def _about_content(self, brought: Brought, packet: Packet) -> Iterator[Remark]:
        match brought.content:
            case Receipt() as receipt:
                if receipt.pdf_sha256 not in self._sent_hashes(packet):
                    yield Remark.OTHER_FILE
                yield from self._about_time(receipt.received_at, packet)
                if receipt.state not in RECEIVED_WELL:
                    yield Remark.NOT_WELL
                if receipt.decision is Decision.REJECTED:
                    yield Remark.SENT_BACK
            case Feedback() as feedback:
                yield from self._about_time(feedback.at, packet)
            case FeedbackForm() as form:
                yield from self._about_code(form, packet)

    def _about_time(self, dated: datetime, packet: Packet) -> Iterator[Remark]:
        if dated < packet.record.issued:
            yield Remark.BEFORE_SEAL
        if dated > self._desk.clock.now() + CLOCK_TOLERANCE:
            yield Remark.AHEAD

    def _about_code(self, form: FeedbackForm, packet: Packet) -> Iterator[Remark]:
        if not form.receipt_code:
            yield Remark.NO_CODE
            return
        try:
            self._codes.require_right(packet, form.receipt_code)
            yield Remark.NOT_SIGNED
        except UserError:
            yield Remark.WRONG_CODE

    def _sent_hashes(self, packet: Packet) -> set[str]:
        """The signed files of this packet that ever left: with one signature only if it is express."""
        steps = self._shelf.steps(packet.id)
        return {step.pdf_sha256 for step in steps if step.state is PacketState.SEALED and step.pdf_sha256}

    def _receipt_items(self, raw: bytes, looked: LookedAt, receipt: Receipt, packet: Packet) -> list[NewRecord]:
        signed = looked.brought.signed
        kept = ReceiptKept(
            packet=packet.id,
            by=receipt.by,
            received_at=receipt.received_at,
            decision=receipt.decision,
            state=receipt.state,
            note=receipt.note or "",
            team=signed.team if signed is not None else "",
            sha256=looked.sha256,
            file=b64(raw),
        )
        items = [new_record(store.RECEIPT, packet.person, to_payload(kept))]
        if receipt.acknowledges and PacketState.ACKNOWLEDGED in NEXT[packet.state]:
            items.append(step_record(packet.id, packet.person, PacketState.ACKNOWLEDGED))
        return items

    def _feedback_items(self, raw: bytes, looked: LookedAt, packet: Packet) -> list[NewRecord]:
        content, signed = looked.brought.content, looked.brought.signed
        if not isinstance(content, Feedback | FeedbackForm):
            raise UserError(_nothing_of_ours())
        kept = FeedbackKept(
            packet=packet.id,
            kind=content.kind,
            by=content.by or packet.record.team_name,
            at=content.at if isinstance(content, Feedback) else self._desk.clock.now(),
            answers=dict(content.answers.given()),
            signed=signed is not None,
            sha256=looked.sha256,
            file=b64(raw),
            changed=content.changed,
            team=packet.record.team,
            first_contact=looked.first_contact,
        )
        items = [new_record(store.FEEDBACK, packet.person, to_payload(kept))]
        if PacketState.ACKNOWLEDGED in NEXT[packet.state]:  # who answers has it
            items.append(step_record(packet.id, packet.person, PacketState.ACKNOWLEDGED))
        if self._entry is not None:
            items.append(self._entry(packet, kept, self._desk.ids()))
        return items


def _said(brought: Brought) -> str:
    """Hash of what is said: the same words in another wrapping are no second answer."""
    return sha256_hex(encode(brought.content))


def _first_contact(content: Receipt | Feedback | FeedbackForm, today: date) -> date | None:
    if isinstance(content, Receipt):
        return None
    return content.answers.first_contact(content.at.date() if isinstance(content, Feedback) else today)


def _nothing_of_ours() -> str:
    return tr("This is no receipt and no feedback, or it was changed. Ask for it again.")
