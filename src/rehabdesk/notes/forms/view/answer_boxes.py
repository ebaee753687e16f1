"""One control for each kind of question of a form. It takes and gives answers as `answers_model.Answer` has them."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from rehabdesk.core.choices import OTHER
from rehabdesk.core.i18n import tr
from rehabdesk.notes.forms.answers_model import Answer, Answers
from rehabdesk.notes.forms.form_model import Field, FieldType
from rehabdesk.ui.choices import Choice, Combo, Several
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.kit import Kit

MOST_SEGMENTS = 7
"""More answers than this stand in a list that opens."""
SHORT_LINE = 80
"""A line that is no longer than this stands beside others."""
BIG_TEXT = 1_000
"""A text that may be longer than this gets a field of several lines that grows."""


class AnswerBox(QWidget):
    """The control of one question. `changed`: something was answered; `answered`: by a digit, so one may go on."""

    changed = Signal()
    answered = Signal()

    def __init__(self, kit: Kit, field: Field) -> None:
        super().__init__()
        self.kit, self.field = kit, field
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(kit.theme.space(1))

    def answers(self) -> dict[str, Answer]:
        """Answer by code; nothing where nothing was said."""
        raise NotImplementedError

    def take(self, answers: Answers) -> None:
        """Shows what was kept."""
        raise NotImplementedError

    def control(self) -> QWidget:
        """What gets the focus."""
        raise NotImplementedError

    def texts(self) -> dict[str, QLineEdit | TextArea]:
        """By code, the controls that words are typed into."""
        return {}

    @property
    def small(self) -> bool:
        """Whether it can stand beside others in one row."""
        return False


class TextBox(AnswerBox):
    """A line or a text."""

    def __init__(self, kit: Kit, field: Field) -> None:
        super().__init__(kit, field)
        big = field.type is FieldType.TEXT and field.longest > BIG_TEXT
        limit = field.longest
        if field.type is FieldType.TEXT:
            lines = 6 if field.longest > 5_000 else (3 if big else 2)
            self._area: TextArea | None = kit.text_area(
                hint=tr(field.help) if field.help else "", limit=limit, lines=lines
            )
            self._area.textChanged.connect(self.changed)
            self.column.addWidget(self._area)
        else:
            self._area = None
            self._line = kit.line(hint=tr(field.help) if field.help else "", limit=limit)
            self._line.textChanged.connect(self.changed)
            self.column.addWidget(self._line)

    def answers(self) -> dict[str, Answer]:
        words = self._area.words() if self._area is not None else self._line.text()
        return {self.field.code: words} if words.strip() else {}

    def take(self, answers: Answers) -> None:
        words = str(answers.get(self.field.code, ""))
        if self._area is not None:
            self._area.set_words(words)
        else:
            self._line.setText(words)

    def control(self) -> QWidget:
        return self._area if self._area is not None else self._line

    def texts(self) -> dict[str, QLineEdit | TextArea]:
        return {self.field.code: self._area if self._area is not None else self._line}

    @property
    def small(self) -> bool:
        return self._area is None and self.field.longest <= SHORT_LINE


class _Small(AnswerBox):
    @property
    def small(self) -> bool:
        return True


class NumberBox(_Small):
    """A whole number. What is no number stays as it was typed and is said to be wrong."""

    def __init__(self, kit: Kit, field: Field) -> None:
        super().__init__(kit, field)
        self._line = kit.line()
        self._line.setMinimumWidth(kit.theme.px(64))
        self._line.textChanged.connect(self.changed)
        self.column.addWidget(self._line)

    def answers(self) -> dict[str, Answer]:
        typed = self._line.text().strip()
        if not typed:
            return {}
        return {self.field.code: int(typed) if typed.isdecimal() else typed}

    def take(self, answers: Answers) -> None:
        self._line.setText(str(answers.get(self.field.code, "")))

    def control(self) -> QWidget:
        return self._line


class DayBox(_Small):
    """A day, typed loosely."""

    def __init__(self, kit: Kit, field: Field) -> None:
        super().__init__(kit, field)
        self._day = kit.date_field()
        self._day.changed.connect(self.changed)
        self.column.addWidget(self._day)

    def answers(self) -> dict[str, Answer]:
        if not self._day.text().strip():
            return {}
        day = self._day.day()
        return {self.field.code: self._day.text() if day is None else day.isoformat()}

    def take(self, answers: Answers) -> None:
        kept = answers.get(self.field.code)
        try:
            self._day.set_date(date.fromisoformat(str(kept)) if kept else None)
        except ValueError:
            self._day.line.setText(str(kept))

    def control(self) -> QWidget:
        return self._day.line


class TickBox(AnswerBox):
    """A box to tick; its words are the question itself."""

    def __init__(self, kit: Kit, field: Field) -> None:
        super().__init__(kit, field)
        self._box = kit.check(tr(field.text).replace("&", "&&"))
        self._box.toggled.connect(lambda _on: self.changed.emit())
        self.column.addWidget(self._box)

    def answers(self) -> dict[str, Answer]:
        return {self.field.code: True} if self._box.isChecked() else {}

    def take(self, answers: Answers) -> None:
        self._box.setChecked(answers.get(self.field.code) is True)

    def control(self) -> QWidget:
        return self._box


class WithOther(AnswerBox):
    """Lists end with "other (say)": a line for the words stands below while it is chosen."""

    def __init__(self, kit: Kit, field: Field) -> None:
        super().__init__(kit, field)
        self._words = kit.line(hint=tr("Say which"))
        self._words.setAccessibleName(tr("{question}, other").format(question=tr(field.text)))
        self._words.textChanged.connect(self.changed)
        self._words.hide()

    def texts(self) -> dict[str, QLineEdit | TextArea]:
        return {self.field.words_code: self._words}

    def _add_words(self) -> None:
        self.column.addWidget(self._words)

    def _other(self, codes: tuple[str, ...]) -> dict[str, Answer]:
        self._words.setVisible(OTHER in codes)
        words = self._words.text()
        return {self.field.words_code: words} if OTHER in codes and words.strip() else {}

    def _take_other(self, answers: Answers) -> None:
        self._words.setText(str(answers.get(self.field.words_code, "")))


class ChoiceBox(WithOther):
    """One answer of a list: in sight when there are few, else in a list that opens. Yes and no are such a list too."""

    def __init__(self, kit: Kit, field: Field, *, compact: bool = False) -> None:
        super().__init__(kit, field)
        if field.type is FieldType.YES_NO:
            options = [("yes", tr("Yes")), ("no", tr("No"))]
        else:
            options = [(choice.code, tr(choice.text)) for choice in field.choices if not choice.retired]
        self._control: Choice | Combo
        self.is_list = len(options) > MOST_SEGMENTS or (compact and field.type is not FieldType.YES_NO)
        if not self.is_list:
            self._control = kit.choice(options)
            self._control.digit.connect(self.answered)
        else:
            self._control = kit.combo(options, empty=tr("Choose"))
        self._control.setAccessibleName(tr(field.text))
        self._control.changed.connect(lambda _code: self._changed())
        self.column.addWidget(self._control)
        self._add_words()

    def answers(self) -> dict[str, Answer]:
        code = self._control.code()
        return {} if code is None else {self.field.code: code, **self._other((code,))}

    def take(self, answers: Answers) -> None:
        code = answers.get(self.field.code)
        self._control.choose(code if isinstance(code, str) else None)
        self._take_other(answers)
        self._other((code,) if isinstance(code, str) else ())

    def control(self) -> QWidget:
        proxy = self._control.focusProxy()
        return proxy if proxy is not None else self._control

    @property
    def small(self) -> bool:
        return self.is_list or self.field.type is FieldType.YES_NO

    def _changed(self) -> None:
        self._other((self._control.code() or "",))
        self.changed.emit()


class ChoicesBox(WithOther):
    """Any number of answers of a list."""

    def __init__(self, kit: Kit, field: Field) -> None:
        super().__init__(kit, field)
        options = [(choice.code, tr(choice.text)) for choice in field.choices if not choice.retired]
        self._control: Several = kit.several(options)
        self._control.setAccessibleName(tr(field.text))
        self._control.changed.connect(self._changed)
        self.column.addWidget(self._control)
        self._add_words()

    def answers(self) -> dict[str, Answer]:
        codes = self._control.codes()
        return {self.field.code: codes, **self._other(codes)} if codes else {}

    def take(self, answers: Answers) -> None:
        kept = answers.get(self.field.code)
        codes = tuple(kept) if isinstance(kept, tuple) else ()
        self._control.choose(codes)
        self._take_other(answers)
        self._other(codes)

    def control(self) -> QWidget:
        proxy = self._control.focusProxy()
        return proxy if proxy is not None else self._control

    def _changed(self) -> None:
        self._other(self._control.codes())
        self.changed.emit()


class GridBox(AnswerBox):
    """One answer for each of several lines, with short ways for all at once. Lines are made when they are asked for."""

    def __init__(self, kit: Kit, field: Field) -> None:
        super().__init__(kit, field)
        self._codes = [row.code for row in field.rows if not row.retired]
        self._chosen: dict[str, str] = {}
        self._rows: dict[str, Choice] = {}
        self._lines = QWidget()
        self._at_once: Choice | None = None
        if {"no", "not_asked"} <= {choice.code for choice in field.choices}:
            words = [("no", tr("All asked: all no")), ("not_asked", tr("None asked")), ("", tr("Line by line"))]
            self._at_once = kit.choice(words)
            self._at_once.setAccessibleName(tr("{question}: all lines at once").format(question=tr(field.text)))
            self._at_once.changed.connect(self._all)
            self._at_once.digit.connect(self.answered)
            self.column.addWidget(self._at_once)
            self._lines.hide()
        self.column.addWidget(self._lines)
        if self._at_once is None:
            self._make_lines()

    def answers(self) -> dict[str, Answer]:
        return {self.field.code: dict(self._chosen)} if self._chosen else {}

    def take(self, answers: Answers) -> None:
        kept = answers.get(self.field.code)
        self._chosen = {str(row): str(code) for row, code in kept.items()} if isinstance(kept, Mapping) else {}
        for row, choice in self._rows.items():
            choice.choose(self._chosen.get(row))
        if self._at_once is None or not self._chosen:
            return
        values = set(self._chosen.values())
        same = len(self._chosen) == len(self._codes) and len(values) == 1 and values <= {"no", "not_asked"}
        self._at_once.blockSignals(True)
        self._at_once.choose(next(iter(values)) if same else "")
        self._at_once.blockSignals(False)
        self._show_lines(not same)

    def control(self) -> QWidget:
        first = self._at_once or next(iter(self._rows.values()))
        proxy = first.focusProxy()
        return proxy if proxy is not None else first

    def _all(self, code: str) -> None:
        if code:
            self._chosen = dict.fromkeys(self._codes, code)
            for choice in self._rows.values():
                choice.choose(code)
        self._show_lines(not code)
        self.changed.emit()

    def _show_lines(self, on: bool) -> None:
        if on:
            self._make_lines()
        self._lines.setVisible(on)

    def _make_lines(self) -> None:
        if self._rows:
            return
        kit, lines = self.kit, []
        for row in (each for each in self.field.rows if not each.retired):
            choice = kit.choice(
                [(each.code, tr(each.text)) for each in self.field.choices], chosen=self._chosen.get(row.code)
            )
            choice.setAccessibleName(tr(row.text))
            for button in choice.buttons():
                button.setAccessibleName(f"{tr(row.text)}: {button.accessibleName()}")
            choice.changed.connect(lambda code, row=row.code: self._line_chosen(row, code))
            words = kit.label(tr(row.text), wrap=True)
            words.setBuddy(choice)
            self._rows[row.code] = choice
            lines.append(kit.row((words, 2), (choice, 3), gap=3))
        kit.fill(QVBoxLayout(self._lines), lines, gap=1)

    def _line_chosen(self, row: str, code: str) -> None:
        self._chosen[row] = code
        self.changed.emit()


_BOXES: dict[FieldType, Callable[[Kit, Field], AnswerBox]] = {
    FieldType.LINE: TextBox,
    FieldType.TEXT: TextBox,
    FieldType.NUMBER: NumberBox,
    FieldType.DATE: DayBox,
    FieldType.TICK: TickBox,
    FieldType.YES_NO: ChoiceBox,
    FieldType.CHOICE: ChoiceBox,
    FieldType.CHOICES: ChoicesBox,
    FieldType.GRID: GridBox,
}


def box_for(kit: Kit, field: Field, *, compact: bool = False) -> AnswerBox | None:
    """The control for a question; None for what the page itself asks (person, moment) or offers elsewhere (links).

    `compact`: a choice takes no more room than a line, in a list that opens.
    """
    if field.type is FieldType.CHOICE:
        return ChoiceBox(kit, field, compact=compact)
    make = _BOXES.get(field.type)
    return None if make is None else make(kit, field)
