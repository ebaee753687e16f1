"""After signing: what the note calls for elsewhere, each offered as a deed of its own."""

from collections.abc import Callable, Sequence

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.notes.follow_model import StepNoted, steps_noted, topics_noted
from rehabdesk.notes.service import Notes
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.plain_kit import Card

Recorded = Callable[[Sequence[StepNoted]], Sequence[str]]
"""Records steps in the plan; gives a sentence for each that could not be recorded."""


class FollowPage(Page):
    """`record` None: this role records nothing in plans."""

    def __init__(
        self, kit: Kit, notes: Notes, comp: str, rid: str, *, person_name: str, record: Recorded | None
    ) -> None:
        super().__init__(kit)
        note = notes.timeline.open(comp, rid)
        form = notes.kept.form_of(note.part)
        self._person, self._name, self._record = note.person_id, person_name, record
        self._steps = () if form is None or record is None else steps_noted(form, note.part)
        self._topics = () if form is None else topics_noted(form, note.part)
        self._said: Sequence[str] = ()
        self._show()

    def main_act(self) -> None:
        """What is offered first; when nothing is, on to the timeline."""
        if self._steps:
            self._keep_steps()
        else:
            self._go_on()

    def _show(self) -> None:
        kit = self.kit
        who = kit.label(isolate(self._name), "small", tone="muted")
        self.set_head(kit.column(kit.label(tr("Signed. What follows from it"), "h1"), who, gap=0))
        on = kit.button(tr("Go on to the timeline"), icon="arrow-right")
        on.clicked.connect(self._go_on)
        self._first = on
        topics = self._topics_card() if self._topics else None
        steps = self._steps_card() if self._steps or self._said else None
        self.set_body(kit.box(kit.column(steps, topics, STRETCH, gap=4)))
        self.set_foot(kit.row(STRETCH, on))

    def _steps_card(self) -> Card:
        kit = self.kit
        if not self._steps:
            lines = [kit.label(sentence, tone="warn", wrap=True) for sentence in self._said]
            return kit.card(tr("Recorded in the plan, as far as it could be"), *lines)
        count = len(self._steps)
        title = ntr("You noted {count} step as changed.", "You noted {count} steps as changed.", count)
        rows = [
            kit.label(tr("{step}: {status}").format(step=one.words, status=one.status_words), wrap=True)
            for one in self._steps
        ]
        keep = kit.button(tr("Record it in the plan"), kind="primary", icon="target")
        keep.clicked.connect(self._keep_steps)
        self._first = keep
        return kit.card(title, *rows, kit.start(keep))

    def _topics_card(self) -> Card:
        kit = self.kit
        words = tr("You talked about: {topics}.").format(topics=join_words(self._topics))
        look = kit.button(tr("Open the checklist"), icon="list-checks")
        look.clicked.connect(lambda: self.go.emit(Route(name="person", person=self._person, id="release")))
        if not self._steps:
            self._first = look
        return kit.card(tr("Release"), kit.label(words, wrap=True), kit.start(look))

    def _keep_steps(self) -> None:
        steps, self._steps = self._steps, ()
        self._said = () if self._record is None else tuple(self._record(steps))
        if not self._said:
            self.said.emit(tr("Recorded in the plan."))
        if not self._said and not self._topics:
            self._go_on()
            return
        self._show()
        if self._first is not None:
            self._first.setFocus()

    def _go_on(self) -> None:
        self.go.emit(Route(name="person", person=self._person, id="timeline"))
