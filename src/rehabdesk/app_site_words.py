"""The page of the words that packets are checked for: who keeps them has it."""

from collections.abc import Callable

from rehabdesk.app_services import Services
from rehabdesk.core.i18n import tr
from rehabdesk.handover.collecting.site_words_service import CheckWords
from rehabdesk.handover.collecting.view.site_words_page import SiteWordsPage
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

SITE_WORDS = "site_words"


class SiteWordPages:
    """Absent for everybody but the administrator."""

    def __init__(self, kit: Kit, services: Services) -> None:
        self._kit, self._words = kit, CheckWords(services.desk)

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {SITE_WORDS: self._page} if self._words.may_edit else {}

    def menu(self) -> list[tuple[str, str, str, bool]]:
        """The line of the sidebar."""
        return [(SITE_WORDS, tr("Words to look at"), "languages", False)] if self.makers() else []

    def _page(self, _route: Route) -> Page:
        return SiteWordsPage(self._kit, self._words)
