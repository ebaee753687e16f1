"""Who works with a person: given, ended, and whether the person was told. No count of anybody's cases."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.people.assignment_service import Assignments
from rehabdesk.people.model import Assignment
from rehabdesk.people.view.assignment_form import AssignmentForm
from rehabdesk.people.view.record_page import RecordOf, RecordPage, joined
from rehabdesk.people.words_model import capacity_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit


class AssignmentsPage(RecordPage):
    """`staff`: the name behind a login."""

    def __init__(self, kit: Kit, assignments: Assignments, record: RecordOf, *, staff: Callable[[str], str]) -> None:
        super().__init__(kit, record, title=tr("Who works with whom"), here="assignments")
        self._assignments, self._staff = assignments, staff
        self.refresh()

    @property
    def _writes(self) -> bool:
        return self._assignments.may_write and not self.record.read_only

    def refresh(self) -> None:
        self.begin()
        kit, found = self.kit, self._assignments.of_person(self.record.person)
        add = (
            self.act_button(tr("Assign somebody"), self._ask, kind="primary", icon="user-plus")
            if self._writes
            else None
        )
        running: list[QWidget] = []
        over: list[QWidget] = []
        for one in found:
            part = over if self._assignments.is_over(one) else running
            part += [self._row(one), kit.rule()]
        if not running:
            running = [kit.empty(tr("Nobody yet. Assign a case officer first.")), kit.rule()]
        title = tr("Who works with {name}").format(name=isolate(self.record.name))
        cards = [kit.card(title, *running[:-1], action=add, gap=2)]
        if over:
            cards.append(kit.card(tr("Earlier"), *over[:-1], gap=2))
        self.set_body(kit.box(kit.column(*cards, STRETCH, gap=4)))

    def main_act(self) -> None:
        if self._act is None and self._writes:
            self._ask()
            return
        super().main_act()

    def _row(self, one: Assignment) -> QWidget:
        kit, details = self.kit, one.details
        over = self._assignments.is_over(one)
        when = tr("Since {day}").format(day=short(details.since))
        if details.until is not None:
            when = tr("{start} to {end}").format(start=short(details.since), end=short(details.until))
        told = tr("the person was told") if details.person_told else tr("the person was not told yet")
        facts = [capacity_words(details.capacity), when, "" if over else told]
        reason = None
        if details.override_reason:
            words = tr("Two capacities in one hand: {reason}").format(reason=isolate(details.override_reason))
            reason = kit.label(words, "small", wrap=True)
        name = isolate(self._staff(details.staff))
        said = kit.column(
            kit.label(name, "h3", wrap=True),
            kit.label(joined(facts), "small", tone="muted", wrap=True),
            reason,
            gap=0,
        )
        acts: list[QWidget] = []
        if self._writes and not over:
            if not details.person_told:
                acts.append(self._told_button(one))
            end = self.act_button(tr("End"), lambda: self._ask_end(one), kind="quiet")
            end.setAccessibleName(tr("End: {name}, {capacity}").format(name=name, capacity=facts[0]))
            acts.append(end)
        return kit.box(kit.row((said, 1), *acts, gap=2))

    def _told_button(self, one: Assignment) -> QWidget:
        def told() -> None:
            self._assignments.tell(one)
            self.done(tr("Noted: the person was told."))
            self.show_again()

        button = self.act_button(tr("Told the person"), told, kind="quiet")
        name = self._staff(one.details.staff)
        button.setAccessibleName(tr("Told the person: {name}").format(name=name))
        return button

    def _ask(self) -> None:
        form = AssignmentForm(self.kit, self._assignments, self.record.person)

        def keep() -> None:
            given = self._assignments.give(self.record.person, form.details())
            self.done(tr("Assigned."), lambda: self._take_back(given))

        self.ask_in_form(tr("Assign somebody"), form.fields, tr("Assign"), keep, first=form.first)

    def _take_back(self, given: Assignment) -> None:
        self._assignments.end(given, until=given.details.since)

    def _ask_end(self, one: Assignment) -> None:
        sentence = tr("{name} no longer works with {person} as: {capacity}").format(
            name=isolate(self._staff(one.details.staff)),
            person=isolate(self.record.name),
            capacity=capacity_words(one.details.capacity),
        )

        def end() -> None:
            self._assignments.end(one, until=max(self.kit.today(), one.details.since))
            self.done(tr("Ended."), lambda: self._assignments.reopen(one))
            self.show_again()

        self.ask(sentence, tr("End it today"), end)
