"""Clinical annexes from elsewhere: opened with the own key, read by who holds it, and kept if wanted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.db.projection import CLINICAL, TEAM, NewRecord
from rehabdesk.handover.annex import annex_store as store
from rehabdesk.handover.annex.annex_check_service import AnnexCheck, CheckedAnnex
from rehabdesk.handover.annex.annex_model import ClinicalAnnex
from rehabdesk.handover.annex.annex_records_model import ReceivedAnnex
from rehabdesk.handover.annex.clinician_key_service import ClinicianKeys
from rehabdesk.handover.checking.examination_service import NOTHING_HELD, Checked, PacketCheck
from rehabdesk.handover.checking.former_model import FormerCard
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.number_model import parse_number
from rehabdesk.handover.inbox import inbox_store
from rehabdesk.handover.inbox.inbox_model import HeldHere, Kept, ReceivedPart
from rehabdesk.handover.packets_model import require_importable
from rehabdesk.handover.parts_model import whole
from rehabdesk.handover.wire import decode_annex, encode
from rehabdesk.people.service import People


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnnex:
    """An annex from elsewhere as it lies here: outside source."""

    id: str
    received: ReceivedAnnex
    annex: ClinicalAnnex
    kept_at: datetime


class AnnexReading:
    """What one psychologist does with annexes that came in. UserError for everybody else."""

    def __init__(self, desk: Desk, people: People, keys: ClinicianKeys) -> None:
        self._desk, self._people, self._keys = desk, people, keys

    def job(
        self,
        raw: bytes,
        *,
        cards: Sequence[bytes],
        packet: Checked | None,
        moment: datetime | None = None,
        lists: Sequence[bytes] = (),
        held: HeldHere = NOTHING_HELD,
        former: Sequence[FormerCard] = (),
    ) -> "OpeningAnnex":
        """What opens a file with the own key, for a job: it starts two limited children.

        `packet`: the packet at hand, as judged; without it no annex is called genuine. `lists`: those that are held;
        keys that were withdrawn since the card was made stand in them. `held`: when files were first seen here.
        `former`: cards of former roots, for those.
        """
        return OpeningAnnex(
            raw=raw,
            cards=tuple(cards),
            packet=packet,
            identity=self._keys.identity(),
            moment=moment or self._desk.clock.now(),
            lists=tuple(lists),
            name=self._keys.name(),
            held=held,
            former=tuple(former),
        )

    def packet_at_hand(self, number: str) -> bytes | None:
        """The signed pages of the packet that came with this number, to be judged with its annex; they are not shown.

        None where none came, or it is not whole: then somebody chooses its file.
        """
        index = self._desk.index(TEAM)
        row = inbox_store.by_number(index, number)
        if row is None:
            return None
        rids = inbox_store.parts_of(index, row.id, Kept.PDF, row.packet.sha256)
        parts = [from_payload(ReceivedPart, self._desk.read(TEAM, rid).payload) for rid in rids]
        return whole(parts, row.packet.sha256)

    def keep(self, checked: CheckedAnnex, person_id: str) -> str:
        """Keeps a genuine annex about a person with the psychologists, marked as outside source; gives its id."""
        self._people.caseload.require(person_id)
        annex = checked.annex
        if annex is None or checked.sha256 is None or checked.verdict.state is not State.GENUINE:
            raise UserError(tr("Only a genuine annex is kept. Open its packet first."))
        require_importable(parse_number(annex.number).site, training=self._desk.settings().training)
        if store.is_received(self._desk.index(CLINICAL), checked.sha256):
            raise UserError(tr("This annex is kept here already."))
        approved = next((each.name for each in checked.verdict.signers if each.role == "supervisor"), "")
        received = ReceivedAnnex(
            number=annex.number,
            site=checked.verdict.known_site,
            author_name=annex.author.name,
            approved_by=approved,
            content=encode(annex).decode("utf-8"),
            pdf_sha256=checked.sha256,
        )
        rid = self._desk.ids()
        record = NewRecord(
            comp=CLINICAL, kind=store.RECEIVED, pv=1, person=person_id, payload=to_payload(received), rid=rid
        )
        self._desk.commit("keep_annex", [record], extra={"number": annex.number, "pdf_sha256": checked.sha256})
        return rid

    def kept(self, person_id: str) -> tuple[KeptAnnex, ...]:
        """Annexes about a person, newest first; each is read, and that is logged."""
        self._people.caseload.require(person_id)
        return tuple(self._kept(rid) for rid in store.received_of(self._desk.index(CLINICAL), person_id))

    def count(self, person_id: str) -> int:
        """How many are kept, without reading them."""
        if not self._keys.may_use:
            return 0
        return len(store.received_of(self._desk.index(CLINICAL), person_id))

    def _kept(self, rid: str) -> KeptAnnex:
        record = self._desk.read(CLINICAL, rid)
        received = from_payload(ReceivedAnnex, record.payload)
        annex = decode_annex(received.content.encode("utf-8")).value
        return KeptAnnex(id=rid, received=received, annex=annex, kept_at=record.recorded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningAnnex:
    """Plain values for a job; `run` holds no open desk."""

    raw: bytes
    cards: tuple[bytes, ...]
    packet: Checked | None
    identity: str
    moment: datetime
    lists: tuple[bytes, ...] = ()
    name: str = ""
    held: HeldHere = NOTHING_HELD
    former: tuple[FormerCard, ...] = ()

    def with_packet(self, packet: Checked | None, cards: Sequence[bytes]) -> "OpeningAnnex":
        """The same file with what was found beside it."""
        return replace(self, packet=packet, cards=tuple(cards))

    def run(self) -> CheckedAnnex:
        return AnnexCheck(PacketCheck(self.cards, self.lists, self.former)).check(
            self.raw,
            moment=self.moment,
            identity=self.identity,
            name=self.name,
            packet=self.packet,
            held=self.held,
        )
