"""Labels, buttons, lines, rows and cards in the present look: all that the lock page needs. The rest: kit.py."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rehabdesk.core.text import isolate_ltr
from rehabdesk.ui.field import Field, Line, typed_into
from rehabdesk.ui.jobs import Jobs
from rehabdesk.ui.scroll import Scroll
from rehabdesk.ui.theme import Theme


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


class Card(QFrame):
    """A frame with a title and its content; `content` is the column that more can be added to."""

    def __init__(self, kind: str, name: str, layout: QVBoxLayout) -> None:
        super().__init__()
        self.setProperty("card", kind)
        self.setAccessibleName(name)
        self.content = layout
        self.setLayout(layout)


class PlainKit:
    """Makes widgets in the present look, with names; knows no feature."""

    def __init__(self, theme: Theme, jobs: Jobs) -> None:
        self.theme, self.jobs = theme, jobs
        self.pressed = ""
        """The name of the button whose click is being dealt with; empty otherwise."""

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

    def picture(self, icon: str, colour: str = "text2", size: int = 18) -> QLabel:
        """An icon that says nothing that words beside it do not say."""
        label = QLabel()
        label.setPixmap(self.theme.pixmap(icon, colour, size))
        label.setFixedSize(self.theme.px(size), self.theme.px(size))
        return label

    def button(
        self, text: str, *, kind: str = "", icon: str = "", key: str = "", tip: str = "", name: str = ""
    ) -> QPushButton:
        """`kind`: "", primary, danger, quiet, link, nav, find, row, icon. `key`: a shortcut, shown in the tooltip."""
        button = QPushButton()
        if kind:
            button.setProperty("kind", kind)
        button.setText(text)  # after the kind: at its first words a screen reader is told what it is
        if icon:
            gap = (10 if kind == "nav" else 6) if text else 0
            button.setIcon(self.theme.icon(icon, _INKS.get(kind, "text2"), 16, gap))
            button.setIconSize(QSize(self.theme.px(16) + self.theme.px(gap), self.theme.px(16)))
        plain = _plain(name or text)
        button.setAccessibleName(plain)
        said = tip or ("" if text else plain)
        if key:
            button.setShortcut(key)
            said = f"{said or plain} ({isolate_ltr(key)})"
        button.setToolTip(said.replace("<", "&lt;"))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAutoDefault(True)
        button.clicked.connect(lambda: self._press(button))  # before any other slot
        return button

    def _press(self, button: QPushButton) -> None:
        self.pressed = button.accessibleName()
        QTimer.singleShot(0, button, self._let_go)

    def _let_go(self) -> None:
        self.pressed = ""

    def rename(self, button: QPushButton, text: str) -> None:
        """Other words on a button, for eyes and for screen readers."""
        button.setText(text)
        button.setAccessibleName(_plain(text))

    def scroll(self, widget: QWidget) -> Scroll:
        """Only up and down; what is too wide is a fault of the page."""
        area = Scroll(self.theme.px(12))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(widget)
        return area

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
        """Adds the items to a layout; None is left out. Qt mirrors layouts, but not the margins around them."""
        before, above, after, below = (self.theme.px(each) for each in margins)
        sides = (after, before) if self.theme.look.rtl else (before, after)
        layout.setSpacing(self.theme.space(gap))
        layout.setContentsMargins(sides[0], above, sides[1], below)
        for item in items:
            if isinstance(item, _Stretch):
                layout.addStretch(1)
            elif isinstance(item, tuple):
                _add(layout, item[0], item[1])
            elif item is not None:
                _add(layout, item, 0)

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
        head = self.row((self.label(title, "h2", wrap=True), 1), action) if title else None
        return Card(kind, title, self.column(head, *items, gap=gap, margins=(pad, pad, pad, pad)))

    def line(self, text: str = "", *, hint: str = "", limit: int | None = None) -> QLineEdit:
        """One line of text. `hint` shows while it is empty. `limit` is told by the field, never cut while typing."""
        line = Line(text)
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

    def check(self, text: str, on: bool = False) -> QCheckBox:
        box = QCheckBox(text)
        box.setChecked(on)
        box.setAccessibleName(text.replace("&", ""))
        return box

    def field(self, caption: str, control: QWidget, *, hint: str = "", required: bool = False) -> Field:
        """A control with its caption, which is also its accessible name."""
        name = caption.replace("&", "")
        words = self.label(caption + ("\u00a0*" if required else ""), "strong", wrap=True)
        target = typed_into(control)
        words.setBuddy(target)
        for each in {control, target}:
            if not isinstance(each, QCheckBox):  # a box has words of its own
                each.setAccessibleName(name)
        said = self.label(hint, "small", tone="hint", wrap=True) if hint else None
        if hint:
            target.setAccessibleDescription(hint)
        field = Field(words, said, self._error_line, control, self.theme.space(1))
        limit = target.property("limit")
        if isinstance(limit, int) and isinstance(target, QLineEdit):
            target.textChanged.connect(lambda text: field.count_down(len(text), limit))
            field.count_down(len(target.text()), limit)
        return field

    def _error_line(self) -> tuple[QWidget, QLabel]:
        words = self.label("", "small", tone="danger", wrap=True)
        return self.box(self.row(self.picture("circle-alert", "danger", 15), (words, 1), gap=1)), words


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


def _add(layout: QHBoxLayout | QVBoxLayout, item: QWidget | QLayout, stretch: int) -> None:
    if isinstance(item, QLayout):
        layout.addLayout(item, stretch)
    else:
        layout.addWidget(item, stretch)
