"""A page on which deeds of one record are done at once."""

from collections.abc import Callable

from rehabdesk.core.errors import UserError
from rehabdesk.ui.page import Page


class DeedPage(Page):
    """What the deeds need of their page."""

    def do(self, act: Callable[[], object]) -> bool:
        """Does it, says what was wrong, shows the present state; whether it is done."""
        try:
            act()
        except UserError as problem:
            self.complain(problem.sentence)
            return False
        self.show_again()
        return True
