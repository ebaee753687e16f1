"""Bringing a version further: back from under review, at rest and taken up again, closed; each with its reason."""

from collections.abc import Callable, Sequence
from typing import Protocol

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.model import ClosedBecause, SuspendedBecause, VersionState
from rehabdesk.plans.plan_words_model import closed_words, suspended_words
from rehabdesk.plans.service import Plans
from rehabdesk.plans.view.deed_page import DeedPage
from rehabdesk.ui.page import STAY


class Deeds(Protocol):
    """Whose Ctrl+Enter and Ctrl+Z these deeds set."""

    act: Callable[[], None] | None
    undo: Callable[[], object] | None


class PlanMoves:
    """The moves of one version. Closing is final; resting is not."""

    def __init__(self, deeds: Deeds, page: DeedPage, plans: Plans, rid: str, *, name: str) -> None:
        self._deeds, self._page, self._plans, self._rid, self._name = deeds, page, plans, rid, name

    def reopen(self, form: str) -> None:
        if form == VersionState.CLOSED:
            self.ask_close()
        else:
            self.ask_rest()

    def keep_on(self) -> None:
        """After all no new version follows from the review: this one stays as it is."""
        if not self._page.do(lambda: self._plans.move(self._rid, VersionState.ACTIVE)):
            return  # the page says why not
        self._deeds.undo = lambda: self._page.do(lambda: self._plans.move(self._rid, VersionState.UNDER_REVIEW))
        self._page.said.emit(tr("In force as it is. Ctrl+Z takes it back."))

    def take_up(self) -> None:
        """What rested is in force again."""
        plan = self._plans.as_it_stands(self._rid).plan
        code, words = plan.state_code or SuspendedBecause.OTHER, plan.state_reason
        if not self._page.do(lambda: self._plans.move(self._rid, VersionState.ACTIVE)):
            return  # the page says what is missing
        self._deeds.undo = lambda: self._page.do(
            lambda: self._plans.move(self._rid, VersionState.SUSPENDED, because=code, words=words)
        )
        self._page.said.emit(tr("The plan is in force again. Ctrl+Z takes it back."))

    def ask_rest(self) -> None:
        reasons = [(each.value, suspended_words(each)) for each in SuspendedBecause]

        def rest(because: str, words: str) -> None:
            self._plans.move(self._rid, VersionState.SUSPENDED, because=because, words=words)
            self._deeds.undo = self.take_up
            self._page.said.emit(tr("The plan rests. Ctrl+Z takes it back."))

        self._ask(VersionState.SUSPENDED, tr("Let the plan rest"), reasons, tr("Let it rest"), rest)

    def ask_close(self) -> None:
        reasons = [(each.value, closed_words(each)) for each in ClosedBecause]

        def close(because: str, words: str) -> object:
            if not because or (because == ClosedBecause.OTHER and not words):
                raise UserError(
                    tr("Say why.") if because else tr("Choose from the list why."),
                    field="words" if because else "because",
                )
            sentence = tr("Closing version {number} of the plan of {name}: it is read from then on, not worked on.")
            number = self._plans.as_it_stands(self._rid).plan.version
            said = sentence.format(number=number, name=isolate(self._name))
            self._page.ask(said, tr("Close it"), lambda: end(because, words))
            return STAY

        def end(because: str, words: str) -> None:
            if self._page.do(lambda: self._plans.move(self._rid, VersionState.CLOSED, because=because, words=words)):
                self._deeds.undo = None
                self._page.said.emit(tr("Closed. It can still be read."))

        self._ask(VersionState.CLOSED, tr("Close this version of the plan"), reasons, tr("Close it"), close)

    def _ask(
        self,
        to: VersionState,
        title: str,
        reasons: Sequence[tuple[str, str]],
        act: str,
        do: Callable[[str, str], object],
    ) -> None:
        kit = self._page.kit
        because, words = kit.combo(reasons, empty=tr("Choose a reason")), kit.line(limit=400)
        fields = [kit.field(tr("Why"), because, required=True), kit.field(tr("In words"), words)]
        for field, code in zip(fields, ("because", "words"), strict=True):
            field.setObjectName(code)
        self._deeds.act = self._page.show_form(
            title, fields, act, lambda: do(because.code() or "", words.text().strip()), first=because, name=to.value
        )
