"""A small form in place of a page's body: its fields on a card, its act and Cancel in the foot, errors on top."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError, UserErrors
from rehabdesk.core.i18n import tr
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH

if TYPE_CHECKING:
    from rehabdesk.ui.page import Page

STAY = object()
"""What the act of a form gives where the form stays, because a strip asks something more."""


class Form:
    """See `Page.show_form`."""

    def __init__(self, page: "Page", fields: Sequence[QWidget], do: Callable[[], object], first: QWidget) -> None:
        self._page, self._fields, self._do, self._first = page, tuple(fields), do, first

    def show(self, title: str, act: str, beside: Sequence[QWidget]) -> None:
        """Puts it in place of the body and the foot."""
        kit = self._page.kit
        save, back = kit.button(act, kind="primary"), kit.button(tr("Cancel"))
        save.clicked.connect(lambda _on=False: self.act())  # a bound method would not keep this form alive
        back.clicked.connect(self._page.show_again)
        self._page.problems([])
        self._page.set_body(kit.box(kit.column(*beside, self._card(title), STRETCH, gap=4)))
        self._page.set_foot(kit.row(STRETCH, back, save))

    def _card(self, title: str) -> QWidget:
        """With a title that may take several lines: it names what the form is about."""
        kit = self._page.kit
        card = kit.card("", kit.label(title, "h2", wrap=True), *self._fields)
        card.setAccessibleName(title)
        return card

    def act(self) -> None:
        """Does it; a UserError is said, everything else that was typed stays."""
        try:
            if self._do() is STAY:
                self._page.forms.finish_if_gone()
                return
        except UserError as problem:
            self._complain(problem)
            return
        self._page.show_again()

    def _complain(self, problem: UserError) -> None:
        known = [one for each in self._fields for one in (each, *each.findChildren(Field)) if isinstance(one, Field)]
        for each in known:
            each.calm()
        said: list[tuple[str, QWidget]] = []
        for one in problem.each if isinstance(problem, UserErrors) else (problem,):
            wrong = next((each for each in known if each.objectName() == one.field), None)
            if wrong is not None:
                wrong.complain(one.sentence)
            said.append((one.sentence, self._first if wrong is None else wrong.control))
        self._page.problems(said)
