"""The programmes of one person: what runs, what is planned, what ended; sessions by with whom it lies that they were
held or not (G33). Days and words, no sums.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.programmes.intervention_model import (
    INTERVENTION_MAY_BECOME,
    Intervention,
    InterventionState,
    Outcome,
    Side,
    StoredIntervention,
    StoredSession,
    side_of,
)
from rehabdesk.plans.programmes.intervention_service import Interventions
from rehabdesk.plans.programmes.intervention_words_model import (
    intervention_state_words,
    outcome_words,
    participation_words,
    session_words,
    side_words,
)
from rehabdesk.plans.programmes.view.programme_forms import ProgrammeForms
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.menu import show_menu
from rehabdesk.ui.page import Page, Route

NEWEST = 8
"""Sessions of a programme that are shown until all are wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeContext:
    """`groups`: the groups that the person belongs to, as (id, name). `areas`: open plan domains, as (code, title)."""

    name: str
    groups: Sequence[tuple[str, str]]
    areas: Sequence[tuple[str, str]]


class ProgrammesPage(Page):
    """What ran is only added to; a session that was recorded by mistake is taken back."""

    def __init__(self, kit: Kit, work: Interventions, person_id: str, context: ProgrammeContext) -> None:
        super().__init__(kit)
        self._work, self._person, self._context = work, person_id, context
        self._forms = ProgrammeForms(self, work, person_id, context.groups, context.areas, name=context.name)
        self._forms.recorded = self._recorded
        self._whole: set[str] = set()
        self.refresh()

    def reopen(self, form: str) -> None:
        what, _, rid = form.partition(" ")
        found = {one.rid: one for one in self._work.of_person(self._person)}
        if what == "add":
            self._begin(self._forms.ask_new)
        elif rid in found:
            self._ask(what, found[rid])

    def refresh(self) -> None:
        kit, found = self.kit, self._work.of_person(self._person)
        self._first, self._act = None, None
        about = kit.label(isolate(self._context.name), "small", tone="muted")
        level = kit.tag(tr("Team: case team and supervisor"), "grey", "users")
        title = kit.row(kit.label(tr("Programmes"), "h1"), level, STRETCH, gap=3)
        self.set_head(kit.column(title, about, gap=0))
        cards: list[QWidget] = [self._card(one) for one in found]
        if not cards:
            sentence = tr("No programme yet. What {name} takes part in, by own wish or by order, stands here.")
            cards = [kit.card("", kit.empty(sentence.format(name=isolate(self._context.name))))]
        self.set_body(kit.box(kit.column(*cards, STRETCH, gap=3)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=self._person, id="plan")))
        add = None
        if self._work.may_write:
            add = kit.button(tr("Add a programme"), kind="primary", icon="plus")
            add.setToolTip(f"{tr('Add a programme')} (Ctrl+Enter)")
            add.clicked.connect(lambda: self._begin(self._forms.ask_new))
            self._act = lambda: self._begin(self._forms.ask_new)
        self._first = next((each for each in (self._first, add) if each is not None), back)
        self.set_foot(kit.row(back, STRETCH, add))

    # one programme

    def _card(self, stored: StoredIntervention) -> QWidget:
        kit, one = self.kit, stored.intervention
        title = kit.label(isolate(self._work.title(one)), "h3", wrap=True)
        facts = kit.label(" · ".join(self._facts(one)), "small", tone="muted", wrap=True)
        tags = [
            kit.tag(*intervention_state_words(one.state)),
            kit.tag(participation_words(one.participation), "grey"),
        ]
        head = kit.row((kit.box(kit.column(title, facts, gap=0)), 1), *tags, *self._acts(stored))
        lines: list[QWidget] = []
        if one.outcome is not None:
            ended = tr("{how}, {day}").format(how=outcome_words(one.outcome), day=short(one.end or one.start))
            lines.append(kit.label(ended))
        if one.words:
            lines.append(kit.label(isolate(one.words), "small", tone="muted", wrap=True))
        return kit.card("", head, *lines, *self._sessions(stored), gap=2)

    def _facts(self, one: Intervention) -> list[str]:
        found = [isolate(one.provider)]
        if one.name:
            found.append(tr(self._work.catalogue.entry(one.catalogue).text))
        since = tr("planned from {day}") if one.state is InterventionState.PLANNED else tr("since {day}")
        found.append(since.format(day=short(one.start)))
        if one.sessions_planned:
            count = one.sessions_planned
            found.append(ntr("{count} session is planned", "{count} sessions are planned", count))
        area = dict(self._context.areas).get(one.domain)
        if area:
            found.append(area)
        return found

    def _sessions(self, stored: StoredIntervention) -> list[QWidget]:
        kit, one = self.kit, stored.intervention
        if not self._work.tracked(one):
            group = dict(self._context.groups).get(one.group, "")
            sentence = tr("Who comes is not recorded.")
            if one.group:
                sentence = tr("Who came stands in the meetings of the group.")
            if group:
                sentence = tr("Who came stands in the meetings of the group {group}.").format(group=isolate(group))
            return [kit.label(sentence, "small", tone="muted", wrap=True)]
        known = self._work.sessions(stored.rid)
        shown = known if stored.rid in self._whole else known[:NEWEST]
        found: list[QWidget] = []
        for side in Side:
            part = [each for each in shown if side_of(each.session.status) is side]
            if part:
                found.append(kit.label(side_words(side), "small", tone="muted"))
                found.append(kit.flow(*(self._session(each, known) for each in part), gap=2))
        if len(shown) < len(known):
            more = kit.button(tr("Show earlier sessions"), kind="quiet")
            more.clicked.connect(lambda: self._show_whole(stored.rid))
            found.append(kit.box(kit.start(more)))
        return found

    def _session(self, stored: StoredSession, known: Sequence[StoredSession]) -> QWidget:
        """A day and what it was; a session that stands for a missed one says so."""
        held = stored.session
        days: Mapping[str, str] = {each.rid: short(each.session.on) for each in known}
        words = tr("{day}: {what}").format(day=short(held.on), what=session_words(held.status))
        if held.instead_of in days:
            words = tr("{session}, instead of {day}").format(session=words, day=days[held.instead_of])
        return self.kit.tag(words, "grey")

    def _take_back(self, rid: str) -> None:
        try:
            self._work.take_back(rid)
        except UserError as problem:
            self.complain(problem.sentence)
            return
        self.said.emit(tr("Taken back. The log keeps that it was recorded."))
        self.show_again()

    def _acts(self, stored: StoredIntervention) -> list[QPushButton]:
        """Recording a session at hand, the rest in a menu."""
        if not self._work.may_write:
            return []
        kit, one, found = self.kit, stored.intervention, list[QPushButton]()
        if one.state is InterventionState.RUNNING and self._work.tracked(one):
            record = kit.button(tr("Record a session"), icon="pencil")
            record.setAccessibleName(tr("Record a session: {programme}").format(programme=self._work.title(one)))
            record.clicked.connect(lambda: self._ask("session", stored))
            self._first = self._first or record
            found.append(record)
        words = {
            InterventionState.RUNNING: ("begin", tr("It began…"))
            if one.state is InterventionState.PLANNED
            else ("go_on", tr("It goes on…")),
            InterventionState.ENDED: ("end", tr("It did not start…"))
            if one.state is InterventionState.PLANNED
            else ("end", tr("It ended…")),
        }
        follows = [words[state] for state in words if state in INTERVENTION_MAY_BECOME[one.state]]
        if self._work.sessions(stored.rid):
            follows.append(("mistake", tr("Recorded by mistake…")))
        if one.outcome is Outcome.DID_NOT_START or not follows:
            return found
        name = tr("More about: {programme}").format(programme=self._work.title(one))
        more = kit.button("", kind="icon", icon="ellipsis", name=name)
        more.clicked.connect(lambda: self._menu(more, stored, follows))
        return [*found, more]

    def _menu(self, button: QPushButton, stored: StoredIntervention, choices: Sequence[tuple[str, str]]) -> None:
        show_menu(button, [(words, partial(self._ask, what, stored)) for what, words in choices])

    def _ask(self, what: str, stored: StoredIntervention) -> None:
        asks = {
            "session": self._forms.ask_session,
            "begin": self._forms.ask_begin,
            "end": self._forms.ask_end,
            "go_on": self._forms.ask_go_on,
            "mistake": self._forms.ask_mistake,
        }
        if what in asks:
            self._begin(lambda: asks[what](stored))

    def _begin(self, ask: Callable[[], Callable[[], None]]) -> None:
        self._act = ask()

    def _recorded(self, rid: str) -> None:
        """A session that was just recorded is taken back by Ctrl+Z."""
        self._undo = lambda: self._take_back(rid)

    def _show_whole(self, rid: str) -> None:
        self._whole.add(rid)
        self.refresh()
