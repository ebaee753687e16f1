"""The one object that every page gets: it makes widgets in the present look, with names, and knows no feature."""

from collections.abc import Callable, Sequence
from datetime import date, time

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.ui.choices import Choice, Combo, Option, Several
from rehabdesk.ui.fields import DateField, Field, TextArea, TimeField
from rehabdesk.ui.flow import Flow
from rehabdesk.ui.jobs import Jobs
from rehabdesk.ui.table import Column, Table
from rehabdesk.ui.theme import Theme
from rehabdesk.ui.widgets import Card, Initials, Tag


class _Stretch:
    """Takes the room that is left in a row or column."""


STRETCH = _Stretch()
Item = QWidget | QLayout | tuple[QWidget | QLayout, int] | _Stretch | None
_INKS = {
    "primary": "on_primary",
    "quiet": "link",
    "link": "link",
    "nav": "nav_text2",
    "danger": "danger",
    "find": "text3",
}
RIGHT_TO_LEFT_MARK = "\u200f"


class Kit:
    """`today`: the day as the desk's clock has it, for date fields."""

    def __init__(self, theme: Theme, jobs: Jobs, today: Callable[[], date]) -> None:
        self.theme, self.jobs, self.today = theme, jobs, today

    # words

    def label(
        self, text: str, role: str = "body", *, tone: str = "", wrap: bool = False, selectable: bool = False
    ) -> QLabel:
        """A text in a role of the type scale. It is never read as HTML."""
        label = _Words(self.theme.look.rtl)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(text)
        label.setFont(self.theme.font(role))
        if tone:
            label.setProperty("tone", tone)
        label.setWordWrap(wrap)
        if wrap:
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if selectable:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def tag(self, text: str, colour: str = "grey", icon: str = "") -> Tag:
        """A status: words of interface.md 8.2 with one of the six grounds."""
        return Tag(self.theme, text, colour, icon)

    def picture(self, icon: str, colour: str = "text2", size: int = 18) -> QLabel:
        """An icon that says nothing that words beside it do not say."""
        label = QLabel()
        label.setPixmap(self.theme.pixmap(icon, colour, size))
        label.setFixedSize(self.theme.px(size), self.theme.px(size))
        return label

    def initials(self, name: str, size: int = 56, colour: str = "blue") -> Initials:
        return Initials(self.theme, name, size, colour)

    # buttons

    def button(
        self, text: str, *, kind: str = "", icon: str = "", key: str = "", tip: str = "", name: str = ""
    ) -> QPushButton:
        """`kind`: "", primary, danger, quiet, link, nav, find, row, icon. `key`: a shortcut, shown in the tooltip."""
        button = QPushButton(text)
        if kind:
            button.setProperty("kind", kind)
        if icon:
            gap = (10 if kind == "nav" else 6) if text else 0
            button.setIcon(self.theme.icon(icon, _INKS.get(kind, "text2"), 16, gap))
            button.setIconSize(QSize(self.theme.px(16) + self.theme.px(gap), self.theme.px(16)))
        plain = _plain(name or text)
        button.setAccessibleName(plain)
        said = tip or ("" if text else plain)
        if key:
            button.setShortcut(QKeySequence(key))
            said = f"{said or plain} ({isolate_ltr(key)})"
        button.setToolTip(said.replace("<", "&lt;"))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAutoDefault(True)
        return button

    def rename(self, button: QPushButton, text: str) -> None:
        """Other words on a button, for eyes and for screen readers."""
        button.setText(text)
        button.setAccessibleName(_plain(text))

    # layouts

    def row(self, *items: Item, gap: int = 2, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
        """Side by side in reading direction. `gap`: a step of the spacing scale, 0 to 6."""
        layout = QHBoxLayout()
        self.fill(layout, items, gap, margins)
        return layout

    def column(self, *items: Item, gap: int = 2, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
        """One under the other."""
        layout = QVBoxLayout()
        self.fill(layout, items, gap, margins)
        return layout

    def fill(
        self,
        layout: QHBoxLayout | QVBoxLayout,
        items: Sequence[Item],
        gap: int = 2,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    ) -> None:
        """Adds the items to a layout; None is left out."""
        layout.setSpacing(self.theme.space(gap))
        layout.setContentsMargins(*(self.theme.px(each) for each in margins))
        for item in items:
            if isinstance(item, _Stretch):
                layout.addStretch(1)
            elif isinstance(item, tuple):
                _add(layout, item[0], item[1])
            elif item is not None:
                _add(layout, item, 0)

    def flow(self, *widgets: QWidget, gap: int = 2) -> QWidget:
        """Widgets set like words, going on in the next line where one is full."""
        box = QWidget()
        flow = Flow(self.theme.space(gap), box)
        for widget in widgets:
            flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        return box

    def box(self, layout: QLayout) -> QWidget:
        widget = QWidget()
        widget.setLayout(layout)
        return widget

    def start(self, widget: QWidget) -> QHBoxLayout:
        """A widget at its own width, at the side where reading starts."""
        return self.row(widget, STRETCH)

    def rule(self) -> QFrame:
        """A thin line between two rows."""
        line = QFrame()
        line.setProperty("rule", "true")
        return line

    def card(self, title: str, *items: Item, kind: str = "plain", action: QWidget | None = None, gap: int = 3) -> Card:
        """A frame. `kind`: plain, flat, quiet, sunken, error, warn, alert. `action` stands at the end of the title."""
        pad = 16 if kind in {"plain", "error"} else 12
        head = self.row(self.label(title, "h2"), STRETCH, action) if title else None
        return Card(kind, title, self.column(head, *items, gap=gap, margins=(pad, pad, pad, pad)))

    def scroll(self, widget: QWidget) -> QScrollArea:
        """Only up and down; what is too wide is a fault of the page."""
        area = _Scroll()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(widget)
        return area

    def empty(self, sentence: str, *buttons: QPushButton) -> QWidget:
        """What an empty list shows: what to do next, and the button that does it."""
        return self.box(
            self.column(
                self.label(sentence, tone="muted", wrap=True),
                self.flow(*buttons) if buttons else None,
                gap=3,
                margins=(8, 16, 8, 16),
            )
        )

    # fields

    def line(self, text: str = "", *, hint: str = "", limit: int | None = None) -> QLineEdit:
        """One line of text. `hint` shows while it is empty. `limit` is told by the field, never cut while typing."""
        line = QLineEdit(text)
        line.setPlaceholderText(hint)
        line.setFixedHeight(self.theme.px(36))
        if limit is not None:
            line.setProperty("limit", limit)
        return line

    def secret(self) -> QLineEdit:
        """A line for a passphrase: never shown, never remembered by input methods."""
        line = self.line()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        return line

    def text_area(self, text: str = "", *, hint: str = "", limit: int | None = None, lines: int = 4) -> TextArea:
        """Plain text of several paragraphs; `lines` is its least height."""
        area = TextArea(self.theme, lines)
        area.setPlaceholderText(hint)
        area.set_words(text)
        if limit is not None:
            area.setProperty("limit", limit)
        return area

    def date_field(self, value: date | None = None) -> DateField:
        """A day, typed loosely or taken from a calendar."""
        button = self.button("", kind="icon", icon="calendar", name=tr("Open the calendar"))
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Alt+Down in the line does the same
        field = DateField(self.theme, self.line(), button, self.today)
        field.set_date(value)
        return field

    def time_field(self, value: time | None = None) -> TimeField:
        """A time of day, typed loosely."""
        line = self.line()
        line.setMinimumWidth(self.theme.px(72))
        field = TimeField(self.theme, line)
        field.set_time(value)
        return field

    def choice(self, options: Sequence[Option], *, chosen: str | None = None, first_digit: int = 1) -> Choice:
        """One of several in sight; `first_digit` is the key that chooses the first."""
        choice = Choice(options, self.theme.space(1), first_digit)
        choice.choose(chosen)
        return choice

    def several(self, options: Sequence[Option], *, chosen: Sequence[str] = (), column: bool = False) -> Several:
        several = Several(options, self.theme.space(2), column=column)
        several.choose(chosen)
        return several

    def combo(self, options: Sequence[Option], *, chosen: str | None = None, empty: str = "") -> Combo:
        """One of many. `empty`: the words of "nothing chosen"; without them the first is chosen."""
        combo = Combo(options, empty)
        combo.setFixedHeight(self.theme.px(36))
        if chosen is not None:
            combo.choose(chosen)
        return combo

    def check(self, text: str, on: bool = False) -> QCheckBox:
        box = QCheckBox(text)
        box.setChecked(on)
        box.setAccessibleName(text.replace("&", ""))
        return box

    def field(self, caption: str, control: QWidget, *, hint: str = "", required: bool = False) -> Field:
        """A control with its caption, which is also its accessible name."""
        name = caption.replace("&", "")
        words = self.label(caption + (" *" if required else ""), "strong", wrap=True)
        target = control.line if isinstance(control, (DateField, TimeField)) else control
        words.setBuddy(target)
        for each in {control, target}:
            if not isinstance(each, QCheckBox):  # a box has words of its own
                each.setAccessibleName(name)
        said = self.label(hint, "small", tone="hint", wrap=True) if hint else None
        if hint:
            target.setAccessibleDescription(hint)
        error_words = self.label("", "small", tone="danger", wrap=True)
        error = self.box(self.row(self.picture("circle-alert", "danger", 15), (error_words, 1), gap=1))
        field = Field(words, said, (error, error_words), control, self.theme.space(1))
        limit = target.property("limit")
        if isinstance(limit, int):
            _watch_length(field, target, limit)
        return field

    def table(self, columns: Sequence[Column], name: str) -> Table:
        """A list of records. `name` is what a screen reader calls it."""
        return Table(self.theme, columns, name)


def _plain(text: str) -> str:
    """A caption without the marks of its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


class _Words(QLabel):
    """A label whose text starts at the right side also where it begins with a Latin letter or a digit."""

    def __init__(self, rtl: bool) -> None:
        super().__init__()
        self._rtl = rtl

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setText(RIGHT_TO_LEFT_MARK + text if self._rtl and text else text)

    def text(self) -> str:
        return super().text().removeprefix(RIGHT_TO_LEFT_MARK)


class _Scroll(QScrollArea):
    """Follows the focus, so that Tab never leads to a control out of sight."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        inner = self.widget()
        width = inner.minimumSizeHint().width() if inner else 0
        return QSize(width + self.verticalScrollBar().sizeHint().width(), 80)


def empty(layout: QLayout, *, keep: int = 0) -> None:
    """Takes the widgets of a layout away for good, but for the first `keep`."""
    while layout.count() > keep:
        item = layout.takeAt(layout.count() - 1)
        if item is None:
            return
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
            inner.deleteLater()


def _watch_length(field: Field, target: QWidget, limit: int) -> None:
    if isinstance(target, TextArea):
        target.textChanged.connect(lambda: field.count_down(len(target.words()), limit))
        field.count_down(len(target.words()), limit)
    elif isinstance(target, QLineEdit):
        target.textChanged.connect(lambda text: field.count_down(len(text), limit))
        field.count_down(len(target.text()), limit)


def _add(layout: QHBoxLayout | QVBoxLayout, item: QWidget | QLayout, stretch: int) -> None:
    if isinstance(item, QLayout):
        layout.addLayout(item, stretch)
    else:
        layout.addWidget(item, stretch)
