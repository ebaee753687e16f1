"""The reviews of one person: what is due and why, what moved or put it off, every signed review, newest first."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.reviews.review_model import PutOff, ReviewMove
from rehabdesk.plans.reviews.review_rule_model import BY_HAND, DueKind, MovedBecause
from rehabdesk.plans.reviews.review_stored_model import DueLine, StoredReview
from rehabdesk.plans.reviews.review_words_model import due_words, group_words, happened_words, moved_words
from rehabdesk.plans.reviews.review_writing_service import ReviewWriting
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

PREVIEW = 160


class ReviewsPage(Page):
    """`staff` gives the name of a login."""

    def __init__(
        self, kit: Kit, writing: ReviewWriting, person_id: str, *, name: str, staff: Callable[[str], str]
    ) -> None:
        super().__init__(kit)
        self._writing, self._reviews, self._person = writing, writing.reviews, person_id
        self._name, self._staff = isolate(name), staff
        self._noted_last = ""
        self.refresh()

    def undo(self) -> None:
        """Takes back what was noted last on this page."""
        if self._noted_last and not self.form_is_open():
            rid, self._noted_last = self._noted_last, ""
            self._reviews.take_back(rid)
            self.show_again()
            self.said.emit(tr("Taken back; the history keeps both."))

    def refresh(self) -> None:
        kit = self.kit
        title = kit.column(kit.label(tr("Reviews"), "h1"), kit.label(self._name, "small", tone="muted"), gap=0)
        self.set_head(kit.row(kit.box(title), STRETCH))
        lines, history = self._reviews.calendar.of_person(self._person), self._reviews.history(self._person)
        self.set_body(kit.box(kit.column(self._due(lines), self._noted(), self._history(history), STRETCH, gap=3)))
        self._show_foot_for(lines)

    # what is shown

    def _due(self, lines: Sequence[DueLine]) -> QWidget:
        kit, rows = self.kit, list[QWidget]()
        for line in lines:
            words = kit.label(due_words(line.kind).format(name=self._name), "strong", wrap=True)
            about = [short(line.on)]
            about += [moved_words(line.moved)] if line.moved is not None else []
            about += [group_words(line.put_off)] if line.put_off is not None else []
            detail = kit.label(" · ".join(about), "small", tone="muted", wrap=True)
            tags = self._tags(line)
            rows.append(kit.box(kit.row((kit.box(kit.column(words, detail, gap=0)), 1), *tags)))
        if not rows:
            rows = [kit.label(tr("Nothing is due about this plan."), tone="muted")]
        return kit.card(tr("Due"), *rows)

    def _tags(self, line: DueLine) -> list[QWidget]:
        today = self.kit.today()
        if line.is_late(today):
            return [self.kit.tag(tr("Overdue"), "red")]
        days = (line.on - today).days
        if days == 0:
            return [self.kit.tag(tr("Due today"), "blue")]
        return [self.kit.tag(tr("Due soon"), "amber")] if days <= 14 else []

    def _noted(self) -> QWidget | None:
        """What happened, and sittings that did not take place: dates and reasons, never facts."""
        kit, reviews = self.kit, self._reviews
        rows = []
        for moved in reviews.moves(self._person):
            words = " · ".join(part for part in (happened_words(moved.move.because), isolate(moved.move.words)) if part)
            rows.append((moved.move.on, words, moved.author))
        for tried in reviews.times_put_off(self._person):
            reason = reviews.reasons.text(tried.put_off.because)
            said = tr("Not held: {reason}").format(reason=reason)
            extra = isolate(tried.put_off.words) if tried.put_off.words else ""
            rows.append((tried.put_off.on, " · ".join(part for part in (said, extra) if part), tried.author))
        if not rows:
            return None
        shown = [
            kit.label(f"{short(day)} · {words} · {isolate(self._staff(author))}", "small", wrap=True)
            for day, words, author in sorted(rows, reverse=True)
        ]
        return kit.card(tr("Between reviews"), *shown, gap=1)

    def _history(self, history: Sequence[StoredReview]) -> QWidget:
        kit, rows = self.kit, list[QWidget]()
        for stored in history:
            button = kit.button(short(stored.review.on), kind="link")
            button.setAccessibleName(tr("Open the review of {day}").format(day=short(stored.review.on)))
            button.clicked.connect(
                lambda _on=False, rid=stored.rid: self.go.emit(Route(name="review_read", person=self._person, id=rid))
            )
            words = kit.label(isolate(_beginning(stored.review.looked_back)), "small", wrap=True)
            who = kit.label(isolate(self._staff(stored.author)), "small", tone="muted")
            rows.append(kit.box(kit.row(button, (words, 1), who, gap=3)))
        if not rows:
            rows = [kit.label(tr("No review yet. The first one looks back on how the plan began."), tone="muted")]
        return kit.card(tr("Signed reviews"), *rows, gap=1)

    # what can be done

    def _show_foot_for(self, lines: Sequence[DueLine]) -> None:
        kit, self._act = self.kit, None
        back = kit.button(tr("Back to the plan"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=self._person, id="plan")))
        self._first, buttons = back, list[QWidget]()
        rules = kit.button(tr("How often"), kind="quiet")
        rules.clicked.connect(lambda: self.go.emit(Route(name="review_rules", person=self._person)))
        if self._reviews.may_write:
            happened = kit.button(tr("Something happened"))
            happened.clicked.connect(self._ask_happened)
            not_held = kit.button(tr("Could not be held"))
            not_held.clicked.connect(self._ask_put_off)
            buttons += [happened, not_held]
            drafts = [draft for draft, _ in self._writing.of_person(self._person)]
            begun = bool(drafts)
            if begun and not self._writing.may_go_on(self._person):
                drop = kit.button(tr("Delete draft"), kind="quiet", icon="trash-2")
                drop.clicked.connect(lambda: self._ask_delete(drafts))
                buttons.append(drop)
            if any(line.kind is DueKind.REVIEW for line in lines):
                start = kit.button(tr("Continue review") if begun else tr("Start review"), kind="primary")
                self._first, self._act = start, lambda: self.go.emit(Route(name="review", person=self._person))
                start.clicked.connect(self.main_act)
                buttons.append(start)
        self.set_foot(kit.row(back, rules, STRETCH, *buttons))

    def _ask_delete(self, drafts: Sequence[str]) -> None:
        """A review that was begun before the plan was closed or put at rest: nobody can sign it any more."""

        def delete() -> None:
            for draft in drafts:
                self._writing.drop(draft)
            self.refresh()

        sentence = tr("Deleting the draft of a review with {name}: it cannot be brought back.")
        self.ask(sentence.format(name=self._name), tr("Delete draft"), delete, danger=True)

    def reopen(self, form: str) -> None:
        {"happened": self._ask_happened, "put off": self._ask_put_off}.get(form, self.refresh)()

    def _ask_happened(self) -> None:
        kit = self.kit
        what = kit.choice([(each.value, happened_words(each)) for each in MovedBecause if each in BY_HAND])
        day, words = kit.date_field(kit.today()), kit.line(limit=120)
        fields = [
            kit.field(tr("What happened?"), what, required=True),
            kit.field(tr("On"), day, required=True),
            kit.field(tr("Reference number only"), words, hint=tr("Never what happened, and no names.")),
        ]
        for field, name in zip(fields, ("because", "on", "words"), strict=True):
            field.setObjectName(name)

        def keep() -> None:
            code, on = what.code(), day.day()
            if code is None:
                raise UserError(tr("Choose from the list what happened."), field="because")
            if on is None:
                raise UserError(tr("Enter a date."), field="on")
            self._noted_last = self._reviews.note_move(
                self._person, ReviewMove(because=MovedBecause(code), on=on, words=words.text().strip())
            )
            self.said.emit(tr("Noted. The next review is due 14 days after it. Ctrl+Z takes it back."))

        first = what.focusProxy() or what
        self._act = self.show_form(tr("Something happened"), fields, tr("Note it"), keep, first=first, name="happened")

    def _ask_put_off(self) -> None:
        kit, reasons = self.kit, self._reviews.reasons
        because = kit.combo([(each.code, tr(each.text)) for each in reasons.offered], empty=tr("Choose why"))
        day, words = kit.date_field(kit.today()), kit.line(limit=300)
        fields = [
            kit.field(tr("Why could it not be held?"), because, required=True),
            kit.field(tr("On"), day, required=True),
            kit.field(tr("In words"), words),
        ]
        for field, name in zip(fields, ("because", "on", "words"), strict=True):
            field.setObjectName(name)

        def keep() -> None:
            on = day.day()
            if on is None:
                raise UserError(tr("Enter a date."), field="on")
            self._noted_last = self._reviews.put_off(
                self._person, PutOff(on=on, because=because.code() or "", words=words.text().strip())
            )
            self.said.emit(tr("Noted. The review stays due. Ctrl+Z takes it back."))

        self._act = self.show_form(
            tr("The review could not be held"), fields, tr("Note it"), keep, first=because, name="put off"
        )


def _beginning(words: str) -> str:
    """The first line, not too long for a list."""
    first = words.splitlines()[0]
    return first if len(first) <= PREVIEW else f"{first[:PREVIEW].rstrip()} …"
