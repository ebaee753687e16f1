"""The conferences about one person, the latest first; for an invited chaplain what an invitation gives."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.plans.conferences.conference_model import AGREED
from rehabdesk.plans.conferences.conference_parts_model import ActionStatus
from rehabdesk.plans.conferences.conference_service import Conferences
from rehabdesk.plans.conferences.conference_stored_model import Invitation, StoredConference
from rehabdesk.plans.conferences.conference_words_model import conference_words, kind_words
from rehabdesk.plans.conferences.view.conference_cards import decisions_card, summary_actions_card
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


class ConferencesPage(Page):
    """What the team reads."""

    def __init__(self, kit: Kit, work: Conferences, person_id: str, *, name: str) -> None:
        super().__init__(kit)
        self._work, self._person, self._name = work, person_id, name
        self.refresh()

    def main_act(self) -> None:
        if self._work.may_write:
            self._plan()

    def refresh(self) -> None:
        kit = self.kit
        about = kit.label(isolate(self._name), "small", tone="muted")
        self.set_head(kit.column(kit.label(tr("Conferences"), "h1"), about, gap=0))
        found = self._work.reading.of_person(self._person)
        cards: list[QWidget] = [self._card(one) for one in found]
        if not cards:
            cards = [kit.card("", kit.empty(tr("No conference yet.")))]
        self.set_body(kit.box(kit.column(*cards, STRETCH, gap=3)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=self._person, id="plan")))
        self._first, plan = back, None
        if self._work.may_write:
            plan = kit.button(tr("Plan one"), kind="primary", icon="plus", tip=f"{tr('Plan one')} (Ctrl+Enter)")
            plan.clicked.connect(self._plan)
            self._first = plan
        self.set_foot(kit.row(back, STRETCH, plan))

    def _card(self, stored: StoredConference) -> QWidget:
        kit, held = self.kit, stored.conference
        when = kit.label(stamp(held.at), "small", tone="muted")
        still_open = 0
        if held.state in AGREED and held.minutes is not None:
            still_open = list(self._work.reading.statuses(stored.rid).values()).count(ActionStatus.OPEN)
        more = None
        if still_open:
            more = kit.label(ntr("{count} action open", "{count} actions open", still_open), "small", tone="muted")
        look = kit.button(tr("Open"), name=f"{tr('Open')}: {join_words((kind_words(held.kind), stamp(held.at)))}")
        look.clicked.connect(lambda: self.go.emit(Route(name="conference", person=self._person, id=stored.rid)))
        title = kit.row(kit.label(kind_words(held.kind), "h3"), kit.tag(*conference_words(held)), STRETCH)
        words = kit.column(title, kit.row(when, more, STRETCH), gap=0)
        return kit.card("", kit.row((kit.box(words), 1), look, gap=3))

    def _plan(self) -> None:
        self.go.emit(Route(name="conference_plan", person=self._person))


class InvitationsPage(Page):
    """What a chaplain is invited to, the summaries that follow, and the way out of it at any time (G14)."""

    def __init__(self, kit: Kit, work: Conferences, person_id: str, *, name: str) -> None:
        super().__init__(kit)
        self._work, self._person, self._name = work, person_id, name
        self.refresh()

    def refresh(self) -> None:
        kit = self.kit
        title = kit.label(tr("Invitations to conferences"), "h1")
        self.set_head(kit.column(title, kit.label(isolate(self._name), "small", tone="muted"), gap=0))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=self._person, id="overview")))
        self._first = back
        cards = [self._card(one) for one in self._work.reading.invitations(self._person)]
        if not cards:
            sentence = tr("You are invited to no conference about {name}.").format(name=isolate(self._name))
            cards = [kit.card("", kit.empty(sentence))]
        self.set_body(kit.box(kit.column(*cards, STRETCH, gap=3)))
        self.set_foot(kit.row(back, STRETCH))

    def _card(self, one: Invitation) -> QWidget:
        kit, title = self.kit, f"{kind_words(one.kind)} · {stamp(one.at)}"
        leave = kit.button(tr("Take my invitation back"), kind="quiet")
        leave.setAccessibleName(tr("Take my invitation back: {conference}").format(conference=title))
        leave.clicked.connect(lambda: self._ask_leave(one.rid))
        place = kit.label(isolate(one.place), "small", tone="muted", wrap=True) if one.place else None
        summary = one.summary
        if summary is None:
            words = tr("You are invited, and need not come. You read the summary once the minutes are agreed.")
            if one.agreed:
                words = tr("The minutes are agreed. You read the summary once you are assigned to this person.")
            return kit.card(title, place, kit.label(words, wrap=True), action=leave, gap=2)
        parts = (decisions_card(kit, summary.decisions), summary_actions_card(kit, summary.actions))
        return kit.card(title, place, *parts, action=leave, gap=2)

    def _ask_leave(self, rid: str) -> None:
        def leave() -> None:
            try:
                self._work.withdraw_invitation(rid, self._work.me)
            except UserError as problem:
                self.complain(problem.sentence)
                return
            self.said.emit(tr("Your invitation is taken back. You read nothing of it any more."))
            self.show_again()

        sentence = tr("Taking back your invitation to a conference about {name}: you read its summary no more.")
        self.ask(sentence.format(name=isolate(self._name)), tr("Take it back"), leave)
