"""The guide for teams, made in any of the three languages for the site of an open desk."""

from collections.abc import Callable

from rehabdesk import __version__
from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import LANGUAGES, speaking, tr
from rehabdesk.handover.checking.guide_pdf import Guide, guide_page
from rehabdesk.handover.content.number_model import DEMO_SITE
from rehabdesk.handover.trust.trust_service import Trust


class Guides:
    """What a team without RehabDesk gets at the ceremony (packet.md 7.3)."""

    def __init__(self, desk: Desk, trust: Trust) -> None:
        self._desk, self._trust = desk, trust

    def paper(self, language: str) -> Callable[[], bytes]:
        """Makes the page; slow, for a job. UserError for another language, or before the site has a root."""
        if language not in LANGUAGES:
            raise UserError(tr("Choose English, French or Arabic for the guide."), field="language")
        settings = self._desk.settings()
        guide = Guide(
            site=settings.name,
            phone=settings.phone,
            digits=self._trust.site_digits(),
            at=self._desk.clock.now().replace(microsecond=0),
            version=__version__,
            training=settings.site == DEMO_SITE,
        )

        def make() -> bytes:
            with speaking(language, resources.path("i18n")):
                return guide_page(guide)

        return make

    def file_name(self, language: str) -> str:
        return f"RD-guide-{language}.pdf"
