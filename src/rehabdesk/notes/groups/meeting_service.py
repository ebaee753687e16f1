"""Writing a group meeting: one entry for all, drafted and signed once; nobody's record holds another person.

What comes after signing: `meeting_after_service.py`. Reading: `meetings_read_service.py`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

from rehabdesk.access.model import Draft
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import CLINICAL, TEAM, Index, NewRecord
from rehabdesk.notes.forms.answers_model import Problem, UnansweredError
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.forms.kept_form_service import KeptForms
from rehabdesk.notes.groups import group_store
from rehabdesk.notes.groups.group_model import (
    FORM,
    PAYLOAD_VERSION,
    Attendance,
    Debrief,
    Group,
    GroupLine,
    Lines,
    Mark,
    Meeting,
)
from rehabdesk.notes.groups.group_service import CLINICAL_FACILITATORS, Groups
from rehabdesk.notes.groups.group_store import StoredMeeting
from rehabdesk.notes.groups.meeting_draft_model import (
    MeetingDraft,
    TypedMeeting,
    problems_of,
    read_typed,
    require_minutes,
    require_number,
)
from rehabdesk.notes.spelling_model import NameBook

MEETING_DRAFT = "meeting"
USUAL_MINUTES = "90"


class Meetings:
    """Meetings of the groups that this login leads."""

    def __init__(self, desk: Desk, groups: Groups, forms: Forms) -> None:
        self._desk, self._groups = desk, groups
        self.form = forms.form(FORM)
        self._kept = KeptForms(desk, forms)

    # drafts

    @property
    def may_debrief(self) -> bool:
        """Whether this login writes and reads debriefs: only who holds the clinical key (GS8)."""
        return self._desk.role in CLINICAL_FACILITATORS and self._desk.holds(CLINICAL)

    def next_number(self, group_id: str) -> int:
        return max(self._taken(group_id), default=0) + 1

    def fresh(self, group_id: str) -> TypedMeeting:
        """What a new meeting starts with. Nothing is kept yet; UserError where this login does not lead the group."""
        group = self._require_led(group_id)
        stored = group_store.meetings(self._index, group_id)
        return TypedMeeting(
            group=group_id,
            number=str(self.next_number(group_id)),
            occurred_at=self._desk.clock.now().replace(second=0, microsecond=0),
            minutes=str(stored[0].meeting.minutes) if stored else USUAL_MINUTES,
            facilitators=group.facilitators,
        )

    def draft_of(self, group_id: str) -> MeetingDraft | None:
        """The unsigned meeting that this login has of the group, the newest if there are several."""
        return next((draft for draft in reversed(self.drafts()) if draft.typed.group == group_id), None)

    def save_draft(self, typed: TypedMeeting, draft_id: str | None) -> str:
        """Autosave: replaces what was kept before, or keeps a new draft; gives its id."""
        if draft_id is None:
            self._require_led(typed.group)
        else:
            typed = replace(typed, group=self.draft(draft_id).typed.group)
        return self._desk.save_draft(MEETING_DRAFT, typed.to_payload(), person=None, draft_id=draft_id)

    def draft(self, draft_id: str) -> MeetingDraft:
        """UserError where this login has no such draft."""
        found = self._desk.draft(draft_id)
        if found.kind != MEETING_DRAFT:
            raise UserError(tr("That draft is not there any more."))
        return _read(found)

    def drafts(self) -> tuple[MeetingDraft, ...]:
        """The unsigned meetings of this login; nobody else can open them."""
        return tuple(_read(draft) for draft in self._desk.drafts(MEETING_DRAFT))

    def drop_draft(self, draft_id: str) -> None:
        self._desk.drop_draft(self.draft(draft_id).id)

    def people(self, typed: TypedMeeting) -> dict[str, str]:
        """(id, name) of everybody in the meeting: the group on that day, and who has a mark already."""
        day = typed.occurred_at.astimezone().date() if typed.occurred_at is not None else None
        found = {one.person: one.name for one in self._groups.members(typed.group, on=day)}
        ever = {one.person for one in group_store.members(self._index, typed.group)}
        for person in typed.marks:
            if person in ever and person not in found and not typed.mark(person).empty:
                found[person] = self._groups.name_of(person)
        return found

    def names(self, group_id: str) -> NameBook:
        """The names that may not stand in another person's record."""
        return self._groups.name_book(frozenset(one.person for one in group_store.members(self._index, group_id)))

    def problems(self, draft_id: str) -> tuple[Problem, ...]:
        """Everything that stands in the way of signing, each with its field."""
        typed = self.draft(draft_id).typed
        found = problems_of(
            typed,
            self.form,
            self.people(typed),
            names=self.names(typed.group),
            taken=self._taken(typed.group),
            now=self._desk.clock.now(),
        )
        if self._desk.uid not in typed.facilitators:
            sentence = tr("Who signs the meeting has led it. Tick yourself, or let the other facilitator sign.")
            found = (Problem(field="grp.GS2", sentence=sentence), *found)
        return found

    # signing

    def sign(self, draft_id: str) -> str:
        """Makes the meeting final in one commit: the common part, each person's own record, clinical lines, debrief.

        Gives the meeting's id. UnansweredError with all problems, UserError where this login does not lead the group.
        """
        self._desk.require_current(TEAM)
        typed = self.draft(draft_id).typed
        group = self._require_led(typed.group)
        if group.lines is Lines.CLINICAL and not self._desk.holds(CLINICAL):
            raise UserError(tr("The lines of this group are clinical. Only a psychologist signs its meetings."))
        if found := self.problems(draft_id):
            raise UnansweredError(found)
        meeting_id, meeting = self._desk.ids(), self._meeting(typed, group)
        items = [new_record(TEAM, group_store.MEETING, None, to_payload(meeting), rid=meeting_id)]
        items += self._kept.unkept(self.form)
        for person in self.people(typed):
            items += self.records_of(meeting_id, meeting, group.name, person, typed.mark(person))
        if typed.debrief.strip() and self.may_debrief:
            debrief = Debrief(meeting=meeting_id, words=typed.debrief)
            items.append(new_record(CLINICAL, group_store.DEBRIEF, None, to_payload(debrief)))
        self._desk.commit("sign_meeting", items, drop_drafts=[draft_id], extra={"count": len(self.people(typed))})
        return meeting_id

    def records_of(
        self, meeting_id: str, meeting: Meeting, group_name: str, person: str, mark: Mark
    ) -> list[NewRecord]:
        """One person's own records of a meeting under the form as it is asked now."""
        return person_records(self._desk.ids(), self.form.digest, meeting_id, meeting, group_name, person, mark)

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _taken(self, group_id: str) -> frozenset[int]:
        """Numbers of the meetings that stand."""
        return frozenset(
            one.meeting.number for one in group_store.meetings(self._index, group_id) if not is_struck(self._index, one)
        )

    def _require_led(self, group_id: str) -> Group:
        group = self._groups.group(group_id)
        if not self._groups.leads(group):
            raise UserError(tr("Only a facilitator of the group writes its meetings."))
        if not group.open:
            raise UserError(tr("This group is closed. Set up a new one."))
        return group

    def _meeting(self, typed: TypedMeeting, group: Group) -> Meeting:
        return Meeting(
            group=typed.group,
            number=require_number(typed.number, frozenset()),
            theme=typed.theme.strip(),
            occurred_at=cast(datetime, typed.occurred_at),
            minutes=require_minutes(typed.minutes),
            done=typed.done.strip(),
            climate=typed.climate,
            lines=group.lines,
            facilitators=tuple(uid for uid in group.facilitators if uid in typed.facilitators),
            exercise=typed.exercise.strip(),
        )


