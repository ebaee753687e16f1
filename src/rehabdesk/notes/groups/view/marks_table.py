"""The people of a meeting as a table that is marked by keys: a letter for who came, a digit for how they took part."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.groups.group_model import Mark
from rehabdesk.notes.groups.group_words_model import MARKS, choice_words, letters, options
from rehabdesk.notes.groups.meeting_draft_model import missing_of
from rehabdesk.ui.choices import digit_of
from rehabdesk.ui.table import HEAD_HEIGHT, ROW_HEIGHT, Column, Table
from rehabdesk.ui.theme import Theme

MOST_ROWS = 7
"""A longer list scrolls by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRow:
    """One person's line. `names`: somebody else's name stands in it; `kept_asked`: there was something to keep."""

    person: str
    name: str
    mark: Mark
    names: bool = False


def columns(form: Form, *, line: str, states: bool) -> list[Column]:
    """The columns of a meeting. `line`: the title of the last text; `states`: a draft says what is missing."""
    found = [
        Column(tr("Person"), lambda row: row.name, share=5),
        Column(tr("Came"), lambda row: _words(form, "hdr.7", row.mark.attendance), share=5),
        Column(tr("Took part"), lambda row: _took(form, row.mark), least=100),
        Column(tr("Skill seen"), lambda row: _words(form, "grp.GS6.skill", row.mark.skill), share=5),
        Column(line, lambda row: row.mark.words, share=8),
    ]
    if states:
        found.append(Column(tr("State"), lambda _row: "", tag=_state, least=150))
    return found


class MarksTable(Table):
    """One Tab stop. `marked`: person and new mark; `line_wanted`: Enter on somebody; `reached`: it has the focus."""

    marked = Signal(str, object)
    line_wanted = Signal()
    reached = Signal()

    def __init__(self, theme: Theme, form: Form, *, line: str, name: str) -> None:
        super().__init__(theme, columns(form, line=line, states=True), name)
        self._letters = letters()
        self._took = [code for code, _ in options(form, "grp.GS6.part")]
        self._px = theme.px
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.opened.connect(lambda _row: self.line_wanted.emit())

    def show_marks(self, rows: Sequence[MarkRow]) -> None:
        """Replaces the rows; the person in hand stays in hand."""
        place = max(self.currentIndex().row(), 0)
        scroll = self.verticalScrollBar().value()
        self.rows.show(rows)
        if rows:
            self.selectRow(min(place, len(rows) - 1))
            self.verticalScrollBar().setValue(scroll)
        shown = min(max(len(rows), 1), MOST_ROWS)
        self.setFixedHeight(self._px(HEAD_HEIGHT) + shown * self._px(ROW_HEIGHT) + 4)

    def row_in_hand(self) -> MarkRow | None:
        row = self.current()
        return row if isinstance(row, MarkRow) else None

    def go(self, step: int) -> None:
        """To the next person, or the one before."""
        place = self.currentIndex().row() + step
        if 0 <= place < self.rows.rowCount():
            self.selectRow(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        row = self.row_in_hand()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        changed = self._marked(row.mark, event) if row is not None and plain else None
        if row is None or changed is None:
            super().keyPressEvent(event)
            return
        self.marked.emit(row.person, changed)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.reached.emit()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Letters mark; they look for nothing."""

    def _marked(self, mark: Mark, event: QKeyEvent) -> Mark | None:
        typed, digit = event.text().upper(), digit_of(event)
        if digit is not None:
            return self._by_digit(mark, digit)
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return replace(mark, attendance="", took_part="")
        place = self._letters.find(typed) if typed else -1
        if place < 0:
            return None
        reasons = MARKS[place]
        at = reasons.index(mark.attendance) + 1 if mark.attendance in reasons else 0
        return replace(mark, attendance=reasons[at % len(reasons)])

    def _by_digit(self, mark: Mark, digit: int) -> Mark | None:
        """How the person took part; of somebody who was not there, which of several reasons."""
        if not mark.absent:
            return replace(mark, took_part=self._took[digit - 1]) if 1 <= digit <= len(self._took) else None
        reasons = next((each for each in MARKS if mark.attendance in each), ())
        return replace(mark, attendance=reasons[digit - 1]) if 1 <= digit <= len(reasons) else None


def _words(form: Form, code: str, chosen: str) -> str:
    return choice_words(form, code, chosen) if chosen else "–"


def _took(form: Form, mark: Mark) -> str:
    return "–" if mark.absent else _words(form, "grp.GS6.part", mark.took_part)


def _state(row: MarkRow) -> tuple[str, str]:
    if row.names:
        return tr("Names somebody"), "amber"
    count = missing_of(row.mark)
    return (
        (ntr("{count} answer missing", "{count} answers missing", count), "amber") if count else (tr("Ready"), "blue")
    )
