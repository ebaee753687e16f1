"""What narrows a timeline: a kind of entry, words that stand in it, a day to begin at."""

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.notes.model import Cursor, Part
from rehabdesk.ui.kit import STRETCH, Kit

TYPING_MS = 250


def kind_words(part: Part) -> str:
    """What entries of a kind are called together."""
    return {
        Part.NOTE: tr("Notes"),
        Part.SUMMARY: tr("Shared summaries"),
        Part.MARKER: tr("Clinical entries"),
        Part.CONTRIBUTION: tr("Pastoral contributions"),
        Part.GROUP: tr("Group meetings"),
        Part.ALERT: tr("Safety alerts"),
        Part.OUTSIDE: tr("Received from outside"),
    }.get(part, tr("Other entries"))


class TimelineBar(QWidget):
    """`parts`: the kinds that this login is shown; with one alone there is nothing to choose."""

    changed = Signal()
    left = Signal()
    """Enter in the words: on to what was found."""

    def __init__(self, kit: Kit, parts: Collection[Part]) -> None:
        super().__init__()
        offered = [part for part in Part if part in parts]
        self._kind = kit.combo([(part.value, kind_words(part)) for part in offered], empty=tr("All kinds"))
        self._kind.setAccessibleName(tr("Kind of entry"))
        self._kind.setFixedWidth(kit.theme.px(200))
        self._kind.changed.connect(lambda _code: self.changed.emit())
        self._words = kit.line(hint=tr("Find in this timeline"))
        self._words.setAccessibleName(tr("Find in this timeline"))
        self._words.setMinimumWidth(kit.theme.px(160))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self.changed)
        self._words.textEdited.connect(lambda _text: self._typing.start(TYPING_MS))
        self._words.returnPressed.connect(self.left)
        self._day = kit.date_field()
        self._day.line.setAccessibleName(tr("Go to day"))
        self._day.line.setPlaceholderText(tr("Go to day"))
        self._day.line.editingFinished.connect(self.changed)
        self._day.picked.connect(self.changed)
        self._day.setFixedWidth(kit.theme.px(180))
        kind = self._kind if len(offered) > 1 else None
        kit.fill(QHBoxLayout(self), (kind, (self._words, 1), self._day, STRETCH))

    def state(self) -> tuple[object, ...]:
        """What is chosen now; the same twice means that nothing is to be read again."""
        return self._kind.code(), self._words.text().strip(), self._day.day()

    def parts(self) -> frozenset[Part] | None:
        """The kinds to show; None for all."""
        code = self._kind.code()
        return None if code is None else frozenset({Part(code)})

    def words(self) -> str:
        return self._words.text().strip()

    def start(self) -> Cursor | None:
        """Where the list begins: with the last entry of the chosen day, or at the newest."""
        day = self._day.day()
        if day is None:
            return None
        following = datetime.combine(day + timedelta(days=1), time()).astimezone(UTC)
        return Cursor(occurred_at=following, rid="")

    def find_words(self) -> None:
        """Ctrl+F."""
        self._words.setFocus()
        self._words.selectAll()
