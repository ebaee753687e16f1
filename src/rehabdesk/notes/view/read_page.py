"""A signed note: read, and added to. It is never edited."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.answers_model import Answer
from rehabdesk.notes.form_model import Field as Question
from rehabdesk.notes.form_service import Forms
from rehabdesk.notes.model import AddendumType, Note, may_add
from rehabdesk.notes.service import Notes
from rehabdesk.notes.words_model import level_words, state_tag
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import STAY, Page, Route
from rehabdesk.ui.plain_kit import Card


class ReadPage(Page):
    """`mine`: this login's uid."""

    def __init__(
        self,
        kit: Kit,
        notes: Notes,
        forms: Forms,
        comp: str,
        rid: str,
        *,
        person_name: str,
        case_ref: str,
        staff: Callable[[str], str],
        mine: str,
    ) -> None:
        super().__init__(kit)
        self._notes, self._forms, self._comp, self._rid = notes, forms, comp, rid
        self._name, self._case, self._staff, self._mine = person_name, case_ref, staff, mine
        self._note = notes.timeline.open(comp, rid)
        self._first: QWidget | None = None
        self._act: Callable[[], None] = self._ask_addition
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._first

    def main_act(self) -> None:
        self._act()

    def refresh(self) -> None:
        kit, note, self._act = self.kit, self._note, self._ask_addition
        entry = self._notes.timeline.require_entry(self._comp, self._rid)
        title = tr(self._forms.form(note.part.form).title) if note.part.form else tr("Pastoral contribution")
        state = state_tag(entry)
        facts = (self._name, self._case, stamp(note.part.occurred_at), self._staff(note.author))
        who = " · ".join(isolate(fact) for fact in facts)
        tags = [kit.tag(*state)] if state else []
        level = kit.label(level_words(self._comp), "small", tone="muted", wrap=True)
        self.set_head(
            kit.column(
                kit.row(kit.label(title, "h1"), *tags, STRETCH, gap=3),
                kit.label(who, "small", tone="muted", wrap=True),
                level,
                gap=0,
            )
        )
        additions = [self._addition(kit, number) for number in range(len(note.additions))]
        self.set_body(kit.box(kit.column(self._content(note), *additions, STRETCH, gap=4)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=note.person_id, id="timeline")))
        add = kit.button(tr("Add details"), kind="primary", icon="plus")
        add.clicked.connect(self._ask_addition)
        strike = None
        if note.author == self._mine and note.strike is None:
            strike = kit.button(tr("Entered in error"), kind="quiet", icon="ban")
            strike.clicked.connect(self._ask_strike)
        self._first = add if note.strike is None else back
        self.set_foot(kit.row(back, strike, STRETCH, add if note.strike is None else None))

    def _content(self, note: Note) -> Card:
        kit, part = self.kit, note.part
        fields = self._forms.form(part.form).fields if part.form else ()
        rows: list[QWidget] = []
        for question in fields:
            value = part.answer(question.code)
            if value is None or question.code == "hdr.1":
                continue
            other = part.answer(question.words_code)
            words = answer_words(question, value) + (f" ({other})" if other else "")
            rows.append(_pair(kit, tr(question.text), words))
        if not part.form:
            rows = [kit.label(words, wrap=True, selectable=True) for words in part.words.values()]
        return kit.card("", *rows, gap=3)

    def _addition(self, kit: Kit, number: int) -> Card:
        signed = self._note.additions[number]
        meta = f"{self._staff(signed.author)} · {stamp(signed.recorded_at)}"
        return kit.card(
            _kind_words(signed.addendum.type),
            kit.label(meta, "small", tone="muted"),
            kit.label(signed.addendum.body, wrap=True, selectable=True),
            kind="flat",
            gap=1,
        )

    # adding

    def _ask_addition(self) -> None:
        kit, note = self.kit, self._note
        if note.strike is not None:
            return
        author = note.author == self._mine
        kinds = [(kind.value, _kind_words(kind)) for kind in AddendumType if may_add(kind, is_author=author)]
        kind = kit.combo(kinds, chosen=kinds[0][0])
        body = kit.text_area(limit=10_000, lines=4)
        fields = [kit.field(tr("&Kind"), kind), kit.field(tr("&What is added"), body, required=True)]
        for field, name in zip(fields, ("type", "body"), strict=True):
            field.setObjectName(name)

        def sign() -> None:
            self._note = self._notes.add(self._comp, self._rid, AddendumType(kind.code() or ""), body.words())
            self.said.emit(tr("Added and signed."))

        self._act = self.show_form(
            tr("Add details"),
            fields,
            tr("Sign the addition"),
            sign,
            first=body,
            beside=[self._content(note)],
            name="addition",
        )

    def _ask_strike(self) -> None:
        kit = self.kit
        reason = kit.line(limit=600)
        field = kit.field(tr("&Why was it entered in error?"), reason, required=True)
        field.setObjectName("reason")

        def strike() -> None:
            try:
                self._notes.entered_in_error(self._comp, self._rid, reason.text())
            except UserError as problem:
                field.complain(problem.sentence)
                self.problems([(problem.sentence, reason)])
                return
            self.said.emit(tr("Struck. You and an inspector still see it; nobody else does."))
            self.go.emit(Route(name="person", person=self._note.person_id, id="timeline"))

        def ask() -> object:
            if not reason.text().strip():
                raise UserError(tr("Write why the note was entered in error."), field="reason")
            self.ask(
                tr("Striking this note about {name}: it stays in the log.").format(name=isolate(self._name)),
                tr("Strike"),
                strike,
                danger=True,
            )
            return STAY

        content = self._content(self._note)
        self._act = self.show_form(
            tr("Entered in error"), [field], tr("Strike"), ask, first=reason, beside=[content], name="strike"
        )

    def reopen(self, form: str) -> None:
        if form == "addition":
            self._ask_addition()
        elif self._note.author == self._mine and self._note.strike is None:
            self._ask_strike()


def answer_words(question: Question, value: Answer) -> str:
    """An answer in words, as it stands on screen."""
    if isinstance(value, bool):
        return tr("Yes")
    if isinstance(value, tuple):
        return ", ".join(_choice_words(question, code) for code in value)
    if isinstance(value, str):
        if value in ("yes", "no") and not question.choices:
            return tr("Yes") if value == "yes" else tr("No")
        return _choice_words(question, value) if question.choices else value
    if isinstance(value, int):
        return str(value)
    rows = {row.code: tr(row.text) for row in question.rows}
    return "\n".join(f"{rows.get(row, row)}: {_choice_words(question, code)}" for row, code in value.items())


def _choice_words(question: Question, code: str) -> str:
    choice = question.choice(code)
    return tr(choice.text) if choice is not None else code


def _pair(kit: Kit, caption: str, words: str) -> QWidget:
    name = kit.label(caption, "small", tone="muted", wrap=True)
    return kit.box(
        kit.row((kit.box(kit.column(name, STRETCH)), 1), (kit.label(words, wrap=True, selectable=True), 3), gap=3)
    )


def _kind_words(kind: AddendumType) -> str:
    return {
        AddendumType.ADDITION: tr("Addition"),
        AddendumType.CORRECTION: tr("Correction"),
        AddendumType.LATE_INFORMATION: tr("Late information"),
        AddendumType.PERSON_STATEMENT: tr("The person's statement"),
        AddendumType.RESPONSE_TO_DISAGREEMENT: tr("Response to a disagreement"),
    }[kind]
