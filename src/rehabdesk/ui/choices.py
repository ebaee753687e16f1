"""Choosing from given answers: one as segments, one from a list that opens, several as boxes."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from rehabdesk.ui.flow import Flow

Option = tuple[str, str]
"""A code, and its words in the language of the screen."""

# the unshifted top row of AZERTY, and the digits of Arabic keyboards
_AZERTY = {sign: digit for digit, sign in enumerate("à&é\"'(-è_ç")}
_EASTERN = {chr(0x660 + digit): digit for digit in range(10)} | {chr(0x6F0 + digit): digit for digit in range(10)}


def digit_of(event: QKeyEvent) -> int | None:
    """The digit that a key means on any of the usual keyboards, 0 to 9; None for another key."""
    typed = event.text()
    if typed.isascii() and typed.isdigit():
        return int(typed)
    return _EASTERN.get(typed, _AZERTY.get(typed))


class Choice(QWidget):
    """One of several, all in sight. One Tab stop; arrows move, digits choose, and `digit` says that one did."""

    changed = Signal(str)
    digit = Signal()

    def __init__(self, options: Sequence[Option], gap: int, first_digit: int = 1) -> None:
        super().__init__()
        self._codes = [code for code, _ in options]
        self._first = first_digit
        self._group = QButtonGroup(self)
        flow = Flow(gap, self)
        for number, (_code, words) in enumerate(options):
            button = QRadioButton(words.replace("&", "&&"))
            button.setProperty("kind", "segment")
            button.setAccessibleName(words)
            button.installEventFilter(self)
            self._group.addButton(button, number)
            flow.addWidget(button)
        self._group.idToggled.connect(self._toggled)
        self._rove()

    def code(self) -> str | None:
        """What is chosen; None while nothing is."""
        chosen = self._group.checkedId()
        return None if chosen < 0 else self._codes[chosen]

    def choose(self, code: str | None) -> None:
        """Chooses; None takes the choice away."""
        if code is None or code not in self._codes:
            self._group.setExclusive(False)
            for button in self._group.buttons():
                button.setChecked(False)
            self._group.setExclusive(True)
        else:
            self._group.button(self._codes.index(code)).setChecked(True)
        self._rove()

    def buttons(self) -> list[QRadioButton]:
        """In the order of the options."""
        return [button for button in self._group.buttons() if isinstance(button, QRadioButton)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            digit = digit_of(event)
            if digit is not None and 0 <= digit - self._first < len(self._codes):
                button = self._group.button(digit - self._first)
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                button.setChecked(True)
                self.digit.emit()
                return True
        return super().eventFilter(watched, event)

    def _toggled(self, number: int, on: bool) -> None:
        self._rove()
        if on:
            self.changed.emit(self._codes[number])

    def _rove(self) -> None:
        """Only the chosen button, or the first while none is, takes Tab."""
        chosen = self._group.checkedButton() or self._group.button(0)
        for button in self._group.buttons():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is chosen else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(chosen)


class Several(QWidget):
    """Any number of answers, as boxes."""

    changed = Signal()

    def __init__(self, options: Sequence[Option], gap: int, *, column: bool = False) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        layout: QVBoxLayout | Flow
        if column:
            layout = QVBoxLayout(self)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(gap // 2)
        else:
            layout = Flow(gap * 2, self)
        for code, words in options:
            box = QCheckBox(words.replace("&", "&&"))
            box.setAccessibleName(words)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._boxes[code] = box
            layout.addWidget(box)
        first = next(iter(self._boxes.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def codes(self) -> tuple[str, ...]:
        """What is ticked, in the order of the options."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def choose(self, codes: Sequence[str]) -> None:
        for code, box in self._boxes.items():
            box.setChecked(code in codes)


class Combo(QComboBox):
    """One of many, in a list that opens."""

    changed = Signal(str)

    def __init__(self, options: Sequence[Option], empty: str) -> None:
        super().__init__()
        if empty:
            self.addItem(empty, "")
        for code, words in options:
            self.addItem(words, code)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setToolTip(self.currentText().replace("<", "&lt;"))
        self.currentIndexChanged.connect(lambda _place: self._tell())

    def code(self) -> str | None:
        """What is chosen; None while nothing is."""
        return self.currentData() or None

    def choose(self, code: str | None) -> None:
        place = self.findData(code or "")
        self.setCurrentIndex(max(place, 0) if code is None else place)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Words that are too long end in dots; the tooltip and the open list have them whole."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        dots = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(self.currentText(), dots, room.width() - 2)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _tell(self) -> None:
        self.setToolTip(self.currentText().replace("<", "&lt;"))
        self.changed.emit(self.code() or "")
