"""A signed note: read, and added to. It is never edited."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.form_service import Forms
from rehabdesk.notes.model import AddendumType, Note, may_add
from rehabdesk.notes.service import Notes
from rehabdesk.notes.view.answer_rows import answer_rows
from rehabdesk.notes.words_model import level_words, state_tag
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
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
        self._body_field: Field | None = None
        self._first: QWidget | None = None
        self._show()

    def first_focus(self) -> QWidget | None:
        return self._first

    def main_act(self) -> None:
        self._ask_addition()

    def _show(self) -> None:
        kit, note = self.kit, self._note
        entry = self._notes.timeline.require_entry(self._comp, self._rid)
        form = self._notes.kept.form_of(note.part)
        title = self._forms.title(note.part.form) if form is None else tr(form.title)
        title = title if note.part.form else tr("Pastoral contribution")
        state = state_tag(entry)
        facts = (self._name, self._case, stamp(note.part.occurred_at), self._staff(note.author))
        who = " · ".join(isolate(fact) for fact in facts if fact)
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
        mine = note.author == self._mine
        rows = answer_rows(kit, self._notes.kept.form_of(part), part, is_author=mine)
        if not part.form:
            rows = [kit.label(words, wrap=True, selectable=True) for words in part.words.values()]
        return kit.card("", *rows, gap=3)

    def _addition(self, kit: Kit, number: int) -> Card:
        signed = self._note.additions[number]
        meta = f"{self._staff(signed.author)} · {stamp(signed.recorded_at)}"
        return kit.card(
            addition_words(signed.addendum.type),
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
        kinds = [(kind.value, addition_words(kind)) for kind in AddendumType if may_add(kind, is_author=author)]
        kind = kit.combo(kinds, chosen=kinds[0][0])
        body = kit.text_area(limit=10_000, lines=4)
        field = kit.field(tr("&What is added"), body, required=True)

        def sign() -> None:
            try:
                self._note = self._notes.add(self._comp, self._rid, AddendumType(kind.code() or ""), body.words())
            except UserError as problem:
                field.complain(problem.sentence)
                self.problems([(problem.sentence, body)])
                return
            self.problems([])
            self.said.emit(tr("Added and signed."))
            self._show()

        self._show_form(tr("Add details"), [kit.field(tr("&Kind"), kind), field], tr("Sign the addition"), sign)
        body.setFocus()

    def _ask_strike(self) -> None:
        kit = self.kit
        reason = kit.line(limit=600)
        field = kit.field(tr("&Why was it entered in error?"), reason, required=True)

        def strike() -> None:
            try:
                self._notes.entered_in_error(self._comp, self._rid, reason.text())
            except UserError as problem:
                field.complain(problem.sentence)
                self.problems([(problem.sentence, reason)])
                return
            self.said.emit(tr("Struck. You and an inspector still see it; nobody else does."))
            self.go.emit(Route(name="person", person=self._note.person_id, id="timeline"))

        def ask() -> None:
            self.ask(
                tr("Striking this note about {name}: it stays in the log.").format(name=isolate(self._name)),
                tr("Strike"),
                strike,
                danger=True,
            )

        self._show_form(tr("Entered in error"), [field], tr("Strike"), ask)
        reason.setFocus()

    def _show_form(self, title: str, fields: list[Field], act: str, do: Callable[[], None]) -> None:
        kit = self.kit
        go = kit.button(act, kind="primary")
        go.clicked.connect(do)
        cancel = kit.button(tr("Cancel"))
        cancel.clicked.connect(self._show)
        card = kit.card(title, *fields)
        self.set_body(kit.box(kit.column(self._content(self._note), card, STRETCH, gap=4)))
        self.set_foot(kit.row(STRETCH, cancel, go))


def addition_words(kind: AddendumType) -> str:
    """What kind of addition it is."""
    return {
        AddendumType.ADDITION: tr("Addition"),
        AddendumType.CORRECTION: tr("Correction"),
        AddendumType.LATE_INFORMATION: tr("Late information"),
        AddendumType.PERSON_STATEMENT: tr("The person's statement"),
        AddendumType.RESPONSE_TO_DISAGREEMENT: tr("Response to a disagreement"),
    }[kind]
