"""Which step in work or learning goes into the packet, under the tick of its section."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.collecting.next_step_model import NONE, code_of
from rehabdesk.handover.content.onward_sections_model import NextStep
from rehabdesk.ui.dates import short
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit


class NextStepLine(QWidget):
    """`chosen`: a code of `next_step_model`, "" while nobody chose. `field` is None where no record holds a step."""

    changed = Signal()

    def __init__(self, kit: Kit, steps: Sequence[NextStep], chosen: str) -> None:
        super().__init__()
        self._before, self.field = chosen, self._field(kit, steps, chosen)
        none = tr(
            "No next step is recorded. A step with a day in a goal of “Education, work, time”, or a course that is "
            "planned, can stand here."
        )
        kit.fill(QVBoxLayout(self), (self.field or kit.label(none, "small", tone="muted", wrap=True),))

    def code(self) -> str:
        """What is chosen; where there is nothing to choose, what was before."""
        return self._before if self.field is None else self._combo.code() or NONE

    def _field(self, kit: Kit, steps: Sequence[NextStep], chosen: str) -> Field | None:
        if not steps:
            return None
        options = [(code_of(step), _words(step)) for step in steps]
        options.append((NONE, tr("None of them")))
        known = chosen if chosen in dict(options) else options[0][0]
        self._combo = kit.combo(options, chosen=known)
        self._combo.changed.connect(self.changed)
        return kit.field(tr("Next step in work or learning"), self._combo)


def _words(step: NextStep) -> str:
    return tr("{day}: {what}, {who}").format(
        day=isolate(short(step.date_)), what=isolate(step.what.text), who=isolate(step.with_)
    )
