"""What the pages of one person's record share: the way back, the way to the neighbours, banners, undo."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.people.view.person_page import case_line
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOf:
    """Whose record it is. `places`: (route, words) of the pages that this role has. `strips`: what must be known.

    `read_only`: another prison holds the case, or nobody; nothing but the legal stage is written.
    """

    person: str
    name: str
    case_ref: str
    places: Sequence[tuple[str, str]]
    strips: Sequence[str] = ()
    read_only: bool = False


class ActPage(Page):
    """A page of deeds on a record, each with its form and its way back. A subclass fills the body in `refresh`."""

    def undo(self) -> None:
        """The opposite of what was done last on this page; the history keeps both."""
        if self._undo is None:
            return
        super().undo()
        self.said.emit(tr("Taken back; the history keeps both."))
        self.show_again()

    def done(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        """Says what was done, and keeps how it is taken back."""
        self._undo = undo
        self.said.emit(sentence if undo is None else tr("{done} Ctrl+Z takes it back.").format(done=sentence))

    def begin(self) -> None:
        """Before the body is filled anew: no form is open."""
        self._act = self._first = None
        self.set_foot(self.kit.row(STRETCH))

    def ask_in_form(
        self, title: str, fields: Mapping[str, QWidget], act: str, do: Callable[[], object], *, first: QWidget
    ) -> None:
        """As `show_form`; errors of a field stand by the field of that key, also within a row."""
        for name, field in fields.items():
            if isinstance(field, Field):
                field.setObjectName(name)
        self._act = self.show_form(title, list(fields.values()), act, do, first=first)

    def act_button(self, words: str, do: Callable[[], None], *, kind: str = "", icon: str = "") -> QPushButton:
        """A button of this page; the first one made takes the first focus."""
        button = self.kit.button(words, kind=kind, icon=icon)
        button.clicked.connect(lambda _on=False: do())
        if self._first is None:
            self._first = button
        return button


class RecordPage(ActPage):
    """`here`: the route of this page."""

    def __init__(self, kit: Kit, record: RecordOf, *, title: str, here: str) -> None:
        super().__init__(kit)
        self.record = record
        self.set_head(self._head_of(title, here))

    def _head_of(self, title: str, here: str) -> QWidget:
        kit, record = self.kit, self.record
        back = kit.button(isolate(record.name), kind="quiet", icon="arrow-left")
        back.setAccessibleName(tr("Back to {name}").format(name=record.name))
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=record.person, id="overview")))
        ways: list[QWidget] = []
        for route, words in record.places:
            if route == here:
                continue
            way = kit.button(words, kind="link")
            way.clicked.connect(lambda _on=False, to=route: self.go.emit(Route(name=to, person=record.person)))
            ways.append(way)
        top = kit.row(
            kit.label(title, "h1"),
            kit.label(isolate(case_line(record.case_ref)), "small", tone="muted") if record.case_ref else None,
            STRETCH,
            back,
            gap=3,
        )
        strips = [
            kit.card("", kit.row(kit.picture("info", "warn"), (kit.label(words, wrap=True), 1), gap=2), kind="warn")
            for words in record.strips
        ]
        return kit.box(kit.column(top, kit.flow(*ways, gap=4), *strips, gap=2))


def fact_rows(kit: Kit, facts: Sequence[tuple[str, str]]) -> QWidget:
    """Captions and what is known, two columns; what is not known is left out."""
    rows = []
    for caption, words in facts:
        if words:
            said = kit.label(caption, "small", tone="muted", wrap=True)
            row = kit.row((said, 2), (kit.label(words, wrap=True), 5), gap=3)
            row.setAlignment(said, Qt.AlignmentFlag.AlignTop)
            rows.append(row)
    return kit.box(kit.column(*rows, gap=2))


def joined(facts: Sequence[str]) -> str:
    """Facts one after another, each whole in every direction; empty ones left out."""
    return " · ".join(isolate(fact) for fact in facts if fact)


def shown_if(widget: QWidget, on: bool) -> None:
    """Shows or hides a part of a form; before the form stands in its page nothing is shown as a window of its own."""
    if not on:
        widget.hide()
    elif widget.parentWidget() is not None:
        widget.show()
