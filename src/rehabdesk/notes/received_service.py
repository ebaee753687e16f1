"""Words from outside: the records that an acceptance writes, and how they are read. Accepting: `handover`."""

from dataclasses import dataclass
from datetime import datetime

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.languages import language_words
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.notes import received_store, store
from rehabdesk.notes.model import PAYLOAD_VERSION, Part, Strike, StrikeReason
from rehabdesk.notes.received_model import Outside, OutsideLine
from rehabdesk.notes.timeline_service import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOutside:
    """An accepted entry as it is read: who accepted it, when, and why it was taken back where it was."""

    rid: str
    person_id: str
    outside: Outside
    author: str
    recorded_at: datetime
    strike: Strike | None


def outside_record(person_id: str, outside: Outside, rid: str) -> NewRecord:
    """The record of what is accepted; it is committed with the acceptance itself."""
    return NewRecord(
        comp=TEAM,
        kind=received_store.OUTSIDE,
        pv=received_store.PAYLOAD_VERSION,
        person=person_id,
        payload=to_payload(outside),
        rid=rid,
    )


def taken_back_record(person_id: str, rid: str, words: str) -> NewRecord:
    """The record that strikes an accepted entry. It counts only by the hand that accepted it (domain.md 6.2)."""
    if not words.strip():
        raise UserError(tr("Write why it was accepted in error."), field="reason")
    strike = Strike(note=rid, reason=StrikeReason.ENTERED_IN_ERROR, words=words.strip())
    return NewRecord(comp=TEAM, kind=store.STRUCK, pv=PAYLOAD_VERSION, person=person_id, payload=to_payload(strike))


def heard(line: OutsideLine) -> str:
    """The words as they are shown: with the language in which they were written, where it is another than here."""
    known = line.lang in ("", "und", language())
    return line.words if known else f"{line.words} ({language_words(line.lang)})"


def open_outside(desk: Desk, timeline: Timeline, rid: str) -> OpenOutside:
    """The entry, if this login is shown it. A refusal is logged and says what to do."""
    entry = timeline.require_entry(TEAM, rid)
    if entry.part is not Part.OUTSIDE:
        raise UserError(tr("There is nothing to open here for this login."))
    record = desk.read(TEAM, rid)
    struck = store.strike_of(desk.index(TEAM), rid)
    return OpenOutside(
        rid=rid,
        person_id=entry.person_id,
        outside=from_payload(Outside, record.payload),
        author=record.author,
        recorded_at=record.recorded_at,
        strike=store.strike_from(desk.read(TEAM, struck).payload) if struck else None,
    )
