"""Files that came: looked at in the limited children, first seen once, kept where they may be shown (packet.md 8).

Nothing reaches a person's record from here: that is `staging_service.py`, item by item.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.errors import SealBroken, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload
from rehabdesk.core.process import ReadyChild
from rehabdesk.core.text import isolate_ltr
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.handover.checking.brought_model import BroughtKind
from rehabdesk.handover.checking.examination_service import ANNEX_ALONE, Checked, PacketCheck
from rehabdesk.handover.checking.verdict_model import MAY_BE_OPENED, NO_IDENTITY, NO_MATCHING_KEY, State
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.file_index.file_index_check_service import index_words
from rehabdesk.handover.file_index.file_index_model import WITH_INDEX, index_of
from rehabdesk.handover.inbox import inbox_store as store
from rehabdesk.handover.inbox.inbox_model import (
    SEEN_ONLY,
    Did,
    FileKind,
    HeldHere,
    Kept,
    Mark,
    ReceivedPacket,
    ReceivedPart,
    ReceivedRow,
    packet_of,
)
from rehabdesk.handover.inbox.inbox_now_service import TrustNow, judged_now, trust_now
from rehabdesk.handover.inbox.inbox_records_service import mark_record, packet_record, part_records, seen_record
from rehabdesk.handover.inbox.staging_parts_service import item_count
from rehabdesk.handover.packets_model import require_importable
from rehabdesk.handover.parts_model import whole
from rehabdesk.handover.wire import decode_handover

MAY_READ = frozenset({Role.CO, Role.SUP})
"""Others that hold the key of the team have no Inbox (interface.md 3)."""
_BROUGHT = {
    BroughtKind.STATUS_LIST: FileKind.STATUS_LIST,
    BroughtKind.RECEIPT: FileKind.RECEIPT,
    BroughtKind.FEEDBACK: FileKind.FEEDBACK,
    BroughtKind.FORM: FileKind.FEEDBACK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """What this desk brings to a check, taken as it is now: plain values, for a job.

    `identities`: the own team's secret keys, the newest first; they go to child A alone. `team`: the own team's code.
    """

    check: PacketCheck
    identities: tuple[str, ...]
    team: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """A look at one file that may be done beside the window's work."""

    trusted: Trusted
    moment: datetime
    held: HeldHere

    def look(
        self, raw: bytes, name: str, waiting: Callable[[], None] | None = None, ready: ReadyChild | None = None
    ) -> "Looked":
        """Slow: through both children. `name` is the file's, and only helps where the content cannot be opened."""
        checked = self._checked(raw, None, waiting, ready)
        if checked.verdict.state is State.CANNOT_OPEN and NO_IDENTITY in checked.verdict.reasons:
            for identity in self.trusted.identities:
                checked = self._checked(raw, identity, waiting, ready)
                if NO_MATCHING_KEY not in checked.verdict.reasons:
                    break
        return Looked(name=name, raw=raw, checked=checked, kind=kind_of(name, checked))

    def _checked(
        self, raw: bytes, identity: str | None, waiting: Callable[[], None] | None, ready: ReadyChild | None
    ) -> Checked:
        """Without a key a sealed file is not even begun with, so that asking first costs nothing."""
        return self.trusted.check.check(
            raw,
            moment=self.moment,
            identity=identity,
            team=self.trusted.team,
            held=self.held,
            waiting=waiting,
            ready=ready,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A file that was looked at. `raw` is handed on to whoever takes such files; nothing of it is kept yet."""

    name: str
    raw: bytes
    checked: Checked
    kind: FileKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What came of a file. `received`: where it is kept; `again`: it was here before. `sentence` says more."""

    id: str
    looked: Looked
    received: str = ""
    again: bool = False
    sentence: str = ""


class Inbox:
    """What came to one unlocked desk. `trusted`: pinned cards, lists and the own team's key, as they are now."""

    def __init__(self, desk: Desk, trusted: Callable[[], Trusted]) -> None:
        self._desk, self._trusted = desk, trusted
        self._arrived: dict[str, Arrived] = {}
        self._read: tuple[object, TrustNow] | None = None

    @property
    def may_take(self) -> bool:
        return self._desk.role is Role.CO

    def now(self) -> datetime:
        """The desk's clock."""
        return self._desk.clock.now()

    # looking

    def looking(self) -> Looking:
        """What a job needs to look at files."""
        self._require_taker()
        return Looking(trusted=self._trusted(), moment=self._desk.clock.now(), held=self.held_here())

    def looking_again(self) -> Looking:
        """As `looking`, at what is kept already: for everybody who reads it."""
        _ = self._index
        return self.looking_anywhere()

    def looking_anywhere(self) -> Looking:
        """As `looking`, on the page of the check, where nothing is kept but that a packet was seen."""
        return Looking(trusted=self._trusted(), moment=self._desk.clock.now(), held=self.held_here())

    def held_here(self) -> HeldHere:
        """What is known here of packets that came before."""
        index = self._desk.index(TEAM)
        seen = {sha256: parse_stamp(at) for sha256, at in store.first_seen(index).items()}
        return HeldHere(first_seen=seen, newer=store.newer(index))

    def note_seen(self, checked: Checked) -> None:
        """The first look at a packet on another page: its moment is kept, nothing else."""
        items = self._first_seen(checked)
        if items:
            self._desk.commit("first_seen", items)

    def keep(self, looked: Looked) -> Arrived:
        """What a look leads to. What is refused, changed or cannot be opened leaves an entry in the log and no more."""
        self._require_taker()
        arrived = self._kept(looked)
        self._arrived[arrived.id] = arrived
        self._tell_indexes()
        return self._arrived[arrived.id]

    def arrivals(self) -> tuple[Arrived, ...]:
        """What was looked at since the desk was unlocked, the newest first. Gone at the lock."""
        return tuple(reversed(self._arrived.values()))

    def arrival(self, arrival_id: str) -> Arrived:
        """UserError where it is not at hand any more."""
        found = self._arrived.get(arrival_id)
        if found is None:
            raise UserError(tr("That file is not at hand any more. Open it again."))
        return found

    def forget(self, arrival_id: str) -> None:
        """Takes a line of `arrivals` away; what is kept stays."""
        self._arrived.pop(arrival_id, None)

    # what is here

    def rows(self) -> tuple[ReceivedRow, ...]:
        """All packets that came and may be shown, what came last on top."""
        return self._as_now(store.packets(self._index))

    def row(self, received: str) -> ReceivedRow:
        found = store.packet(self._index, received)
        if found is None:
            raise UserError(tr("That packet is not there."))
        return self._as_now([found])[0]

    def with_number(self, number: str) -> ReceivedRow | None:
        """The packet of this number, where it came."""
        found = store.by_number(self._index, number)
        return None if found is None else self._as_now([found])[0]

    def new_count(self) -> int:
        """Packets at which nobody has looked yet."""
        if self._desk.role not in MAY_READ:
            return 0
        return sum(row.handled.value == "new" for row in store.packets(self._index))

    def content(self, row: ReceivedRow) -> Handover:
        """What was signed, read back by the strict decoder."""
        return decode_handover(self._bytes(row, Kept.JSON, row.packet.json_sha256)).value

    def pdf(self, row: ReceivedRow) -> bytes:
        """The signed bytes, as they came. SealBroken if they are not whole."""
        return self._bytes(row, Kept.PDF, row.packet.sha256)

    def judged_again(self, row: ReceivedRow, checked: Checked) -> ReceivedRow:
        """What a new look at the kept bytes says now; written down where it is another answer than before."""
        verdict = checked.verdict
        packet = row.packet
        changed = replace(
            packet,
            state=verdict.state,
            reasons=verdict.reasons,
            notes=verdict.notes,
            judged_at=verdict.judged_at,
            site_name=verdict.known_site or packet.site_name,
            found=checked.found or packet.found,
        )
        # that a newer packet is here follows from the newer packet itself
        same = (packet.state, packet.reasons, packet.found) == (changed.state, changed.reasons, changed.found)
        if not same and self.may_take and not (verdict.state is State.REPLACED and row.by):
            self._desk.commit("judge_packet", [packet_record(changed, row.id)], extra=_extra(checked, packet.number))
        return self.row(row.id)

    # the whole of a packet

    def was_read(self, row: ReceivedRow) -> ReceivedRow:
        """Somebody of this desk has its content before the eyes; written once."""
        if row.handled.value != "new" or not self.may_take:
            return row
        return self._mark(row, Did.READ, "read_packet")

    def set_aside(self, row: ReceivedRow) -> ReceivedRow:
        """Nothing is to be accepted from it; it stays, and can be taken up again."""
        self._require_taker()
        return self._mark(row, Did.SET_ASIDE, "set_packet_aside")

    def take_up(self, row: ReceivedRow) -> ReceivedRow:
        self._require_taker()
        return self._mark(row, Did.TAKEN_UP, "take_packet_up")

    # inside

    @property
    def _index(self) -> Index:
        if self._desk.role not in MAY_READ:
            raise UserError(tr("Your role does not read what came from outside."))
        return self._desk.index(TEAM)

    def _as_now(self, rows: Sequence[ReceivedRow]) -> tuple[ReceivedRow, ...]:
        """With the verdict that holds now, by what is trusted now; no packet is parsed for it."""
        if not rows:
            return ()
        trusted, at = self._trusted(), self._desk.clock.now()
        by = (*trusted.check.vouched_for, trusted.team)
        if self._read is None or self._read[0] != by:  # cards and lists are read again only when they are others
            self._read = by, trust_now(trusted.check, trusted.team)
        return tuple(judged_now(row, self._read[1], at) for row in rows)

    def _require_taker(self) -> None:
        if not self.may_take:
            raise UserError(tr("A case officer takes in what came from outside."))

    def _mark(self, row: ReceivedRow, did: Did, deed: str) -> ReceivedRow:
        self._desk.commit(deed, [mark_record(Mark(received=row.id, did=did))], extra={"number": row.packet.number})
        return self.row(row.id)

    def _first_seen(self, checked: Checked) -> list[NewRecord]:
        state, sha256 = checked.verdict.state, checked.sha256
        counts = sha256 is not None and state in MAY_BE_OPENED | SEEN_ONLY
        if not counts or sha256 is None or sha256 in store.first_seen(self._desk.index(TEAM)):
            return []
        return [seen_record(sha256)]

    def _kept(self, looked: Looked) -> Arrived:
        checked, arrival = looked.checked, self._desk.ids()
        content, pdf, json, facts = checked.packet, checked.pdf, checked.json, checked.verdict.packet
        if facts is not None:
            try:
                require_importable(facts.site, training=self._desk.settings().training)
            except UserError as problem:  # also before its card is asked for: no real desk takes that either
                return self._not_kept(looked, arrival, problem.sentence)
        if content is None or pdf is None or json is None or checked.sha256 is None:
            return self._not_kept(looked, arrival)
        known = store.by_hash(self._index, checked.sha256)
        if known is not None:
            if known.packet.sha256 == checked.sha256:  # the bytes with which it began say less than those it has
                self.judged_again(known, checked)
            return Arrived(id=arrival, looked=looked, received=known.id, again=True)
        packet = packet_of(
            checked.verdict,
            content,
            sha256=checked.sha256,
            json_sha256=sha256_hex(json),
            items=item_count(content),
            found=checked.found,
        )
        namesake = store.by_number(self._index, packet.number)
        if namesake is None:
            return self._keep_new(looked, arrival, packet)
        if namesake.packet.json_sha256 == packet.json_sha256:
            kept = self.pdf(namesake)
            if pdf.startswith(kept):
                return self._completed(looked, arrival, namesake, packet)
            if kept.startswith(pdf):  # the one signature of an express packet that is here with both
                self.note_seen(checked)
                return Arrived(id=arrival, looked=looked, received=namesake.id, again=True)
        sentence = tr("Another file with the number {number} is here already. Call the sender; this one is not kept.")
        return self._not_kept(looked, arrival, sentence.format(number=isolate_ltr(packet.number)))

    def _keep_new(self, looked: Looked, arrival: str, packet: ReceivedPacket) -> Arrived:
        received = self._desk.ids()
        items = [*self._first_seen(looked.checked), packet_record(packet, received), *_bytes_of(received, looked)]
        self._desk.commit("receive_packet", items, extra=_extra(looked.checked, packet.number))
        return Arrived(id=arrival, looked=looked, received=received)

    def _completed(self, looked: Looked, arrival: str, known: ReceivedRow, packet: ReceivedPacket) -> Arrived:
        """The second signature of an express packet: the same entry, the bytes that it now has (packet.md 5.5)."""
        whole = replace(packet, before=(*known.packet.before, known.packet.sha256))
        items = [
            *self._first_seen(looked.checked),
            packet_record(whole, known.id),
            *part_records(known.id, Kept.PDF, looked.checked.pdf or b""),
        ]
        self._desk.commit("complete_packet", items, extra=_extra(looked.checked, packet.number))
        sentence = tr("The second signature has come: it is the same packet, and what was accepted stands.")
        return Arrived(id=arrival, looked=looked, received=known.id, again=True, sentence=sentence)

    def _not_kept(self, looked: Looked, arrival: str, sentence: str = "") -> Arrived:
        seen = self._first_seen(looked.checked)
        extra = _extra(looked.checked, "")
        if seen:
            self._desk.commit("look_at_file", seen, extra=extra)
        elif looked.kind in (FileKind.PACKET, FileKind.ANNEX, FileKind.OTHER):
            self._desk.log("look_at_file", extra=extra)
        return Arrived(id=arrival, looked=looked, sentence=sentence)

    def _tell_indexes(self) -> None:
        """A file that is nothing by itself may be the file index of a packet that is here, or that came after it."""
        unknown = [each for each in self._arrived.values() if each.looked.kind is FileKind.OTHER]
        rows = [row for row in self.rows() if row.packet.profile in WITH_INDEX] if unknown else []
        named = {one.pdf_sha256: row.packet.number for row in rows if (one := index_of(self.content(row)))}
        for each in unknown:
            if number := named.get(each.looked.checked.sha256 or ""):
                looked = replace(each.looked, kind=FileKind.FILE_INDEX)
                self._arrived[each.id] = replace(each, looked=looked, sentence=index_words(number))

    def _bytes(self, row: ReceivedRow, what: Kept, sha256: str) -> bytes:
        parts = [
            from_payload(ReceivedPart, self._desk.read(TEAM, rid).payload)
            for rid in store.parts_of(self._index, row.id, what, sha256)
        ]
        if (content := whole(parts, sha256)) is None:
            raise SealBroken(tr("What is kept of this packet is not whole. Check the desk."))
        return content


def kind_of(name: str, checked: Checked) -> FileKind:
    """What a file is, by its content. `name` counts only for a sealed annex, which only its clinician opens."""
    if checked.site_card is not None:
        return FileKind.SITE_CARD
    if checked.team_card is not None:
        return FileKind.TEAM_CARD
    if checked.brought is not None:
        return _BROUGHT[checked.brought.kind]
    if ANNEX_ALONE in checked.verdict.reasons or name.upper().endswith("-CX.PDF.AGE"):
        return FileKind.ANNEX
    whole = checked.sha256 is not None and checked.verdict.state is not State.REFUSED
    return FileKind.PACKET if whole or checked.verdict.state is State.CANNOT_OPEN else FileKind.OTHER


def _bytes_of(received: str, looked: Looked) -> list[NewRecord]:
    pdf, json = looked.checked.pdf or b"", looked.checked.json or b""
    return [*part_records(received, Kept.PDF, pdf), *part_records(received, Kept.JSON, json)]


def _extra(checked: Checked, number: str) -> dict[str, str]:
    """For the log: codes and hashes; the number only where the file may be quoted."""
    found = {"state": str(checked.verdict.state)}
    if checked.sha256 is not None:
        found["pdf_sha256"] = checked.sha256
    return found | ({"number": number} if number else {})
