"""Writing a note: the form of the role, saved while it is typed, signed with one confirmation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.terms import Terms
from rehabdesk.core.text import isolate
from rehabdesk.notes.alerts.alert_model import kinds_called_for
from rehabdesk.notes.attachments.view.moved_files import left_there
from rehabdesk.notes.follow_model import follows
from rehabdesk.notes.forms.answers_model import Answers, Problem, closes, unkeepable
from rehabdesk.notes.forms.form_model import FieldType, Form
from rehabdesk.notes.forms.picks_model import Pick
from rehabdesk.notes.model import Note
from rehabdesk.notes.service import Notes
from rehabdesk.notes.view.beside_note import LastNote
from rehabdesk.notes.view.note_head import standing_warning, write_instead
from rehabdesk.notes.view.note_sheet import NoteSheet
from rehabdesk.notes.view.sheet_texts import SheetTexts
from rehabdesk.notes.words_model import level_words, person_can_read
from rehabdesk.ui.dates import clock
from rehabdesk.ui.draft_page import DraftPage
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.named import Find
from rehabdesk.ui.names_card import NamesCard
from rehabdesk.ui.page import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands beside the note: the person, the last note of this form, open steps of the plan.

    `names` finds other people of the register in a text, `sealed` are words at which a pastoral page warns.
    `picks`: what the record offers to questions that pick from it. `forms`: name and title of the forms that this role
    may write instead. `files_of`: the names of what was attached to a note from which a draft was moved.
    """

    person_id: str
    person_name: str
    case_ref: str
    last: Note | None = None
    steps: tuple[str, ...] = ()
    names: Find | None = None
    sealed: Terms[str] | None = None
    picks: Callable[[FieldType], Sequence[Pick]] = lambda _kind: ()
    forms: tuple[tuple[str, str], ...] = ()
    files_of: Callable[[str], Sequence[str]] = lambda _note: ()


