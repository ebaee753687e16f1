"""The texts of a note's form: which there are, and in which one writes."""

from collections.abc import Mapping

from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.notes.view.note_sheet import NoteSheet
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.texts import Control, words_of


class SheetTexts:
    """What is written on a sheet, now."""

    def __init__(self, sheet: NoteSheet) -> None:
        self._sheet = sheet
        self._in_hand = ""

    def controls(self) -> dict[str, Control]:
        """By code, the controls that hold words of this note."""
        answers, found = self._sheet.answers(), {}
        for box in self._sheet.made[0].values():
            found.update({code: control for code, control in box.texts().items() if code in answers})
        return found

    def words(self) -> dict[str, str]:
        """By code, what is written."""
        return {code: words_of(control) for code, control in self.controls().items()}

    def note_focus(self) -> None:
        """Remembers in which text one writes; buttons beside it take the focus away."""
        focus: QWidget | None = QApplication.focusWidget()
        if isinstance(focus, TextArea):
            self._in_hand = next((code for code, area in self._areas() if area is focus), self._in_hand)

    def in_hand(self) -> tuple[str, TextArea] | None:
        """Code and control of the text in which one writes, or wrote last; else of the first in sight."""
        self.note_focus()
        shown = [(code, area) for code, area in self._areas() if area.isVisibleTo(self._sheet)]
        return next((each for each in shown if each[0] == self._in_hand), shown[0] if shown else None)

    def say_origins(self, origins: Mapping[str, str]) -> None:
        """By code, where part of a text came from, below its field."""
        for code, field in self._sheet.made[1].items():
            field.say_origin(origins.get(code, ""))

    def _areas(self) -> list[tuple[str, TextArea]]:
        controls = ((code, box.control()) for code, box in self._sheet.made[0].items())
        return [(code, control) for code, control in controls if isinstance(control, TextArea)]
