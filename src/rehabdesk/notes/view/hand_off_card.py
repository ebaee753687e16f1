"""A disclosure on paper or on a stick, for one outside the line of command. It is never mailed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.notes.alert_model import HandOff, LetterRow
from rehabdesk.notes.letter_service import Letters, lay_out
from rehabdesk.ui.kit import Kit

Make = Callable[[str], HandOff | None]
"""The hand-off for a recipient; None where something is missing, which is said on the page."""
Printer = Callable[[QWidget, bytes], object]
Saver = Callable[[QWidget, str, bytes], Path | None]


class HandOffCard(QWidget):
    """`say` tells what happened or what went wrong. What leaves is logged before it leaves."""

    def __init__(
        self,
        kit: Kit,
        letters: Letters,
        make: Make,
        *,
        row: LetterRow | None,
        printer: Printer,
        save: Saver,
        say: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._kit, self._letters, self._make, self._row = kit, letters, make, row
        self._printer, self._save, self._say = printer, save, say
        readers = [(words, words) for words in (tr("Inspector"), tr("Medical examiner"))]
        self._recipient = kit.choice(readers, chosen=readers[0][0])
        self.print = kit.button(tr("Print"), icon="printer")
        self.print.setAccessibleName(tr("Print the hand-off"))
        self.print.clicked.connect(lambda: self._lay_out("print", self._hand_to_printer))
        self.stick = kit.button(tr("Save to stick"), icon="usb")
        self.stick.setAccessibleName(tr("Save the hand-off to a stick"))
        self.stick.clicked.connect(lambda: self._lay_out("save_pages", self._write))
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

    def _lay_out(self, deed: str, then: Callable[[bytes], None]) -> None:
        try:
            hand_off = self._make(self._recipient.code() or "")
            if hand_off is None:
                return
        except RehabDeskError as problem:
            self._say(problem.sentence)
            return

        def done(pdf: bytes) -> None:
            self._letters.log_leaving(deed, self._row)
            then(pdf)

        self._kit.jobs.run(self, lambda: lay_out(hand_off), done, self._failed)

    def _hand_to_printer(self, pdf: bytes) -> None:
        if self._printer(self, pdf):
            self._say(tr("Printed. Hand it over in person."))

    def _write(self, pdf: bytes) -> None:
        """Under a name that says nothing."""
        if self._save(self, "pages.pdf", pdf) is not None:
            self._say(tr("Saved. Whoever holds the stick can read it: hand it over in person."))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, RehabDeskError):
            raise error
        self._say(error.sentence)
