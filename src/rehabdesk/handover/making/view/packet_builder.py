"""Preparing a packet: recipient, contents, the real pages, the author's signature. Every step is kept as a draft."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.collecting.content_check_model import Hit
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.making.making_service import Pages
from rehabdesk.handover.making.preparing_service import Preparing
from rehabdesk.handover.making.typed_model import TypedPacket, new_packet
from rehabdesk.handover.making.view.author_strip import Asked, ask_author
from rehabdesk.handover.making.view.beside_pages import BesidePages, unseen_sentence
from rehabdesk.handover.making.view.contents_step import ContentsStep
from rehabdesk.handover.making.view.recipient_step import RecipientStep
from rehabdesk.handover.making.view.steps_head import steps_head
from rehabdesk.handover.making.view.unanswered import go_to_next, said_at_fields
from rehabdesk.handover.trust.trust_model import Team
from rehabdesk.handover.trust.view.team_form import TeamForm, ask_team
from rehabdesk.handover.view.pages_view import PagesView
from rehabdesk.ui.autosave import Autosave
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

RECIPIENT, CONTENTS, PAGES, SIGN = range(4)
TEAM_FORM = "team"


class PacketBuilder(Page):
    """`draft_id` None: a new packet, from `start`. `prove`: this login's keys by the passphrase; slow, for a job."""

    def __init__(
        self,
        kit: Kit,
        preparing: Preparing,
        person_id: str,
        draft_id: str | None,
        *,
        name: str,
        supervisors: Sequence[tuple[str, str]],
        prove: Callable[[str], object],
        start: TypedPacket | None = None,
    ) -> None:
        super().__init__(kit)
        self._p, self._person, self._name, self._draft = preparing, person_id, name, draft_id
        self._supervisors, self._prove = supervisors, prove
        self._typed = preparing.typed(draft_id) if draft_id is not None else start or new_packet()
        self._autosave = Autosave(self, self._keep)
        self._step, self._laying = RECIPIENT, False
        self._form: RecipientStep | ContentsStep | None = None
        self._view: PagesView | None = None
        self._pages: Pages | None = None
        self._hits: tuple[Hit, ...] = ()
        self._ticks: dict[str, QCheckBox] = {}
        self.strip.closed.connect(self._show_step)
        self._show()

    def first_focus(self) -> QWidget | None:
        shown = self._form if self._form is not None else self._view
        return None if shown is None else shown.first_focus()

    def next_unanswered(self) -> None:
        """F8: the next required field without an answer, after the one in hand."""
        if self._form is not None:
            self._typed = self._form.take_into(self._typed)
            go_to_next(self, self._form.fields, self._missing())

    def keep(self) -> None:
        self._autosave.now()

    def leave(self) -> None:
        super().leave()
        if self._view is not None:
            self._view.forget()

    def place(self) -> Mapping[str, Json]:
        return {**super().place(), "draft": self._draft or "", "step": self._step}

    def restore(self, place: Mapping[str, Json]) -> None:
        step = place.get("step")
        if step in (CONTENTS, PAGES):
            self._go_to(CONTENTS)
        if step == PAGES:
            self._to_pages()  # laid out anew: their time and number are those of now
        super().restore(place)

    # steps

    def _show(self) -> None:
        kit, self._view = self.kit, None
        if self._step == RECIPIENT:
            to = self._p.addressees(self._person, self._supervisors)
            recipient = RecipientStep(kit, self._typed, to, isolate(self._name))
            recipient.team_wanted.connect(self._ask_team)
            recipient.answer_wanted.connect(lambda: self._keep_and_go(Route(name="consents", person=self._person)))
            self._form = recipient
        else:
            contents = self._p.contents.of(self._person, self._typed)
            self._form = ContentsStep(kit, self._typed, isolate(self._name), contents)
            self._form.page_wanted.connect(lambda to: self._keep_and_go(replace(to, person=self._person)))
        self._form.changed.connect(self._touched)
        self._show_step()
        self.set_body(self._form, self._form.rail() if isinstance(self._form, ContentsStep) else None)
        second = self._step == CONTENTS
        self._act = self._to_pages if second else self._to_contents
        back = self._button(tr("Back"), lambda: self._go_to(RECIPIENT), icon="arrow-left") if second else None
        drop = self._button(tr("Delete draft"), self._ask_drop, kind="quiet", icon="trash-2")
        words = tr("Show me the pages") if second else tr("Next: contents")
        go_on = self._button(words, self._act, kind="primary", icon="arrow-right")
        self.set_foot(kit.row(drop, back, STRETCH, self._button(tr("Finish later"), self._finish_later), go_on))

    def _button(self, words: str, do: Callable[[], None], *, kind: str = "", icon: str = "") -> QPushButton:
        button = self.kit.button(words, kind=kind, icon=icon)
        button.clicked.connect(do)
        return button

    def _show_step(self) -> None:
        asked = self._step == PAGES and self.strip.is_open()
        self.set_head(steps_head(self.kit, self._name, SIGN if asked else self._step))

    def _go_to(self, step: int) -> None:
        self._autosave.now()
        self.problems([])
        self._step = step
        self._show()
        if (first := self.first_focus()) is not None:
            first.setFocus()

    def _to_contents(self) -> None:
        self._autosave.write()
        if self._is_unanswered():
            return
        try:
            self._p.check_choices(self._person, self._typed)
        except UserError as problem:
            self._complain(problem)
            return
        self._go_to(CONTENTS)

    def _to_pages(self) -> None:
        self._autosave.write()
        if self._draft is None or self._laying or self.unkept():
            return  # it could not be saved, and the top bar says so; or the pages are on their way
        if self._is_unanswered():
            return
        try:
            to_lay, hits = self._p.assemble(self._person, self._typed, self._draft)
        except UserError as problem:
            self._complain(problem)
            return
        self.problems([])
        self._laying = True
        self.saving.emit("saving", tr("Laying out the pages…"))
        self.kit.jobs.run(self, lambda: making.lay(to_lay), lambda pages: self._show_pages(pages, hits), self._failed)

    def _missing(self) -> tuple[UserError, ...]:
        contents = self._step == CONTENTS
        return () if self._form is None else self._p.unanswered(self._person, self._typed, contents=contents)

    def _is_unanswered(self) -> bool:
        """Whether something on this page is missing; all of it is said at once."""
        if missing := self._missing():
            self._complain(*missing)
        return bool(missing)

    def _complain(self, *problems: UserError) -> None:
        said_at_fields(self, {} if self._form is None else self._form.fields, problems, self.first_focus() or self)

    def _failed(self, error: BaseException) -> None:
        self._laying = False
        self.saving.emit("saved", tr("All work saved"))
        if not isinstance(error, RehabDeskError):
            raise error
        self.complain(error.sentence)

    # pages and signature

    def _show_pages(self, pages: Pages, hits: Sequence[Hit]) -> None:
        kit, self._laying = self.kit, False
        self.saving.emit("saved", tr("All work saved"))
        self._step, self._pages, self._hits, self._form = PAGES, pages, tuple(hits), None
        self._view = PagesView(kit, pages.prepared, pages.index)
        self._show_step()
        beside = BesidePages(kit, self._p.beside(pages, hits), self._typed.ticked)
        self._ticks = beside.ticks
        for box in self._ticks.values():
            box.toggled.connect(self._tick)
        beside.looked_at.connect(self._view.turn_to)
        self.set_body(self._view.with_index(), beside)
        back = self._button(tr("Back"), lambda: self._go_to(CONTENTS), icon="arrow-left")
        self._act = self._ask_signature
        sign = self._button(tr("Sign"), self._act, kind="primary", icon="signature")
        self.set_foot(kit.row(back, STRETCH, self._button(tr("Finish later"), self._finish_later), sign))
        self._view.first_focus().setFocus()

    def _tick(self, _on: bool) -> None:
        ticked = tuple(code for code, box in self._ticks.items() if box.isChecked())
        self._typed = replace(self._typed, ticked=ticked)
        self._autosave.touch()

    def _ask_signature(self) -> None:
        pages = self._pages
        if pages is None:
            return
        unseen = [box for box in self._ticks.values() if not box.isChecked()]
        if unseen:
            self.problems([(unseen_sentence(len(unseen)), unseen[0])])
            return
        self.problems([])
        ask_author(self, self._p, pages, tuple(self._ticks), Asked(self._name, self._prove, self._sign_off))
        self._show_step()

    def _sign_off(self, keep: Callable[[], str]) -> None:
        """`keep` writes the packet and gives its number."""
        self._autosave.forget()  # the draft goes with the signature: nothing may bring it back
        number = keep()
        self._draft = None
        self.strip.finish()
        self.said.emit(_next_words(self._typed).format(number=isolate(number)))
        self.go.emit(Route(name="person", person=self._person, id="packets"))

    # keeping

    def _touched(self) -> None:
        if self._form is not None:
            self._typed = self._form.take_into(self._typed)
        self._autosave.touch()

    def _keep(self) -> None:
        if self._form is not None:
            self._typed = self._form.take_into(self._typed)
        self._draft = self._p.keep(self._person, self._typed, self._draft)
        self.saving.emit("saved", tr("Draft saved {time}").format(time=self._p.clock_words()))

    def _finish_later(self) -> None:
        self._keep_and_go(Route(name="person", person=self._person, id="packets"))

    def _keep_and_go(self, to: Route) -> None:
        if self.save():
            self.said.emit(tr("Kept as a draft. Only you can open it."))
            self.go.emit(to)

    def _ask_drop(self) -> None:
        def drop() -> None:
            self._autosave.forget()
            if self._draft is not None:
                self._p.drop(self._draft)
            self.said.emit(tr("Draft deleted."))
            self.go.emit(Route(name="person", person=self._person, id="packets"))

        sentence = tr("Deleting the draft of a packet about {name}: it cannot be brought back.")
        self.ask(sentence.format(name=isolate(self._name)), tr("Delete draft"), drop, danger=True)

    # a team that is not known yet

    def _ask_team(self) -> None:
        self._touched()
        self._autosave.now()
        self._form = None
        self._act = ask_team(self, self._p, self._take_team, name=TEAM_FORM)

    def _take_team(self, form: TeamForm, team: Team) -> None:
        self._typed = form.put_into(self._typed, team)
        self._autosave.write()

    def reopen(self, form: str) -> None:
        if form == TEAM_FORM:
            self._ask_team()

    def refresh(self) -> None:
        if self._step == PAGES and self._pages is not None:
            self._show_pages(self._pages, self._hits)
        else:
            self._show()


def _next_words(typed: TypedPacket) -> str:
    if typed.one_signature == "yes":
        return tr("Signed: {number}. Seal it now; a supervisor countersigns it within 72 hours.")
    return tr("Signed: {number}. Now a supervisor countersigns it.")
