"""On a chaplain's day: what was promised, and private reminders, each with a box to tick."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.chaplaincy.follow_up_service import FollowUps
from rehabdesk.notes.chaplaincy.pastoral_model import FollowUp
from rehabdesk.notes.chaplaincy.reminder_service import Reminder
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.plain_kit import Card


def follow_ups_card(
    kit: Kit, follow_ups: FollowUps, *, name_of: Callable[[str], str], said: Callable[[str], None]
) -> Card:
    """A ticked line stays until the page is opened again, so that a slip is taken back where it was made."""

    def promise(one: FollowUp) -> QWidget:
        box = kit.check(isolate(one.words))

        def tick(on: bool) -> None:
            follow_ups.set_done(one.note, on)
            said(tr("Ticked. Untick it to take it back.") if on else tr("Taken back; the history keeps both marks."))

        box.toggled.connect(tick)
        due = "" if one.on is None else tr("by {day}").format(day=short(one.on))
        late = one.on is not None and one.on < kit.today()
        tag = kit.tag(tr("Overdue"), "red") if late else None
        return _row(kit, box, name_of(one.person_id), due, tag)

    def reminder(one: Reminder) -> QWidget:
        box = kit.check(isolate(one.words))

        def tick(on: bool) -> None:
            follow_ups.set_reminder_done(one.id, on)
            said(tr("Ticked: deleted in 30 days.") if on else tr("Taken back."))

        box.toggled.connect(tick)
        return _row(kit, box, name_of(one.person_id or ""), tr("only you can read it"), None)

    rows: list[QWidget] = [promise(one) for one in follow_ups.open()]
    own = follow_ups.reminders()
    if not rows and not own:
        rows = [kit.empty(tr("You promised nothing that is still open."))]
    if own:
        rows.append(kit.label(tr("Private reminders"), "h3"))
        rows += [reminder(one) for one in own]
    return kit.card(tr("Follow-ups I promised"), *rows, gap=2)


def _row(kit: Kit, box: QCheckBox, name: str, more: str, tag: QWidget | None) -> QWidget:
    box.setAccessibleName(f"{name}: {box.accessibleName()}")
    words = " · ".join(isolate(each) for each in (name, more) if each)
    return kit.box(kit.column(kit.row((box, 1), tag), kit.label(words, "small", tone="muted", wrap=True), gap=0))
