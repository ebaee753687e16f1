"""What people do with packets: sign, countersign, return, seal. One method is one deed with one audit entry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rehabdesk.access.keys_service import Keys
from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.canon import sha256_hex, unb64
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import speaking, tr
from rehabdesk.core.payload import to_payload
from rehabdesk.handover import packets_model as rules
from rehabdesk.handover import store
from rehabdesk.handover.annex.annex_service import Annexes
from rehabdesk.handover.collecting.content_check_model import Hit, unticked
from rehabdesk.handover.content.audience_model import AudienceCode
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.file_index.file_index_model import WITH_INDEX, FileEntry
from rehabdesk.handover.file_index.file_index_service import FileIndexes, index_records
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.making.delivery_service import Delivered
from rehabdesk.handover.making.draft_service import PacketDrafts
from rehabdesk.handover.making.making_service import Pages, Sealing, Signing, ToLayOut
from rehabdesk.handover.making.returned_service import Returned
from rehabdesk.handover.making.sealing_service import Seals
from rehabdesk.handover.packet_records_service import file_records, new_record, step_record
from rehabdesk.handover.packets_model import PacketState, Person
from rehabdesk.handover.pages.signature_page_pdf import stamp
from rehabdesk.handover.records_model import Packet, PacketDraft, PacketRecord
from rehabdesk.handover.shelf_service import Shelf
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.people.service import People
from rehabdesk.seals import certificates
from rehabdesk.seals.pdf_signature import SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a supervisor looks at before countersigning: the exact bytes, the content, and the hits."""

    packet: Packet
    pdf: bytes
    pdf_sha256: str
    hits: tuple[Hit, ...]


