"""The people of a meeting that is being written: the table, what is written about the person in hand, and undo."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.groups.group_model import Lines, Mark
from rehabdesk.notes.groups.group_words_model import legend
from rehabdesk.notes.groups.meeting_draft_model import ROW, TypedMeeting, came_all, missing_of, name_sentence
from rehabdesk.notes.groups.view.mark_panel import MarkPanel
from rehabdesk.notes.groups.view.marks_table import MarkRow, MarksTable
from rehabdesk.ui.kit import Kit

MOST_UNDONE = 50


class MeetingRows(QWidget):
    """`changed`: the marks are others now; `line_wanted`: the line of the person in hand should take the focus."""

    changed = Signal()
    line_wanted = Signal(object)

    def __init__(self, kit: Kit, form: Form, lines: Lines) -> None:
        super().__init__()
        clinical = lines is Lines.CLINICAL
        line = tr("Private line") if clinical else tr("Line")
        where = tr("Private line · Clinical: psychologists only") if clinical else tr("Line · Team")
        self.table = MarksTable(kit.theme, form, line=line, name=tr("People of this meeting"))
        self.panel = MarkPanel(kit, form, line_label=where)
        self._marks: dict[str, Mark] = {}
        self._named: Mapping[str, str] = {}
        self._kept_asked = False
        self._before: list[Mapping[str, Mark]] = []
        keys = kit.label(legend(form), "small", tone="hint", wrap=True)
        kit.fill(QVBoxLayout(self), [self.table, keys, self.panel], gap=3)
        self.table.marked.connect(self._mark)
        self.table.chosen.connect(lambda _row: self._show_panel())
        self.table.line_wanted.connect(lambda: self.line_wanted.emit(self.panel.line))
        self.panel.changed.connect(self._chose)
        self.panel.typed.connect(self._wrote)
        self.panel.moved.connect(self._move)

    @property
    def marks(self) -> Mapping[str, Mark]:
        return self._marks

    @property
    def rows(self) -> tuple[MarkRow, ...]:
        return self.table.rows.records

    @property
    def ready(self) -> int:
        """How many people's rows can be signed as they are."""
        return sum(not missing_of(row.mark) and not row.names for row in self.rows)

    def show_people(self, typed: TypedMeeting, people: Mapping[str, str], named: Mapping[str, str]) -> None:
        """Shows the rows. `people`: id and name; `named`: whom fields name, by code of the field or row."""
        self._marks, self._named = dict(typed.marks), named
        self._kept_asked = bool(typed.exercise.strip())
        self.table.show_marks(
            [
                MarkRow(person=person, name=name, mark=typed.mark(person), names=f"{ROW}{person}" in named)
                for person, name in people.items()
            ]
        )
        self._show_panel()

    def everyone_came(self) -> None:
        """Whoever has no mark yet came; the table has the focus, for the exceptions."""
        typed = TypedMeeting(group="", marks=self._marks)
        self._take({**self._marks, **came_all(typed, [row.person for row in self.rows])})
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def undo(self) -> None:
        """Takes the last mark back; words are undone in their field."""
        if not self._before:
            return
        before = self._before.pop()
        self._marks = {
            person: replace(before.get(person, Mark()), words=self._marks.get(person, Mark()).words)
            for person in {*before, *self._marks}
        }
        self.changed.emit()

    def choose(self, person: str) -> None:
        """Puts one person in hand."""
        persons = [row.person for row in self.rows]
        if person in persons:
            self.table.selectRow(persons.index(person))

    def choose_next_missing(self) -> bool:
        """Puts the next person in hand whose row is not ready; False where all are."""
        here = self.table.currentIndex().row()
        order = [*range(here + 1, len(self.rows)), *range(here + 1)]
        place = next((each for each in order if missing_of(self.rows[each].mark)), None)
        if place is None:
            return False
        self.table.selectRow(place)
        return True

    # inside

    def _show_panel(self) -> None:
        row = self.table.row_in_hand()
        self.panel.show_row(row, kept_asked=self._kept_asked)
        name = "" if row is None else self._named.get(f"{ROW}{row.person}", "")
        if name:
            self.panel.line_field.complain(name_sentence(name))
        else:
            self.panel.line_field.calm()

    def _mark(self, person: str, mark: Mark) -> None:
        self._take({**self._marks, person: mark})

    def _take(self, marks: Mapping[str, Mark]) -> None:
        self._before = [*self._before[-MOST_UNDONE:], self._marks]
        self._marks = dict(marks)
        self.changed.emit()

    def _chose(self, mark: Mark) -> None:
        if (row := self.table.row_in_hand()) is not None:
            self._mark(row.person, mark)

    def _wrote(self, mark: Mark) -> None:
        if (row := self.table.row_in_hand()) is not None:
            self._marks = {**self._marks, row.person: mark}
            self.changed.emit()

    def _move(self, step: int) -> None:
        """Down and Up in the line go on to the next person's line; Enter goes back to the table."""
        if step:
            self.table.go(step)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
