"""The five words with what they mean, and beside each the person's choice and staff's: no number, no colour.

The person is asked first: until there is an answer, staff have nothing to choose.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QRadioButton, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.progress.progress_model import Domain, Word
from rehabdesk.plans.progress.progress_typed_model import DECLINED
from rehabdesk.plans.words_model import word_words
from rehabdesk.ui.choices import Choice
from rehabdesk.ui.kit import Kit

GIVEN = (Word.NOT_YET_TOGETHER, Word.OPENING, Word.TRYING, Word.DOING, Word.CARRYING_IT)

MEANING, REQUIRED = 2, "\u00a0*"
"""The column of the anchors, beside both choices; and what a caption ends in where an answer is needed."""


class WordGrid(QWidget):
    """`fields` by the names that errors carry: own and staff."""

    own_chosen = Signal(str)
    staff_chosen = Signal(str)

    def __init__(self, kit: Kit, domain: Domain, *, name: str, own: str, staff: str) -> None:
        super().__init__()
        self.kit = kit
        options = [(word.value, word_words(word)) for word in GIVEN]
        self.own = kit.choice([*options, (DECLINED, tr("Declined"))], chosen=own or None)
        self.staff = kit.choice([*options, (Word.NOT_RATED.value, word_words(Word.NOT_RATED))], chosen=staff or None)
        self.fields = {
            "own": kit.field(tr("{name}'s own word").format(name=isolate(name)), self.own, required=True),
            "staff": kit.field(tr("Staff's word"), self.staff, required=True),
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(kit.theme.space(3))
        grid.setVerticalSpacing(kit.theme.space(1))
        grid.setColumnStretch(MEANING, 1)
        for column, field in enumerate(self.fields.values()):
            grid.addWidget(field, 0, column)
        ask = tr("Ask first: what does {name} say? Then staff choose.").format(name=isolate(name))
        grid.addWidget(kit.label(ask, "small", tone="muted", wrap=True), 0, MEANING)
        meanings = [tr(domain.anchors.get(word.value, "")) for word in GIVEN]
        rows = [*meanings, tr("No word is an answer too.")]
        for row, (words, own_button, staff_button) in enumerate(
            zip(rows, self.own.buttons(), self.staff.buttons(), strict=True), 1
        ):
            grid.addWidget(kit.label(words, "small", wrap=True), row, MEANING)
            for column, button in enumerate((own_button, staff_button)):
                _say(button, list(self.fields.values())[column].caption.text(), words)
                grid.addWidget(button, row, column)
        kit.fill(QVBoxLayout(self), (grid,), gap=0)
        self.own.changed.connect(self._own_chosen)
        self.staff.changed.connect(self.staff_chosen)
        self._free(bool(own))

    def _own_chosen(self, code: str) -> None:
        self._free(True)
        self.own_chosen.emit(code)

    def _free(self, on: bool) -> None:
        for button in self.staff.buttons():
            button.setEnabled(on)


def _say(button: QRadioButton, whose: str, meaning: str) -> None:
    """A screen reader says whose word it is and what it means."""
    button.setAccessibleName(f"{whose.removesuffix(REQUIRED)}: {button.text()}")
    button.setAccessibleDescription(meaning)


def code_of(choice: Choice) -> str:
    """What is chosen, empty where nothing is."""
    return choice.code() or ""
