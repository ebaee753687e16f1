"""A psychologist writes a clinical annex: autosaved, seen as its real pages, signed once. Nobody else opens it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.annex import annex_making_service as making
from rehabdesk.handover.annex.annex_making_service import AnnexPages, SealedAnnex
from rehabdesk.handover.annex.annex_records_model import AskedAnnex, TypedAnnex
from rehabdesk.handover.annex.annex_writing_service import LONGEST, AnnexWriting
from rehabdesk.handover.view.pages_view import PagesView
from rehabdesk.ui.draft_page import DraftPage
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import STAY, Route
from rehabdesk.ui.paper_page import LANGUAGE_NAMES


class AnnexPage(DraftPage):
    """`asked_by`: the case officer. `prove`: the psychologist's keys by the passphrase; slow, for a job."""

    def __init__(
        self,
        kit: Kit,
        writing: AnnexWriting,
        asked: AskedAnnex,
        *,
        name: str,
        asked_by: str,
        prove: Callable[[str], object],
    ) -> None:
        draft, typed = writing.start(asked.id)
        super().__init__(
            kit,
            draft,
            write=lambda known: writing.keep(asked.id, self._typed(), known),
            drop=writing.drop,
            now=writing.now,
        )
        self._writing, self._asked, self._name, self._prove = writing, asked, name, prove
        self._asked_by, self._was = asked_by, typed
        self._view: PagesView | None = None
        self._pages: AnnexPages | None = None
        self._laying = False
        self._act = self._to_pages
        clinicians = [(one.id, f"{one.name} · {one.org}") for one in writing.keys.known()]
        self._clinician = kit.combo(clinicians, chosen=typed.clinician or None, empty=tr("Choose a clinician"))
        self._language = kit.choice(LANGUAGE_NAMES, chosen=typed.lang or writing.language())
        self._texts = {
            "treatment_summary": kit.text_area(typed.treatment_summary, limit=LONGEST, lines=7),
            "formulation": kit.text_area(typed.formulation, limit=LONGEST, lines=5),
            "onward_plan": kit.text_area(typed.onward_plan, limit=LONGEST, lines=5),
        }
        self._fields: dict[str, Field] = {}
        self._clinician.changed.connect(lambda _code: self._autosave.touch())
        self._language.changed.connect(lambda _code: self._autosave.touch())
        for area in self._texts.values():
            area.textChanged.connect(self._autosave.touch)
        self._set_head()
        self._show_writing()

    def first_focus(self) -> QWidget | None:
        if self._view is not None:
            return self._view.first_focus()
        return self._texts["treatment_summary"] if self._clinician.code() else self._clinician

    def leave(self) -> None:
        super().leave()
        if self._view is not None:
            self._view.forget()

    # writing

    def _set_head(self) -> None:
        kit, asked = self.kit, self._asked
        facts = (
            tr("about {name}").format(name=isolate(self._name)),
            tr("for packet {number}").format(number=isolate_ltr(asked.number)),
            tr("asked by {name}").format(name=isolate(self._asked_by)),
        )
        title = kit.column(
            kit.label(tr("Clinical annex"), "h1"),
            kit.label(" · ".join(facts), "small", tone="muted", wrap=True),
            gap=0,
        )
        level = kit.tag(tr("Clinical: psychologists only"), "purple", "lock")
        self.set_head(kit.row((kit.box(title), 1), level, kit.tag(tr("Draft"), "grey"), gap=3))

    def _show_writing(self) -> None:
        kit, self._view, self._pages = self.kit, None, None
        language = kit.field(tr("&Language in which you write"), self._language)
        self._fields = {
            "clinician": kit.field(tr("&Clinician whose key opens it"), self._clinician, required=True),
            "treatment_summary": kit.field(tr("&Treatment summary"), self._texts["treatment_summary"], required=True),
            "formulation": kit.field(tr("&Formulation, as far as you hand it on"), self._texts["formulation"]),
            "onward_plan": kit.field(tr("&Onward plan"), self._texts["onward_plan"], required=True),
        }
        keys = kit.button(tr("Add a clinician"), kind="quiet", icon="plus")
        keys.clicked.connect(lambda: self.go.emit(Route(name="clinician_keys", person=self._asked.person)))
        who = kit.card("", self._fields["clinician"], kit.start(keys), language, gap=2)
        words = kit.card("", *(self._fields[each] for each in self._texts))
        self.set_body(kit.box(kit.column(self._key_missing(), who, words, STRETCH, gap=4)), self._rail())
        drop, later = self.draft_buttons(tr("Finish later"))
        nothing = kit.button(tr("Nothing to hand on"))
        nothing.clicked.connect(self._ask_decline)
        pages = kit.button(tr("Show me the pages"), kind="primary", icon="arrow-right")
        pages.clicked.connect(self._to_pages)
        self._act = self._to_pages
        self.set_foot(kit.row(drop, STRETCH, nothing, later, pages))

    def _key_missing(self) -> QWidget | None:
        """Said before anything is written; what is written is kept meanwhile."""
        kit, said = self.kit, self._writing.cannot_sign()
        if not said:
            return None
        keys = kit.button(tr("Open signing keys"), icon="key-round")
        keys.clicked.connect(lambda: self.go.emit(Route(name="signing_keys")))
        words = tr("You can write already, and it is kept. The pages are shown once you can sign.")
        title = tr("You cannot sign yet")
        return kit.card(title, kit.label(said, wrap=True), kit.label(words, wrap=True), kit.start(keys), kind="warn")

    def _rail(self) -> QWidget:
        kit = self.kit
        lines = (
            tr("Sealed to the clinician alone: nobody else opens the file, here or there."),
            tr("The case officer sees that it is ready, and never a word of it."),
            tr("The supervisor approves the packet that names it, and does not read it."),
            tr("What you write here can be copied by whoever reads it. Hand on what is needed."),
        )
        said = [kit.label(line, "small", wrap=True) for line in lines]
        return kit.box(kit.column(kit.card(tr("Who reads it"), *said, kind="flat", gap=2), STRETCH))

    def _typed(self) -> TypedAnnex:
        return replace(
            self._was,
            clinician=self._clinician.code() or "",
            lang=self._language.code() or self._writing.language(),
            **{name: area.words() for name, area in self._texts.items()},
        )

    # pages and signature

    def _to_pages(self) -> None:
        self._autosave.write()
        if self._draft is None or self._laying or self.unkept():
            return  # it could not be saved, and the top bar says so; or the pages are on their way
        for field in self._fields.values():
            field.calm()
        try:
            annex, sender = self._writing.assemble(self._asked.id, self._typed())
        except UserError as problem:
            self._complain(problem)
            return
        self.problems([])
        self._laying = True
        self.saving.emit("saving", tr("Laying out the pages…"))
        self.kit.jobs.run(self, lambda: making.lay(annex, sender), self._show_pages, self._failed)

    def _complain(self, problem: UserError) -> None:
        self.complain(problem.sentence, self._fields.get(problem.field or ""))

    def _failed(self, error: BaseException) -> None:
        self._laying = False
        self.saving.emit("saved", tr("All work saved"))
        if not isinstance(error, RehabDeskError):
            raise error
        self.complain(error.sentence)

    def _show_pages(self, pages: AnnexPages) -> None:
        kit, self._laying, self._pages = self.kit, False, pages
        self.saving.emit("saved", tr("All work saved"))
        for area in self._texts.values():
            area.setParent(None)  # they come back with everything that is in them
        self._clinician.setParent(None)
        self._language.setParent(None)
        self._view = PagesView(kit, pages.prepared)
        self.set_body(self._view, self._rail())
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(self._back_to_writing)
        sign = kit.button(tr("Sign"), kind="primary", icon="signature")
        sign.clicked.connect(self._ask_signature)
        self._act = self._ask_signature
        self.set_foot(kit.row(back, STRETCH, sign))
        self._view.first_focus().setFocus()

    def _back_to_writing(self) -> None:
        if self._view is not None:
            self._view.forget()
        self._show_writing()
        if (first := self.first_focus()) is not None:
            first.setFocus()

    def _ask_signature(self) -> None:
        pages, clinician, request = self._pages, self._clinician.code() or "", self._asked.id
        if pages is None:
            return
        sentence = tr("Signing the clinical annex about {name}, sealed to {clinician} alone").format(
            name=isolate(self._name), clinician=isolate(pages.annex.for_)
        )

        def begin(keys: object) -> object:
            signing = self._writing.allow_signature(request, pages, clinician, keys)

            def done(made: SealedAnnex) -> None:
                self._autosave.forget()  # the draft goes with the signature: nothing may bring it back
                self._writing.keep_signed(request, pages, made, clinician_id=clinician, draft_id=self._draft)
                self._draft = None
                self.strip.finish()
                self.said.emit(tr("Signed and sealed. It goes out once a supervisor has countersigned the packet."))
                self._go_back()

            self.kit.jobs.run(self, lambda: making.sign_and_seal(signing), done, self.said_in_strip)
            return STAY

        self.ask_with_proof(sentence, tr("Sign"), self._prove, begin)

    # ending

    def _ask_decline(self) -> None:
        def decline() -> None:
            self._autosave.forget()
            self._writing.decline(self._asked.id, self._draft)
            self.said.emit(tr("The case officer sees that nothing is handed on."))
            self._go_back()

        sentence = tr("Handing on nothing about {name}: what is typed here is deleted, and the packet goes without it.")
        self.ask(sentence.format(name=isolate(self._name)), tr("Nothing to hand on"), decline, danger=True)

    def _ask_delete(self) -> None:
        sentence = tr("Deleting the draft of an annex about {name}: it cannot be brought back.")
        self.ask(sentence.format(name=isolate(self._name)), tr("Delete draft"), self._delete, danger=True)

    def _go_back(self) -> None:
        self.go.emit(Route(name="person", person=self._asked.person, id="packets"))


def state_lines(asked: AskedAnnex, *, may_leave: bool) -> Sequence[str]:
    """What is said of an annex that is signed."""
    number = isolate_ltr(asked.number)
    first = tr("Signed, and sealed to {name} alone.").format(name=isolate(asked.for_name))
    if may_leave:
        return (first, tr("The packet {number} is countersigned: the annex can go with it.").format(number=number))
    return (first, tr("It waits for the packet {number}: a supervisor countersigns that.").format(number=number))
