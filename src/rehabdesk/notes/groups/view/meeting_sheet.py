"""The common part of a meeting as fields: when, which number, the theme, who led, what was done; no names in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.i18n import tr
from rehabdesk.notes.forms.answers_model import Problem
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.groups.group_model import LONGEST_DEBRIEF, LONGEST_DONE, LONGEST_EXERCISE, LONGEST_THEME
from rehabdesk.notes.groups.group_words_model import options
from rehabdesk.notes.groups.meeting_draft_model import TypedMeeting
from rehabdesk.ui.dates import local
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.kit import Kit

NAMED = ("grp.GS1", "grp.GS4", "grp.GS7", "grp.GS8")
"""Fields in which no name may stand."""


class MeetingSheet(QWidget):
    """`leaders`: (login, name) of the facilitators of the group. `debrief`: this login writes one."""

    changed = Signal()

    def __init__(self, kit: Kit, form: Form, leaders: Sequence[tuple[str, str]], *, debrief: bool) -> None:
        super().__init__()
        self._filling = False
        self._named: frozenset[str] = frozenset()
        self._form = form
        self._day, self._time = kit.date_field(), kit.time_field()
        self._minutes, self._number = kit.line(), kit.line()
        for line in (self._minutes, self._number):
            line.setMinimumWidth(kit.theme.px(64))
        self._theme = kit.line(limit=LONGEST_THEME)
        self._leaders = kit.several(leaders)
        self._climate = kit.choice(options(form, "grp.GS5"))
        self.done = kit.text_area(limit=LONGEST_DONE, lines=2)
        self._exercise = kit.line(limit=LONGEST_EXERCISE)
        self.debrief: TextArea | None = kit.text_area(limit=LONGEST_DEBRIEF, lines=2) if debrief else None
        hint = tr("Stands in the record of everybody who was there.")
        self._fields: dict[str, Field] = {
            "hdr.2": kit.field(tr("&Date"), self._day, required=True),
            "time": kit.field(tr("T&ime"), self._time, required=True),
            "hdr.3": kit.field(tr("&Minutes"), self._minutes, required=True),
            "grp.GS1.number": kit.field(tr("&No."), self._number, required=True),
            "grp.GS1": kit.field(self._words("grp.GS1"), self._theme, required=True),
            "grp.GS2": kit.field(tr("Who led it"), self._leaders, required=True),
            "grp.GS4": kit.field(self._words("grp.GS4"), self.done, required=True, hint=hint),
            "grp.GS5": kit.field(self._words("grp.GS5"), self._climate, required=True),
            "grp.GS7": kit.field(self._words("grp.GS7"), self._exercise),
        }
        if self.debrief is not None:
            apart = tr("Clinical: psychologists only. In nobody's record, so it names nobody.")
            self._fields["grp.GS8"] = kit.field(self._words("grp.GS8"), self.debrief, hint=apart)
        self._place(kit, several=len(leaders) > 1)
        self._listen()

    @property
    def at_the_end(self) -> list[Field]:
        """Fields that stand below the people: the exercise, and the debrief, which goes elsewhere."""
        return [self._fields[code] for code in ("grp.GS7", "grp.GS8") if code in self._fields]

    def fill(self, typed: TypedMeeting) -> None:
        """Shows what was kept, or what a new meeting starts with."""
        self._filling = True
        if typed.occurred_at is not None:
            at = local(typed.occurred_at)
            self._day.set_date(at.date())
            self._time.set_time(time(at.hour, at.minute))
        self._minutes.setText(typed.minutes)
        self._number.setText(typed.number)
        self._theme.setText(typed.theme)
        self._leaders.choose(typed.facilitators)
        self._climate.choose(typed.climate or None)
        self.done.set_words(typed.done)
        self._exercise.setText(typed.exercise)
        if self.debrief is not None:
            self.debrief.set_words(typed.debrief)
        self._filling = False

    def typed(self, before: TypedMeeting) -> TypedMeeting:
        """What stands in the fields; of `before` the group and the marks."""
        return replace(
            before,
            number=self._number.text(),
            theme=self._theme.text(),
            occurred_at=self._moment(),
            minutes=self._minutes.text(),
            facilitators=self._leaders.codes(),
            done=self.done.words(),
            climate=self._climate.code() or "",
            exercise=self._exercise.text(),
            debrief=before.debrief if self.debrief is None else self.debrief.words(),
        )

    # errors

    def show_names(self, sentences: Mapping[str, str]) -> None:
        """Says beside a field that it names somebody, and takes that back."""
        for code in NAMED:
            field = self._fields.get(code)
            if field is not None and code in sentences:
                field.complain(sentences[code])
            elif field is not None and code in self._named:
                field.calm()
        self._named = frozenset(sentences)

    def complain(self, problem: Problem) -> QWidget | None:
        """Shows the sentence at its field and gives the control; None where it is none of these."""
        field = self._fields.get(problem.field)
        if field is None:
            return None
        field.complain(problem.sentence)
        return self._control(problem.field)

    def calm(self) -> None:
        for field in self._fields.values():
            field.calm()

    # where the caret stands

    def place(self) -> dict[str, Json]:
        focus: QWidget | None = QApplication.focusWidget()
        for code in self._fields:
            control = self._control(code)
            if control is focus and isinstance(control, (QLineEdit, QTextEdit)):
                caret = control.textCursor().position() if isinstance(control, QTextEdit) else control.cursorPosition()
                return {"field": code, "caret": caret}
        return {}

    def restore(self, place: Mapping[str, Json]) -> None:
        code, caret = place.get("field"), place.get("caret")
        if not isinstance(code, str) or code not in self._fields or not isinstance(caret, int):
            return
        control = self._control(code)
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(control, QTextEdit):
            cursor = control.textCursor()
            cursor.setPosition(min(caret, len(control.toPlainText())))
            control.setTextCursor(cursor)
        elif isinstance(control, QLineEdit):
            control.setCursorPosition(caret)

    # inside

    def _words(self, code: str) -> str:
        question = self._form.field(code)
        return code if question is None else tr(question.text).replace("&", "&&")

    def _control(self, code: str) -> QWidget:
        control = self._fields[code].control
        line = getattr(control, "line", None)
        return line if isinstance(line, QLineEdit) else control

    def _moment(self) -> datetime | None:
        day, at = self._day.day(), self._time.moment()
        return None if day is None or at is None else datetime.combine(day, at).astimezone()

    def _place(self, kit: Kit, *, several: bool) -> None:
        fields = self._fields
        if not several:
            fields["grp.GS2"].hide()
        first = kit.row(
            (fields["hdr.2"], 5),
            (fields["time"], 2),
            (fields["hdr.3"], 2),
            (fields["grp.GS1.number"], 2),
            (fields["grp.GS1"], 9),
            gap=3,
        )
        last = kit.row((fields["grp.GS5"], 3), (fields["grp.GS2"], 2), gap=3)
        kit.fill(QVBoxLayout(self), [first, fields["grp.GS4"], last], gap=3)

    def _listen(self) -> None:
        self._day.changed.connect(self._touched)
        self._time.changed.connect(self._touched)
        for line in (self._minutes, self._number, self._theme, self._exercise):
            line.textEdited.connect(lambda _text: self._touched())
        for area in (self.done, self.debrief):
            if area is not None:
                area.textChanged.connect(self._touched)
        self._leaders.changed.connect(self._touched)
        self._climate.changed.connect(lambda _code: self._touched())

    def _touched(self) -> None:
        if not self._filling:
            self.changed.emit()
