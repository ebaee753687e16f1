"""Writing a note: the form of the role, saved while it is typed, signed with one confirmation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLayout, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import StorageError, UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.answers_model import Answer, Answers, Problem, answered, asked, closes
from rehabdesk.notes.form_model import Field as Question
from rehabdesk.notes.form_model import FieldType, Form
from rehabdesk.notes.model import Note
from rehabdesk.notes.service import Notes
from rehabdesk.notes.view.answer_boxes import AnswerBox, TickBox, box_for
from rehabdesk.notes.words_model import level_words, person_can_read
from rehabdesk.ui.autosave import Autosave
from rehabdesk.ui.dates import clock, local, short
from rehabdesk.ui.fields import Field
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

FIRST_ROW = {"hdr.3": 2, "hdr.4": 3, "hdr.7": 3}
"""Which questions stand beside date and time, and their share of the width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands beside the note: the person, the last note of this form, open steps of the plan."""

    person_id: str
    person_name: str
    case_ref: str
    last: Note | None = None
    steps: tuple[str, ...] = ()


class NotePage(Page):
    """`draft_id` None: a new note, which is kept from the first key on. `closed`: what to show after kind 0."""

    def __init__(
        self,
        kit: Kit,
        notes: Notes,
        form: Form,
        context: Context,
        *,
        draft_id: str | None,
        start: Answers,
        now: Callable[[], datetime],
        on_closing: Callable[[str | None], None],
    ) -> None:
        super().__init__(kit)
        self._notes, self._form, self._context, self._draft_id = notes, form, context, draft_id
        self._now, self._on_closing = now, on_closing
        self._boxes: dict[str, AnswerBox] = {}
        self._fields: dict[str, Field] = {}
        self._dirty = False
        self._autosave = Autosave(self, self._write)
        self._moment_day, self._moment_time = kit.date_field(), kit.time_field()
        sheet = notes.sheet(form.name, context.person_id)
        self._form = sheet.form
        self._folded = QWidget()
        self._build(sheet.banner)
        self._fill(start)
        self._connect()
        self._look()

    # what the frame asks

    def first_focus(self) -> QWidget | None:
        main = next(
            (
                box
                for question in self._form.fields
                if question.type is FieldType.TEXT
                and (box := self._boxes.get(question.code))
                and self._is_asked(question)
            ),
            None,
        )
        if self._form.name == "chaplain_engagement":
            main = self._boxes.get("cha.C1", main)
        return None if main is None else main.control()

    def main_act(self) -> None:
        """Sign: what is missing is said, or one confirmation is asked."""
        self._autosave.now()
        self._keep_at_least_once()
        found = self._notes.problems(self._draft_id) if self._draft_id else ()
        self._show_problems(found)
        if found:
            return
        self.ask(
            tr("Signing this note for {name}: you cannot edit it afterwards, but you can add details.").format(
                name=isolate(self._context.person_name)
            ),
            tr("Sign note"),
            self._sign,
        )

    def next_unanswered(self) -> None:
        """F8: the next required question without an answer, after the one in hand."""
        missing = [question for question in self._form.fields if self._is_missing(question)]
        if not missing:
            return
        codes = [question.code for question in self._form.fields]
        here = codes.index(code) if (code := self._code_in_hand()) in codes else -1
        after = [question for question in missing if codes.index(question.code) > here]
        self.reveal(self._boxes[(after or missing)[0].code].control())

    def leave(self) -> None:
        self._autosave.now()

    def place(self) -> Mapping[str, Json]:
        found: dict[str, Json] = dict(super().place())
        found["draft"] = self._draft_id or ""
        code = self._code_in_hand()
        if code:
            found["field"] = code
            control = self._boxes[code].control()
            if isinstance(control, QTextEdit):
                cursor = control.textCursor()
                found |= {"caret": cursor.position(), "anchor": cursor.anchor()}
            elif isinstance(control, QLineEdit):
                found["caret"] = control.cursorPosition()
        return found

    def restore(self, place: Mapping[str, Json]) -> None:
        box = self._boxes.get(str(place.get("field", "")))
        caret, anchor = place.get("caret"), place.get("anchor")
        if box is not None:
            control = box.control()
            control.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(control, QTextEdit) and isinstance(caret, int):
                cursor = control.textCursor()
                end = len(control.toPlainText())
                cursor.setPosition(min(anchor if isinstance(anchor, int) else caret, end))
                cursor.setPosition(min(caret, end), QTextCursor.MoveMode.KeepAnchor)
                control.setTextCursor(cursor)
            elif isinstance(control, QLineEdit) and isinstance(caret, int):
                control.setCursorPosition(caret)
        super().restore(place)

    @property
    def draft_id(self) -> str | None:
        return self._draft_id

    # building

    def _build(self, banner: str) -> None:
        kit, context = self.kit, self._context
        title = kit.label(tr(self._form.title), "h1")
        who = kit.label(f"{isolate(context.person_name)} · {isolate(context.case_ref)}", "small", tone="muted")
        level = kit.tag(
            level_words(self._form.compartment), "purple" if self._form.compartment != "team" else "grey", "lock"
        )
        level.setToolTip(person_can_read(self._form.compartment))
        self.set_head(
            kit.column(
                kit.row(kit.box(kit.column(title, who, gap=0)), level, STRETCH, gap=3), self._banner(banner), gap=1
            )
        )
        more = kit.button(tr("More"), kind="quiet", icon="chevron-down")
        more.setObjectName("more")
        more.clicked.connect(lambda: self._unfold(not self._folded.isVisibleTo(self)))
        column = QVBoxLayout(self._folded)
        kit.fill(column, self._rows([question for question in self._form.fields if question.folded]), gap=4)
        self._folded.hide()
        has_folded = any(question.folded for question in self._form.fields)
        rows = self._rows([each for each in self._form.fields if not each.code.startswith("hdr.") and not each.folded])
        more_button = kit.start(more) if has_folded else None
        card = kit.card("", self._header(), kit.rule(), *rows, more_button, self._folded, gap=4)
        self.set_body(kit.box(kit.column(card)), self._rail())
        delete = kit.button(tr("Delete draft"), kind="quiet", icon="trash-2")
        delete.clicked.connect(self._ask_delete)
        keep = kit.button(tr("&Keep as draft"))
        keep.clicked.connect(self._keep_and_go)
        sign = kit.button(tr("Sign note"), kind="primary", icon="signature")
        sign.setToolTip(f"{tr('Sign note')} (Ctrl+Enter)")
        sign.clicked.connect(self.main_act)
        self._missing = kit.label("", "small", tone="hint")
        self.set_foot(kit.row(delete, STRETCH, self._missing, keep, sign))

    def _banner(self, words: str) -> QWidget | None:
        if not words:
            return None
        kit = self.kit
        return kit.card(
            "",
            kit.row(kit.picture("triangle-alert", "amber_fg", 16), (kit.label(words, "strong", wrap=True), 1)),
            kind="warn",
        )

    def _header(self) -> QWidget:
        """Fields 1 to 10, side by side: they are mostly preset."""
        kit = self.kit
        day = kit.field(tr("&Date"), self._moment_day, required=True)
        clock_ = kit.field(tr("T&ime"), self._moment_time, required=True)
        self._fields["hdr.2"] = day
        first, second, third = [(day, 4), (clock_, 2)], [], []
        for question in self._form.fields:
            field = self._field_of(question) if question.code.startswith("hdr.") else None
            if field is None:
                continue
            if question.code in FIRST_ROW:
                first.append((field, FIRST_ROW[question.code]))
            elif question.when is not None or not self._boxes[question.code].small:
                third.append(field)
            else:
                second.append((field, 2))
        half = (len(second) + 1) // 2
        rows = [kit.row(*part, gap=3) for part in (first, second[:half], second[half:]) if part]
        return kit.box(kit.column(*rows, *third, gap=3))

    def _rows(self, questions: Sequence[Question]) -> list[QWidget | QLayout]:
        """The questions one under the other, small ones side by side."""
        rows: list[QWidget | QLayout] = []
        side: list[tuple[QWidget, int]] = []
        for question in questions:
            field = self._field_of(question)
            if field is None:
                continue
            if self._boxes[question.code].small and question.when is None:
                side.append((field, 1))
                continue
            rows += self._flush(side)
            rows.append(field)
        return rows + self._flush(side)

    def _flush(self, side: list[tuple[QWidget, int]]) -> list[QWidget | QLayout]:
        found: list[QWidget | QLayout] = [self.kit.row(*side[at : at + 3], gap=3) for at in range(0, len(side), 3)]
        side.clear()
        return found

    def _field_of(self, question: Question) -> Field | None:
        box = box_for(self.kit, question, compact=question.code.startswith("hdr."))
        if box is None:
            return None
        self._boxes[question.code] = box
        caption = "" if isinstance(box, TickBox) else tr(question.text).replace("&", "&&")
        field = self.kit.field(caption or tr(question.text), box, required=question.required)
        if isinstance(box, TickBox):
            field.caption.hide()
        field.caption.setBuddy(box.control())
        if not box.control().accessibleName() or isinstance(box.control(), (QLineEdit, QTextEdit)):
            box.control().setAccessibleName(tr(question.text))
        self._fields[question.code] = field
        return field

    def _rail(self) -> QWidget:
        kit, last = self.kit, self._context.last
        cards: list[QWidget] = []
        if last is not None:
            words = "\n\n".join(last.part.words.values())
            cards.append(
                kit.card(
                    tr("Last note, {day}").format(day=short(local(last.part.occurred_at).date())),
                    kit.label(_beginning(words), "small", tone="muted", wrap=True),
                    kind="flat",
                    gap=2,
                )
            )
        if self._context.steps:
            rows = [kit.label(f"· {step}", "small", wrap=True) for step in self._context.steps]
            cards.append(kit.card(tr("Open steps"), *rows, kind="flat", gap=2))
        if not cards:
            cards.append(
                kit.card("", kit.label(tr("No note of this kind yet."), "small", tone="muted", wrap=True), kind="flat")
            )
        return kit.box(kit.column(*cards, STRETCH, gap=3))

    # answers

    def _fill(self, start: Answers) -> None:
        answers, moment = start, local(self._now()).replace(second=0, microsecond=0)
        if self._draft_id is not None:
            draft = self._notes.draft(self._draft_id)
            answers = draft.answers
            moment = moment if draft.occurred_at is None else local(draft.occurred_at)
        for box in self._boxes.values():
            box.take(answers)
        self._moment_day.set_date(moment.date())
        self._moment_time.set_time(time(moment.hour, moment.minute))
        if any(question.folded and answered(answers.get(question.code)) for question in self._form.fields):
            self._unfold(True)

    def _connect(self) -> None:
        for box in self._boxes.values():
            box.changed.connect(self._touched)
            box.answered.connect(self._go_on)
        self._moment_day.changed.connect(self._touched)
        self._moment_time.changed.connect(self._touched)

    def answers(self) -> dict[str, Answer]:
        """Everything that is asked and was answered."""
        found: dict[str, Answer] = {}
        for question in self._form.fields:
            box = self._boxes.get(question.code)
            if box is not None and asked(question, found):
                found.update(box.answers())
        return found

    def occurred_at(self) -> datetime | None:
        """The moment that is typed; None where it is not understood."""
        day, at = self._moment_day.day(), self._moment_time.moment()
        return None if day is None or at is None else datetime.combine(day, at).astimezone()

    def _touched(self) -> None:
        answers = self.answers()
        if closes(self._form, answers):
            self._autosave.forget()
            self._on_closing(self._draft_id)
            return
        self._look()
        self._dirty = True
        self._autosave.touch()

    def _look(self) -> None:
        """Shows what is asked, given the answers; counts what is missing."""
        answers = self.answers()
        for question in self._form.fields:
            field = self._fields.get(question.code)
            if field is not None and question.when is not None:
                field.setVisible(asked(question, answers))
        missing = sum(1 for question in self._form.fields if self._is_missing(question))
        self._missing.setText(
            ntr("{count} answer missing (F8)", "{count} answers missing (F8)", missing) if missing else ""
        )

    def _is_asked(self, question: Question) -> bool:
        return asked(question, self.answers())

    def _is_missing(self, question: Question) -> bool:
        box = self._boxes.get(question.code)
        answers = self.answers()
        if box is None or not question.required or not asked(question, answers):
            return False
        if question.type is FieldType.GRID:
            given = answers.get(question.code)
            return not isinstance(given, Mapping) or len(given) < len([row for row in question.rows if not row.retired])
        return not answered(answers.get(question.code))

    def _code_in_hand(self) -> str:
        focus = QApplication.focusWidget()
        return next((code for code, box in self._boxes.items() if focus is not None and box.isAncestorOf(focus)), "")

    def _go_on(self) -> None:
        """After a digit: the next question that is missing takes the focus."""
        self.next_unanswered()

    def _unfold(self, on: bool) -> None:
        self._folded.setVisible(on)

    # keeping

    def _keep_at_least_once(self) -> None:
        if self._draft_id is None:
            self._write()

    def _write(self) -> None:
        """Keeps everything that is typed. A failure is said where the saved state stands, and the text stays here."""
        try:
            if self._draft_id is None:
                self._draft_id = self._notes.start(
                    self._form.name, self._context.person_id, occurred_at=self.occurred_at(), answers=self.answers()
                )
            else:
                self._notes.save_draft(self._draft_id, occurred_at=self.occurred_at(), answers=self.answers())
        except StorageError:
            self.saving.emit(
                "failed", tr("We could not save to this computer. Your text is still here. Free some space.")
            )
            self._autosave.again()
            return
        self._dirty = False
        at = local(self._now())
        self.saving.emit("saved", tr("Draft saved {time}").format(time=f"{at:%H:%M:%S}"))

    def _keep_and_go(self) -> None:
        self._autosave.now()
        self._keep_at_least_once()
        self.said.emit(tr("Kept as a draft. Only you can open it."))
        self.go.emit(Route(name="person", person=self._context.person_id, id="overview"))

    def _ask_delete(self) -> None:
        self.ask(
            tr("Deleting this draft about {name}: it cannot be brought back.").format(
                name=isolate(self._context.person_name)
            ),
            tr("Delete draft"),
            self._delete,
            danger=True,
        )

    def _delete(self) -> None:
        self._autosave.forget()
        if self._draft_id is not None:
            self._notes.drop_draft(self._draft_id)
        self.said.emit(tr("Draft deleted."))
        self.go.emit(Route(name="person", person=self._context.person_id, id="overview"))

    # signing

    def _sign(self) -> None:
        if self._draft_id is None:
            return
        try:
            signed = self._notes.sign(self._draft_id)
        except UserError as problem:
            self._show_problems((Problem(field=problem.field or "", sentence=problem.sentence),))
            return
        self._autosave.forget()
        if "safety_alert" in signed.opens:
            self.said.emit(tr("Signed. You answered yes in the safety check: tell the duty officer now."))
        else:
            self.said.emit(tr("Signed {time}.").format(time=clock(self._now())))
        self.go.emit(Route(name="person", person=self._context.person_id, id="timeline"))

    def _show_problems(self, found: Sequence[Problem]) -> None:
        for field in self._fields.values():
            field.calm()
        shown: list[tuple[str, QWidget]] = []
        for problem in found:
            code = problem.field.removesuffix(".other")
            field_ = self._fields.get(code)
            if field_ is None:
                shown.append((problem.sentence, self._moment_day.line))
                continue
            question = self._form.field(code)
            if question is not None and question.folded:
                self._unfold(True)
            field_.complain(problem.sentence)
            box = self._boxes.get(code)
            shown.append((problem.sentence, self._moment_day.line if box is None else box.control()))
        self.problems(shown)


def _beginning(words: str, most: int = 600) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
