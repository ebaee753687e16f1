"""Whether a packet takes the place of one that its team already holds about the person."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.making.team_before_service import Earlier
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import Kit


class ReplacesTick(QWidget):
    """`earlier`: by team what counts outside; `replaces`: what the packet for `team` replaces so far, by id."""

    changed = Signal()

    def __init__(self, kit: Kit, earlier: Mapping[str, Sequence[Earlier]], team: str, replaces: Sequence[str]) -> None:
        super().__init__()
        self._earlier, self._first_team, self._replaced = earlier, team, tuple(replaces)
        self._team = team
        self._box, self._words = kit.check("", bool(replaces)), kit.label("", wrap=True)
        self._words.setBuddy(self._box)
        kit.fill(QVBoxLayout(self), (kit.row(self._box, (self._words, 1), gap=2),))
        self._box.toggled.connect(lambda _on: self.changed.emit())

    def ids(self) -> tuple[str, ...]:
        """What is replaced. What was taken up from another packet stays where the team holds nothing that counts."""
        held = self._held()
        if held is None:
            return self._replaced if self._team == self._first_team else ()
        return (held.id,) if self._box.isChecked() else ()

    def show_for(self, team: str) -> None:
        """Speaks of what this team holds, or is not there."""
        if team != self._team:
            self._team = team
            self._box.setChecked(team == self._first_team and bool(self._replaced))
        held = self._held()
        self.setVisible(held is not None)
        if held is not None:
            words = tr("Replaces {number} of {day}, which this team has. Without the tick both of them count.")
            said = words.format(number=isolate_ltr(held.number), day=isolate(short(held.issued)))
            self._words.setText(said)
            self._box.setAccessibleName(said)

    def _held(self) -> Earlier | None:
        """The one that was to be replaced, else the newest."""
        held = self._earlier.get(self._team, ())
        named = (each for each in held if self._team == self._first_team and each.id in self._replaced)
        return next(named, held[0] if held else None)
