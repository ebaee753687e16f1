"""The guide for teams before it is printed: its language, the real page, Print and Save."""

from collections.abc import Callable

from rehabdesk.core.i18n import tr
from rehabdesk.handover.checking.guide_service import Guides
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route
from rehabdesk.ui.paper_page import LANGUAGE_NAMES, PaperPage, PaperTools


class GuidePage(PaperPage):
    """`language`: the one to begin with."""

    def __init__(self, kit: Kit, guides: Guides, tools: PaperTools, *, language: str, back: Route) -> None:
        super().__init__(kit, tools, back=back)
        self._guides = guides
        spoken = language if language in dict(LANGUAGE_NAMES) else "en"
        self._language = kit.choice(LANGUAGE_NAMES, chosen=spoken)
        self._language.changed.connect(lambda _code: self.remake())
        field = kit.field(tr("Language of the sheet"), self._language)
        field.setObjectName("language")
        said = tr("One page for teams without RehabDesk. It is handed over when the digits are compared.")
        self.build(tr("Guide for teams"), said, (field,), first=self._language)
        self.remake()

    def make(self) -> Callable[[], bytes]:
        return self._guides.paper(self._spoken())

    def file_name(self) -> str:
        return self._guides.file_name(self._spoken())

    def leaves(self, how: str) -> None:
        """Nothing about anybody leaves."""

    def _spoken(self) -> str:
        return self._language.code() or "en"
