"""A chaplain's round: several contacts typed one after the other, and one signature for all (interface.md W5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import PASTORAL, NewRecord
from rehabdesk.notes.chaplaincy import pastoral_store
from rehabdesk.notes.chaplaincy.pastoral_model import FORM, KIND, WORSHIP, Gathering, GroupCount
from rehabdesk.notes.forms.answers_model import Answers, Problem
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.model import PAYLOAD_VERSION, NoteDraft, month_of
from rehabdesk.notes.service import Notes, Signed

MIDDAY = time(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A contact that is typed and not signed. `problems`: what stands in the way of signing it."""

    draft: NoteDraft
    problems: tuple[Problem, ...]

    @property
    def ready(self) -> bool:
        return not self.problems


class ContactLog:
    """The contacts of one unlocked chaplain, each a draft of its own until all are signed together."""

    def __init__(self, desk: Desk, notes: Notes) -> None:
        self._desk, self._notes = desk, notes

    def form(self, person_id: str) -> Form:
        """The form of a contact, as it is for this person."""
        return self._notes.sheet(FORM, person_id).form

    def logged(self) -> tuple[Logged, ...]:
        """What is typed and not signed, oldest first."""
        drafts = [draft for draft in self._notes.drafts() if draft.form == FORM and draft.person_id]
        return tuple(Logged(draft=draft, problems=self._notes.problems(draft.id)) for draft in drafts)

    def keep(self, person_id: str, answers: Answers, *, on: date, draft_id: str | None = None) -> str:
        """Keeps a contact as it is typed; gives the id of its draft. Worship is counted, never kept of a person."""
        if answers.get(KIND) == WORSHIP:
            raise UserError(tr("Worship is counted without names. Take the person out, or choose another kind."))
        moment = self._moment(on)
        if draft_id is None:
            return self._notes.start(FORM, person_id, occurred_at=moment, answers=answers)
        draft = self._notes.draft(draft_id)
        if draft.person_id != person_id:  # another person: what was typed belongs to the record of that one
            fresh = self._notes.start(FORM, person_id, occurred_at=moment, answers=answers)
            self._notes.drop_draft(draft_id)
            return fresh
        same_day = draft.occurred_at is not None and draft.occurred_at.astimezone().date() == on
        self._notes.save_draft(draft_id, occurred_at=draft.occurred_at if same_day else moment, answers=answers)
        return draft_id

    def drop(self, draft_id: str) -> None:
        self._notes.drop_draft(draft_id)

    def sign(self, draft_ids: Sequence[str]) -> tuple[Signed, ...]:
        """Signs these contacts in one commit: one note each, in the record of its person, none naming another."""
        if not draft_ids:
            raise UserError(tr("No contact is ready. Type a name first."))
        return self._notes.sign_together(draft_ids)

    def count_worship(self, on: date, number: int) -> None:
        """Adds a gathering to the month: how many came, without names and without the day."""
        if self._desk.role is not Role.CHA:
            raise UserError(tr("Only a chaplain counts worship."))
        if on > local_day(self._desk.clock):
            raise UserError(tr("Date must be today or in the past."), field="date")
        count = GroupCount(what=Gathering.WORSHIP, month=month_of(on), number=number)
        item = NewRecord(
            comp=PASTORAL,
            kind=pastoral_store.GROUP_COUNT,
            pv=PAYLOAD_VERSION,
            person=None,
            payload=to_payload(count),
        )
        self._desk.commit("group_count", [item])

    def _moment(self, on: date) -> datetime:
        """When a contact of that day began, as far as it is asked: now, or midday of an earlier day."""
        now = self._desk.clock.now()
        return now if on == now.astimezone().date() else datetime.combine(on, MIDDAY).astimezone()
