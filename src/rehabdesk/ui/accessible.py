"""What a screen reader is told of controls that Qt takes for something else: the entries of the sidebar are tabs."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QPushButton

PRESS = "Press"


class Faces:
    """Gives Qt the faces, and holds them: Qt does not keep those that Python made. One for the whole application."""

    def __init__(self) -> None:
        self._held: dict[int, QAccessibleInterface] = {}
        QAccessible.installFactory(self._face_of)

    def _face_of(self, _kind: str, thing: QObject) -> QAccessibleInterface | None:
        if not isinstance(thing, QPushButton) or thing.property("kind") != "nav":
            return None
        key = id(thing)
        if key not in self._held:
            thing.destroyed.connect(lambda: self._held.pop(key, None))
        face = self._held[key] = _Entry(thing)
        return face


class _Entry(QAccessibleWidget):
    """An entry of the sidebar: a tab, selected while its page is in sight."""

    def __init__(self, button: QPushButton) -> None:
        super().__init__(button, QAccessible.Role.PageTab)
        self._button = button

    def state(self) -> QAccessible.State:
        state = super().state()
        state.selectable = True
        state.selected = self._button.property("current") == "true"
        return state

    def actionNames(self) -> list[str]:  # noqa: N802 - Qt's name
        return [PRESS, "SetFocus"]

    def doAction(self, name: str) -> None:  # noqa: N802 - Qt's name
        if name == PRESS:
            self._button.click()
        else:
            super().doAction(name)
