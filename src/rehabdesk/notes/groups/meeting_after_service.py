"""What comes after a meeting was signed: the other facilitator's signature, additions, corrections, strikes."""

from collections.abc import Mapping

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import CLINICAL, TEAM, Index, NewRecord
from rehabdesk.notes import store
from rehabdesk.notes.groups import group_store
from rehabdesk.notes.groups.group_model import Mark, MeetingAddendum, MeetingSignature, MeetingStrike
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.notes.groups.group_store import StoredAttendance, StoredMeeting
from rehabdesk.notes.groups.meeting_draft_model import name_sentence, row_problems
from rehabdesk.notes.groups.meeting_service import Meetings, is_struck, new_record
from rehabdesk.notes.model import PAYLOAD_VERSION, Addendum, AddendumType, Strike, StrikeReason

ADDS = (AddendumType.ADDITION, AddendumType.CORRECTION, AddendumType.LATE_INFORMATION)


class MeetingsAfter:
    """Signed meetings, as this login may go on with them."""

    def __init__(self, desk: Desk, groups: Groups, meetings: Meetings) -> None:
        self._desk, self._groups, self._meetings = desk, groups, meetings

    def sign_too(self, meeting_id: str) -> None:
        """The other facilitator's signature under the same version (domain.md 6.2)."""
        stored = self._standing(meeting_id)
        if self._desk.uid not in stored.meeting.facilitators or stored.stored.author == self._desk.uid:
            raise UserError(tr("Only who led the meeting with its author signs it."))
        hashes = self.hashes(meeting_id)
        for one, signature in group_store.signatures(self._index, meeting_id):
            if one.author == self._desk.uid and set(hashes) <= set(signature.hashes):
                raise UserError(tr("You have signed this meeting already."))
        signature = MeetingSignature(meeting=meeting_id, hashes=hashes)
        self._desk.commit("sign_meeting_too", [new_record(TEAM, group_store.SIGNATURE, None, to_payload(signature))])

    def hashes(self, meeting_id: str) -> tuple[str, ...]:
        """Of the records that stand of this meeting and that the whole team holds: what a signature binds."""
        stored = group_store.meeting(self._index, meeting_id)
        own = [] if stored is None else [stored.stored.h]
        return tuple(sorted([*own, *(one.stored.h for one in group_store.attendances(self._index, meeting_id))]))

    def people(self, meeting_id: str) -> dict[str, str]:
        """(id, name) of everybody about whom a correction can be written: the meeting's people and the group's."""
        stored = self._standing(meeting_id)
        found = [one.person for one in group_store.attendances(self._index, meeting_id)]
        found += [one.person for one in group_store.members(self._index, stored.meeting.group)]
        named = {person: self._groups.name_of(person) for person in found}
        return dict(sorted(named.items(), key=lambda pair: (pair[1].casefold(), pair[0])))

    def add(self, meeting_id: str, kind: AddendumType, words: str) -> None:
        """Adds to the common part: once for the meeting, and to the record of everybody who was there."""
        stored = self._standing(meeting_id)
        if self._desk.uid not in stored.meeting.facilitators:
            raise UserError(tr("Only who led the meeting adds to it."))
        if kind not in ADDS:
            raise UserError(tr("A person's own words are added to that person's record."), field="type")
        addendum = MeetingAddendum(meeting=meeting_id, type=kind, body=words)
        self._refuse_names(stored.meeting.group, words, field="body")
        items = [new_record(TEAM, group_store.MEETING_ADDENDUM, None, to_payload(addendum))]
        for one in group_store.attendances(self._index, meeting_id):
            if not one.attendance.mark.absent:
                own = Addendum(note=one.attendance.note, type=kind, body=words)
                items.append(_note(TEAM, store.ADDENDUM, one.person, to_payload(own)))
        self._desk.commit("addendum", items)

    def entered_in_error(self, meeting_id: str, words: str) -> None:
        """Strikes the whole meeting with everybody's record of it; the author's deed."""
        stored = self._own_standing(meeting_id)
        strike = MeetingStrike(meeting=meeting_id, words=words)
        self._refuse_names(stored.meeting.group, words, field="reason")
        items = [new_record(TEAM, group_store.MEETING_STRUCK, None, to_payload(strike))]
        for one in group_store.attendances(self._index, meeting_id):
            items += _strikes(one, words)
        self._desk.commit("strike", items, extra={"reason": StrikeReason.ENTERED_IN_ERROR.value})

    def correct(self, meeting_id: str, person_id: str, mark: Mark, words: str) -> None:
        """Another mark for one person: the old record is struck with the reason, a new one stands in its place.

        Also for somebody who was forgotten. Nobody else's record is touched; the other facilitator signs anew.
        """
        stored = self._own_standing(meeting_id)
        group = self._groups.group(stored.meeting.group)
        ever = {one.person for one in group_store.members(self._index, stored.meeting.group)}
        if person_id not in ever:
            raise UserError(tr("This person was never in the group."), field="person")
        self._refuse_names(stored.meeting.group, mark.words, field="line", apart_from=person_id)
        name = self._groups.name_of(person_id)
        if found := row_problems(
            person_id, name, mark, self._meetings.form, self._meetings.names(stored.meeting.group)
        ):
            raise UserError(found[0].sentence, field="mark")
        present = [one for one in group_store.attendances(self._index, meeting_id) if one.person == person_id]
        if present and not words.strip():
            raise UserError(tr("Write why it is corrected."), field="reason")
        self._refuse_names(stored.meeting.group, words, field="reason", apart_from=person_id)
        items = [item for one in present for item in _strikes(one, words)]
        items += self._meetings.records_of(meeting_id, stored.meeting, group.name, person_id, mark)
        self._desk.commit("correct_meeting", items)

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _standing(self, meeting_id: str) -> StoredMeeting:
        stored = group_store.meeting(self._index, meeting_id)
        if stored is None:
            raise UserError(tr("There is no such meeting for this login."))
        self._groups.group(stored.meeting.group)
        if is_struck(self._index, stored):
            raise UserError(tr("This meeting was entered in error. Write a new one."))
        return stored

    def _own_standing(self, meeting_id: str) -> StoredMeeting:
        stored = self._standing(meeting_id)
        if stored.stored.author != self._desk.uid or self._desk.role is Role.AUD:
            raise UserError(tr("Only its author corrects or strikes a meeting."))
        return stored

    def _refuse_names(self, group_id: str, words: str, *, field: str, apart_from: str = "") -> None:
        if named := self._meetings.names(group_id).named(words, apart_from=apart_from):
            raise UserError(name_sentence(named[0].typed), field=field)


def _strikes(one: StoredAttendance, words: str) -> list[NewRecord]:
    """Strikes a person's record and the clinical line of it; the reason stands in the first."""
    note, reason = one.attendance.note, StrikeReason.ENTERED_IN_ERROR
    items = [_note(TEAM, store.STRUCK, one.person, to_payload(Strike(note=note, reason=reason, words=words)))]
    if one.attendance.apart:
        items.append(_note(CLINICAL, store.STRUCK, one.person, to_payload(Strike(note=note, reason=reason))))
    return items


def _note(comp: str, kind: str, person: str, payload: Mapping[str, Json]) -> NewRecord:
    """A record of the kinds that all notes share."""
    return NewRecord(comp=comp, kind=kind, pv=PAYLOAD_VERSION, person=person, payload=payload)
