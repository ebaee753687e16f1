"""Private reminders of one login: nobody else can open them, and they go 30 days after they were ticked (cha.C7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.access.model import Draft
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.forms.form_model import Form, Level
from rehabdesk.notes.model import REMINDER_KEPT

REMINDER = "reminder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """`note`: the note in which it was written, "" for older ones. `done`: ticked, and deleted 30 days after."""

    id: str
    person_id: str | None
    words: str
    note: str
    done: bool


class Reminders:
    """Own rows, outside the record and the chain."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[Reminder, ...]:
        """Oldest first, ticked ones too."""
        return tuple(
            Reminder(
                id=draft.id,
                person_id=draft.person,
                words=str(draft.payload.get("words", "")),
                note=str(draft.payload.get("note", "")),
                done="done_at" in draft.payload,
            )
            for draft in self._desk.drafts(REMINDER)
        )

    def of(self, note: str) -> tuple[Reminder, ...]:
        """Those of a note that are not ticked."""
        return tuple(one for one in self.all() if one.note == note and not one.done)

    def keep(self, words: str, *, person_id: str, note: str) -> None:
        self._desk.save_draft(REMINDER, {"words": words, "note": note}, person=person_id)

    def set_done(self, reminder_id: str, done: bool) -> None:
        """Ticks it, from when on it is kept 30 days; or takes the tick back."""
        draft = self._desk.draft(reminder_id)
        payload: dict[str, Json] = {key: value for key, value in draft.payload.items() if key != "done_at"}
        if done:
            payload["done_at"] = stamp(self._desk.clock.now())
        self._desk.save_draft(REMINDER, payload, person=draft.person, draft_id=reminder_id)

    def drop_old(self) -> int:
        """Deletes those that were ticked more than 30 days ago; gives how many. Called at each unlock."""
        now = self._desk.clock.now()
        due = [draft.id for draft in self._desk.drafts(REMINDER) if _over(draft, now)]
        for reminder_id in due:
            self._desk.drop_draft(reminder_id)
        return len(due)


def as_answers(form: Form, reminders: Sequence[Reminder]) -> dict[str, Answer]:
    """The reminder of a note as the answer in which it was typed."""
    code = next((field.code for field in form.fields if field.level is Level.AUTHOR), None)
    return {} if code is None or not reminders else {code: reminders[-1].words}


def _over(draft: Draft, now: datetime) -> bool:
    done_at = draft.payload.get("done_at")
    return isinstance(done_at, str) and now - parse_stamp(done_at) > REMINDER_KEPT
