"""One conference: who came, decisions, actions, what was shared and kept back; what can follow, by this role."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.conferences.conference_model import AGREED, Conference, ConferenceState
from rehabdesk.plans.conferences.conference_parts_model import ActionStatus, Minutes
from rehabdesk.plans.conferences.conference_service import Conferences
from rehabdesk.plans.conferences.conference_stored_model import MinutesDraft
from rehabdesk.plans.conferences.conference_words_model import conference_words, kind_words
from rehabdesk.plans.conferences.view.conference_cards import (
    ActionsCard,
    additions_card,
    decisions_card,
    exchange_cards,
    people_card,
    spread,
    words_card,
)
from rehabdesk.plans.conferences.view.conference_forms import ConferenceForms, Printer
from rehabdesk.plans.conferences.view.minutes_compare_page import overtaken_card
from rehabdesk.ui.dates import short, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An item of the release checklist that these minutes settle: its words, and what marks it with a sentence."""

    words: str
    settle: Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceContext:
    """`name`: the person. `staff`: the name behind a login. `evidence`: asked anew each time the page is shown.

    `overtaken`: drafts of this login that newer minutes overtook.
    """

    name: str
    staff: Callable[[str], str]
    evidence: Callable[[], Evidence | None]
    overtaken: Callable[[], Sequence[MinutesDraft]]
    printer: Printer


