"""Whom a packet is about: chosen by a person among those who may be meant, found by name, or taken in anew."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.inbox.staging_model import Candidate
from rehabdesk.ui.kit import Kit, empty

MOST = 6
Find = Callable[[str], Sequence[Candidate]]


class PersonCard(QWidget):
    """Nobody is chosen by the program. `alike`: who may be meant by names and year of birth."""

    chosen = Signal(str)
    new_person = Signal()

    def __init__(self, kit: Kit, alike: Sequence[Candidate], find: Find) -> None:
        super().__init__()
        self._kit, self._find = kit, find
        new = self._button(tr("New person"), self.new_person.emit, "user-plus")
        new.setObjectName("new-person")
        self._line = kit.line(hint=tr("Name or case number"))
        self._line.setAccessibleName(tr("Find somebody of the register"))
        self._line.textEdited.connect(self._look)
        self._found = kit.column(gap=1)
        rows = [self._row(row) for row in alike[:MOST]]
        words = (
            tr("Somebody of the register may be meant. Look at name and number before you choose.")
            if rows
            else tr("Nobody of the register has a name like this.")
        )
        self._first: QWidget = rows[0].findChildren(QPushButton)[0] if rows else new
        card = kit.card(
            tr("Whom is it about?"),
            kit.label(words, wrap=True),
            *rows,
            kit.row((self._line, 1), new, gap=3),
            kit.box(self._found),
            kind="quiet",
            gap=2,
        )
        kit.fill(QVBoxLayout(self), (card,))

    def first_focus(self) -> QWidget:
        return self._first

    def _row(self, row: Candidate) -> QWidget:
        kit = self._kit
        facts = [row.name, isolate_ltr(row.case_ref), *([isolate(row.unit)] if row.unit else [])]
        choose = self._button(tr("This person"), lambda: self.chosen.emit(row.id))
        choose.setAccessibleName(tr("This person: {name}").format(name=" · ".join(facts)))
        return kit.box(kit.row((kit.label(" · ".join(facts), wrap=True), 1), choose, gap=3))

    def _look(self, words: str) -> None:
        empty(self._found)
        if len(words.strip()) < 2:
            return
        found = self._find(words.strip())[:MOST]
        for row in found:
            self._found.addWidget(self._row(row))
        if not found:
            self._found.addWidget(self._kit.label(tr("Nobody of that name."), "small", tone="muted"))

    def _button(self, words: str, do: Callable[[], object], icon: str = "") -> QPushButton:
        button = self._kit.button(words, icon=icon)
        button.clicked.connect(lambda _on=False: do())
        return button