class Packets:
    """The packets of one unlocked desk. `item_titles` gives the words of checklist codes, `file_of` what the file of a
    person holds, for the packets that go with an index of it.
    """

    def __init__(
        self,
        desk: Desk,
        people: People,
        trust: Trust,
        *,
        item_titles: Mapping[str, str] | None = None,
        file_of: Callable[[str], tuple[FileEntry, ...]] | None = None,
    ) -> None:
        self._desk, self._trust = desk, trust
        self.shelf = Shelf(desk)
        self._titles, self._file_of = item_titles or {}, file_of
        self.drafts = PacketDrafts(desk, people, trust)
        self.teams, self.annexes = trust.teams, Annexes(desk, people, self.drafts)
        self.returned, self.indexes = Returned(desk, self.shelf, self.drafts), FileIndexes(desk, self.shelf)
        self.seals = Seals(desk, self.shelf, self.drafts, trust)

    # the author

    def sign(self, draft_id: str, *, ticked: Sequence[str], typed_again: Keys) -> Packet:
        """Certifies the packet as its author: number, pages, JSON and signature are made in this one deed.

        `ticked`: ids of the hits that were looked at; `typed_again`: this login's keys, opened afresh by passphrase.
        UserError names what is missing.
        """
        pages = making.lay(self.assemble(draft_id))
        signing = self.allow_signature(pages, ticked=ticked, typed_again=typed_again)
        return self.keep_signed(pages, signing, making.sign(signing), ticked=ticked)

    def assemble(self, draft_id: str) -> ToLayOut:
        """First part of `sign`: the packet with its number and time. UserError names what is missing."""
        return self.assemble_draft(self.drafts.draft(draft_id))

    def assemble_draft(self, draft: PacketDraft) -> ToLayOut:
        """As `assemble`, of a draft that is at hand; `keep_signed` throws away what is kept under its id."""
        issue = self.drafts.issue()
        made, issue = self.annexes.attached(self.drafts.assembled(draft, issue), draft.id, issue)
        return ToLayOut(draft=draft, made=made, issue=issue, titles=self._titles, entries=self._entries(made, draft))

    def allow_signature(self, pages: Pages, *, ticked: Sequence[str], typed_again: object) -> Signing:
        """The guards of the author's signature on exactly these pages. UserError names the one that does not hold."""
        self._require_fresh(typed_again)
        draft, made, issue = pages.of.draft, pages.of.made, pages.of.issue
        kept = self.annexes.of_draft(draft.id)
        if self.drafts.is_given(issue.number) or issue.number != (kept or self.drafts.issue()).number:
            raise _number_taken()
        key = self._trust.signing_key()
        rules.require_signable(made, today=issue.at.date(), longest=self._longest(key, draft.choices.countersigners))
        self.drafts.assembly.require_allowed(draft.person, draft.choices)
        self.drafts.still_given.require(draft.person, made.sections)
        left = unticked(self.drafts.hits_in(made, draft.person, draft.unsigned), ticked)
        if left:
            sentence = tr("{count} places have not been looked at. Tick each of them, or change the text.")
            raise UserError(sentence.format(count=len(left)))
        stamp_ = self._stamp("author", key, made)
        return Signing(pdf=pages.prepared, key=key, stamp=stamp_, at=self._desk.clock.now(), second=False)

    def keep_signed(self, pages: Pages, signing: Signing, signed: bytes, *, ticked: Sequence[str]) -> Packet:
        """Last part of `sign`: packet, bytes and step are written, the draft goes. UserError where that was done
        meanwhile.
        """
        draft, made, issue = pages.of.draft, pages.of.made, pages.of.issue
        if self.drafts.is_given(issue.number):
            raise _number_taken()
        facts = certificates.facts(signing.key.pair.certificate)
        record = PacketRecord(
            number=issue.number,
            team=made.to.team,
            team_name=made.to.name,
            author=self._desk.uid,
            author_name=facts.name,
            author_cert_sha256=facts.sha256,
            author_key_sha256=facts.key_sha256,
            issued=issue.at,
            expires=made.packet.expires,
            choices=draft.choices,
            ticked=tuple(ticked),
            unsigned=draft.unsigned,
            content=pages.json.decode("utf-8"),
        )
        rid = self._desk.ids()
        items = [
            new_record(store.PACKET, draft.person, to_payload(record), rid=rid),
            *file_records(rid, draft.person, PacketState.SIGNED, signed),
            *index_records(rid, draft.person, pages.index or b""),
            step_record(rid, draft.person, PacketState.SIGNED, pdf=signed),
        ]
        self._desk.commit("sign_packet", items, drop_drafts=(draft.id,), extra={"number": issue.number})
        return self.shelf.packet(rid)

    # the supervisor

    def review(self, packet_id: str) -> Review:
        """The exact bytes that a countersignature would cover, with what belongs to the decision."""
        packet = self.shelf.packet(packet_id)
        pdf = self.shelf.signed_pdf(packet_id, PacketState.SIGNED)
        return Review(packet=packet, pdf=pdf, pdf_sha256=sha256_hex(pdf), hits=self._hits(packet))

    def countersign(self, packet_id: str, *, seen_sha256: str, typed_again: Keys) -> Packet:
        """Adds the supervisor's signature to the bytes that were seen (`seen_sha256` of `review`).

        UserError for the author, another role, the author's key or name, and for a supervisor who was not named.
        """
        review = self.review(packet_id)
        signing = self.allow_countersignature(review, seen_sha256=seen_sha256, typed_again=typed_again)
        return self.keep_countersigned(review, making.sign(signing))

    def allow_countersignature(self, review: Review, *, seen_sha256: str, typed_again: object) -> Signing:
        """The guards of the second signature. UserError names the one that does not hold."""
        self._require_fresh(typed_again)
        rules.require_step(review.packet.state, PacketState.COUNTERSIGNED, express=review.packet.one_signature)
        if seen_sha256 != review.pdf_sha256:
            raise UserError(tr("These are not the pages that you looked at. Open the packet again."))
        key = self._trust_second_person(review.packet)
        appearance = self._stamp("supervisor", key, review.packet.content)
        return Signing(pdf=review.pdf, key=key, stamp=appearance, at=self._desk.clock.now(), second=True)

    def keep_countersigned(self, review: Review, signed: bytes) -> Packet:
        """Last part of `countersign`: the bytes and the step are written. UserError where that was done meanwhile."""
        packet_id, person = review.packet.id, review.packet.person
        packet = self.shelf.packet(packet_id)
        rules.require_step(packet.state, PacketState.COUNTERSIGNED, express=packet.one_signature)
        items = [
            *file_records(packet_id, person, PacketState.COUNTERSIGNED, signed),
            step_record(packet_id, person, PacketState.COUNTERSIGNED, pdf=signed),
        ]
        self._desk.commit("countersign_packet", items, extra={"number": review.packet.record.number})
        return self.shelf.packet(packet_id)

    def give_back(self, packet_id: str, *, reason: str) -> Packet:
        """Returns a packet to its author with a reason; it goes back to draft and is signed anew under a new number."""
        packet = self.shelf.packet(packet_id)
        rules.require_step(packet.state, PacketState.RETURNED)
        if self._desk.role is not Role.SUP:
            raise UserError(tr("A supervisor returns a packet."))
        if not reason.strip():
            raise UserError(tr("Say why the packet goes back."), field="reason")
        step = step_record(packet_id, packet.person, PacketState.RETURNED, reason=reason.strip())
        self._desk.commit("return_packet", [step])
        return self.shelf.packet(packet_id)

    def reopen(self, packet_id: str) -> str:
        """A new draft of the author's from a packet that was returned, or that a new one replaces; gives its id."""
        packet = self.shelf.packet(packet_id)
        if packet.record.author != self._desk.uid:
            raise UserError(tr("Only its author takes a packet up again."))
        record = packet.record
        return self.drafts.start(packet.person, record.choices, packet.content.sections, unsigned=record.unsigned)

    # sealing

    def seal(self, packet_id: str, folder: Path) -> Delivered:
        """Seals the packet to the team's confirmed keys, and writes file and slip into `folder`.

        UserError names the guard that does not hold. What our own strict check does not call genuine, or an Express
        packet with one signature, is not sealed.
        """
        delivered = making.seal(self.allow_sealing(packet_id, folder))
        self.keep_sealed(packet_id, delivered)
        return delivered

    def allow_sealing(self, packet_id: str, folder: Path) -> Sealing:
        """The guards of the seal. UserError names the one that does not hold."""
        return self.seals.allow(packet_id, folder)

    def keep_sealed(self, packet_id: str, delivered: Delivered) -> None:
        """Last part of `seal`: the step with both hashes is written."""
        self.seals.keep(packet_id, delivered)

    # inside

    def _entries(self, made: Handover, draft: PacketDraft) -> tuple[FileEntry, ...] | None:
        """What the file holds now, named in the packet's language; None for packets that go without an index."""
        for_guardian = draft.choices.audience == AudienceCode.GUARDIAN  # the file is the child's
        if made.packet.profile not in WITH_INDEX or for_guardian or self._file_of is None:
            return None
        with speaking(made.packet.languages[0], resources.path("i18n")):
            return self._file_of(draft.person)

    def _hits(self, packet: Packet) -> tuple[Hit, ...]:
        return self.drafts.hits_in(packet.content, packet.person, packet.record.unsigned)

    def _require_fresh(self, typed_again: object) -> None:
        if not isinstance(typed_again, Keys) or typed_again.uid != self._desk.uid:
            raise UserError(tr("Type your own passphrase: a packet is signed by the person who is signed in."))

    def _longest(self, key: SigningKey, countersigners: Sequence[str]) -> date:
        """The day on which the first of the certificates ends."""
        held = [key.pair.certificate]
        for uid in countersigners:
            issued = self._trust.certificate_of(uid)
            if issued is not None:
                held.append(unb64(issued.certificate))
        return min(certificates.facts(each).not_after for each in held).date()

    def _trust_second_person(self, packet: Packet) -> SigningKey:
        """This login's key, once it is clear that it belongs to a second person whom the author named."""
        if self._desk.uid == packet.record.author:
            raise UserError(tr("You signed this packet as its author. Another person must countersign it."))
        if self._desk.role is not Role.SUP:
            raise UserError(tr("Only a supervisor countersigns a packet. Ask one of the supervisors named in it."))
        key = self._trust.signing_key()
        facts = certificates.facts(key.pair.certificate)
        record = packet.record
        rules.require_second_person(
            Person(
                uid=record.author,
                staff_role="CO",
                name=record.author_name,
                cert_sha256=record.author_cert_sha256,
                key_sha256=record.author_key_sha256,
            ),
            Person(
                uid=self._desk.uid,
                staff_role=facts.unit,
                name=facts.name,
                cert_sha256=facts.sha256,
                key_sha256=facts.key_sha256,
            ),
            tuple(each.cert_sha256 for each in packet.content.signers.countersigners),
        )
        return key

    def _stamp(self, role: str, key: SigningKey, made: Handover) -> bytes:
        facts = certificates.facts(key.pair.certificate)
        return stamp(
            role=role,
            signer=facts.name,
            staff_role=facts.unit,
            at=self._desk.clock.now(),
            certificate=key.pair.certificate,
            issued=made.packet.issued,
            language=made.packet.languages[0],
        )


def _number_taken() -> UserError:
    return UserError(tr("Another packet took this number. Look at the pages again, then sign."))
