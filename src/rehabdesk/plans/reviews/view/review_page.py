"""A review as one sitting on one page: kept while it is typed, then signed as one deed."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.reviews.review_typed_model import TypedReview
from rehabdesk.plans.reviews.review_writing_service import ReviewWriting
from rehabdesk.plans.reviews.view.review_editor import ReviewEditor, SittingContext
from rehabdesk.ui.dates import short
from rehabdesk.ui.draft_page import DraftPage
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Route


class ReviewPage(DraftPage):
    """`draft_id` None: what `start` holds is kept from the first key on."""

    def __init__(
        self,
        kit: Kit,
        writing: ReviewWriting,
        person_id: str,
        start: TypedReview,
        draft_id: str | None,
        context: SittingContext,
    ) -> None:
        super().__init__(
            kit,
            draft_id,
            write=lambda draft: writing.keep(person_id, self.editor.typed(), draft),
            drop=writing.drop,
            now=writing.now,
        )
        self._writing, self._person, self._name = writing, person_id, context.name
        self.editor = ReviewEditor(kit, start, context)
        self.editor.changed.connect(self._autosave.touch)
        self.editor.page_wanted.connect(self._write_own_page)
        due = kit.label(context.due_words, "small", tone="muted", wrap=True)
        title = kit.column(
            kit.label(tr("Plan review with {name}").format(name=isolate(context.name)), "h1"), due, gap=0
        )
        level = kit.tag(tr("Team: case team and supervisor"), "grey", "users")
        self.set_head(kit.row(kit.box(title), level, kit.tag(tr("Draft"), "grey"), STRETCH, gap=3))
        self.set_body(self.editor)
        sign = kit.button(tr("Sign review"), kind="primary")
        sign.setToolTip(f"{tr('Sign review')} (Ctrl+Enter)")
        sign.clicked.connect(self.main_act)
        drop, later = self.draft_buttons(tr("Finish later"))
        self.set_foot(kit.row(drop, STRETCH, later, sign))

    def first_focus(self) -> QWidget | None:
        return self.editor.looked_back

    def main_act(self) -> None:
        """Says what is missing, or asks once more before it is signed; what was typed stays."""
        self._autosave.write()
        if self._draft is None or self.unkept():
            return  # what could not be kept is not signed, and the red line says why
        self.editor.calm()
        try:
            sitting = self._writing.check(self._person, self._draft)
        except UserError as problem:
            self._complain(problem)
            return
        self.problems([])
        sentence = tr(
            "Signing the review with {name}; the next one is on {day}. You cannot edit it afterwards, words included."
        )
        day = short(sitting.review.next_due)
        self.ask(sentence.format(name=isolate(self._name), day=day), tr("Sign review"), self._sign)

    def _sign(self) -> None:
        try:
            stored = self._writing.sign(self._person, self._draft or "")
        except UserError as problem:
            self._complain(problem)
            return
        self._autosave.forget()
        day = short(stored.review.next_due)
        self.said.emit(tr("Review signed. The next one is on {day}.").format(day=day))
        if stored.review.outcome == "new_version":
            self.go.emit(Route(name="plan_write", person=self._person, id="next"))
        else:
            self._go_back()

    def _complain(self, problem: UserError) -> None:
        self.complain(problem.sentence, self.editor.field_of(problem.field))

    def _write_own_page(self) -> None:
        self.go.emit(Route(name="note", person=self._person, id="form:voice_statement"))

    def _ask_delete(self) -> None:
        sentence = tr("Deleting the draft of a review with {name}: it cannot be brought back.")
        self.ask(sentence.format(name=isolate(self._name)), tr("Delete draft"), self._delete, danger=True)

    def _go_back(self) -> None:
        self.go.emit(Route(name="reviews", person=self._person))