def person_records(
    note: str, digest: str, meeting_id: str, meeting: Meeting, group_name: str, person: str, mark: Mark
) -> list[NewRecord]:
    """One person's own records. Who was not there gets neither the common text nor an answer about taking part."""
    there, apart = not mark.absent, meeting.lines is Lines.CLINICAL
    words = mark.words.strip()
    said = {"took_part": mark.took_part, "skill": mark.skill} if there else {}
    has_line = bool(words or any(said.values()))
    attendance = Attendance(
        note=note,
        meeting=meeting_id,
        group=group_name,
        number=meeting.number,
        theme=meeting.theme,
        occurred_at=meeting.occurred_at,
        minutes=meeting.minutes,
        attendance=mark.attendance,
        facilitators=meeting.facilitators,
        done=meeting.done if there else "",
        exercise=meeting.exercise if there else "",
        kept=mark.kept and there and bool(meeting.exercise),
        apart=apart and has_line,
        form_digest=digest,
        **({} if apart else {**said, "words": words}),
    )
    items = [new_record(TEAM, group_store.ATTENDANCE, person, to_payload(attendance))]
    if apart and has_line:
        line = GroupLine(
            note=note,
            meeting=meeting_id,
            occurred_at=meeting.occurred_at,
            words=words,
            form_digest=digest,
            **said,
        )
        items.append(new_record(CLINICAL, group_store.LINE, person, to_payload(line)))
    return items


def is_struck(index: Index, one: StoredMeeting) -> bool:
    """Whether the meeting was entered in error; a strike by anybody but its author counts for nothing."""
    strikes = group_store.strikes(index, one.stored.rid)
    return any(strike.author == one.stored.author for strike, _ in strikes)


def _read(draft: Draft) -> MeetingDraft:
    return MeetingDraft(id=draft.id, typed=read_typed(draft.payload), changed=draft.changed)


def new_record(
    comp: str, kind: str, person: str | None, payload: Mapping[str, Json], *, rid: str | None = None
) -> NewRecord:
    return NewRecord(comp=comp, kind=kind, pv=PAYLOAD_VERSION, person=person, payload=payload, rid=rid)
