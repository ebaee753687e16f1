"""Writing a group meeting: the common part once, a row for each person, kept while it is typed, signed once for all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.notes.forms.answers_model import Problem
from rehabdesk.notes.groups.group_model import Group
from rehabdesk.notes.groups.group_words_model import level_tag
from rehabdesk.notes.groups.meeting_draft_model import (
    ROW,
    TypedMeeting,
    name_sentence,
    named_in,
)
from rehabdesk.notes.groups.meeting_service import Meetings
from rehabdesk.notes.groups.view.meeting_rows import MeetingRows
from rehabdesk.notes.groups.view.meeting_sheet import MeetingSheet
from rehabdesk.notes.words_model import level_words, person_can_read
from rehabdesk.ui.dates import clock
from rehabdesk.ui.draft_page import DraftPage
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Route

NAMES_AFTER_MS = 400
"""Names are looked for when the fingers rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the page is told of its group. `leaders`: (login, name) of its facilitators; `mine`: this login."""

    group_id: str
    group: Group
    leaders: Sequence[tuple[str, str]]
    mine: str
    may_add: bool
    has_alert: bool


class MeetingPage(DraftPage):
    """`draft_id` None: a new meeting, which is kept from the first key on."""

    def __init__(
        self, kit: Kit, meetings: Meetings, setting: Setting, *, draft_id: str | None, now: Callable[[], datetime]
    ) -> None:
        super().__init__(
            kit,
            draft_id,
            write=lambda draft: meetings.save_draft(self._typed, draft),
            drop=meetings.drop_draft,
            now=now,
        )
        self._meetings, self._set = meetings, setting
        self._typed = meetings.fresh(setting.group_id) if draft_id is None else meetings.draft(draft_id).typed
        self._names = meetings.names(setting.group_id)
        self._named: Mapping[str, str] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(NAMES_AFTER_MS)
        self._rest.timeout.connect(self._look_for_names)
        self.sheet = MeetingSheet(kit, meetings.form, setting.leaders, debrief=meetings.may_debrief)
        self.rows = MeetingRows(kit, meetings.form, setting.group.lines)
        self._ready = kit.label("", "small", tone="muted")
        self._set_frame()
        self.sheet.fill(self._typed)
        self._show_rows()
        self._look_for_names()
        self._listen()

    @property
    def typed(self) -> TypedMeeting:
        """What stands on the page."""
        return self._typed

    def first_focus(self) -> QWidget | None:
        return self.rows.table if self.rows.rows else self.sheet.done

    def main_act(self) -> None:
        """Sign: what is missing is said, or one confirmation is asked."""
        if not self._is_kept() or self._draft is None:
            return
        found = self._meetings.problems(self._draft)
        self._show_problems(found)
        if not found:
            count = len(self.rows.rows)
            words = ntr(
                "Signing meeting no. {number} of {group} for {count} person: you cannot edit it afterwards, "
                "but you can add details.",
                "Signing meeting no. {number} of {group} for {count} people: you cannot edit it afterwards, "
                "but you can add details.",
                count,
            )
            sentence = words.format(number=self._typed.number, group=isolate(self._set.group.name), count=count)
            self.ask(sentence, tr("Sign meeting"), self._sign)

    def next_unanswered(self) -> None:
        """F8: the next person whose row is not ready, after the one in hand."""
        if self.rows.choose_next_missing():
            self.reveal(self.rows.table)

    def undo(self) -> None:
        self.rows.undo()

    def place(self) -> Mapping[str, Json]:
        return {
            **super().place(),
            "row": self.rows.table.currentIndex().row(),
            **({"line": True} if self.rows.panel.line.hasFocus() else {}),
            **self.sheet.place(),
        }

    def restore(self, place: Mapping[str, Json]) -> None:
        row = place.get("row")
        if isinstance(row, int) and 0 <= row < len(self.rows.rows):
            self.rows.table.selectRow(row)
        if place.get("line") is True:
            self.rows.panel.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sheet.restore(place)
        super().restore(place)

    # building

    def _set_frame(self) -> None:
        kit, group = self.kit, self._set.group
        comp = group.lines.value
        title = tr("{group}, no. {number}").format(group=isolate(group.name), number=self._typed.number)
        level = kit.tag(*level_tag(group.lines))
        level.setToolTip(f"{level_words(comp)}. {person_can_read(comp)}".strip())
        everyone = kit.button(tr("E&veryone came"), icon="users-round")
        everyone.setObjectName("everyone-came")
        everyone.pressed.connect(self.rows.everyone_came)  # a mnemonic clicks a tenth of a second late
        add = alert = None
        if self._set.may_add:
            add = kit.button(tr("&Add person"), icon="user-plus")
            add.clicked.connect(lambda: self.go.emit(Route(name="group_add", id=self._set.group_id)))
        if self._set.has_alert:
            alert = kit.button(tr("Pass on as a safety alert"), kind="quiet", icon="shield-alert")
            alert.clicked.connect(self._alert)
        self.set_head(kit.row(kit.label(title, "h1"), level, STRETCH, add, everyone, gap=3))
        note = tr("Nobody's name appears in another person's record.")
        people = kit.card(
            tr("People"),
            self.rows,
            kit.label(note, "small", tone="muted", wrap=True),
            action=alert,
        )
        common = kit.card("", self.sheet)
        self.set_body(kit.box(kit.column(common, people, kit.card("", *self.sheet.at_the_end), STRETCH, gap=4)))
        self.set_foot(self._foot_row())

    def _foot_row(self) -> QWidget:
        kit, others = self.kit, [name for uid, name in self._set.leaders if uid != self._set.mine]
        delete, keep = self.draft_buttons(tr("&Keep as draft"))
        then = None
        if others:
            words = tr("Then {name} signs the same version").format(name=join_words(isolate(name) for name in others))
            then = kit.label(words, "small", tone="muted", wrap=True)
        sign = kit.button(tr("Sign meeting"), kind="primary", icon="signature")
        sign.setToolTip(f"{tr('Sign meeting')} (Ctrl+Enter)")
        sign.clicked.connect(self.main_act)
        words_beside = kit.box(kit.row(self._ready, (then, 1) if then is not None else STRETCH, gap=4))
        return kit.box(kit.row(delete, (words_beside, 1), keep, sign))

    def _listen(self) -> None:
        self.sheet.changed.connect(self._sheet_changed)
        self.rows.changed.connect(self._rows_changed)
        self.rows.line_wanted.connect(self.reveal)
        self.rows.table.reached.connect(lambda: QTimer.singleShot(0, self, self._show_table))

    def _show_table(self) -> None:
        """With the focus in it the whole table is in sight, where it fits."""
        self.bring_into_sight(self.rows.table)

    # what is typed

    def _show_rows(self) -> None:
        self.rows.show_people(self._typed, self._meetings.people(self._typed), self._named)
        count = len(self.rows.rows)
        words = ntr("{ready} of {count} ready", "{ready} of {count} ready", count)
        self._ready.setText(words.format(ready=self.rows.ready, count=count))

    def _rows_changed(self) -> None:
        self._typed = replace(self._typed, marks=self.rows.marks)
        self._show_rows()
        self._autosave.touch()
        self._rest.start()

    def _sheet_changed(self) -> None:
        before = self._typed.occurred_at
        self._typed = self.sheet.typed(self._typed)
        if self._typed.occurred_at != before:
            self._show_rows()  # another day has other members
        self._autosave.touch()
        self._rest.start()

    def _look_for_names(self) -> None:
        """Says beside each field that it names somebody; signing is refused with the same words."""
        self._named = named_in(self._typed, self._names)
        self.sheet.show_names({code: name_sentence(name) for code, name in self._named.items()})
        self._show_rows()

    def _show_problems(self, found: Sequence[Problem]) -> None:
        self.sheet.calm()
        shown: list[tuple[str, QWidget]] = []
        for problem in found:
            in_sheet = self.sheet.complain(problem)
            shown.append((problem.sentence, self.rows.table if in_sheet is None else in_sheet))
        rows = [problem for problem in found if problem.field.startswith(ROW)]
        if rows:
            self.rows.choose(rows[0].field.removeprefix(ROW))
        self.problems(shown)

    # keeping and signing

    def _ask_delete(self) -> None:
        sentence = tr("Deleting this draft of a meeting of {group}: it cannot be brought back.")
        self.ask(sentence.format(group=isolate(self._set.group.name)), tr("Delete draft"), self._delete, danger=True)

    def _sign(self) -> None:
        if self._draft is None or not self.save():  # what was typed while the question stood there is signed too
            return
        try:
            self._meetings.sign(self._draft)
        except UserError as problem:
            self._show_problems((Problem(field=problem.field or "", sentence=problem.sentence),))
            return
        self._autosave.forget()
        self.said.emit(tr("Signed {time}.").format(time=clock(self._now())))
        self._go_back()

    def _go_back(self) -> None:
        self.go.emit(Route(name="group", id=self._set.group_id))

    def _alert(self) -> None:
        row = self.rows.table.row_in_hand()
        if row is not None:
            self.go.emit(Route(name="alert_new", person=row.person))