class ConferencePage(Page):
    """The page of one record."""

    def __init__(self, kit: Kit, work: Conferences, rid: str, context: ConferenceContext) -> None:
        super().__init__(kit)
        self._work, self._rid, self._context = work, rid, context
        self._person = work.reading.conference(rid).person
        self._forms = ConferenceForms(self, work, rid, name=context.name, printer=context.printer)
        self.refresh()

    def refresh(self) -> None:
        conference = self._work.reading.conference(self._rid).conference
        self._act, self._first = None, None
        self._show_head(conference)
        minutes = conference.minutes if conference.state is not ConferenceState.HELD else None
        if minutes is None:
            self._show_before(conference)
        else:
            self._show_minutes(conference, minutes)
        self._show_acts(conference)

    # what it shows

    def _show_head(self, conference: Conference) -> None:
        kit = self.kit
        title = kit.label(kind_words(conference.kind), "h1")
        facts = (self._context.name, stamp(conference.at), conference.place)
        line = kit.label(" · ".join(isolate(fact) for fact in facts if fact), "small", tone="muted", wrap=True)
        level = kit.tag(tr("Team: case team and supervisor"), "grey", "users")
        state = kit.tag(*conference_words(conference))
        self.set_head(kit.column(kit.row(title, state, level, STRETCH, gap=3), line, gap=0))

    def _show_before(self, conference: Conference) -> None:
        """Planned, held without minutes, or it did not take place."""
        kit, cards = self.kit, self._overtaken()
        took_place = conference.state is ConferenceState.HELD
        if conference.cancelled:
            words = tr("It did not take place: {reason}").format(reason=isolate(conference.reason))
            cards.append(kit.card("", kit.label(words, wrap=True), kind="quiet"))
        elif conference.reason:
            words = tr("Given back by the chair: {reason}").format(reason=isolate(conference.reason))
            cards.append(kit.card("", kit.label(words, wrap=True), kind="warn"))
        cards.append(self._people(conference, took_place=took_place))
        self.set_body(spread(kit, cards))

    def _show_minutes(self, conference: Conference, minutes: Minutes) -> None:
        kit, reading = self.kit, self._work.reading
        agreed = conference.state in AGREED
        markable = [each.id for each in minutes.actions if agreed and self._work.may_mark(conference, each.id)]
        owners = {each.owner: self._context.staff(each.owner) for each in minutes.actions if each.owner}
        actions = ActionsCard(kit, minutes.actions, reading.statuses(self._rid), owners=owners, markable=markable)
        actions.marked.connect(self._mark)
        self._first = actions.first
        cards = [*self._overtaken(), decisions_card(kit, minutes.decisions), actions]
        if minutes.person_statement:
            cards.append(
                words_card(
                    kit, tr("What {name} says").format(name=isolate(self._context.name)), minutes.person_statement
                )
            )
        cards.append(words_card(kit, tr("What was discussed"), minutes.summary))
        if additions := reading.additions(self._rid):
            staff = {each.author: self._context.staff(each.author) for each in additions}
            cards.append(additions_card(kit, additions, staff))
        log = exchange_cards(kit, minutes, reading.exchanges(self._rid), self._work.giving, self._refuse(agreed=agreed))
        rail = [self._people(conference, took_place=True), *log, *self._agreed_by(conference)]
        self.set_body(spread(kit, cards), spread(kit, rail))

    def _overtaken(self) -> list[QWidget]:
        return [overtaken_card(self.kit, draft, self.go.emit) for draft in self._context.overtaken()]

    def _refuse(self, *, agreed: bool) -> QWidget | None:
        if not agreed or not self._work.may_add:
            return None
        refuse = self.kit.button(tr("Record a refusal"), kind="quiet")
        refuse.clicked.connect(lambda: self._begin(self._forms.ask_refusal))
        return refuse

    def _people(self, conference: Conference, *, took_place: bool) -> QWidget:
        chair, action = self._context.staff(conference.chair), None
        if self._work.may_add and self._work.seats.chaplains(conference):
            action = self.kit.button(tr("Take an invitation back"), kind="quiet")
            action.clicked.connect(lambda: self._begin(lambda: self._forms.ask_withdraw(conference)))
        return people_card(
            self.kit, conference, name=self._context.name, chair=chair, took_place=took_place, action=action
        )

    def _agreed_by(self, conference: Conference) -> list[QWidget]:
        """Who agreed the minutes and who approved them, with the days."""
        lines = []
        if conference.agreed_at is not None:
            chair = isolate(self._context.staff(conference.chair))
            day = isolate(short(conference.agreed_at.astimezone().date()))
            lines.append(tr("Agreed by {name}, {day}").format(name=chair, day=day))
        if conference.approved_at is not None:
            name = isolate(self._context.staff(conference.approved_by))
            day = isolate(short(conference.approved_at.astimezone().date()))
            lines.append(tr("Approved by {name}, {day}").format(name=name, day=day))
        if not lines:
            return []
        labels = [self.kit.label(line, "small", tone="muted", wrap=True) for line in lines]
        return [self.kit.card(tr("Signed"), *labels, kind="flat", gap=1)]

    # what can follow

    def _show_acts(self, conference: Conference) -> None:
        """Less likely acts first, the main one last."""
        kit, work, forms, buttons = self.kit, self._work, self._forms, list[QWidget]()

        def add(words: str, do: Callable[[], object], *, kind: str = "", icon: str = "") -> None:
            button = kit.button(words, kind=kind, icon=icon)
            button.clicked.connect(lambda: self._begin(do))
            buttons.append(button)
            if kind == "primary":
                button.setToolTip(f"{words} (Ctrl+Enter)")
                self._act = lambda: self._begin(do)
                self._first = self._first or button

        state, chairs = conference.state, conference.chair == work.me
        if state is ConferenceState.SCHEDULED and work.may_write:
            add(tr("It did not take place"), forms.ask_cancel)
            add(tr("Change"), lambda: self._go("conference_plan"), icon="pencil")
            add(tr("Record who came"), lambda: forms.ask_who_came(conference), kind="primary")
        elif state is ConferenceState.HELD and work.may_write:
            self._add_chair(conference, add)
            add(tr("Write minutes"), lambda: self._go("minutes"), kind="primary", icon="file-pen-line")
        elif state is ConferenceState.MINUTES_DRAFT and chairs:
            add(tr("Give back"), forms.ask_return)
            add(tr("Agree minutes"), self._ask_agree, kind="primary", icon="signature")
        elif state is ConferenceState.MINUTES_DRAFT:
            self._add_chair(conference, add)
        elif state in AGREED and not conference.cancelled and work.may_add:
            add(tr("Add to the minutes"), forms.ask_add, icon="plus")
            add(tr("Give the summary"), forms.ask_summary, icon="printer")
            self._add_last(conference, add)
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self._go("conferences"))
        self._first = self._first or back
        self.set_foot(kit.row(back, STRETCH, *buttons))

    def _add_chair(self, conference: Conference, add: Callable[..., None]) -> None:
        if self._work.may_name_chair(conference):
            add(tr("Another chair"), lambda: self._forms.ask_chair(conference.chair))

    def _add_last(self, conference: Conference, add: Callable[..., None]) -> None:
        """The supervisor's approval, or the item of the checklist that the minutes settle."""
        if conference.state is ConferenceState.MINUTES_AGREED and self._work.supervises:
            add(tr("Approve minutes"), self._ask_approve, kind="primary", icon="badge-check")
            return
        evidence = self._context.evidence()
        if evidence is not None:
            add(tr("Settle in the checklist"), lambda: self._ask_settle(evidence), kind="primary", icon="list-checks")

    def _begin(self, do: Callable[[], object]) -> None:
        """An act that shows a form is what Ctrl+Enter goes on with."""
        following = do()
        if callable(following):
            self._act = following

    def _ask_agree(self) -> None:
        sentence = tr("Agreeing the minutes about {name}: you cannot edit them afterwards; you can add to them.")
        self._ask(
            sentence,
            tr("Agree minutes"),
            lambda: self._work.agree(self._rid),
            tr("Agreed. The actions count from now on."),
        )

    def _ask_approve(self) -> None:
        sentence = tr("Approving the minutes about {name}.")
        self._ask(sentence, tr("Approve minutes"), lambda: self._work.approve(self._rid), tr("Approved."))

    def _ask_settle(self, evidence: Evidence) -> None:
        held = self._work.reading.conference(self._rid).conference
        day = short(held.at.astimezone().date())
        words = tr("Minutes agreed: {kind}, {day}").format(kind=kind_words(held.kind), day=day)
        sentence = tr("Marking “{item}” as done for {name}, with these minutes as evidence.")
        self._ask(
            sentence.replace("{item}", isolate(evidence.words)),
            tr("Settle in the checklist"),
            lambda: evidence.settle(words),
            tr("Marked in the checklist."),
        )

    def _ask(self, sentence: str, act: str, do: Callable[[], object], said: str) -> None:
        """The strip that names the person."""

        def done() -> None:
            try:
                do()
            except UserError as problem:
                self.complain(problem.sentence)
                return
            self.said.emit(said)
            self.show_again()

        self.ask(sentence.format(name=isolate(self._context.name)), act, done)

    def _mark(self, action: str, code: str) -> None:
        before = self._work.reading.statuses(self._rid)[action]
        if not self._mark_as(action, ActionStatus(code)):
            return
        self.said.emit(tr("Marked. Ctrl+Z takes it back."))

        def back() -> None:
            for status in (ActionStatus.OPEN, before) if before is not ActionStatus.OPEN else (before,):
                self._mark_as(action, status)
            self.said.emit(tr("Taken back; the history keeps both marks."))

        self._undo = back

    def _mark_as(self, action: str, status: ActionStatus) -> bool:
        if self._work.reading.statuses(self._rid)[action] is status:
            return True
        try:
            self._work.mark(self._rid, action, status)
        except UserError as problem:
            self.complain(problem.sentence)
            return False
        self.show_again()
        return True

    def _go(self, name: str) -> None:
        rid = "" if name == "conferences" else self._rid
        self.go.emit(Route(name=name, person=self._person, id=rid))
