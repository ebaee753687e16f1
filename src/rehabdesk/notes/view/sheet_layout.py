"""Where the questions of a form stand on its page: the header side by side, the rest below each other; their codes."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QLayout, QWidget

from rehabdesk.core.text import isolate_ltr
from rehabdesk.notes.forms.blank_model import paper_code
from rehabdesk.notes.forms.form_model import Field as Question
from rehabdesk.notes.forms.view.answer_boxes import AnswerBox
from rehabdesk.notes.view.sheet_slots import Slot
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit

PER_ROW = 3
MakeField = Callable[[Question], Field | Slot | None]
"""Makes the field of a question and puts its box among the boxes, or the slot of one that is asked under a condition;
None for what is asked elsewhere.
"""
Part = tuple[QWidget | QLayout, int]


def header_rows(
    kit: Kit, questions: Sequence[Question], make: MakeField, boxes: Mapping[str, AnswerBox], moment: Sequence[Part]
) -> QWidget:
    """Fields 1 to 10, side by side: they are mostly preset. `moment`: date and time, which begin the first row."""
    first: list[Part] = [*moment]
    second: list[Part] = []
    third: list[QWidget] = []
    for question in questions:
        field = make(question)
        if field is None:
            continue
        if question.beside:
            first.append((field, question.beside))
        elif question.when is not None or not boxes[question.code].small:
            third.append(field)
        else:
            second.append((field, 1))
    half = (len(second) + 1) // 2
    rows = [kit.row(*part, gap=3) for part in (first, second[:half], second[half:]) if part]
    return kit.box(kit.column(*rows, *third, gap=3))


def show_codes(fields: Mapping[str, Field], *, on: bool) -> None:
    """While a paper form is entered, captions begin with the codes that stand on the paper (interface.md 1.13)."""
    for code, field in fields.items():
        caption = field.caption
        if caption.property("asked") is None:
            caption.setProperty("asked", caption.text())
        asked, number = str(caption.property("asked")), paper_code(code)
        words = f"{isolate_ltr(number)}  {asked}" if on and number else asked
        if caption.text() != words:
            caption.setText(words)


def question_rows(
    kit: Kit, questions: Sequence[Question], make: MakeField, boxes: Mapping[str, AnswerBox]
) -> list[QWidget | QLayout]:
    """The questions one under the other, small ones side by side."""
    rows: list[QWidget | QLayout] = []
    side: list[Part] = []

    def flush() -> None:
        rows.extend(kit.row(*side[at : at + PER_ROW], gap=3) for at in range(0, len(side), PER_ROW))
        side.clear()

    for question in questions:
        field = make(question)
        if field is None:
            continue
        if question.when is None and boxes[question.code].small:
            side.append((field, 1))
            continue
        flush()
        rows.append(field)
    flush()
    return rows
