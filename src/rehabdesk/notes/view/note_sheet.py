"""The questions of one form as fields: what is asked, what is answered, what is missing, where the caret stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QLayout, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.notes.forms.answers_model import Answer, Answers, Problem, answered, asked
from rehabdesk.notes.forms.form_model import PICKED, WRITTEN, FieldType, Form, Level
from rehabdesk.notes.forms.form_model import Field as Question
from rehabdesk.notes.forms.leftover_model import carried, conditions_met
from rehabdesk.notes.forms.picks_model import Pick
from rehabdesk.notes.forms.view.answer_boxes import AnswerBox, TickBox, box_for
from rehabdesk.notes.forms.view.leftover_card import LeftoverCard
from rehabdesk.notes.forms.view.pick_boxes import pick_box_for
from rehabdesk.notes.paper.paper_model import MADE_FROM, PAPER
from rehabdesk.notes.view.sheet_layout import header_rows, question_rows, show_codes
from rehabdesk.notes.view.sheet_place import caret_of, put_caret
from rehabdesk.notes.view.sheet_slots import Slot, Slots, take_turn
from rehabdesk.ui.dates import local
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import DateField, TimeField
from rehabdesk.ui.kit import Kit

MOMENT = "hdr.2"


class NoteSheet(QWidget):
    """Empty until `build` is called, best where it stands already: hundreds of widgets then move once, not five times.

    `wanted`: a control should come into sight and take the focus. `away`: to a tab of the person, for what is missing.
    """

    changed = Signal()
    wanted = Signal(object)
    away = Signal(str)

    def __init__(
        self,
        kit: Kit,
        form: Form,
        earlier: Callable[[str], Sequence[Question]],
        picks: Callable[[FieldType], Sequence[Pick]],
    ) -> None:
        """`earlier`: a question in all its versions, the newest first. `picks`: what the person's record offers."""
        super().__init__()
        self.kit, self.form, self._picks = kit, form, picks
        self.leftovers = LeftoverCard(kit, form, earlier)
        self.leftovers.put.connect(self._put)
        self.leftovers.wanted.connect(lambda code: self.wanted.emit(self._boxes[code].control()))
        self._asked: frozenset[str] = frozenset()
        self._boxes: dict[str, AnswerBox] = {}
        self._fields: dict[str, Field] = {}
        self._slots = Slots()
        self._day, self._time = kit.date_field(), kit.time_field()
        self._folded = QWidget()
        self._filling = False
        self._waiting: list[Question] = []
        """Folded questions whose fields are made when somebody unfolds them: most notes need none."""
        self._more = kit.button(tr("More"), kind="quiet", icon="chevron-down")

    def build(self) -> None:
        """Makes the fields."""
        kit, form = self.kit, self.form
        header = self._header()
        rows = self._rows([each for each in form.fields if not each.code.startswith("hdr.") and not each.folded])
        self._waiting = [each for each in form.fields if each.folded]
        self._more.clicked.connect(lambda: self._unfold(not self._folded.isVisibleTo(self)))
        if not self._waiting:
            self._more.hide()
        self._folded.hide()
        parts = [header, kit.rule(), self.leftovers, *rows, kit.start(self._more), self._folded]
        kit.fill(QVBoxLayout(self), parts, gap=4)
        self._day.changed.connect(self._touched)
        self._time.changed.connect(self._touched)

    # answers

    def fill(self, answers: Answers, moment: datetime) -> None:
        """Shows what was kept, or what a new note starts with."""
        if any(question.folded and answered(answers.get(question.code)) for question in self.form.fields):
            self._unfold(True)
        self._filling = True
        shown = self.leftovers.take(answers)
        self._make_asked(shown)
        for box in self._boxes.values():
            box.take(shown)
        self._asked = conditions_met(self.form, shown)
        at = local(moment)
        self._day.set_date(at.date())
        self._time.set_time(time(at.hour, at.minute))
        self._filling = False
        self._touched()

    def answers(self) -> dict[str, Answer]:
        """Everything that was answered: what is asked, words that are not asked just now, and what has no place."""
        return self.leftovers.together(self._shown())

    def _shown(self) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        for question in self.form.fields:
            box = self._boxes.get(question.code)
            if box is not None and (question.type in WRITTEN or asked(question, found)):
                found.update(box.answers())
        return found

    @property
    def made(self) -> tuple[Mapping[str, AnswerBox], Mapping[str, Field]]:
        """By code, the controls that were made so far, and the fields around them."""
        return self._boxes, self._fields

    def occurred_at(self) -> datetime | None:
        """The moment that is typed; None where it is not understood."""
        day, at = self._day.day(), self._time.moment()
        return None if day is None or at is None else datetime.combine(day, at).astimezone()

    def missing(self) -> tuple[str, ...]:
        """Codes of the required questions without an answer, in the order of the form."""
        answers = self.answers()
        made = (question for question in self.form.fields if question.code in self._boxes)
        return tuple(question.code for question in made if _is_missing(question, answers))

    # focus

    def first_control(self) -> QWidget | None:
        """The text of the note, or the question that the form begins with."""
        if self.form.begins in self._boxes:
            return self._boxes[self.form.begins].control()
        answers = self.answers()
        texts = (each for each in self.form.fields if each.type is FieldType.TEXT and asked(each, answers))
        return next((self._boxes[each.code].control() for each in texts if each.code in self._boxes), None)

    def go_to_next_missing(self) -> None:
        """The next question that is missing after the one in hand; from the end on to the first."""
        missing = self.missing()
        if not missing:
            return
        codes = [question.code for question in self.form.fields]
        here = codes.index(code) if (code := self._code_in_hand()) in codes else -1
        after = [each for each in missing if codes.index(each) > here]
        self.wanted.emit(self._boxes[(after or missing)[0]].control())

    def place(self) -> dict[str, Json]:
        """Field, caret and selection."""
        code = self._code_in_hand()
        if not code:
            return {}
        return {"field": code, **caret_of(self._boxes[code].control())}

    def restore(self, place: Mapping[str, Json]) -> None:
        """Goes to where `place` says."""
        box = self._boxes.get(str(place.get("field", "")))
        if box is not None:
            put_caret(box.control(), place)

    # errors

    def complain(self, found: Sequence[Problem]) -> list[tuple[str, QWidget]]:
        """Shows each sentence at its field; gives sentence and control for the summary."""
        for field in self._fields.values():
            field.calm()
        shown: list[tuple[str, QWidget]] = []
        for given in found:
            problem = (
                replace(given, sentence=_moment_words(self._day, self._time) or given.sentence)
                if given.field == MOMENT
                else given
            )
            code = problem.field.removesuffix(".other")
            question = self.form.field(code)
            if question is not None and question.folded:
                self._unfold(True)
            box = self._boxes.get(code)
            if code in self._fields:
                self._fields[code].complain(problem.sentence)
            control = self.leftovers.button(code) or self.leftovers.button(problem.field)
            shown.append((problem.sentence, control or (self._day.line if box is None else box.control())))
        return shown

    # inside

    def _touched(self) -> None:
        if self._filling:
            return
        self._carry()
        self._show_asked()
        self.changed.emit()

    def _carry(self) -> None:
        """When other questions are asked than before, texts of the same kind go along."""
        answers = self._shown()
        now = conditions_met(self.form, answers)
        if now != self._asked:
            self._asked = now
            self._make_asked(answers)
            after = carried(self.form, answers)
            self._take({code: after.get(code, "") for code in answers.keys() | after.keys()}, answers)

    def _put(self, answers: Answers) -> None:
        self._take(answers, self._shown())
        self._touched()

    def _take(self, answers: Answers, before: Answers) -> None:
        """Into their fields goes what is not there already: a text that is set anew forgets how to undo."""
        self._filling = True
        self._make_asked(answers)
        for code, value in answers.items():
            if code in self._boxes and before.get(code, "") != value:
                self._boxes[code].take({code: value})
        self._filling = False

    def _show_asked(self) -> None:
        answers = self.answers()
        self._make_asked(answers)
        self.leftovers.show_left(answers)
        show_codes(self._fields, on=answers.get(MADE_FROM) == PAPER)
        self._slots.show(self.form, answers)

    def _make_asked(self, answers: Answers) -> None:
        """Makes the fields of what is asked now and of what was answered before; they stay when it is asked no more."""
        if late := [each for each in self._slots.due(self.form, answers) if each.code not in self._boxes]:
            self._slots.fill(late, self._field_of)
            # who goes through them goes from top to bottom
            self._boxes = {each.code: self._boxes[each.code] for each in self.form.fields if each.code in self._boxes}

    def _code_in_hand(self) -> str:
        focus: QWidget | None = QApplication.focusWidget()
        return next((code for code, box in self._boxes.items() if focus is not None and box.isAncestorOf(focus)), "")

    def _unfold(self, on: bool) -> None:
        if on and self._waiting:
            waiting, self._waiting = self._waiting, []
            self.kit.fill(QVBoxLayout(self._folded), self._rows(waiting), gap=4)
            take_turn(self._folded)
            self._show_asked()
        self._folded.setVisible(on)

    def _header(self) -> QWidget:
        kit = self.kit
        self._fields["hdr.2"] = kit.field(tr("&Date"), self._day, required=True)
        clock = kit.field(tr("T&ime"), self._time, required=True)
        questions = [each for each in self.form.fields if each.code.startswith("hdr.")]
        return header_rows(kit, questions, self._place_of, self._boxes, [(self._fields["hdr.2"], 4), (clock, 2)])

    def _rows(self, questions: Sequence[Question]) -> list[QWidget | QLayout]:
        return question_rows(self.kit, questions, self._place_of, self._boxes)

    def _place_of(self, question: Question) -> Field | Slot | None:
        return self._field_of(question) if question.when is None else self._slots.add(question)

    def _field_of(self, question: Question) -> Field | None:
        if question.type in PICKED:
            pick_box = pick_box_for(self.kit, question, self._picks(question.type))
            pick_box.away.connect(self.away)
            box: AnswerBox | None = pick_box
        else:
            box = box_for(self.kit, question, compact=question.code.startswith("hdr."))
        if box is None:
            return None
        self._boxes[question.code] = box
        box.changed.connect(self._touched)
        box.answered.connect(self.go_to_next_missing)
        hint = tr(question.help) if question.help and question.type not in WRITTEN else ""
        if question.level is Level.PROTECTED:
            hint = tr("Kept with the safeguarding lead, not in the team's record.")
        field = self.kit.field(tr(question.text).replace("&", "&&"), box, hint=hint, required=question.required)
        field.caption.setVisible(not isinstance(box, TickBox))
        control = box.control()
        field.caption.setBuddy(control)
        if not control.accessibleName() or isinstance(control, (QLineEdit, QTextEdit)):
            control.setAccessibleName(tr(question.text))
        self._fields[question.code] = field
        return field


def _moment_words(*fields: DateField | TimeField) -> str:
    """What is not understood of date and time, in the words of that field; empty where both are."""
    for field in fields:
        try:
            field.required()
        except UserError as problem:
            return problem.sentence
    return ""


def _is_missing(question: Question, answers: Answers) -> bool:
    if not question.required or not asked(question, answers):
        return False
    given = answers.get(question.code)
    if question.type is FieldType.GRID:
        lines = [row for row in question.rows if not row.retired]
        return not isinstance(given, Mapping) or len(given) < len(lines)
    return not answered(given)
