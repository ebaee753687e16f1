"""The site's settings (domain.md 5.3) as one frozen dataclass with typed defaults; kept as a house record."""

from dataclasses import dataclass

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr

DEMO_SITE = "DEMO"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """`idle_lock_minutes` 1-5; switches are off unless two people put them on."""

    site: str
    name: str
    country: str
    phone: str
    installation: int = 0
    staff_alias_mode: bool = False
    clinical_existence_visible_to_chaplain: bool = False
    ratings_for_minors: bool = False
    faith_self_described_in_core: bool = False
    crest_on_outside_copies: bool = False
    chaplain_conference_invitation: bool = False
    idle_lock_minutes: int = 5
    sealed_rule_text: str = "Sealed matters are never entered here."

    @property
    def training(self) -> bool:
        """Whether the people of the desk are invented: each of its papers says so."""
        return self.site == DEMO_SITE

    def __post_init__(self) -> None:
        if not (3 <= len(self.site) <= 6 and self.site.isascii() and self.site.isalpha() and self.site.isupper()):
            raise UserError(tr("The site's code is three to six capital letters, for example NORD."), field="site")
        if not 1 <= self.idle_lock_minutes <= 5:
            raise UserError(tr("The desk locks after one to five minutes."), field="idle_lock_minutes")
        if not 0 <= self.installation <= 9:
            raise UserError(tr("The number of the installation is one digit."), field="installation")
