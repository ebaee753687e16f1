"""A disclosure on paper or on a stick, for one outside the line of command. It is never mailed."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.notes.alerts.alert_model import HandOff, LetterRow
from rehabdesk.notes.alerts.letter_service import Letters, lay_out
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.printing import PRINT, SAVE, Save, Sheets

Make = Callable[[str], HandOff | None]
"""The hand-off for a recipient; None where something is missing, which is said on the page."""
Printer = Callable[[QWidget, Sheets], object]


class HandOffCard(QWidget):
    """`say` tells what happened or what went wrong. What leaves is logged just before it does."""

    def __init__(
        self,
        kit: Kit,
        letters: Letters,
        make: Make,
        *,
        row: LetterRow | None,
        printer: Printer,
        save: Save,
        say: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._kit, self._letters, self._make, self._row = kit, letters, make, row
        self._printer, self._save, self._say = printer, save, say
        readers = [(words, words) for words in (tr("Inspector"), tr("Medical examiner"))]
        self._recipient = kit.choice(readers, chosen=readers[0][0])
        self.print = kit.button(tr("Print"), icon="printer")
        self.print.setAccessibleName(tr("Print the hand-off"))
        self.print.clicked.connect(lambda: self._lay_out(self._hand_to_printer))
        self.stick = kit.button(tr("Save to stick"), icon="usb")
        self.stick.setAccessibleName(tr("Save the hand-off to a stick"))
        self.stick.clicked.connect(lambda: self._lay_out(self._write))
        words = kit.label(
            tr("Exact words and the outline of a body to draw on. Hand it over in person, never by mail."),
            "small",
            tone="muted",
            wrap=True,
        )
        card = kit.card(
            tr("Hand-off on paper"),
            words,
            kit.field(tr("For whom"), self._recipient),
            kit.flow(self.print, self.stick),
            kind="flat",
            gap=2,
        )
        kit.fill(QVBoxLayout(self), (card,))

    def _lay_out(self, then: Callable[[Sheets], None]) -> None:
        try:
            hand_off = self._make(self._recipient.code() or "")
            if hand_off is None:
                return
        except RehabDeskError as problem:
            self._say(problem.sentence)
            return

        def done(pdf: bytes) -> None:
            then(Sheets(pdf=pdf, leaving=lambda how: self._letters.log_leaving(how, self._row), left=self._left))

        self._kit.jobs.run(self, lambda: lay_out(hand_off), done, self._failed)

    def _hand_to_printer(self, sheets: Sheets) -> None:
        self._printer(self, sheets)

    def _write(self, sheets: Sheets) -> None:
        """Under a name that says nothing."""
        try:
            saved = self._save(self, sheets.name, sheets.pdf, lambda: sheets.leaving(SAVE))
        except RehabDeskError as problem:
            self._say(problem.sentence)
            return
        if saved is not None:
            sheets.left(SAVE)

    def _left(self, how: str) -> None:
        saved = tr("Saved. Whoever holds the stick can read it: hand it over in person.")
        self._say(tr("Printed. Hand it over in person.") if how == PRINT else saved)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, RehabDeskError):
            raise error
        self._say(error.sentence)
