"""The one object that every page gets: it makes widgets in the present look, with names, and knows no feature."""

from collections.abc import Callable, Sequence
from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from rehabdesk.core.i18n import tr
from rehabdesk.ui.choices import Choice, Combo, Option, Several
from rehabdesk.ui.field import Field, typed_into
from rehabdesk.ui.fields import DateField, TextArea, TimeField
from rehabdesk.ui.flow import Flow
from rehabdesk.ui.jobs import Jobs
from rehabdesk.ui.plain_kit import STRETCH, PlainKit
from rehabdesk.ui.table import Column, Table
from rehabdesk.ui.theme import Theme
from rehabdesk.ui.widgets import Initials, Tag
from rehabdesk.ui.writing import WritingHelp

__all__ = ["STRETCH", "Kit", "empty"]


class Kit(PlainKit):
    """`today`: the day as the desk's clock has it, for date fields. `writing`: help in texts, behind the door."""

    def __init__(self, theme: Theme, jobs: Jobs, today: Callable[[], date]) -> None:
        super().__init__(theme, jobs)
        self.today = today
        self.writing: WritingHelp | None = None

    def tag(self, text: str, colour: str = "grey", icon: str = "") -> Tag:
        """A status: words of interface.md 8.2 with one of the six grounds."""
        return Tag(self.theme, text, colour, icon)

    def initials(self, name: str, size: int = 56, colour: str = "blue") -> Initials:
        return Initials(self.theme, name, size, colour)

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

    def empty(self, sentence: str, *buttons: QPushButton) -> QWidget:
        """What an empty list shows: what to do next, and the button that does it."""
        words, acts = self.label(sentence, tone="muted", wrap=True), self.flow(*buttons) if buttons else None
        box = self.box(self.column(words, acts, gap=3, margins=(8, 16, 8, 16)))
        box.setObjectName("empty-list")
        return box

    # fields

    def text_area(
        self, text: str = "", *, hint: str = "", limit: int | None = None, lines: int = 4, read_only: bool = False
    ) -> TextArea:
        """Plain text of several paragraphs; `lines` is its least height."""
        area = TextArea(self.theme, lines)
        area.setReadOnly(read_only)
        if self.writing is not None and not read_only:
            area.help = self.writing.attend(area)
        area.setPlaceholderText(hint)
        area.set_words(text)
        if limit is not None:
            area.setProperty("limit", limit)
        return area

    def date_field(self, value: date | None = None, *, coming: bool = False) -> DateField:
        """A day, typed loosely or taken from a calendar. `coming`: for what lies ahead, `fri` is the next one."""
        button = self.button("", kind="icon", icon="calendar", name=tr("Open the calendar"))
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Alt+Down in the line does the same
        field = DateField(self.theme, self.line(), button, self.today, coming=coming)
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

    def field(self, caption: str, control: QWidget, *, hint: str = "", required: bool = False) -> Field:
        field = super().field(caption, control, hint=hint, required=required)
        target = typed_into(control)
        limit = target.property("limit")
        if isinstance(limit, int) and isinstance(target, TextArea):
            target.textChanged.connect(lambda: field.count_down(len(target.words()), limit))
            field.count_down(len(target.words()), limit)
        return field

    def table(self, columns: Sequence[Column], name: str) -> Table:
        """A list of records. `name` is what a screen reader calls it."""
        return Table(self.theme, columns, name)


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
