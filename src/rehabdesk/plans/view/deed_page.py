"""A page on which deeds of one record are done: an act at once, or a form of its own in place of the body."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.ui.kit import STRETCH
from rehabdesk.ui.page import Page


class DeedPage(Page):
    """What the deeds need of their page."""

    def do(self, act: Callable[[], object]) -> None:
        """Does it, says what was wrong, shows the present state."""
        try:
            act()
        except UserError as problem:
            self.problems([(problem.sentence, self.first_focus() or self)])
            return
        self.show_again()

    def show_widget(self, widget: QWidget, act: str, do: Callable[[], None], first: QWidget, *, name: str) -> None:
        """A form of its own in place of the body; `do` ends it by `show_again`."""
        save, back = self.kit.button(act, kind="primary"), self.kit.button(tr("Cancel"))
        save.clicked.connect(do)
        back.clicked.connect(self.show_again)
        self.problems([])
        self.set_body(self.kit.box(self.kit.column(widget)))
        self.set_foot(self.kit.row(STRETCH, back, save))
        self.forms.show(name, [widget], in_place=True)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
