"""What every page and every tab is: a pinned head, a body that scrolls, a pinned foot, errors on top, one strip."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.ui.autosave import Autosave
from rehabdesk.ui.field import Field
from rehabdesk.ui.form import STAY, Form
from rehabdesk.ui.kit import Kit, empty
from rehabdesk.ui.scroll import Scrolled
from rehabdesk.ui.strip import Strip
from rehabdesk.ui.summary import summary_of
from rehabdesk.ui.unfinished import Keeper, UnfinishedForms

__all__ = ["STAY", "Page", "Route"]

T = TypeVar("T")
LARGE_TEXT = 1.2
"""Above this text size two columns are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where to go: the name of a page, the person it is about, and what it shows there. Ids only."""

    name: str
    person: str = ""
    id: str = ""


class Page(QWidget):
    """Speaks up by signals; app.py connects them. The head and the foot never move.

    Nothing typed is lost. What stands in a form of `show_form`, or in controls given to `forms.show`, is kept for this
    login while it is typed, put back when the page or tab is opened again, and forgotten by the form's act and by
    Cancel (`forms.finish`). `reopen` opens a form that was left; a page that writes drafts of its own does so in
    `keep`, by an `Autosave` whose function raises what goes wrong. While something is not kept, the page is not left.

    As it fills itself, a page sets `_first`, the first useful control, `_act`, what Ctrl+Enter does, and after a deed
    `_undo`, which takes that back. Where it hangs on more, the page overrides `first_focus`, `main_act` or `undo`.
    """

    go = Signal(object)
    said = Signal(str)
    saving = Signal(str, str)
    """Code (saved, saving, failed) and words for the saved state in the top bar."""
    refused = Signal()
    """Something typed could not be kept, so that the page or tab was not left."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self._first: QWidget | None = None
        self._act: Callable[[], object] | None = None
        self._undo: Callable[[], object] | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._head = _place_for(self._outer, kit, (24, 14, 24, 10))
        self._body = QVBoxLayout()
        self._body.setSpacing(kit.theme.space(3))
        self._body.setContentsMargins(*(kit.theme.px(each) for each in (24, 6, 24, 20)))
        self._summary: QFrame | None = None
        self._scroll = kit.scroll(Scrolled(self._body))
        self._outer.addWidget(self._scroll, 1)
        self._foot = _place_for(self._outer, kit, (24, 10, 24, 14))
        self.strip = Strip(kit)
        self.strip.closed.connect(self._show_foot)
        self._strip_place = kit.box(kit.column(self.strip, margins=(24, 8, 24, 14)))
        self._strip_place.hide()
        self._outer.addWidget(self._strip_place)
        self.forms = UnfinishedForms(self, lambda words: self.saving.emit("saved", words))

    # filling

    def set_head(self, content: QWidget | QLayout) -> None:
        """What stays in sight on top."""
        _refill(self._head, content)

    def set_body(self, content: QWidget | QLayout, rail: QWidget | QLayout | None = None) -> None:
        """What scrolls; `rail` stands at its side, in large text below it."""
        empty(self._body, keep=0 if self._summary is None else 1)
        self._body.addWidget(self.kit.box(_columns(self.kit, content, rail)), 1)

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
        summary, first = summary_of(self.kit, found, self.reveal)
        self._summary = summary
        self._body.insertWidget(0, summary)
        self._scroll.verticalScrollBar().setValue(0)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def complain(self, sentence: str, wrong: Field | None = None) -> None:
        """Says what went wrong: on top, and at the field where that is one field's."""
        if wrong is not None:
            wrong.complain(sentence)
        self.problems([(sentence, wrong.control if wrong is not None else self.first_focus() or self)])

    def reveal(self, control: QWidget) -> None:
        """Brings a control into sight and puts the focus into it."""
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bring_into_sight(control)

    def bring_into_sight(self, control: QWidget) -> None:
        """Scrolls so that the whole of a control, with its caption, can be seen."""
        self._scroll.show_whole(control)

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

        def act_on_form() -> None:
            do()  # type: ignore[call-arg]  # without a passphrase it takes none
            self.forms.finish_if_gone()

        self._foot.hide()
        self._strip_place.show()
        self.strip.ask(sentence, act, do if passphrase else act_on_form, passphrase=passphrase, danger=danger)

    def ask_with_proof(self, sentence: str, act: str, prove: Callable[[str], T], do: Callable[[T], object]) -> None:
        """As `ask`, for what binds the site: `prove` proves the passphrase (slow, in a job), `do` gets what it gave.

        A wrong passphrase, or a UserError of `do`, is said in the strip, which stays; also when `do` gives STAY.
        """
        self.ask(sentence, act, partial(_prove_and_do, self, prove, do), passphrase=True)

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
        name: str = "",
    ) -> Callable[[], None]:
        """A small form in place of the body: its act, and Cancel, which refreshes the page. Gives the act.

        `fields` may stand in rows and boxes. A UserError of `do` is said on top, and by the field whose object name is
        the error's field; what was typed stays. After a good end the page refreshes. `name`: by what `reopen` knows the
        form; else its title and button.
        """
        form, opener = Form(self, fields, do, first), self.kit.pressed
        form.show(title, act, beside)
        known = name or (f"{title} ({opener})" if opener else title)
        self.forms.show(known, fields, in_place=True, opener=opener, act=form.act)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        return form.act

    def show_again(self) -> None:
        """After a form: the present state of the record, with the focus where one goes on. The form is done with."""
        if self.forms.finish_in_place():
            empty_place(self._foot)
        self.problems([])
        self.refresh()
        if (first := self.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_foot(self) -> None:
        self._strip_place.hide()
        layout = self._foot.layout()
        self._foot.setVisible(layout is not None and layout.count() > 0)
        if (first := self.where_to_go_on()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # what pages say about themselves

    def first_focus(self) -> QWidget | None:
        """The first useful control, while no form stands in place of the body."""
        return self._first

    def where_to_go_on(self) -> QWidget | None:
        """The first useful control of what stands there now."""
        return self.forms.first() or self.first_focus()

    def main_act(self) -> None:
        """Ctrl+Enter, while no form of `show_form` stands in place of the body: that does its own act."""
        if self._act is not None:
            self._act()

    def undo(self) -> None:
        """Ctrl+Z outside of text fields: takes the last deed back, once."""
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()

    def next_unanswered(self) -> None:
        """F8."""

    # nothing typed is lost

    def keep(self) -> None:
        """Writes drafts of its own that are not saved yet; the page stays as it is. Never asks."""

    def save(self) -> bool:
        """Writes at once all that is typed here, drafts and forms; whether all of it is kept."""
        try:
            self.keep()
        finally:
            self.forms.now()
        return not self.unkept()

    def unkept(self) -> str:
        """The sentence that says why something typed here could not be kept, while that is so."""
        return next((each.problem for each in self.findChildren(Autosave) if each.problem), "")

    def not_kept(self, sentence: str) -> None:
        """Called by what writes; shown where the saved state stands."""
        self.saving.emit("failed", sentence)

    def use_keeper(self, keeper: Keeper) -> None:
        """Where unfinished forms of this page are kept: they are filled, and the one that was left is opened again."""
        left = self.forms.use(keeper)
        if left:
            with suppress(UserError):  # what it was about is not there any more
                self.reopen(left)

    def reopen(self, form: str) -> None:
        """Opens a form again, by the button that opened it; a page whose forms open otherwise does it itself."""
        if not self.forms.press_opener(form):
            if self.form_is_open():
                self.show_again()  # that button opens another form by now
            words = tr("What you typed in “{form}” is kept. Open it again to go on.")
            self.said.emit(words.format(form=isolate(form)))

    def form_is_open(self) -> bool:
        """Whether a form stands in place of the body."""
        return self.forms.is_in_place()

    def leave(self) -> None:
        """Called before the page goes: keeps what is typed, and lets go of what must not outlive it."""
        self.save()

    def place(self) -> Mapping[str, Json]:
        """Where the person is on this page, for the way back after an unlock."""
        return {"scroll": self._scroll.verticalScrollBar().value(), **self.forms.place(QApplication.focusWidget())}

    def restore(self, place: Mapping[str, Json]) -> None:
        """Goes to where `place` says."""
        self.forms.go_to(place)
        scroll = place.get("scroll")
        if isinstance(scroll, int):
            QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(scroll))

    def refresh(self) -> None:
        """Shows the present state of the record."""

    def scroll_area(self) -> QScrollArea:
        """The part that scrolls."""
        return self._scroll


def _prove_and_do(page: Page, prove: Callable[[str], T], do: Callable[[T], object], phrase: str) -> None:
    def proven(proof: T) -> None:
        try:
            if do(proof) is STAY:
                return
        except UserError as problem:
            page.strip.complain(problem.sentence)
            return
        page.forms.finish_if_gone()
        if page.strip.is_open():
            page.strip.finish()

    page.kit.jobs.run(page, lambda: prove(phrase), proven, page.said_in_strip)


def _place_for(page: QVBoxLayout, kit: Kit, margins: tuple[int, int, int, int]) -> QWidget:
    place = QWidget()
    layout = QVBoxLayout(place)
    layout.setContentsMargins(*(kit.theme.px(each) for each in margins))
    place.hide()
    page.addWidget(place)
    return place


def _columns(kit: Kit, content: QWidget | QLayout, rail: QWidget | QLayout | None) -> QVBoxLayout | QHBoxLayout:
    """The content, and at its side, in large text below it, the rail."""
    columns = [(content, 7), (rail, 3)] if rail is not None else [(content, 1)]
    stacked = rail is not None and kit.theme.look.zoom > LARGE_TEXT
    row = QVBoxLayout() if stacked else QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(kit.theme.space(4))
    for part, share in columns:
        if isinstance(part, QWidget):
            row.addWidget(part, share)
        elif part is not None:
            row.addLayout(part, share)
    return row


def empty_place(place: QWidget) -> None:
    """Takes away what a head or foot holds, and the room for it."""
    if (layout := place.layout()) is not None:
        empty(layout)
    place.hide()


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
