"""What every page and every tab is: a pinned head, a body that scrolls, a pinned foot, errors on top, one strip."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit, empty
from rehabdesk.ui.strip import Strip

T = TypeVar("T")
LARGE_TEXT = 1.2
"""Above this text size two columns are one."""
STAY = object()
"""What the act of a form gives where the form stays, because a strip asks something more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where to go: the name of a page, the person it is about, and what it shows there. Ids only."""

    name: str
    person: str = ""
    id: str = ""


class Page(QWidget):
    """Speaks up by signals; app.py connects them. The head and the foot never move."""

    go = Signal(object)
    said = Signal(str)
    saving = Signal(str, str)
    """Code (saved, saving, failed) and words for the saved state in the top bar."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._head = self._place_for((24, 14, 24, 10))
        self._body = QVBoxLayout()
        self._body.setSpacing(kit.theme.space(3))
        self._body.setContentsMargins(*(kit.theme.px(each) for each in (24, 6, 24, 20)))
        self._summary: QFrame | None = None
        inner = kit.box(self._body)
        self._scroll = kit.scroll(inner)
        self._outer.addWidget(self._scroll, 1)
        self._foot = self._place_for((24, 10, 24, 14))
        self.strip = Strip(kit)
        self.strip.closed.connect(self._show_foot)
        self._strip_place = kit.box(kit.column(self.strip, margins=(24, 8, 24, 14)))
        self._strip_place.hide()
        self._outer.addWidget(self._strip_place)

    # filling

    def set_head(self, content: QWidget | QLayout) -> None:
        """What stays in sight on top."""
        _refill(self._head, content)

    def set_body(self, content: QWidget | QLayout, rail: QWidget | QLayout | None = None) -> None:
        """What scrolls; `rail` stands at its side, in large text below it."""
        empty(self._body, keep=0 if self._summary is None else 1)
        columns = [(content, 7), (rail, 3)] if rail is not None else [(content, 1)]
        stacked = rail is not None and self.kit.theme.look.zoom > LARGE_TEXT
        row = QVBoxLayout() if stacked else QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.kit.theme.space(4))
        for part, share in columns:
            if isinstance(part, QWidget):
                row.addWidget(part, share)
            elif part is not None:
                row.addLayout(part, share)
        self._body.addWidget(self.kit.box(row), 1)

    def set_foot(self, content: QWidget | QLayout) -> None:
        """What stays in sight at the foot."""
        _refill(self._foot, content)

    # errors and questions

    def problems(self, found: Sequence[tuple[str, QWidget]]) -> None:
        """Shows the summary on top with a link to each control, and puts the focus there; nothing takes it away."""
        if self._summary is not None:
            self._body.removeWidget(self._summary)
            self._summary.hide()
            self._summary.deleteLater()
            self._summary = None
        if not found:
            return
        links = []
        for sentence, control in found:
            link = self.kit.button(sentence.replace("&", "&&"), kind="errorlink")
            link.clicked.connect(lambda _on=False, target=control: self.reveal(target))
            links.append(link)
        title = self.kit.label(tr("There is a problem"), "h3")
        words = self.kit.column(title, *(self.kit.start(link) for link in links), gap=1)
        icon = self.kit.column(self.kit.picture("circle-alert", "danger", 20))
        icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        summary = self.kit.card("", self.kit.row(icon, (words, 1), gap=3), kind="error")
        summary.setAccessibleName(tr("There is a problem"))
        summary.setProperty("ring", True)
        summary.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._summary = summary
        self._body.insertWidget(0, summary)
        self._scroll.verticalScrollBar().setValue(0)
        links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self, control: QWidget) -> None:
        """Brings a control into sight and puts the focus into it."""
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bring_into_sight(control)

    def bring_into_sight(self, control: QWidget) -> None:
        """Scrolls so that a control, with its caption, can be seen."""
        if self._scroll.isAncestorOf(control):
            self._scroll.ensureWidgetVisible(control, 0, self.kit.theme.px(70))

    def ask(
        self,
        sentence: str,
        act: str,
        do: Callable[[], None] | Callable[[str], None],
        *,
        passphrase: bool = False,
        danger: bool = False,
    ) -> None:
        """One confirmation at the foot, in place of the foot itself.

        Without a passphrase the strip closes and `do()` runs. With one, `do(passphrase)` runs and the strip stays,
        busy, until `strip.finish()` or `strip.complain(sentence)`.
        """
        self._foot.hide()
        self._strip_place.show()
        self.strip.ask(sentence, act, do, passphrase=passphrase, danger=danger)

    def ask_with_proof(self, sentence: str, act: str, prove: Callable[[str], T], do: Callable[[T], object]) -> None:
        """As `ask`, for what binds the site: `prove` proves the passphrase (slow, in a job), `do` gets what it gave.

        A wrong passphrase, or a UserError of `do`, is said in the strip, which stays; also when `do` gives STAY.
        """

        def proven(proof: T) -> None:
            try:
                if do(proof) is STAY:
                    return
            except UserError as problem:
                self.strip.complain(problem.sentence)
                return
            if self.strip.is_open():
                self.strip.finish()

        def begin(phrase: str) -> None:
            self.kit.jobs.run(self, lambda: prove(phrase), proven, self.said_in_strip)

        self.ask(sentence, act, begin, passphrase=True)

    def said_in_strip(self, error: BaseException) -> None:
        """What went wrong in a job that the strip began; a bug goes on as a bug."""
        if not isinstance(error, RehabDeskError):
            raise error
        self.strip.complain(error.sentence)

    def show_form(
        self,
        title: str,
        fields: Sequence[QWidget],
        act: str,
        do: Callable[[], object],
        *,
        first: QWidget,
        beside: Sequence[QWidget] = (),
    ) -> Callable[[], None]:
        """A small form in place of the body: its act, and Cancel, which refreshes the page. Gives the act.

        `fields` may stand in rows and boxes.

        A UserError of `do` is said on top, and by the field whose object name is the error's field; what was typed
        stays. After a good end the page refreshes.
        """
        kit = self.kit

        def keep() -> None:
            try:
                if do() is STAY:
                    return
            except UserError as problem:
                known = [one for each in fields for one in (each, *each.findChildren(Field)) if isinstance(one, Field)]
                wrong = next((each for each in known if each.objectName() == problem.field), None)
                for each in known:
                    each.calm()
                if wrong is not None:
                    wrong.complain(problem.sentence)
                self.problems([(problem.sentence, wrong.control if wrong is not None else first)])
                return
            self.show_again()

        save, back = kit.button(act, kind="primary"), kit.button(tr("Cancel"))
        save.clicked.connect(keep)
        back.clicked.connect(self.show_again)
        card = kit.card(title, *fields, kit.row(STRETCH, back, save))
        self.set_body(kit.box(kit.column(*beside, card, STRETCH, gap=4)))
        self.set_foot(kit.row(STRETCH))
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        return keep

    def show_again(self) -> None:
        """After a form: the present state of the record, with the focus where one goes on."""
        self.problems([])
        self.refresh()
        if (first := self.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_foot(self) -> None:
        self._strip_place.hide()
        layout = self._foot.layout()
        self._foot.setVisible(layout is not None and layout.count() > 0)
        if (first := self.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # what pages say about themselves

    def first_focus(self) -> QWidget | None:
        """The first useful control."""
        return None

    def main_act(self) -> None:
        """Ctrl+Enter."""

    def undo(self) -> None:
        """Ctrl+Z outside of text fields."""

    def next_unanswered(self) -> None:
        """F8."""

    def keep(self) -> None:
        """Writes what is not saved yet; the page stays as it is. Never asks."""

    def leave(self) -> None:
        """Called before the page goes: keeps what is typed, and lets go of what must not outlive it."""
        self.keep()

    def place(self) -> Mapping[str, Json]:
        """Where the person is on this page, for the way back after an unlock."""
        return {"scroll": self._scroll.verticalScrollBar().value()}

    def restore(self, place: Mapping[str, Json]) -> None:
        """Goes to where `place` says."""
        scroll = place.get("scroll")
        if isinstance(scroll, int):
            QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(scroll))

    def refresh(self) -> None:
        """Shows the present state of the record."""

    def scroll_area(self) -> QScrollArea:
        """The part that scrolls."""
        return self._scroll

    def _place_for(self, margins: tuple[int, int, int, int]) -> QWidget:
        place = QWidget()
        layout = QVBoxLayout(place)
        layout.setContentsMargins(*(self.kit.theme.px(each) for each in margins))
        place.hide()
        self._outer.addWidget(place)
        return place


def _refill(place: QWidget, content: QWidget | QLayout) -> None:
    layout = place.layout()
    if not isinstance(layout, QVBoxLayout):
        return
    empty(layout)
    if isinstance(content, QLayout):
        holder = QWidget()
        content.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(content)
        content = holder
    layout.addWidget(content)
    place.show()