class NotePage(DraftPage):
    """`draft_id` None: a new note, which is kept from the first key on, starting with the answers `start`.

    `on_closing` is called with the draft when an answer ends the form without content (the confidential encounter).
    """

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
        super().__init__(kit, draft_id, write=self._written, drop=notes.drop_draft, now=now)
        self._notes, self._context, self._on_closing = notes, context, on_closing
        shown = notes.sheet(form.name, context.person_id)
        self._form = shown.form
        self.sheet = NoteSheet(kit, shown.form, lambda code: notes.kept.questions(form.name, code), context.picks)
        self._missing = kit.label("", "small", tone="hint")
        self._texts = SheetTexts(self.sheet)
        draft = None if draft_id is None else notes.draft(draft_id)
        beside = {} if draft is None else draft.beside
        self.names_card = NamesCard(kit, self._texts, context.names, context.sealed, _listed(beside.get("kept")))
        copied = beside.get("copied")
        self.last_note = (
            LastNote(kit, self._texts, context.last, copied if isinstance(copied, dict) else {})
            if context.last
            else None
        )
        moved_from = None if draft is None else draft.moved_from
        self._left_there = () if moved_from is None else tuple(context.files_of(moved_from))
        self._set_frame(shown.banner)
        self.sheet.build()
        moment = now() if draft is None or draft.occurred_at is None else draft.occurred_at
        self.sheet.fill(start if draft is None else draft.answers, moment)
        self.sheet.changed.connect(self._touched)
        self.sheet.wanted.connect(self.reveal)
        self.names_card.decided.connect(self._autosave.touch)
        self._look_beside()
        self.sheet.away.connect(self._go_to_tab)
        self.sheet.leftovers.cleared.connect(lambda: self.said.emit(tr("Cleared. Ctrl+Z brings it back.")))
        self._count_missing()

    def first_focus(self) -> QWidget | None:
        return self.sheet.first_control()

    def main_act(self) -> None:
        """Sign: what is missing is said, or one confirmation is asked."""
        half = unkeepable(self.sheet.answers())
        if not self._is_kept() and not half:
            return
        found = self._notes.problems(self._draft) if self._draft else ()
        found = half + tuple(each for each in found if each.field not in {one.field for one in half})
        self._show_problems(found)
        if not found and self._draft is not None:
            sentence = tr("Signing this note for {name}: you cannot edit it afterwards, but you can add details.")
            self.ask(sentence.format(name=isolate(self._context.person_name)), tr("Sign note"), self._sign)

    def next_unanswered(self) -> None:
        """F8: the next required question without an answer, after the one in hand."""
        self.sheet.go_to_next_missing()

    def undo(self) -> None:
        """Outside of a text: the names that were replaced last, else what was cleared."""
        if not self.names_card.undo():
            self.sheet.leftovers.undo()

    def place(self) -> Mapping[str, Json]:
        return {**super().place(), **self.sheet.place()}

    def restore(self, place: Mapping[str, Json]) -> None:
        self.sheet.restore(place)
        super().restore(place)

    # building

    def _set_frame(self, banner: str) -> None:
        kit, context, comp = self.kit, self._context, self._form.compartment
        title = kit.label(tr(self._form.title), "h1")
        who = kit.label(
            " · ".join(isolate(each) for each in (context.person_name, context.case_ref) if each), "small", tone="muted"
        )
        level = kit.tag(level_words(comp), "grey" if comp == "team" else "purple", "lock")
        level.setToolTip(person_can_read(comp))
        head = kit.row(kit.box(kit.column(title, who, gap=0)), level, STRETCH, gap=3)
        forms = () if self._draft is not None else context.forms
        others = write_instead(kit, forms, context.person_id, self.go.emit)
        left = left_there(kit, self._left_there)
        self.set_head(kit.column(head, others, standing_warning(kit, banner), left, self.names_card, gap=1))
        self.set_body(kit.box(kit.column(kit.card("", self.sheet), STRETCH)), self._rail())
        delete, keep = self.draft_buttons(tr("&Keep as draft"))
        blank = kit.button(tr("Print blank"), kind="quiet", icon="printer")
        blank.clicked.connect(self._print_blank)
        sign = kit.button(tr("Sign note"), kind="primary", icon="signature")
        sign.setToolTip(f"{tr('Sign note')} (Ctrl+Enter)")
        sign.clicked.connect(self.main_act)
        self.set_foot(kit.row(delete, blank, STRETCH, self._missing, keep, sign))

    def _rail(self) -> QWidget:
        kit = self.kit
        hint = tr("Roles, not names of others. Nothing about informants, sources or what somebody believes.")
        cards: list[QWidget] = []
        if self.last_note is not None:
            cards.append(self.last_note)
        if self._context.steps:
            rows = [kit.label(f"· {step}", "small", wrap=True) for step in self._context.steps]
            cards.append(kit.card(tr("Open steps"), *rows, kind="flat", gap=2))
        if not cards:
            nothing = kit.label(tr("No note of this kind yet."), "small", tone="muted", wrap=True)
            cards.append(kit.card("", nothing, kind="flat"))
        cards.append(kit.label(hint, "small", tone="hint", wrap=True))
        return kit.box(kit.column(*cards, STRETCH, gap=3))

    # keeping

    def _touched(self) -> None:
        if closes(self._form, self.sheet.answers()):
            self._autosave.forget()
            self._on_closing(self._draft)
            return
        self._count_missing()
        self._look_beside()
        self._autosave.touch()

    def _look_beside(self) -> None:
        self._texts.note_focus()
        self.names_card.touch()
        if self.last_note is not None:
            self.last_note.look()

    def _beside(self) -> dict[str, Json]:
        """What the page remembers of this draft beside the answers."""
        copied = {} if self.last_note is None else self.last_note.copied
        kept: list[Json] = [*sorted(self.names_card.kept)]
        return {"kept": kept, "copied": copied}

    def _count_missing(self) -> None:
        count = len(self.sheet.missing())
        words = ntr("{count} answer missing (F8)", "{count} answers missing (F8)", count) if count else ""
        self._missing.setText(words)

    def _written(self, draft_id: str | None) -> str:
        """Keeps what no letter is missing of; `_keep` says the rest."""
        half = {one.field for one in unkeepable(self.sheet.answers())}
        answers = {code: value for code, value in self.sheet.answers().items() if code not in half}
        occurred_at, beside = self.sheet.occurred_at(), self._beside()
        if draft_id is not None:
            self._notes.save_draft(draft_id, occurred_at=occurred_at, answers=answers, beside=beside)
            return draft_id
        person = self._context.person_id
        return self._notes.start(self._form.name, person, occurred_at=occurred_at, answers=answers, beside=beside)

    def _keep(self) -> None:
        super()._keep()
        if half := unkeepable(self.sheet.answers()):
            self.sheet.complain(half)
            raise UserError(half[0].sentence)

    def _print_blank(self) -> None:
        if self.save():
            route_id = f"{self._form.name}:{self._draft or ''}"
            self.go.emit(Route(name="blanks", person=self._context.person_id, id=route_id))

    def _go_to_tab(self, tab: str) -> None:
        if not self._is_kept():
            return
        self.said.emit(tr("Kept as a draft. Only you can open it."))
        self.go.emit(Route(name="person", person=self._context.person_id, id=tab))

    def _ask_delete(self) -> None:
        sentence = tr("Deleting this draft about {name}: it cannot be brought back.")
        self.ask(
            sentence.format(name=isolate(self._context.person_name)), tr("Delete draft"), self._delete, danger=True
        )

    def _go_back(self) -> None:
        self.go.emit(Route(name="person", person=self._context.person_id, id="overview"))

    # signing

    def _sign(self) -> None:
        if self._draft is None or not self.save():  # what was typed while the question stood there is signed too
            return
        try:
            signed = self._notes.sign(self._draft)
        except UserError as problem:
            self._show_problems((Problem(field=problem.field or "", sentence=problem.sentence),))
            return
        self._autosave.forget()
        person, note = self._context.person_id, signed.note
        if "safety_alert" in signed.opens:
            self.said.emit(tr("Signed. Your answer calls for a safety alert: say now who must know."))
            kinds = ",".join(kinds_called_for(note.part.marks))
            self.go.emit(Route(name="alert_new", person=person, id=f"kind:{kinds}"))
            return
        if note.cosign.waits:
            self.said.emit(tr("Signed {time}. A clinical supervisor signs it too.").format(time=clock(self._now())))
        else:
            words = tr("Signed {time}. Attach what the struck note had.") if self._left_there else tr("Signed {time}.")
            self.said.emit(words.format(time=clock(self._now())))
        if follows(self._form, note.part):
            self.go.emit(Route(name="note_follow", person=person, id=f"{note.comp}:{note.rid}"))
        elif self._left_there:
            self.go.emit(Route(name="note_read", person=person, id=f"{note.comp}:{note.rid}"))
        else:
            self.go.emit(Route(name="person", person=person, id="timeline"))

    def _show_problems(self, found: Sequence[Problem]) -> None:
        self.problems(self.sheet.complain(found))


def _listed(value: Json) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()
