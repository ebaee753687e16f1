"""Writing a note: the form of the role, saved while it is typed, signed with one confirmation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.answers_model import Answers, Problem, closes
from rehabdesk.notes.form_model import Form
from rehabdesk.notes.model import Note
from rehabdesk.notes.service import Notes
from rehabdesk.notes.view.note_sheet import NoteSheet
from rehabdesk.notes.words_model import level_words, person_can_read
from rehabdesk.ui.autosave import Autosave
from rehabdesk.ui.dates import clock, local, short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

MOST_OF_LAST = 600
"""Characters of the last note that stand beside the new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands beside the note: the person, the last note of this form, open steps of the plan."""

    person_id: str
    person_name: str
    case_ref: str
    last: Note | None = None
    steps: tuple[str, ...] = ()


class NotePage(Page):
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
        super().__init__(kit)
        self._notes, self._context, self._draft_id = notes, context, draft_id
        self._now, self._on_closing = now, on_closing
        self._autosave = Autosave(self, self._write)
        shown = notes.sheet(form.name, context.person_id)
        self._form = shown.form
        self.sheet = NoteSheet(kit, shown.form)
        self._missing = kit.label("", "small", tone="hint")
        self._set_frame(shown.banner)
        self.sheet.build()
        draft = None if draft_id is None else notes.draft(draft_id)
        moment = now() if draft is None or draft.occurred_at is None else draft.occurred_at
        self.sheet.fill(start if draft is None else draft.answers, moment)
        self.sheet.changed.connect(self._touched)
        self.sheet.wanted.connect(self.reveal)
        self._count_missing()

    @property
    def draft_id(self) -> str | None:
        """The draft that holds what is typed; None before the first key of a new note."""
        return self._draft_id

    def first_focus(self) -> QWidget | None:
        return self.sheet.first_control()

    def main_act(self) -> None:
        """Sign: what is missing is said, or one confirmation is asked."""
        if not self._is_kept():
            return
        found = self._notes.problems(self._draft_id) if self._draft_id else ()
        self._show_problems(found)
        if not found and self._draft_id is not None:
            sentence = tr("Signing this note for {name}: you cannot edit it afterwards, but you can add details.")
            self.ask(sentence.format(name=isolate(self._context.person_name)), tr("Sign note"), self._sign)

    def next_unanswered(self) -> None:
        """F8: the next required question without an answer, after the one in hand."""
        self.sheet.go_to_next_missing()

    def keep(self) -> None:
        self._autosave.now()

    def place(self) -> Mapping[str, Json]:
        return {**super().place(), "draft": self._draft_id or "", **self.sheet.place()}

    def restore(self, place: Mapping[str, Json]) -> None:
        self.sheet.restore(place)
        super().restore(place)

    # building

    def _set_frame(self, banner: str) -> None:
        kit, context, comp = self.kit, self._context, self._form.compartment
        title = kit.label(tr(self._form.title), "h1")
        who = kit.label(f"{isolate(context.person_name)} · {isolate(context.case_ref)}", "small", tone="muted")
        level = kit.tag(level_words(comp), "grey" if comp == "team" else "purple", "lock")
        level.setToolTip(person_can_read(comp))
        head = kit.row(kit.box(kit.column(title, who, gap=0)), level, STRETCH, gap=3)
        self.set_head(kit.column(head, self._banner(banner), gap=1))
        self.set_body(kit.box(kit.column(kit.card("", self.sheet))), self._rail())
        delete = kit.button(tr("Delete draft"), kind="quiet", icon="trash-2")
        delete.clicked.connect(self._ask_delete)
        keep = kit.button(tr("&Keep as draft"))
        keep.clicked.connect(self._keep_and_go)
        sign = kit.button(tr("Sign note"), kind="primary", icon="signature")
        sign.setToolTip(f"{tr('Sign note')} (Ctrl+Enter)")
        sign.clicked.connect(self.main_act)
        self.set_foot(kit.row(delete, STRETCH, self._missing, keep, sign))

    def _banner(self, words: str) -> QWidget | None:
        if not words:
            return None
        kit = self.kit
        icon = kit.picture("triangle-alert", "amber_fg", 16)
        return kit.card("", kit.row(icon, (kit.label(words, "strong", wrap=True), 1)), kind="warn")

    def _rail(self) -> QWidget:
        kit, last = self.kit, self._context.last
        cards: list[QWidget] = []
        if last is not None:
            title = tr("Last note, {day}").format(day=short(local(last.part.occurred_at).date()))
            words = kit.label(_beginning("\n\n".join(last.part.words.values())), "small", tone="muted", wrap=True)
            cards.append(kit.card(title, words, kind="flat", gap=2))
        if self._context.steps:
            rows = [kit.label(f"· {step}", "small", wrap=True) for step in self._context.steps]
            cards.append(kit.card(tr("Open steps"), *rows, kind="flat", gap=2))
        if not cards:
            nothing = kit.label(tr("No note of this kind yet."), "small", tone="muted", wrap=True)
            cards.append(kit.card("", nothing, kind="flat"))
        return kit.box(kit.column(*cards, STRETCH, gap=3))

    # keeping

    def _touched(self) -> None:
        if closes(self._form, self.sheet.answers()):
            self._autosave.forget()
            self._on_closing(self._draft_id)
            return
        self._count_missing()
        self._autosave.touch()

    def _count_missing(self) -> None:
        count = len(self.sheet.missing())
        self._missing.setText(
            ntr("{count} answer missing (F8)", "{count} answers missing (F8)", count) if count else ""
        )

    def _write(self) -> None:
        """Keeps everything that is typed."""
        occurred_at, answers = self.sheet.occurred_at(), self.sheet.answers()
        if self._draft_id is None:
            self._draft_id = self._notes.start(
                self._form.name, self._context.person_id, occurred_at=occurred_at, answers=answers
            )
        else:
            self._notes.save_draft(self._draft_id, occurred_at=occurred_at, answers=answers)
        self.saving.emit("saved", tr("Draft saved {time}").format(time=f"{local(self._now()):%H:%M:%S}"))

    def _is_kept(self) -> bool:
        """Whether there is a draft that holds all that is typed; it is made where there was none."""
        if self._draft_id is None:
            self._autosave.write()
        return self.save()

    def _keep_and_go(self) -> None:
        if not self._is_kept():
            return
        self.said.emit(tr("Kept as a draft. Only you can open it."))
        self.go.emit(Route(name="person", person=self._context.person_id, id="overview"))

    def _ask_delete(self) -> None:
        sentence = tr("Deleting this draft about {name}: it cannot be brought back.")
        name = isolate(self._context.person_name)
        self.ask(sentence.format(name=name), tr("Delete draft"), self._delete, danger=True)

    def _delete(self) -> None:
        self._autosave.forget()
        if self._draft_id is not None:
            self._notes.drop_draft(self._draft_id)
        self.said.emit(tr("Draft deleted."))
        self.go.emit(Route(name="person", person=self._context.person_id, id="overview"))

    # signing

    def _sign(self) -> None:
        if self._draft_id is None or not self.save():  # what was typed while the question stood there is signed too
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
        self.problems(self.sheet.complain(found))


def _beginning(words: str) -> str:
    return words if len(words) <= MOST_OF_LAST else words[:MOST_OF_LAST].rsplit(" ", 1)[0] + " …"
