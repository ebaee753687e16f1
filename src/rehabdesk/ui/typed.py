"""What stands in a control, whatever kind it is: one way to read it, to put it back, and to hear that it changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QTextEdit, QWidget
from shiboken6 import isValid

from rehabdesk.core.canon import Json
from rehabdesk.ui.choices import Choice, Combo, Several
from rehabdesk.ui.field import Field, typed_into
from rehabdesk.ui.fields import DateField, TextArea, TimeField


class GrowingRows(QWidget):
    """A part of a form that has any number of rows, each with controls of its own."""

    grown = Signal()
    """A row was added or taken away."""

    @property
    def held(self) -> Sequence[QWidget]:
        """The rows, in their order."""
        raise NotImplementedError

    def hold(self, count: int) -> None:
        """Adds empty rows, or takes rows away from the end, until there are `count`."""
        raise NotImplementedError


CONTROLS = (GrowingRows, TextArea, DateField, TimeField, Choice, Several, Combo, QLineEdit, QCheckBox)
"""What people type into or choose from. Anything else holds such controls, or nothing of theirs."""


def typed_in(control: QWidget) -> Json:
    """What stands in it, as it was typed: text, code, codes, or whether it is ticked; empty while nothing is."""
    match control:
        case GrowingRows():
            return [_row(row) for row in control.held]
        case TextArea():
            return control.words()
        case DateField() | TimeField() | QLineEdit():
            return control.text()
        case Choice() | Combo():
            return control.code() or ""
        case Several():
            return list(control.codes())
        case QCheckBox():
            return control.isChecked()
    raise TypeError(f"{type(control).__name__} holds nothing that is typed")


def put_back(control: QWidget, value: Json) -> None:
    """Shows what `typed_in` gave. What is of another kind, because the form has changed since, is left out."""
    match control, value:
        case GrowingRows(), list():
            control.hold(len(value))
            for row, typed in zip(control.held, value, strict=False):
                for name, inner in controls_in([row]).items():
                    if isinstance(typed, dict) and name in typed:
                        put_back(inner, typed[name])
        case TextArea(), str():
            control.set_words(value)
        case DateField() | TimeField(), str():
            control.line.setText(value)
        case QLineEdit(), str():
            control.setText(value)
        case Choice(), str():
            control.choose(value or None)
        case Combo(), str():
            if control.findData(value) >= 0:
                control.choose(value or None)
        case Several(), list():
            control.choose([each for each in value if isinstance(each, str)])
        case QCheckBox(), bool():
            control.setChecked(value)


def hear(control: QWidget, do: Callable[[], None]) -> None:
    """Calls `do` whenever what stands in it has changed, by a person or by the program."""
    match control:
        case GrowingRows():
            _hear_rows(control, do)
        case TextArea():
            control.textChanged.connect(do)
        case DateField() | TimeField():
            control.line.textChanged.connect(lambda _text: do())
        case QLineEdit():
            control.textChanged.connect(lambda _text: do())
        case Choice() | Combo():
            control.changed.connect(lambda _code: do())
        case Several():
            control.changed.connect(do)
        case QCheckBox():
            control.toggled.connect(lambda _on: do())


def _row(row: QWidget) -> Json:
    return {name: typed_in(control) for name, control in controls_in([row]).items()}


def _hear_rows(rows: GrowingRows, do: Callable[[], None]) -> None:
    heard: set[QWidget] = set()

    def hear_new() -> None:
        for row in rows.held:
            if row not in heard:
                heard.add(row)
                for control in controls_in([row]).values():
                    hear(control, do)

    def grown() -> None:
        hear_new()
        do()

    hear_new()
    rows.grown.connect(grown)


def controls_in(widgets: Sequence[QWidget]) -> dict[str, QWidget]:
    """The controls of a form by a name that no language and no answer changes: the object name of the control or of
    its field, else its kind and number. A passphrase is not among them.
    """
    found: dict[str, QWidget] = {}
    for given, control in _walk(widgets):
        name, number = given or type(control).__name__, 1
        while (key := name if number == 1 else f"{name} {number}") in found:
            number += 1
        found[key] = control
    return found


def _walk(widgets: Sequence[QWidget], name: str = "") -> Iterator[tuple[str, QWidget]]:
    for widget in widgets:
        if isinstance(widget, CONTROLS):
            if not (isinstance(widget, QLineEdit) and widget.echoMode() is not QLineEdit.EchoMode.Normal):
                yield widget.objectName() or name, widget
        elif not isinstance(widget, (QTextEdit, QComboBox)):  # others of Qt's own have lines inside
            inner = [each for each in widget.children() if isinstance(each, QWidget)]
            yield from _walk(inner, widget.objectName() if isinstance(widget, Field) else name)


class TypedForm(QObject):
    """The controls of one form, and what a person has changed in them since it was shown.

    `name` is the form's on its page. `changed` is not emitted by `fill`.
    """

    changed = Signal()

    def __init__(self, owner: QObject, name: str, widgets: Sequence[QWidget]) -> None:
        super().__init__(owner)
        self.name = name
        self._widgets = tuple(widgets)
        self._controls = controls_in(widgets)
        self._first = {key: typed_in(control) for key, control in self._controls.items()}
        self._now = dict(self._first)
        self._changed: set[str] = set()
        self._filling = False
        for key, control in self._controls.items():
            hear(control, lambda key=key, control=control: self._heard(key, control))  # type: ignore[misc]
            control.destroyed.connect(lambda _gone=None, key=key: self._controls.pop(key, None))

    def values(self) -> dict[str, Json]:
        """What was changed; nothing where all stands as the form began. Also after its controls are gone."""
        return {key: self._now[key] for key in sorted(self._changed)} if self._now != self._first else {}

    def fill(self, values: Mapping[str, Json]) -> None:
        """Puts back what `values` gave, in the order of the form."""
        self._filling = True
        for key, control in self._controls.items():
            if key in values:
                put_back(control, values[key])
        self._filling = False

    def in_sight(self, page: QWidget) -> bool:
        """Whether the form still stands on the page."""
        return any(isValid(widget) and page.isAncestorOf(widget) for widget in self._widgets)

    def first(self) -> QWidget | None:
        """Where one begins to type; also of a form of passphrases only."""
        inside = [one for widget in self._widgets if isValid(widget) for one in (widget, *widget.findChildren(QWidget))]
        return next((one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()), None)

    # the caret

    def place(self, focus: QWidget | None) -> dict[str, Json]:
        """Control, caret and selection, where the focus is in this form."""
        for key, control in self._controls.items():
            target = typed_into(control)
            if focus is None or not (control is focus or control.isAncestorOf(focus)):
                continue
            if isinstance(target, QTextEdit):
                cursor = target.textCursor()
                return {"form": self.name, "control": key, "caret": cursor.position(), "anchor": cursor.anchor()}
            caret = target.cursorPosition() if isinstance(target, QLineEdit) else 0
            return {"form": self.name, "control": key, "caret": caret}
        return {}

    def go_to(self, place: Mapping[str, Json]) -> bool:
        """Goes to where `place` says; false where that is not in this form."""
        control = self._controls.get(str(place.get("control", "")))
        if control is None or place.get("form") != self.name:
            return False
        target = typed_into(control)
        (target.focusProxy() or target).setFocus()
        caret, anchor = place.get("caret"), place.get("anchor")
        if isinstance(target, QTextEdit) and isinstance(caret, int):
            cursor, end = target.textCursor(), len(target.toPlainText())
            cursor.setPosition(min(anchor if isinstance(anchor, int) else caret, end))
            cursor.setPosition(min(caret, end), QTextCursor.MoveMode.KeepAnchor)
            target.setTextCursor(cursor)
        elif isinstance(target, QLineEdit) and isinstance(caret, int):
            target.setCursorPosition(caret)
        return True

    def _heard(self, key: str, control: QWidget) -> None:
        self._now[key] = typed_in(control)
        self._changed.add(key)
        if not self._filling:
            self.changed.emit()
