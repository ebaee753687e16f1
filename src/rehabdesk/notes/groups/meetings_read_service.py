"""Reading meetings: a group's list, one meeting whole with who signed it, and what waits for this login's signature."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import CLINICAL, TEAM, Index
from rehabdesk.notes.groups import group_store
from rehabdesk.notes.groups.group_model import Debrief, GroupLine, Mark, Meeting, MeetingAddendum
from rehabdesk.notes.groups.group_service import CLINICAL_FACILITATORS, Groups
from rehabdesk.notes.groups.group_store import Stored, StoredMeeting
from rehabdesk.notes.groups.meeting_after_service import MeetingsAfter
from rehabdesk.notes.groups.meeting_service import Meetings
from rehabdesk.people.service import People


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person of a meeting. `mark` holds what the team may read; `apart`: a clinical line exists besides."""

    person: str
    name: str
    rid: str
    mark: Mark
    apart: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A facilitator's signature. `same`: under the records as they stand now."""

    uid: str
    at: datetime
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One meeting as it is opened. `waits_for`: facilitators who have not signed what stands now."""

    id: str
    meeting: Meeting
    group_name: str
    author: str
    recorded_at: datetime
    rows: tuple[Row, ...]
    signed: tuple[Signed, ...]
    waits_for: tuple[str, ...]
    additions: tuple[tuple[Stored, MeetingAddendum], ...]
    struck: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """One line of a group's list of meetings."""

    id: str
    meeting: Meeting
    author: str
    waits_for: tuple[str, ...]
    struck: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A meeting that waits for this login's signature."""

    id: str
    group_name: str
    number: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsigned:
    """An own draft of a meeting; its number as it was typed."""

    id: str
    group_name: str
    number: str
    changed: datetime


class MeetingsRead:
    """Meetings of one unlocked desk, as this login may read them."""

    def __init__(self, desk: Desk, people: People, groups: Groups, meetings: Meetings, after: MeetingsAfter) -> None:
        self._desk, self._people, self._groups = desk, people, groups
        self._meetings, self._after = meetings, after

    def of_group(self, group_id: str) -> tuple[MeetingRow, ...]:
        """The meetings of a group, newest first."""
        self._groups.group(group_id)
        found = []
        for one in group_store.meetings(self._index, group_id):
            struck = self._struck(one) is not None
            if struck and not self._sees_struck(one):
                continue
            found.append(
                MeetingRow(
                    id=one.stored.rid,
                    meeting=one.meeting,
                    author=one.stored.author,
                    waits_for=() if struck else self._waits_for(one),
                    struck=struck,
                )
            )
        return tuple(found)

    def open(self, meeting_id: str) -> Whole:
        """UserError where there is none, or none for this login."""
        one = group_store.meeting(self._index, meeting_id)
        struck = None if one is None else self._struck(one)
        if one is None or (struck is not None and not self._sees_struck(one)):
            raise UserError(tr("There is no such meeting for this login."))
        group = self._groups.group(one.meeting.group)
        rows = [
            Row(
                person=each.person,
                name=self._groups.name_of(each.person),
                rid=each.stored.rid,
                mark=each.attendance.mark,
                apart=each.attendance.apart,
            )
            for each in group_store.attendances(self._index, meeting_id)
        ]
        return Whole(
            id=meeting_id,
            meeting=one.meeting,
            group_name=group.name,
            author=one.stored.author,
            recorded_at=one.stored.recorded_at,
            rows=tuple(sorted(rows, key=lambda row: row.name.casefold())),
            signed=self._signed(one),
            waits_for=() if struck is not None else self._waits_for(one),
            additions=group_store.additions(self._index, meeting_id),
            struck=struck,
        )

    def may_read_lines(self, whole: Whole, person_id: str) -> bool:
        """Whether this login reads the clinical line about that person: who led the meeting, and who has the case."""
        if not self._desk.holds(CLINICAL) or self._desk.role not in CLINICAL_FACILITATORS:
            return False
        return self._desk.uid in whole.meeting.facilitators or self._people.caseload.admits(person_id)

    def lines(self, whole: Whole) -> Mapping[str, Mark]:
        """What the clinical lines say, by person, as far as this login may read them. Each reading is logged first."""
        if not self._desk.holds(CLINICAL):
            return {}
        found = {}
        for one in group_store.lines(self._desk.index(CLINICAL), whole.id):
            if one.author == whole.author and self.may_read_lines(whole, one.person):
                line = from_payload(GroupLine, self._desk.read(CLINICAL, one.rid).payload)
                found[one.person] = Mark(took_part=line.took_part, skill=line.skill, words=line.words)
        return found

    def debrief(self, whole: Whole) -> str:
        """The facilitators' debrief, where this login may read it; else nothing."""
        led = self._desk.uid in whole.meeting.facilitators
        if not self._meetings.may_debrief or not (led or self._desk.role is Role.CSUP):
            return ""
        rid = group_store.debrief(self._desk.index(CLINICAL), whole.id, whole.author)
        return "" if rid is None else from_payload(Debrief, self._desk.read(CLINICAL, rid).payload).words

    def waiting(self) -> tuple[Waiting, ...]:
        """Meetings that this login led and has not signed yet, the oldest first."""
        found = []
        for one in group_store.unsigned(self._index, self._desk.uid) if self._groups.sees else ():
            group = group_store.group(self._index, one.meeting.group)
            if group is not None and self._struck(one) is None:
                found.append(
                    Waiting(
                        id=one.stored.rid,
                        group_name=group.name,
                        number=one.meeting.number,
                        occurred_at=one.meeting.occurred_at,
                    )
                )
        return tuple(found)

    def unsigned(self) -> tuple[Unsigned, ...]:
        """This login's own drafts of meetings, oldest first."""
        found = []
        for draft in self._meetings.drafts():
            group = group_store.group(self._index, draft.typed.group)
            name = tr("Unknown") if group is None else group.name
            found.append(Unsigned(id=draft.id, group_name=name, number=draft.typed.number, changed=draft.changed))
        return tuple(found)

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _signed(self, one: StoredMeeting) -> tuple[Signed, ...]:
        """The author's signature is the record itself. Only who led the meeting counts."""
        now = set(self._after.hashes(one.stored.rid))
        found = {one.stored.author: Signed(uid=one.stored.author, at=one.stored.recorded_at, same=True)}
        for stored, signature in group_store.signatures(self._index, one.stored.rid):
            if stored.author in one.meeting.facilitators and stored.author != one.stored.author:
                same = now <= set(signature.hashes)
                found[stored.author] = Signed(uid=stored.author, at=stored.recorded_at, same=same)
        return tuple(found.values())

    def _waits_for(self, one: StoredMeeting) -> tuple[str, ...]:
        done = {each.uid for each in self._signed(one) if each.same}
        return tuple(uid for uid in one.meeting.facilitators if uid not in done)

    def _struck(self, one: StoredMeeting) -> str | None:
        """Why the meeting was entered in error; a strike by anybody but its author counts for nothing."""
        strikes = group_store.strikes(self._index, one.stored.rid)
        return next((strike.words for stored, strike in strikes if stored.author == one.stored.author), None)

    def _sees_struck(self, one: StoredMeeting) -> bool:
        return self._desk.role is Role.AUD or self._desk.uid == one.stored.author
