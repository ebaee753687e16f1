"""First run: language, site, people, one passphrase each, the making of the desk, recovery cards, site card.

Until the desk is made nothing is on the disk, and Back always works.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from rehabdesk.access.door_service import Door
from rehabdesk.access.model import Newcomer
from rehabdesk.access.passphrase_service import check_passphrase
from rehabdesk.access.setup_service import Made, Make, Wish
from rehabdesk.access.setup_steps_view import CardStep, LanguageStep, PeopleStep, PhraseStep, SiteStep, Step
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page

SaveFile = Callable[[QWidget, str, bytes], Path | None]
"""Asks where a file of that name goes and writes it; None where the person thought better of it."""
PrintPages = Callable[[QWidget, bytes], bool]
"""Prints the pages of a PDF; False where the person thought better of it."""
GROUPS_ASKED = 3
WIDTH = 680


@dataclass(slots=True)
class _Answers:
    folder: Path
    newcomers: list[Newcomer] = field(default_factory=list)
    phrases: dict[str, str] = field(default_factory=dict)


class SetupPage(Page):
    """The wizard. `make` makes the desk (in a job) and gives back the cards."""

    finished = Signal()
    reading_only = Signal()
    language_chosen = Signal(str)

    def __init__(self, kit: Kit, door: Door, make: Make, *, save: SaveFile, printer: PrintPages) -> None:
        super().__init__(kit)
        self._door, self._make, self._save, self._printer = door, make, save, printer
        self._answers = _Answers(folder=door.folder)
        self._made: Made | None = None
        self._shown: Step | None = None
        self._number = 0
        self._language = LanguageStep(kit)
        self._site = SiteStep(kit, door.folder)
        self._people = PeopleStep(kit)
        self._people.refused.connect(self._say)
        self._language.reading_only.connect(self.reading_only)
        self._language.chosen.connect(self.language_chosen)
        self._steps: list[Callable[[], Step]] = [lambda: self._language, lambda: self._site, lambda: self._people]
        self._next = kit.button(tr("Next"), kind="primary", icon="arrow-right")
        self._next.setObjectName("setup-next")
        self._next.clicked.connect(self.main_act)
        self._back = kit.button(tr("Back"), icon="arrow-left")
        self._back.clicked.connect(self._go_back)
        self.set_foot(kit.row(self._back, STRETCH, self._next))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.main_act)
        self._show(0)

    def first_focus(self) -> QWidget | None:
        return None if self._shown is None else self._shown.first_focus()

    def main_act(self) -> None:
        """Next: what is wrong is said, what was typed stays."""
        if self._shown is None or not self._next.isEnabled():
            return
        try:
            self._shown.take()
        except UserError as problem:
            self._say(problem)
            return
        self._say(None)
        if self._made is not None:
            self._go_on_after()
        elif self._number == 2:
            self._answers.newcomers = list(self._people.newcomers())
            self._show(3)
        elif 3 <= self._number < 3 + len(self._answers.newcomers):
            self._keep_phrase()
        else:
            self._show(self._number + 1)

    def _say(self, problem: UserError | None) -> None:
        """What is wrong in the step in sight; None: nothing."""
        if self._shown is not None:
            self.problems([] if problem is None else [(problem.sentence, self._shown.control_of(problem.field))])

    # the steps before the making

    def _go_back(self) -> None:
        self.problems([])
        self._show(self._number - 1)

    def _show(self, number: int) -> None:
        self._number = number
        people = len(self._answers.newcomers)
        if number < 3:
            self._put(self._steps[number](), number, 4)
        elif number < 3 + people:
            newcomer = self._answers.newcomers[number - 3]
            step = PhraseStep(
                self.kit, newcomer, self._answers.newcomers, self._answers.phrases.get(newcomer.sign_in, "")
            )
            self._put(step, 3, 4)
        self._back.setVisible(number > 0)

    def _put(self, step: Step, number: int, of: int) -> None:
        self._put_away()
        self._shown = step
        self._set(step.title, tr("Step {number} of {steps}").format(number=number + 1, steps=of), step)
        step.show()
        if (first := step.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set(self, title: str, place: str, content: QWidget) -> None:
        """Title, place in the order of steps, and the step, in the middle of the window."""
        kit = self.kit
        words = kit.label(place, tone="muted") if place else None
        head = kit.box(kit.column(kit.label(title, "h1", wrap=True), words, gap=0))
        middle = kit.box(kit.column(head, content, STRETCH, gap=3, margins=(0, 24, 0, 0)))
        middle.setFixedWidth(kit.theme.px(WIDTH))
        self.set_body(kit.row(STRETCH, middle, STRETCH))

    def _put_away(self) -> None:
        """Takes the step out of the page before the page throws its content away: Back finds it as it was."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.setParent(None)

    def _keep_phrase(self) -> None:
        newcomer = self._answers.newcomers[self._number - 3]
        step = self._shown
        if not isinstance(step, PhraseStep):
            return
        try:
            check_passphrase(step.phrase(), self._answers.newcomers)
        except UserError as problem:
            self.problems([(problem.sentence, step.control_of(None))])
            return
        self._answers.phrases[newcomer.sign_in] = step.phrase()
        if self._number + 1 < 3 + len(self._answers.newcomers):
            self._show(self._number + 1)
        else:
            self._begin()

    # making, and after

    def _begin(self) -> None:
        newcomers = tuple(self._answers.newcomers)
        wish = Wish(
            folder=self._site.folder(),
            settings=self._site.settings(),
            newcomers=newcomers,
            passphrases=tuple(self._answers.phrases[each.sign_in] for each in newcomers),
        )
        self._progress = self.kit.label(tr("Measuring what this computer can bear."), wrap=True)
        words = self.kit.label(
            tr("Keys are made for everybody. This takes a minute or two; do not switch the computer off."), wrap=True
        )
        self._put_away()
        self._shown = None
        self._set(tr("Making the desk"), "", self.kit.card("", words, self._progress))
        self._back.hide()
        self._next.setEnabled(False)
        make = self._make
        self.kit.jobs.run_long(self, lambda report: make(wish, report), self._is_made, self._not_made, self._tell)

    def _tell(self, done: int, of: int) -> None:
        self._progress.setText(tr("{done} of {steps} steps done.").format(done=done, steps=of))

    def _is_made(self, made: Made) -> None:
        self._made = made
        self._answers.phrases.clear()
        self._next.setEnabled(True)
        self._number = 0
        self._show_card()

    def _not_made(self, error: BaseException) -> None:
        self._next.setEnabled(True)
        if not isinstance(error, RehabDeskError):
            raise error
        self._show(1)
        self.problems([(error.sentence, self._site.control_of(None))])

    def _show_card(self) -> None:
        assert self._made is not None  # noqa: S101 - for the type checker: called after the making only
        card = self._made.cards[self._number]
        asked = sorted(secrets.SystemRandom().sample(range(10), GROUPS_ASKED))
        site, at = self._site.settings().name, self._door.means.clock.now()
        step = CardStep(self.kit, card, asked, site, at, self._printer)
        self._put_away()
        self._shown = step
        place = tr("Card {number} of {cards}").format(number=self._number + 1, cards=len(self._made.cards))
        self._set(tr("Recovery card of {name}").format(name=card.name), place, step)
        self._back.hide()
        if (first := step.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on_after(self) -> None:
        assert self._made is not None  # noqa: S101 - as above
        if self._shown is not None and self._number + 1 < len(self._made.cards):
            self._number += 1
            self._show_card()
        elif self._shown is not None:
            self._show_end(self._made)
        else:
            self.finished.emit()

    def _show_end(self, made: Made) -> None:
        kit = self.kit
        self._put_away()
        self._shown = None
        self._saved = kit.label("", tone="success", wrap=True)
        self._saved.hide()
        save = kit.button(tr("Save the site card…"), icon="save")
        save.clicked.connect(lambda: self._save_card(made))
        digits = kit.label(isolate_ltr(made.digits), "h2", selectable=True)
        digits.setAccessibleName(made.digits)
        card = kit.card(
            tr("Site card"),
            kit.label(tr("Teams outside check your packets with it. Give it to them by hand."), wrap=True),
            kit.label(tr("They compare these 24 digits with you, face to face or on a known number:"), wrap=True),
            digits,
            kit.start(save),
            self._saved,
            kit.label(tr("Next: everybody signs in with the own name. Make a backup today."), wrap=True),
        )
        self._set(tr("The desk is ready"), "", card)
        self._back.hide()
        kit.rename(self._next, tr("Finish"))
        self._next.clicked.disconnect()
        self._next.clicked.connect(self.finished)
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_card(self, made: Made) -> None:
        path = self._save(self, made.site_card_name, made.site_card)
        if path is not None:
            self._saved.setText(tr("Saved: {file}").format(file=isolate_ltr(path.name)))
            self._saved.show()
