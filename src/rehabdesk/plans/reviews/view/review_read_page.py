"""A signed review as it is read: what was said, in both voices, what was agreed, when the next one is."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, quoted
from rehabdesk.plans.model import GoalStatus, Plan, RemovalReason, StepStatus
from rehabdesk.plans.progress.progress_model import Domain, purpose_statement
from rehabdesk.plans.progress.progress_stored_model import SideBySide
from rehabdesk.plans.progress.view.progress_table import WordsTable
from rehabdesk.plans.reviews.review_model import OwnPage
from rehabdesk.plans.reviews.review_stored_model import StoredReview
from rehabdesk.plans.reviews.review_words_model import moved_words, outcome_words, own_page_words
from rehabdesk.plans.words_model import agreement_words, goal_words, removal_words, step_words
from rehabdesk.ui.dates import long, short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


class ReviewReadPage(Page):
    """`words`: what was said on each domain then. `late`: why it was late, or empty. `plan`: the version reviewed."""

    def __init__(
        self,
        kit: Kit,
        stored: StoredReview,
        words: Sequence[tuple[Domain, Sequence[SideBySide]]],
        *,
        name: str,
        author: str,
        late: str,
        plan: Plan | None,
    ) -> None:
        super().__init__(kit)
        self._stored, self._name = stored, isolate(name)
        day = long(stored.review.on)
        title = kit.column(
            kit.label(tr("Review of {day}").format(day=day), "h1"),
            kit.label(f"{self._name} · {isolate(author)}", "small", tone="muted"),
            gap=0,
        )
        self.set_head(kit.row(kit.box(title), kit.tag(tr("Signed"), "green"), STRETCH, gap=3))
        self.set_body(
            kit.box(kit.column(self._talk(), self._words(words), self._goals(plan), self._answer(late), STRETCH, gap=3))
        )
        back = kit.button(tr("Back to the reviews"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="reviews", person=stored.person)))
        self.set_foot(kit.row(back, STRETCH, *self._ways()))
        self._first = back

    def _talk(self) -> QWidget:
        kit, review = self.kit, self._stored.review
        page = tr("{name}'s own page: {answer}").format(name=self._name, answer=own_page_words(review.own_page))
        return kit.card(
            tr("What happened since"),
            kit.label(isolate(review.looked_back), wrap=True),
            kit.label(page, "small", tone="muted", wrap=True),
        )

    def _words(self, words: Sequence[tuple[Domain, Sequence[SideBySide]]]) -> QWidget | None:
        kit = self.kit
        if not words:
            return None
        parts = [
            kit.box(
                kit.column(
                    kit.label(tr(domain.title), "h3", wrap=True),
                    WordsTable(kit, lines, name=self._name, whole=True),
                )
            )
            for domain, lines in words
        ]
        purpose = kit.label(purpose_statement(), "small", tone="hint", wrap=True)
        return kit.card(tr("Words in both voices"), *parts, purpose)

    def _goals(self, plan: Plan | None) -> QWidget | None:
        """What became something else."""
        kit, review = self.kit, self._stored.review
        if plan is None or not (review.goals or review.steps):
            return None
        rows = []
        for look in review.goals:
            tag = kit.tag(*goal_words(GoalStatus(look.status)))
            why = removal_words(RemovalReason(look.reason)) if look.reason else ""
            words = kit.label(quoted(plan.goal(look.goal).wording), wrap=True)
            more = " · ".join(part for part in (why, isolate(look.words) if look.words else "") if part)
            about = kit.label(more, "small", tone="muted", wrap=True) if more else None
            rows.append(kit.box(kit.row((kit.box(kit.column(words, about, gap=0)), 1), tag)))
        texts = {step.id: step.text for goal in plan.goals for step in goal.steps}
        for step in review.steps:
            tag = kit.tag(*step_words(StepStatus(step.status)))
            words = kit.label(tr("Step: {what}").format(what=isolate(texts.get(step.step, ""))), wrap=True)
            rows.append(kit.box(kit.row((words, 1), tag)))
        return kit.card(tr("Goals and steps"), *rows)

    def _answer(self, late: str) -> QWidget:
        kit, review = self.kit, self._stored.review
        said = quoted(review.agreement_words) if review.agreement_words else isolate(review.no_words_because)
        facts = [
            outcome_words(review.outcome),
            tr("Next review {day}").format(day=short(review.next_due)),
            tr("It was due on {day}").format(day=short(review.due)) if review.due is not None else "",
            moved_words(review.moved) if review.moved is not None else "",
            tr("Late because: {reason}").format(reason=late) if late else "",
        ]
        return kit.card(
            tr("{name}'s answer").format(name=self._name),
            kit.row(kit.tag(*agreement_words(review.agreement)), STRETCH),
            kit.label(said, wrap=True) if said else None,
            *(kit.label(fact, "small", tone="muted", wrap=True) for fact in facts if fact),
        )

    def _ways(self) -> list[QWidget]:
        """To the person's own page and to the conference, where there is one."""
        kit, stored, ways = self.kit, self._stored, list[QWidget]()
        if stored.review.own_page is OwnPage.WRITTEN:
            note = kit.button(tr("Open the own page"), icon="message-square-quote")
            target = Route(name="note_read", person=stored.person, id=f"team:{stored.review.own_page_note}")
            note.clicked.connect(lambda: self.go.emit(target))
            ways.append(note)
        if stored.review.conference:
            meeting = kit.button(tr("Open conference"), icon="users-round")
            place = Route(name="conference", person=stored.person, id=stored.review.conference)
            meeting.clicked.connect(lambda: self.go.emit(place))
            ways.append(meeting)
        return ways
