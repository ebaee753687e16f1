"""The first page of a person: a quick note, what was last, the release, the plan in both voices, consents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, quoted
from rehabdesk.people.consent_model import Consent, ConsentStatus
from rehabdesk.plans.progress.progress_model import purpose_statement
from rehabdesk.plans.progress.progress_stored_model import BothVoices
from rehabdesk.plans.stored_model import StoredPlan
from rehabdesk.plans.words_model import agreement_words, state_words, word_words
from rehabdesk.readiness.service import Readiness
from rehabdesk.readiness.words_model import countdown_words
from rehabdesk.ui.dates import long, short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.timeline import Event, TimelineList

QUICK = "quick"
"""Name of the quick note: what is typed is a draft only once it is kept as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What this role is shown of a person; None where the role has no such part."""

    events: Sequence[Event]
    readiness: Readiness | None
    plan: StoredPlan | None
    words: Sequence[BothVoices]
    consents: Sequence[Consent]
    sees_plan: bool
    sees_release: bool
    sees_consents: bool


class OverviewTab(Page):
    """`keep_note`: keeps quick words as a draft of the role's own form; None where the role writes none."""

    def __init__(
        self,
        kit: Kit,
        person_id: str,
        *,
        name: str,
        show: Callable[[], Shown],
        keep_note: Callable[[str], None] | None,
        level: str,
        new_note: str = "",
    ) -> None:
        """`new_note`: the form of a first note, where this login writes one."""
        super().__init__(kit)
        self._person, self._name, self._show, self._keep, self._level = person_id, name, show, keep_note, level
        self._new_note = new_note
        self._quick: QLineEdit | None = None
        self._list: TimelineList | None = None
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._quick if self._quick is not None else self._list

    def refresh(self) -> None:
        kit, shown = self.kit, self._show()
        left: list[QWidget] = []
        if self._keep is not None:
            left.append(self._quick_note())
        left.append(self._timeline(shown.events))
        right: list[QWidget] = []
        if shown.sees_release:
            right.append(self._release(shown.readiness))
        if shown.sees_plan:
            right.append(self._plan(shown.plan, shown.words))
        if shown.sees_consents:
            right.append(self._consents(shown.consents))
        self.set_body(
            kit.row(
                (kit.box(kit.column(*left, STRETCH, gap=4)), 5), (kit.box(kit.column(*right, STRETCH, gap=4)), 3), gap=4
            )
        )

    def _quick_note(self) -> QWidget:
        kit = self.kit
        self._quick = kit.line(hint=tr("What happened? Enter keeps it as a draft"))
        self._quick.setAccessibleName(tr("Quick note"))
        self._quick.returnPressed.connect(self._keep_quick)
        self.forms.show(QUICK, [self._quick])
        keep = kit.button(tr("Keep draft"))
        keep.clicked.connect(self._keep_quick)
        title = kit.row(
            kit.label(tr("Quick note"), "h3"), kit.label(self._level, "small", tone="muted", wrap=True), gap=2
        )
        return kit.card("", title, kit.row((self._quick, 1), keep), gap=2)

    def _keep_quick(self) -> None:
        if self._quick is None or self._keep is None or not self._quick.text().strip():
            return
        self._keep(self._quick.text().strip())
        self.forms.finish(QUICK)
        self.said.emit(tr("Kept as a draft. Only you can open it."))
        self.refresh()
        if self._quick is not None:
            self._quick.setFocus()

    def _timeline(self, events: Sequence[Event]) -> QWidget:
        kit = self.kit
        more = kit.button(tr("See all"), kind="quiet")
        more.setAccessibleName(tr("See the whole timeline"))
        more.clicked.connect(lambda: self.go.emit(Route(name="person", person=self._person, id="timeline")))
        if not events:
            return kit.card(tr("Timeline"), self._nothing())
        self._list = TimelineList(kit.theme, tr("Timeline of {name}").format(name=self._name), scrolls=False)
        self._list.show_events(events)
        self._list.opened.connect(self.go)
        return kit.card(tr("Timeline"), self._list, action=more)

    def _nothing(self) -> QWidget:
        """What an empty timeline says: who may write is asked to."""
        kit, name = self.kit, isolate(self._name)
        if not self._new_note:
            return kit.empty(tr("Nothing about {name} is recorded yet.").format(name=name))
        write = kit.button(tr("Write the first note"), icon="plus")
        route = Route(name="note", person=self._person, id=f"form:{self._new_note}")
        write.clicked.connect(lambda: self.go.emit(route))
        sentence = tr("Nothing about {name} is recorded yet. Write the first note, or start a plan together.")
        return kit.empty(sentence.format(name=name), write)

    def _to(self, words: str, tab: str) -> QWidget:
        button = self.kit.button(words, kind="quiet")
        button.clicked.connect(lambda: self.go.emit(Route(name="person", person=self._person, id=tab)))
        return button

    def _to_page(self, words: str, page: str) -> QWidget:
        button = self.kit.button(words, kind="quiet")
        button.setAccessibleName(tr("Open consents"))
        button.clicked.connect(lambda: self.go.emit(Route(name=page, person=self._person)))
        return button

    def _release(self, readiness: Readiness | None) -> QWidget:
        kit, today = self.kit, self.kit.today()
        action = self._to(tr("Open checklist"), "release")
        if readiness is None or readiness.checklist.ended is not None:
            return kit.card(tr("Release"), kit.label(tr("No checklist is open."), tone="muted"), action=action)
        anchor = readiness.checklist.anchor
        late = sum(item.is_overdue(today) for item in readiness.items)
        done = sum(not item.open for item in readiness.items)
        facts = [tr("{done} of {all} done").format(done=done, all=len(readiness.items))]
        if late:
            facts.append(ntr("{count} overdue", "{count} overdue", late))
        coming = min((item.due for item in readiness.items if item.open and item.due >= today), default=None)
        if coming is not None:
            facts.append(tr("next {day}").format(day=short(coming)))
        return kit.card(
            tr("Release"),
            kit.label(countdown_words(anchor, today), "strong"),
            kit.label(long(anchor), "small", tone="muted"),
            kit.label(" · ".join(facts), "small", tone="muted", wrap=True),
            action=action,
            gap=1,
        )

    def _plan(self, stored: StoredPlan | None, words: Sequence[BothVoices]) -> QWidget:
        kit, action = self.kit, self._to(tr("Open plan"), "plan")
        if stored is None:
            sentence = tr("No goals yet. Start with what {name} wants.").format(name=isolate(self._name))
            return kit.card(tr("Plan"), kit.label(sentence, tone="muted", wrap=True), action=action)
        plan = stored.plan
        tags = kit.flow(kit.tag(*state_words(plan.state)), kit.tag(*agreement_words(plan.agreement)))
        said = kit.label(quoted(plan.agreement_words), "small", wrap=True) if plan.agreement_words else None
        title = tr("Plan, version {number}").format(number=plan.version)
        purpose = kit.label(purpose_statement(), "small", tone="hint", wrap=True) if words else None
        return kit.card(title, tags, said, *(self._voices(both) for both in words), purpose, action=action, gap=2)

    def _voices(self, both: BothVoices) -> QWidget:
        """Staff and person side by side, in words, equal in size."""
        kit = self.kit
        staff = "–" if both.staff is None else word_words(both.staff.progress.word)
        own = "–" if both.own is None else word_words(both.own.progress.word)
        if both.own is not None and both.own.progress.declined:
            own = tr("declined")
        said = [one.progress for one in (both.staff, both.own) if one is not None]
        sentence = tr("Staff: {staff} · {name}: {own}")
        if not any(one.is_current(kit.today()) for one in said):
            sentence = tr("Staff: {staff} · {name}: {own} (not current)")
        line = sentence.format(staff=staff, name=isolate(self._name), own=own)
        return kit.box(
            kit.column(
                kit.label(tr(both.domain.title), "strong", wrap=True), kit.label(line, "small", wrap=True), gap=0
            )
        )

    def _consents(self, consents: Sequence[Consent]) -> QWidget:
        kit = self.kit
        words = {
            ConsentStatus.GIVEN: (tr("Given"), "purple"),
            ConsentStatus.REFUSED: (tr("Refused"), "purple"),
            ConsentStatus.WITHDRAWN: (tr("Withdrawn"), "purple"),
            ConsentStatus.NOT_ASKED: (tr("Not asked"), "grey"),
            ConsentStatus.NOT_REQUIRED_BY_LAW: (tr("Not required by law"), "grey"),
        }
        rows: list[QWidget] = []
        for one in consents:
            what = isolate(one.details.recipient or one.details.scope)
            if one.details.review_due is not None and one.details.status is ConsentStatus.GIVEN:
                what = tr("{what}, until {day}").format(what=what, day=short(one.details.review_due))
            about = kit.label(what, "small", wrap=True)
            rows.append(kit.box(kit.row((about, 1), kit.tag(*words[one.details.status]))))
        if not rows:
            rows = [kit.label(tr("Not asked about anything yet."), "small", tone="muted")]
        return kit.card(tr("Consents"), *rows, action=self._to_page(tr("Open"), "consents"), gap=2)
