"""What is written around the goals: what helps, what working together takes, areas in which nothing is needed (A14)."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.plans.model import NoNeed, Responsivity
from rehabdesk.plans.plan_words_model import responsivity_words
from rehabdesk.plans.progress.progress_model import Domain
from rehabdesk.ui.dates import short
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit


class NeedsCard(QWidget):
    """The responsivity panel: what is needed, never why (domain.md 8.1)."""

    changed = Signal()

    def __init__(self, kit: Kit, needs: Mapping[str, str]) -> None:
        super().__init__()
        self._lines = {}
        self.fields: dict[str, Field] = {}
        for name, caption, _ in responsivity_words(Responsivity()):
            line = self._lines[name] = kit.line(needs.get(name, ""), limit=300)
            line.textChanged.connect(self.changed)
            self.fields[name] = kit.field(caption, line)
        fields = list(self.fields.values())
        rows = [kit.row((left, 1), (right, 1), gap=3) for left, right in zip(fields[::2], fields[1::2], strict=True)]
        hint = kit.label(
            tr("Say what is needed, not why: no diagnosis, nothing about what somebody went through."),
            "small",
            tone="muted",
            wrap=True,
        )
        card = kit.card(tr("So that working together is possible"), hint, *rows)
        kit.fill(QVBoxLayout(self), (card,), gap=0)

    def needs(self) -> dict[str, str]:
        return {name: line.text() for name, line in self._lines.items() if line.text()}


class NoNeedCard(QWidget):
    """For each area without a goal: that nothing is needed there is an answer, silence is none."""

    changed = Signal()

    def __init__(self, kit: Kit, domains: Sequence[Domain], known: Sequence[NoNeed]) -> None:
        super().__init__()
        self._today: date = kit.today()
        self._asked = {each.domain: each.asked_on for each in known}
        self._boxes = {}
        for domain in domains:
            box = self._boxes[domain.code] = kit.check("", domain.code in self._asked)
            self._name(domain, domain.code in self._asked)
            box.toggled.connect(lambda on, domain=domain: self._tick(domain, on))
        hint = kit.label(
            tr("Tick an area after asking about it. An area that is not ticked was not asked about."),
            "small",
            tone="muted",
            wrap=True,
        )
        boxes = list(self._boxes.values())
        half = (len(boxes) + 1) // 2
        columns = [kit.box(kit.column(*part, STRETCH, gap=1)) for part in (boxes[:half], boxes[half:])]
        card = kit.card(tr("No need identified"), hint, kit.row(*((each, 1) for each in columns), gap=4))
        kit.fill(QVBoxLayout(self), (card,), gap=0)

    def show_without(self, with_goal: Sequence[str]) -> None:
        """Areas with a goal are not asked about."""
        for code, box in self._boxes.items():
            box.setVisible(code not in with_goal or box.isChecked())

    def no_need(self) -> tuple[NoNeed, ...]:
        return tuple(
            NoNeed(domain=code, asked_on=self._asked.get(code, self._today))
            for code, box in self._boxes.items()
            if box.isChecked()
        )

    def first(self) -> QWidget:
        """The box that contradicts a goal, else the first."""
        return next((box for box in self._boxes.values() if box.isChecked()), next(iter(self._boxes.values())))

    def _tick(self, domain: Domain, on: bool) -> None:
        if on:
            self._asked.setdefault(domain.code, self._today)
        else:
            self._asked.pop(domain.code, None)
        self._name(domain, on)
        self.changed.emit()

    def _name(self, domain: Domain, on: bool) -> None:
        title = tr(domain.title)
        words = title
        if on:
            day = short(self._asked.get(domain.code, self._today))
            words = tr("{area} (asked on {day})").format(area=title, day=day)
        self._boxes[domain.code].setText(words.replace("&", "&&"))
        self._boxes[domain.code].setAccessibleName(words)
