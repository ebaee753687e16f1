"""Writing feedback about a packet: the ten questions, saved as a signed file, or as a form of plain text."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.after.feedback_form_model import eight_digits
from rehabdesk.handover.after.feedback_model import (
    MOST_ANSWER,
    QUESTIONS,
    Changed,
    FeedbackKind,
    changed_words,
    kind_words,
    question_words,
)
from rehabdesk.handover.after.receipt_service import Answer, HeldPacket, ReceiptKey, make_feedback, make_form
from rehabdesk.handover.after.view.receipt_form import ReceiptTools, ask_receipt
from rehabdesk.ui.field import Field, Line
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

ANSWERS = "answers"
SHORT = ("q1", "q2", "q4", "q10")
"""Questions that one line answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackTools:
    """`key` gives the own team's receipt key; None where this desk has none. `save` asks where a file goes.

    `held`: the packet that came, for a receipt.
    """

    now: Callable[[], datetime]
    save: Callable[[QWidget, str, bytes], Path | None]
    back: Route
    key: Callable[[], ReceiptKey] | None = None
    by: str = ""
    held: HeldPacket | None = None


class FeedbackPage(Page):
    """`number` of the packet; it can be put right by hand."""

    def __init__(self, kit: Kit, number: str, tools: FeedbackTools) -> None:
        super().__init__(kit)
        self._tools, self._about = tools, number
        self.refresh()

    def refresh(self) -> None:
        """The questions; after the form of a receipt they stand there again, with what was typed."""
        kit, tools = self.kit, self._tools
        self._number = kit.line(self._about)
        self._by = kit.line(tools.by, limit=120)
        self._code = kit.line(limit=12)
        kinds = [(kind.value, kind_words(kind)) for kind in FeedbackKind]
        self._kind = kit.combo(kinds, empty=tr("Choose what kind of answer it is"))
        self._changed = kit.several([(each.value, changed_words(each)) for each in Changed])
        self._answers = {
            name: kit.line(limit=MOST_ANSWER) if name in SHORT else kit.text_area(limit=MOST_ANSWER, lines=2)
            for name in QUESTIONS
        }
        self.fields = self._fields()
        self._show()
        self.forms.show(ANSWERS, list(self.fields.values()))

    def first_focus(self) -> QWidget | None:
        return self._kind

    def main_act(self) -> None:
        if self._tools.key is not None:
            self._sign()
        else:
            self._write()

    # building

    def _fields(self) -> dict[str, Field]:
        kit = self.kit
        found = {
            "number": kit.field(tr("Packet number"), self._number, required=True),
            "kind": kit.field(tr("What kind of answer"), self._kind, required=True),
            "by": kit.field(tr("Your name"), self._by, required=True),
        }
        for place, name in enumerate(QUESTIONS, start=1):
            caption = tr("{place}. {question}").format(place=place, question=question_words(name))
            found[name] = kit.field(caption, self._answers[name])
        found["changed"] = kit.field(tr("What changed"), self._changed)
        if self._tools.key is None:
            hint = tr("The eight digits of the receipt slip. A form that is not signed counts by them alone.")
            found["code"] = kit.field(tr("Receipt code"), self._code, hint=hint, required=True)
        for name, field in found.items():
            field.setObjectName(name)
        return found

    def _show(self) -> None:
        kit = self.kit
        words = tr("Write no name of the person here: the number says whom it is about.")
        title = kit.label(tr("Write feedback"), "h1")
        self.set_head(kit.box(kit.column(title, kit.label(words, "small", tone="muted", wrap=True), gap=0)))
        fields = self.fields
        top = kit.card("", kit.box(kit.row((fields["number"], 1), (fields["by"], 1), gap=3)), fields["kind"], gap=3)
        questions = kit.card(tr("Ten questions"), *(fields[name] for name in QUESTIONS), gap=3)
        rest = [fields[name] for name in ("changed", "code") if name in fields]
        self.set_body(kit.box(kit.column(top, questions, kit.card("", *rest, gap=3), STRETCH, gap=3)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(self._tools.back))
        text = kit.button(tr("Save as text"), icon="file-text", kind="" if self._tools.key is not None else "primary")
        text.clicked.connect(self._write)
        signed = None
        if self._tools.key is not None:
            signed = kit.button(tr("Sign and save"), kind="primary", icon="signature")
            signed.clicked.connect(self._sign)
        self.set_foot(kit.row(back, STRETCH, self._receipt(), text, signed))

    def _receipt(self) -> QPushButton | None:
        """Only whoever has a key signs receipts; without one the receipt code is said on the telephone."""
        held, tools = self._tools.held, self._tools
        if held is None or tools.key is None:
            return None
        needs = ReceiptTools(key=tools.key, now=tools.now, save=tools.save, by=tools.by)
        button = self.kit.button(tr("Receipt…"), icon="file-check")
        button.clicked.connect(lambda _on=False: ask_receipt(self, held, needs))
        return button

    # saving

    def _sign(self) -> None:
        key = self._tools.key
        if key is not None:
            self._save(lambda: make_feedback(self._answer(), key=key(), at=self._tools.now()))

    def _write(self) -> None:
        self._save(lambda: make_form(self._answer(), receipt_code=eight_digits(self._code.text())))

    def _answer(self) -> Answer:
        kind = self._kind.code()
        return Answer(
            number=self._number.text(),
            kind=FeedbackKind(kind) if kind else None,
            by=self._by.text(),
            answers={name: _words(control) for name, control in self._answers.items()},
            changed=tuple(Changed(code) for code in self._changed.codes()),
        )

    def _save(self, make: Callable[[], tuple[str, bytes]]) -> None:
        for field in self.fields.values():
            field.calm()
        try:
            name, content = make()
            path = self._tools.save(self, name, content)
        except UserError as problem:
            self._complain(problem)
            return
        except RehabDeskError as problem:
            self.problems([(problem.sentence, self._kind)])
            return
        if path is None:
            return
        self.problems([])
        self.forms.finish(ANSWERS)
        self.said.emit(tr("Saved: {file}").format(file=isolate_ltr(path.name)))
        self.go.emit(self._tools.back)

    def _complain(self, problem: UserError) -> None:
        self.complain(problem.sentence, self.fields.get(problem.field or "", self.fields["kind"]))


def _words(control: QWidget) -> str:
    """What is typed into a line, or into an area."""
    return control.words() if isinstance(control, TextArea) else control.text() if isinstance(control, Line) else ""
