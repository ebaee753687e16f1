"""What a chaplain promised: found without opening a note, ticked once it is kept (cha.C6)."""

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import PASTORAL, NewRecord
from rehabdesk.notes.chaplaincy import pastoral_store
from rehabdesk.notes.chaplaincy.pastoral_model import FollowUp, FollowUpMark
from rehabdesk.notes.chaplaincy.reminder_service import Reminder, Reminders
from rehabdesk.notes.model import PAYLOAD_VERSION

MOST = 50


class FollowUps:
    """The promises of one unlocked chaplain. Nobody else's are shown."""

    def __init__(self, desk: Desk, reminders: Reminders) -> None:
        self._desk, self._reminders = desk, reminders

    def open(self) -> tuple[FollowUp, ...]:
        """What is not kept yet, the nearest day first. That its words were shown is logged."""
        if self._desk.role is not Role.CHA:
            return ()
        found = pastoral_store.promises(self._desk.index(PASTORAL), self._desk.uid, limit=MOST)
        if found:
            self._desk.log("list", comp=PASTORAL, extra={"count": len(found)})
        return found

    def reminders(self) -> tuple[Reminder, ...]:
        """Own private reminders that are not ticked."""
        return tuple(reminder for reminder in self._reminders.all() if not reminder.done)

    def set_done(self, note: str, done: bool) -> None:
        """Ticks a promise, or takes the tick back. The private reminder of the same contact goes with it."""
        is_chaplain = self._desk.role is Role.CHA
        promise = pastoral_store.promise(self._desk.index(PASTORAL), self._desk.uid, note) if is_chaplain else None
        if promise is None:
            raise UserError(tr("There is no such promise of yours."))
        if promise.done is done:
            return
        payload = to_payload(FollowUpMark(note=note, done=done))
        item = NewRecord(
            comp=PASTORAL,
            kind=pastoral_store.FOLLOW_UP_MARK,
            pv=PAYLOAD_VERSION,
            person=promise.person_id,
            payload=payload,
        )
        self._desk.commit("follow_up", [item])
        for reminder in self._reminders.all():
            if reminder.note == note:
                self._reminders.set_done(reminder.id, done)

    def set_reminder_done(self, reminder_id: str, done: bool) -> None:
        """Ticks a reminder alone; it is deleted 30 days later."""
        self._reminders.set_done(reminder_id, done)
