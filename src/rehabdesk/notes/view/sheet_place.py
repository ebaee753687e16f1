"""Where the caret stands in a field, kept with a draft and found again when it is opened."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

from rehabdesk.core.canon import Json


def caret_of(control: QWidget) -> dict[str, Json]:
    """Caret and, in a text of several lines, the other end of what is selected; in characters."""
    if isinstance(control, QTextEdit):
        cursor = control.textCursor()
        return {"caret": cursor.position(), "anchor": cursor.anchor()}
    return {"caret": control.cursorPosition() if isinstance(control, QLineEdit) else 0}


def put_caret(control: QWidget, place: Mapping[str, Json]) -> None:
    """Focus and caret as `caret_of` found them; as far as the text goes now. Does nothing without a caret."""
    caret, anchor = place.get("caret"), place.get("anchor")
    if not isinstance(caret, int):
        return
    control.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(control, QTextEdit):
        cursor, end = control.textCursor(), len(control.toPlainText())
        cursor.setPosition(min(anchor if isinstance(anchor, int) else caret, end))
        cursor.setPosition(min(caret, end), QTextCursor.MoveMode.KeepAnchor)
        control.setTextCursor(cursor)
    elif isinstance(control, QLineEdit):
        control.setCursorPosition(caret)
