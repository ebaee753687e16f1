"""A chaplain's contact log: several contacts in one place, by few keys, and one signature for all of them (W5)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.terms import Terms
from rehabdesk.core.text import isolate, join_words
from rehabdesk.notes.chaplaincy.contact_log_service import ContactLog, Logged
from rehabdesk.notes.chaplaincy.encounter_service import Encounters
from rehabdesk.notes.chaplaincy.pastoral_model import CONFIDENTIAL
from rehabdesk.notes.chaplaincy.view.closed_blocks import EncounterBlock, WorshipBlock
from rehabdesk.notes.chaplaincy.view.contact_form import ContactForm
from rehabdesk.notes.chaplaincy.view.contact_list import contact_list
from rehabdesk.notes.chaplaincy.view.round_row import RoundRow
from rehabdesk.notes.forms.answers_model import Answer, Answers, Problem
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.ui.autosave import Autosave
from rehabdesk.ui.dates import local, long
from rehabdesk.ui.find_line import Found
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page
from rehabdesk.ui.widgets import Elided


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the log needs to know of people and of the site. `cases`: (id, name) of this chaplain's own."""

    find: Callable[[str], Sequence[Found]]
    found: Callable[[str], Found]
    cases: Callable[[], Sequence[tuple[str, str]]]
    rule: str
    warn_of: Terms[str]
    now: Callable[[], datetime]


