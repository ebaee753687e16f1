"""What was written and is not asked now: shown in a place of its own, to be moved or cleared, never dropped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.notes.forms.answer_words_model import answer_words, knows, plain_words
from rehabdesk.notes.forms.answers_model import Answer, Answers, answered
from rehabdesk.notes.forms.form_model import WRITTEN, Form
from rehabdesk.notes.forms.form_model import Field as Question
from rehabdesk.notes.forms.leftover_model import out_of_turn, room_for, together, with_place, without_place
from rehabdesk.ui.kit import STRETCH, Kit, empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """One answer without a place. `target` is the question that can take its words, "" where none can."""

    code: str
    caption: str
    words: str
    target: str = ""


class LeftoverCard(QWidget):
    """Hidden while there is nothing in it. `put`: answers that go into their fields, "" to empty one."""

    put = Signal(object)
    wanted = Signal(str)
    cleared = Signal()

    def __init__(self, kit: Kit, form: Form, earlier: Callable[[str], Sequence[Question]]) -> None:
        """`earlier`: a question in all its versions, the newest first."""
        super().__init__()
        self._kit, self._form, self._earlier = kit, form, earlier
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._left: dict[str, Answer] = {}
        """Answers that no control of this form can show."""
        self._answers: Answers = {}
        self._cleared: dict[str, Answer] = {}
        self._shown: tuple[Leftover, ...] = ()
        self._buttons: dict[str, QPushButton] = {}
        self.hide()

    def take(self, answers: Answers) -> dict[str, Answer]:
        """Keeps what the form has no place for, and gives what its controls can show."""
        self._left = without_place(self._form, answers)
        return with_place(answers, self._left)

    def together(self, shown: Answers) -> dict[str, Answer]:
        """What the controls show and what is kept here."""
        return together(shown, self._left)

    def show_left(self, answers: Answers) -> None:
        """Shows what is without a place among all answers; the same as before changes nothing."""
        self._answers = answers
        turned = {field.code: answers[field.code] for field in out_of_turn(self._form, answers)}
        left = tuple(self._leftover(code, value) for code, value in (*turned.items(), *self._left.items()))
        if left == self._shown:
            return
        self._shown, self._buttons = left, {}
        empty(self._column)
        if left:
            self._column.addWidget(self._card(left))
        self.setVisible(bool(left))

    def button(self, code: str) -> QPushButton | None:
        """Where one deals with that answer; None where it is not here."""
        return self._buttons.get(code)

    def undo(self) -> None:
        """Brings back what was cleared last."""
        cleared, self._cleared = self._cleared, {}
        strange = without_place(self._form, cleared)
        self._left |= strange
        self.put.emit(with_place(cleared, strange))

    # inside

    def _card(self, left: Sequence[Leftover]) -> QWidget:
        kit = self._kit
        hint = tr("Kept from another layout or an earlier form. Move it or clear it before you sign.")
        rows = [self._row(one) for one in left]
        return kit.card(tr("Not asked here"), kit.label(hint, "small", tone="muted", wrap=True), *rows, kind="quiet")

    def _row(self, one: Leftover) -> QWidget:
        kit = self._kit
        clear = kit.button(tr("Clear"), kind="quiet", icon="x")
        clear.setAccessibleName(tr("Clear: {what}").format(what=one.caption))
        clear.clicked.connect(lambda: self._clear(one.code))
        move = None
        if one.target:
            move = kit.button(tr("Move its text"), icon="corner-down-left")
            move.setAccessibleName(tr("Move {what} into {question}").format(what=one.caption, question=one.target))
            move.setToolTip(tr("To the end of: {question}").format(question=one.target))
            move.clicked.connect(lambda: self._move(one.code))
        self._buttons[one.code] = move or clear
        caption = kit.label(one.caption, "strong", wrap=True)
        words = kit.label(one.words, wrap=True, selectable=True)
        return kit.box(kit.column(caption, words, kit.row(move, clear, STRETCH, gap=2), gap=1))

    def _question(self, code: str) -> Question | None:
        return self._form.field(code) or next(iter(self._earlier(code)), None)

    def _words(self, code: str, value: Answer) -> str:
        """With the words of the newest version of the question that knows the answer."""
        versions = self._earlier(code)
        if not versions or code != versions[0].code:
            return plain_words(value)
        knowing = next((one for one in versions if knows(one, value)), None)
        return tr("An answer that is not offered any more") if knowing is None else answer_words(knowing, value)

    def _room(self, question: Question | None) -> Question | None:
        if question is None or question.type not in WRITTEN:
            return None
        return room_for(self._form, question, self._answers)

    def _leftover(self, code: str, value: Answer) -> Leftover:
        question = self._question(code)
        if question is None:
            return Leftover(code=code, caption=tr("A question that is not asked any more"), words=plain_words(value))
        room = self._room(question)
        target = "" if room is None else tr(room.text)
        return Leftover(code=code, caption=tr(question.text), words=self._words(code, value), target=target)

    def _move(self, code: str) -> None:
        """To the end of the text that can take it."""
        room = self._room(self._question(code))
        if room is None:
            return
        words = [str(self._answers[each]) for each in (room.code, code) if answered(self._answers.get(each))]
        self._left.pop(code, None)
        self.put.emit({code: "", room.code: "\n\n".join(words)})
        self.wanted.emit(room.code)

    def _clear(self, code: str) -> None:
        """Takes away what is shown of it here; what its control shows stays."""
        self._cleared = {code: self._left.pop(code, self._answers[code])}
        self.put.emit({code: ""} if code in {field.code for field in out_of_turn(self._form, self._answers)} else {})
        self.cleared.emit()
