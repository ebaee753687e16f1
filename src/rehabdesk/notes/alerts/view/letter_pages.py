"""What passes the line of command by: letters to this login, a disclosure as it is read, a request that is declined."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr, tr_as
from rehabdesk.core.terms import Terms
from rehabdesk.core.text import isolate, join_words
from rehabdesk.notes.alerts.alert_model import Disclosure, HandOff, LetterRow
from rehabdesk.notes.alerts.letter_service import DISCLOSURE, Letters
from rehabdesk.notes.alerts.view.alert_read_page import answer_words, pair
from rehabdesk.notes.alerts.view.hand_off_card import HandOffCard, Printer
from rehabdesk.ui.dates import all_stamps, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.names_card import names_card
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.printing import Save
from rehabdesk.ui.table import Column

REFUSAL = "refusal"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContext:
    """`about`: the person, with case number where it is known; `who_is` names a login with its role."""

    about: str
    who_is: Callable[[str], str]
    back: Route
    printer: Printer
    save: Save


class DisclosurePage(Page):
    """Exact words, and the hand-off on paper."""

    def __init__(self, kit: Kit, letters: Letters, row: LetterRow, said: Disclosure, context: LetterContext) -> None:
        super().__init__(kit)
        self._letters, self._said, self._context, self._row = letters, said, context, row
        about = context.about or said.about
        facts = (about, tr("written {time}").format(time=stamp(row.recorded_at)), context.who_is(row.author))
        level = kit.tag(tr("You and those it was handed to"), "purple", "lock")
        self.set_head(
            kit.column(
                kit.row(kit.label(tr("Disclosure"), "h1"), level, STRETCH, gap=3),
                kit.label(" · ".join(isolate(fact) for fact in facts), "small", tone="muted", wrap=True),
                gap=0,
            )
        )
        exact = kit.label(said.exact_words, wrap=True, selectable=True)
        lines = [pair(kit, tr("Said on"), stamp(said.said_at))]
        for caption, words in (
            (tr("Places on the body"), said.places),
            (tr("What was done"), said.action_taken),
            (tr("Who was told"), said.told_who),
            (tr("Told that it was handed on"), answer_words(said.person_told)),
        ):
            if words:
                lines.append(pair(kit, caption, words))
        card = kit.card(tr("The person's exact words"), exact, kit.rule(), *lines, gap=3)
        self._paper = HandOffCard(
            kit, letters, self._make, row=row, printer=context.printer, save=context.save, say=self.said.emit
        )
        self.set_body(kit.box(kit.column(card, STRETCH)), kit.box(kit.column(self._paper, STRETCH)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(context.back))
        self.set_foot(kit.row(back, STRETCH))
        self._first = back

    def _make(self, recipient: str) -> HandOff:
        context = self._context
        return self._letters.hand_off(
            self._said,
            about=context.about or self._said.about,
            author=context.who_is(self._row.author),
            recipient=recipient,
        )


class RefusalReadPage(Page):
    """A declined request, for the clinical supervisor."""

    def __init__(self, kit: Kit, letters: Letters, rid: str, context: LetterContext) -> None:
        super().__init__(kit)
        row, refusal = letters.refusal(rid)
        facts = (context.about, stamp(row.recorded_at), context.who_is(row.author))
        self.set_head(
            kit.column(
                kit.label(tr("Request declined"), "h1"),
                kit.label(" · ".join(isolate(fact) for fact in facts if fact), "small", tone="muted", wrap=True),
                gap=0,
            )
        )
        card = kit.card(
            "", pair(kit, tr("Who asked"), refusal.requester), pair(kit, tr("Reason"), refusal.reason), gap=3
        )
        self.set_body(kit.box(kit.column(card, STRETCH)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(context.back))
        self.set_foot(kit.row(back, STRETCH))
        self._first = back


class LettersPage(Page):
    """Everything that was written to this login alone, newest first. `about` gives the words for a person."""

    def __init__(
        self, kit: Kit, letters: Letters, *, who_is: Callable[[str], str], about: Callable[[LetterRow], str]
    ) -> None:
        super().__init__(kit)
        rows = letters.to_me()
        unread = {row.rid for row in letters.unread(rows)}
        said = tr("Nobody else on this desk can open these.")
        self.set_head(kit.column(kit.label(tr("Letters to you"), "h1"), kit.label(said, "small", tone="muted"), gap=0))
        if not rows:
            self.set_body(kit.box(kit.column(kit.empty(tr("Nothing was written to you yet.")), STRETCH)))
            return
        table = kit.table(
            [
                Column(tr("When"), lambda row: stamp(row.recorded_at), widest=all_stamps()),
                Column(tr("What"), letter_words, share=2),
                Column(tr("About"), about, share=2),
                Column(tr("From"), lambda row: who_is(row.author), share=3),
                Column(
                    tr_as("Read", "state"),
                    lambda row: tr("Not read yet") if row.rid in unread else tr_as("Read", "state"),
                    share=1,
                ),
            ],
            tr("Letters to you"),
        )
        table.show_records(rows)
        table.opened.connect(lambda row: self.go.emit(route_of(row)))
        self._first = table
        self.set_body(kit.box(kit.column(table)))


class RefusalPage(Page):
    """Logging a declined request: who asked, and why it was declined. Its writer keeps no copy.

    `sealed`: words at which it warns, for a chaplain.
    """

    def __init__(
        self,
        kit: Kit,
        letters: Letters,
        *,
        person_id: str | None,
        name: str,
        who_is: Callable[[str], str],
        sealed: Terms[str] | None,
    ) -> None:
        super().__init__(kit)
        self._letters, self._person = letters, person_id
        self._requester = kit.line(limit=200)
        self._reason = kit.text_area(limit=1_000, lines=4)
        self._fields = {
            "requester": kit.field(tr("&Who asked"), self._requester, required=True),
            "reason": kit.field(tr("Reason for &declining"), self._reason, required=True),
        }
        readers = join_words(isolate(who_is(uid)) for uid in letters.supervisors()) or tr("nobody on this desk")
        said = tr("Only these can read it: {readers}. You keep no copy.").format(readers=readers)
        self.set_head(
            kit.column(
                kit.label(tr("Log a declined request"), "h1"),
                kit.label(isolate(name), "small", tone="muted") if name else None,
                gap=0,
            )
        )
        self.names = names_card(kit, lambda: {"reason": self._reason}, person_id or "", sealed)
        words = kit.label(said, "small", tone="muted", wrap=True)
        card = kit.card("", self.names, *self._fields.values(), words)
        self.set_body(kit.box(kit.column(card, STRETCH)))
        cancel = kit.button(tr("Cancel"))
        cancel.clicked.connect(self._done)
        keep = kit.button(tr("Save"), kind="primary", icon="send")
        keep.clicked.connect(self.main_act)
        self.set_foot(kit.row(STRETCH, cancel, keep))
        self.forms.show(REFUSAL, list(self._fields.values()))

    def first_focus(self) -> QWidget | None:
        return self._requester

    def main_act(self) -> None:
        for field in self._fields.values():
            field.calm()
        try:
            self._letters.refuse_request(self._requester.text(), self._reason.words(), self._person)
        except UserError as problem:
            self.complain(problem.sentence, self._fields.get(problem.field or "", self._fields["requester"]))
            return
        self.said.emit(tr("Kept with the clinical supervisor."))
        self._done()

    def undo(self) -> None:
        self.names.undo()

    def _done(self) -> None:
        self.forms.finish(REFUSAL)
        self.go.emit(self._back())

    def _back(self) -> Route:
        return Route(name="day") if self._person is None else Route(name="person", person=self._person, id="notes")


def letter_words(row: LetterRow) -> str:
    """What a letter is."""
    return tr("Disclosure") if row.kind == DISCLOSURE else tr("Request declined")


def route_of(row: LetterRow) -> Route:
    """Where a letter is read."""
    return Route(name="alert" if row.kind == DISCLOSURE else "refusal_read", id=f"{row.comp}:{row.rid}")
