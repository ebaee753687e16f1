"""Where questions stand that are asked under a condition: their fields are made when they are first asked."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.notes.forms.answers_model import Answers, answered, asked
from rehabdesk.notes.forms.form_model import Field as Question
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.ui.field import Field


class Slot(QWidget):
    """Where a question stands that is asked under a condition: empty until it is asked for the first time. Of the
    layouts that a note can have, most notes show one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.hide()

    def fill(self, field: Field) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(field)
        take_turn(self)


class Slots:
    """The slots of one sheet."""

    def __init__(self) -> None:
        self._by_code: dict[str, Slot] = {}

    def add(self, question: Question) -> Slot:
        slot = self._by_code[question.code] = Slot()
        return slot

    def due(self, form: Form, answers: Answers) -> list[Question]:
        """What is asked with these answers, what is answered though it is not asked, and what stands for all of which
        one must be answered: a problem can speak of it before it is asked.
        """
        held = [each for each in form.fields if each.code in self._by_code]
        spoken_of = form.one_of[:1]
        return [
            each for each in held if each.code in spoken_of or asked(each, answers) or answered(answers.get(each.code))
        ]

    def fill(self, questions: Iterable[Question], make: Callable[[Question], Field | None]) -> None:
        for question in questions:
            if (field := make(question)) is not None:
                self._by_code[question.code].fill(field)

    def show(self, form: Form, answers: Answers) -> None:
        """What is asked is in sight, and nothing else."""
        for question in form.fields:
            if (slot := self._by_code.get(question.code)) is not None:
                slot.setVisible(asked(question, answers))


def take_turn(late: QWidget) -> None:
    """What was put into `late` is reached by Tab where it stands; Qt would put it after all that was there before."""
    before: QWidget = late
    while (above := before.previousInFocusChain()) is not None and above is not late:
        before = above
        if _takes_tab(before):
            break
    for control in filter(_takes_tab, late.findChildren(QWidget)):
        QWidget.setTabOrder(before, control)
        before = control


def _takes_tab(control: QWidget) -> bool:
    return bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
