"""What is done with a signed note: added to, struck, moved to the right person, cosigned, returned. Never edited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.terms import Terms
from rehabdesk.core.text import isolate
from rehabdesk.notes.attachments.attachment_service import Attachments
from rehabdesk.notes.attachments.view.moved_files import with_files
from rehabdesk.notes.cosign_service import Cosigning
from rehabdesk.notes.model import AddendumType, Note, Part
from rehabdesk.notes.paper.paper_service import Paper
from rehabdesk.notes.service import Notes
from rehabdesk.notes.words_model import addendum_words
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.field import Field
from rehabdesk.ui.find_line import FindLine, Found
from rehabdesk.ui.names_card import NamesCard, names_card
from rehabdesk.ui.page import STAY, Page, Route
from rehabdesk.ui.texts import Control


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What the page of a note calls. `assigns` names who can assign somebody to a person; `mine`: this login's uid.

    `sealed`: words at which the text warns, where the note is pastoral.
    """

    notes: Notes
    cosigning: Cosigning
    paper: Paper
    attachments: Attachments
    find: Callable[[str], Sequence[Found]]
    assigns: Callable[[str], str]
    staff: Callable[[str], str]
    prove: Callable[[str], object]
    mine: str
    sealed: Terms[str] | None


class ReadDeeds:
    """The deeds on one opened note. `shown` shows the note as it is after one; `act` is what Ctrl+Enter does now."""

    def __init__(
        self, page: Page, deeds: Deeds, comp: str, rid: str, *, name: str, shown: Callable[[Note], None]
    ) -> None:
        self._page, self._deeds, self._comp, self._rid = page, deeds, comp, rid
        self._name, self._shown = name, shown
        self.act: Callable[[], None] | None = None
        self.first: QWidget | None = None
        """Of the form that is open; None while the note is read."""
        self.names: NamesCard | None = None
        """Whom else the form that is open names."""

    # what this login may do

    def buttons(self, note: Note, part: Part) -> tuple[list[QPushButton], list[QPushButton]]:
        """(less likely acts, the main ones at the end), as far as this login has them."""
        kit, quiet, main = self._page.kit, [], []
        self.act = self.first = self.names = None
        mine = note.author == self._deeds.mine
        if note.strike is not None:
            return [], []

        def button(words: str, icon: str, do: Callable[[Note], None], kind: str = "quiet") -> QPushButton:
            made = kit.button(words, kind=kind, icon=icon)
            made.clicked.connect(lambda: do(note))
            return made

        if mine:
            quiet.append(button(tr("Entered in error"), "ban", self.ask_strike))
            if part is Part.NOTE:
                quiet.append(button(tr("Recorded on the wrong person"), "users", self.ask_right_person))
        if self._deeds.paper.may_tick(note):
            quiet.append(button(tr("Paper destroyed"), "file-text", self.ask_paper))
        answers = self._deeds.cosigning.may_answer(note)
        if answers:
            main.append(button(tr("Return with a reason"), "undo-2", self.ask_return, ""))
        adds = bool(self._deeds.notes.additions(note.author))
        if adds:
            main.append(button(tr("Add details"), "plus", self.ask_addition, "" if answers else "primary"))
        if answers:
            main.append(button(tr("Cosign"), "signature", self.ask_cosign, "primary"))
        if answers or adds:
            self.act = lambda: self.ask_cosign(note) if answers else self.ask_addition(note)
        return quiet, main

    # adding

    def ask_addition(self, note: Note) -> None:
        kit = self._page.kit
        kinds = [(kind.value, addendum_words(kind)) for kind in self._deeds.notes.additions(note.author)]
        kind = kit.combo(kinds, chosen=kinds[0][0])
        body = kit.text_area(limit=10_000, lines=4)
        field = _named("body", kit.field(tr("&What is added"), body, required=True))

        def sign() -> object:
            added = self._deeds.notes.add(self._comp, self._rid, AddendumType(kind.code() or ""), body.words())
            return self._done(added, tr("Added and signed."))

        fields = [self._names(note, body), kit.field(tr("&Kind"), kind), field]
        self._show_form(tr("Add details"), fields, tr("Sign the addition"), sign, first=body)

    # striking

    def ask_strike(self, note: Note) -> None:
        kit = self._page.kit
        reason = kit.line(limit=600)
        field = _named("reason", kit.field(tr("&Why was it entered in error?"), reason, required=True))

        def strike() -> None:
            self._deeds.notes.entered_in_error(self._comp, self._rid, reason.text())
            self._page.said.emit(tr("Struck. You and an inspector still see it; nobody else does."))
            self._page.go.emit(Route(name="person", person=note.person_id, id="timeline"))

        def ask() -> object:
            _require(reason.text(), tr("Write why the note was entered in error."))
            sentence = tr("Striking this note about {name}: it stays in the log.").format(name=isolate(self._name))
            sentence = with_files(sentence, self._files(note), moves=False)
            self._page.ask(sentence, tr("Strike"), self._telling(strike, [field]), danger=True)
            return STAY

        fields = [self._names(note, reason), field]
        self._show_form(tr("Entered in error"), fields, tr("Strike"), ask, first=reason)

    def ask_right_person(self, note: Note) -> None:
        """Struck here, a draft there: both people are named before it is done."""
        kit = self._page.kit
        who = FindLine(kit, self._deeds.find, hint=tr("Name or case number"))
        reason = kit.line(limit=600)
        fields = [
            _named("right_person", kit.field(tr("Wh&o is it about?"), who, required=True)),
            _named("reason", kit.field(tr("&Why was it entered in error?"), reason, required=True)),
        ]
        who.taken.connect(lambda _id: reason.setFocus(Qt.FocusReason.TabFocusReason))

        def move(person: str) -> None:
            draft = self._deeds.notes.recorded_on_wrong_person(self._comp, self._rid, person, reason.text())
            words = tr("Struck there. Read the draft here, and sign it again.")
            if self._deeds.notes.kept.out_of_reach(note.part.form):
                words = tr("Struck there. What only the safeguarding lead reads is not in the draft: answer it again.")
            self._page.said.emit(words)
            self._page.go.emit(Route(name="note", person=person, id=draft))

        def ask() -> object:
            person = who.chosen()
            if person is None:
                raise UserError(tr("Type a name and choose the person."), field="right_person")
            if person == note.person_id:
                raise UserError(tr("The note is on this person already. Choose the right one."), field="right_person")
            if not self._deeds.notes.may_write_on(person):
                raise UserError(self._deeds.assigns(person), field="right_person")
            _require(reason.text(), tr("Write why the note was entered in error."))
            sentence = tr("Striking this note about {wrong}, and opening it as a draft about {right}.").format(
                wrong=isolate(self._name), right=isolate(who.chosen_words())
            )
            sentence = with_files(sentence, self._files(note), moves=True)
            self._page.ask(sentence, tr("Move the note"), self._telling(lambda: move(person), fields), danger=True)
            return STAY

        title = tr("Recorded on the wrong person")
        self._show_form(title, [self._names(note, reason), *fields], tr("Move the note"), ask, first=who.line)

    # cosigning

    def ask_cosign(self, note: Note) -> None:
        sentence = tr("Cosigning the note of {author} about {name}, {day}.").format(
            author=isolate(self._deeds.staff(note.author)),
            name=isolate(self._name),
            day=isolate(stamp(note.part.occurred_at)),
        )

        def cosign(_proof: object) -> None:
            self._done(self._deeds.cosigning.cosign(self._rid), tr("Cosigned."))

        self._page.ask_with_proof(sentence, tr("Cosign"), self._deeds.prove, cosign)

    def ask_return(self, note: Note) -> None:
        kit = self._page.kit
        reason = kit.text_area(limit=600, lines=3)
        caption = tr("&What should {author} add?").format(author=isolate(self._deeds.staff(note.author)))
        field = _named("reason", kit.field(caption, reason, required=True))

        def give_back() -> object:
            returned = self._deeds.cosigning.give_back(self._rid, reason.words())
            return self._done(returned, tr("Returned. The author reads why; an addition answers."))

        fields = [self._names(note, reason), field]
        self._show_form(tr("Return with a reason"), fields, tr("Return"), give_back, first=reason)

    # paper

    def ask_paper(self, _note: Note) -> None:
        kit = self._page.kit
        day = kit.date_field(kit.today())
        field = _named("on", kit.field(tr("The paper form was &destroyed on"), day, required=True))

        def record() -> object:
            try:
                on = day.required()
            except UserError as problem:
                raise UserError(problem.sentence, field="on") from problem
            return self._done(self._deeds.paper.destroyed(self._comp, self._rid, on), tr("Recorded."))

        self._show_form(tr("Paper destroyed"), [field], tr("Record"), record, first=day.line)
        day.line.selectAll()

    # inside

    def _names(self, note: Note, control: Control) -> QWidget:
        """Above the fields: what is typed goes into this person's record, and names nobody else."""
        self.names = names_card(self._page.kit, lambda: {"words": control}, note.person_id, self._deeds.sealed)
        return self.names

    def _files(self, note: Note) -> list[str]:
        return [one.attachment.name for one in self._deeds.attachments.moved.of(note.part.note)]

    def _show_form(
        self, title: str, fields: Sequence[QWidget], act: str, do: Callable[[], object], *, first: QWidget
    ) -> None:
        self.first = first
        self.act = self._page.show_form(title, fields, act, do, first=first)

    def _done(self, note: Note, sentence: str) -> object:
        self._page.problems([])
        self._page.said.emit(sentence)
        self._shown(note)
        return STAY

    def _telling(self, do: Callable[[], None], fields: Sequence[Field]) -> Callable[[], None]:
        """What a strip does; a refusal is said on top and by its field, and what was typed stays."""

        def told() -> None:
            try:
                do()
            except UserError as problem:
                wrong = next((field for field in fields if field.objectName() == problem.field), fields[0])
                wrong.complain(problem.sentence)
                control: QWidget = wrong.control.focusProxy() or wrong.control
                self._page.problems([(problem.sentence, control)])

        return told


def _named(code: str, field: Field) -> Field:
    field.setObjectName(code)
    return field


def _require(words: str, sentence: str) -> None:
    if not words.strip():
        raise UserError(sentence, field="reason")