class ContactLogPage(Page):
    """`person_id`: whom the first contact is with, where that is known; else nobody is chosen yet."""

    _round: RoundRow
    _form: ContactForm

    def __init__(
        self, kit: Kit, log: ContactLog, encounters: Encounters, form: Form, around: Around, *, person_id: str = ""
    ) -> None:
        super().__init__(kit)
        self._log, self._encounters, self._kinds, self._around = log, encounters, form, around
        self._draft: str | None = None
        self._block: EncounterBlock | WorshipBlock | None = None
        self._setting: Answers = {}
        """Of this round, while the form is closed."""
        self._autosave = Autosave(self, self._write)
        self._set_head()
        self._show_open({})
        if person_id:
            self._form.take(around.found(person_id), {})

    def first_focus(self) -> QWidget | None:
        if self._block is not None:
            return self._block.first_focus()
        if self._round.hearing() is None:
            return self._round.first_focus()
        return self._form.begins()

    def main_act(self) -> None:
        """Counts where the form is closed; else takes the contact in hand to the others and asks for the signature."""
        if self._block is not None:
            self._count()
        elif not self._form.is_begun() or self._add():
            self._ask_signature()

    def keep(self) -> None:
        self._autosave.now()

    def place(self) -> Mapping[str, Json]:
        return {**super().place(), "contact": self._draft or ""}

    def restore(self, place: Mapping[str, Json]) -> None:
        draft = place.get("contact")
        if isinstance(draft, str) and any(one.draft.id == draft for one in self._log.logged()):
            self._take_up(draft)
        super().restore(place)

    # the open form

    def _set_head(self) -> None:
        kit = self.kit
        title = kit.label(tr("Contacts, {day}").format(day=isolate(long(kit.today()))), "h1")
        level = kit.tag(tr("Pastoral: the chaplaincy team only"), "purple", "lock")
        level.setToolTip(tr("Nobody else, no exception."))
        self.set_head(kit.row(title, level, STRETCH, gap=3))

    def _show_open(self, setting: Answers) -> None:
        """The form for one contact in the setting of this round, and below it what is typed already."""
        kit = self.kit
        self._block, self._draft = None, None
        self._round = RoundRow(kit, self._kinds)
        self._round.take(setting)
        self._round.answered.connect(lambda: self._focus(self._form.begins()))
        self._form = ContactForm(
            kit, self._kinds, self._around.find, rule=self._around.rule, warn_of=self._around.warn_of
        )
        self._form.changed.connect(self._touched)
        self._form.entered.connect(self._add)
        self._form.closed.connect(self._close)
        self._round.changed.connect(self._touched)
        self._list = kit.column()
        card = kit.card("", self._round, kit.rule(), self._form)
        self.set_body(kit.box(kit.column(card, self._list, STRETCH, gap=4)))
        self._show_list()

    def _show_list(self) -> None:
        kit, logged = self.kit, self._others()
        contact_list(
            kit,
            self._list,
            logged,
            self._kinds,
            name_of=lambda person: self._around.found(person).words,
            take_up=self._take_up,
            drop=self._ask_drop,
        )
        ready = sum(one.ready for one in logged)
        words = ntr("Sign {count} contact", "Sign {count} contacts", ready) if ready else tr("Sign contacts")
        sign = kit.button(words, kind="primary", icon="signature")
        sign.setToolTip(f"{words} (Ctrl+Enter)")
        sign.clicked.connect(self.main_act)
        add = kit.button(tr("Add contact"), icon="plus")
        add.setToolTip(f"{tr('Add contact')} (Enter)")
        add.clicked.connect(self._add)
        names = [isolate(self._around.found(one.draft.person_id or "").words) for one in logged]
        self.set_foot(kit.row((Elided(" · ".join(names)), 1), add, sign))

    def _others(self) -> list[Logged]:
        """What is typed, but for the contact in hand."""
        return [one for one in self._log.logged() if one.draft.id != self._draft]

    def _answers(self) -> dict[str, Answer]:
        return {**self._round.answers(), **self._form.answers()}

    def _touched(self) -> None:
        if self._form.person.chosen() is not None:
            self._autosave.touch()

    def _write(self) -> None:
        """Keeps the contact in hand, once it is known with whom it was."""
        person = self._form.person.chosen()
        if self._block is not None or person is None:
            return
        self._draft = self._log.keep(person, self._answers(), on=self._round.day(), draft_id=self._draft)
        self.saving.emit("saved", tr("Draft saved {time}").format(time=f"{local(self._around.now()):%H:%M:%S}"))

    def _add(self) -> bool:
        """Takes the contact in hand to those below; what is missing is said at its field. Whether it went."""
        self._form.calm()
        self._round.calm()
        person = self._form.person.chosen()
        if person is None:
            sentence = tr("Type a name and choose the person, or press 0 for a confidential encounter.")
            self._complain([Problem(field="hdr.1", sentence=sentence)])
            return False
        try:
            self._draft = self._log.keep(person, self._answers(), on=self._round.day(), draft_id=self._draft)
        except UserError as problem:
            self._complain([Problem(field=problem.field or "hdr.1", sentence=problem.sentence)])
            return False
        self._autosave.forget()
        typed = next(one for one in self._log.logged() if one.draft.id == self._draft)
        if typed.problems:
            self._complain(typed.problems)
            return False
        self.problems([])
        self._draft = None
        self._form.take(None, {})
        self._show_list()
        self._focus(self._form.person.line)
        return True

    def _complain(self, found: Sequence[Problem]) -> None:
        shown = [*self._round.complain(found), *self._form.complain(found)]
        self.problems(shown or [(found[0].sentence, self._form.person.line)])
        self._focus(shown[0][1] if shown else self._form.person.line)

    def _take_up(self, draft_id: str) -> None:
        """A typed contact goes back into the form."""
        if not self.save():
            return
        draft = next(one.draft for one in self._log.logged() if one.draft.id == draft_id)
        self._draft = draft_id
        self._round.take(draft.answers)
        self._form.take(self._around.found(draft.person_id or ""), draft.answers)
        self._show_list()
        self._focus(self._form.person.line)

    def _ask_drop(self, draft_id: str) -> None:
        one = next(each for each in self._log.logged() if each.draft.id == draft_id)
        name = isolate(self._around.found(one.draft.person_id or "").words)

        def drop() -> None:
            self._log.drop(draft_id)
            self.said.emit(tr("Draft deleted."))
            self._show_list()

        sentence = tr("Deleting this draft about {name}: it cannot be brought back.").format(name=name)
        self.ask(sentence, tr("Delete draft"), drop, danger=True)

    # signing

    def _ask_signature(self) -> None:
        ready = [one for one in self._others() if one.ready]
        if not ready:
            self._complain([Problem(field="hdr.1", sentence=tr("No contact is ready. Type a name first."))])
            return
        names = join_words(isolate(self._around.found(one.draft.person_id or "").words) for one in ready)
        sentence = ntr(
            "Signing {count} contact, with {names}: it goes into that record. You cannot edit it afterwards.",
            "Signing {count} contacts, with {names}: each goes into its own record. You cannot edit them afterwards.",
            len(ready),
        )
        words = ntr("Sign {count} contact", "Sign {count} contacts", len(ready))
        self.ask(sentence.replace("{names}", names), words, lambda: self._sign([one.draft.id for one in ready]))

    def _sign(self, draft_ids: Sequence[str]) -> None:
        try:
            signed = self._log.sign(draft_ids)
        except UserError as problem:
            self._complain([Problem(field=problem.field or "", sentence=problem.sentence)])
            return
        alarmed = [isolate(self._around.found(one.note.person_id).words) for one in signed if one.opens]
        self.said.emit(_signed_words(len(signed), alarmed))
        self._show_list()
        self._focus(self._form.person.line)

    # closed

    def _close(self, kind: str) -> None:
        """The form is gone with all that was typed into it, and no name is in sight (G13, domain.md 14.4)."""
        self._autosave.forget()
        self.problems([])
        if self._draft is not None:
            self._log.drop(self._draft)
            self._draft = None
        self._setting = self._round.answers()
        kit = self.kit
        if kind == CONFIDENTIAL:
            self._block, title = EncounterBlock(kit, self._encounters, self._around.cases), tr("Confidential encounter")
        else:
            self._block, title = WorshipBlock(kit, self._log), tr("Worship, number only")
        self.set_body(kit.box(kit.column(kit.label(title, "h2"), self._block, STRETCH, gap=3)))
        back = kit.button(tr("Cancel"))
        back.clicked.connect(self._open_again)
        count = kit.button(self._block.act_words(), kind="primary", icon="plus")
        count.clicked.connect(self._count)
        self._block.renamed.connect(lambda words: kit.rename(count, words))
        self.set_foot(kit.row(STRETCH, back, count))
        self._focus(self._block.first_focus())

    def _count(self) -> None:
        if self._block is None:
            return
        try:
            self._block.record()
        except UserError as problem:
            self.problems([(problem.sentence, self._block.wrong_control())])
            return
        self.problems([])
        self.said.emit(tr("Counted. Nothing else was kept."))
        self._open_again()

    def _open_again(self) -> None:
        self.problems([])
        self._show_open(self._setting)
        self._focus(self.first_focus())

    def _focus(self, control: QWidget | None) -> None:
        if control is not None:
            control.setFocus(Qt.FocusReason.OtherFocusReason)
            self.bring_into_sight(control)


def _signed_words(count: int, alarmed: Sequence[str]) -> str:
    """What is said after signing. `alarmed`: names of those for whose life the chaplain is concerned."""
    if not alarmed:
        return ntr("Signed {count} contact.", "Signed {count} contacts.", count)
    words = tr("Signed. You are concerned for the life of {names}: open a safety alert now.")
    return words.format(names=join_words(alarmed))
