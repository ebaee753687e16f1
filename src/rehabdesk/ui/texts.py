"""The texts of a page: which there are, in which one writes, and how words are put into them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.spelling import units

Control = QLineEdit | TextArea


class Texts(Protocol):
    """What is written on a page, now. Each text has a name there."""

    def controls(self) -> Mapping[str, Control]:
        """The controls that hold words."""
        ...

    def words(self) -> Mapping[str, str]:
        """What is written in each."""
        ...

    def note_focus(self) -> None:
        """Remembers in which text one writes; buttons beside it take the focus away."""
        ...

    def in_hand(self) -> tuple[str, Control] | None:
        """Name and control of the text in which one writes, or wrote last."""
        ...


class FieldTexts:
    """The texts of a form; `controls` gives them as they are at that moment."""

    def __init__(self, controls: Callable[[], Mapping[str, Control]]) -> None:
        self.controls = controls
        self._in_hand = ""

    def words(self) -> dict[str, str]:
        return {name: words_of(control) for name, control in self.controls().items()}

    def note_focus(self) -> None:
        focus: QWidget | None = QApplication.focusWidget()
        self._in_hand = next((name for name, each in self.controls().items() if each is focus), self._in_hand)

    def in_hand(self) -> tuple[str, Control] | None:
        self.note_focus()
        control = self.controls().get(self._in_hand)
        return None if control is None else (self._in_hand, control)


def words_of(control: Control) -> str:
    """What stands in a control."""
    return control.words() if isinstance(control, TextArea) else control.text()


def put(control: Control, places: Sequence[tuple[int, int]], words_at: Callable[[int], str]) -> None:
    """Other words at some places of a text, as one step of its undo; everything else stays as it is."""
    text = words_of(control)
    if isinstance(control, QLineEdit):
        for start, end in sorted(places, reverse=True):
            control.setSelection(units(text, start), units(text, end) - units(text, start))
            control.insert(words_at(start))
        return
    cursor = QTextCursor(control.document())
    cursor.beginEditBlock()
    for start, end in sorted(places, reverse=True):
        cursor.setPosition(units(text, start))
        cursor.setPosition(units(text, end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words_at(start))
    cursor.endEditBlock()
