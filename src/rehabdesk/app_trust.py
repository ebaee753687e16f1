"""The pages of trust, by route: sites and teams, signing keys; and who finds them in the menu."""

from collections.abc import Callable, Sequence

from rehabdesk.access.model import ADMIN_ROLES, Role
from rehabdesk.app_paper import paper_tools
from rehabdesk.app_services import Services
from rehabdesk.core.i18n import language, tr
from rehabdesk.handover.checking.guide_service import Guides
from rehabdesk.handover.checking.view.guide_page import GuidePage
from rehabdesk.handover.trust.sites_service import KEEPS_CARDS, SEES_CARDS
from rehabdesk.handover.trust.trust_authority_service import SecondPeople
from rehabdesk.handover.trust.trust_service import SIGNING_ROLES
from rehabdesk.handover.trust.view.own_cards import CardsOut
from rehabdesk.handover.trust.view.signing_keys_page import SigningKeysPage
from rehabdesk.handover.trust.view.sites_teams_page import FromFile, MayWith, SitesTeamsPage
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

SITES_TEAMS, SIGNING_KEYS, GUIDE = "sites_teams", "signing_keys", "guide"
SEES_KEYS = frozenset({*SIGNING_ROLES, *ADMIN_ROLES})


class TrustPages:
    """What a role may not open is absent from `makers`, and so from its menu."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._files = kit, services, files

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        found: dict[str, Callable[[Route], Page]] = {}
        if self._s.role in SEES_CARDS:
            found[SITES_TEAMS] = self._sites_teams
            found[GUIDE] = self._guide
        if self._s.role in SEES_KEYS:
            found[SIGNING_KEYS] = self._signing_keys
        return found

    def menu(self) -> Sequence[tuple[str, str, str, bool]]:
        """The line of the sidebar; who has Packets finds the page there."""
        if self._s.role is not Role.ADM:
            return []
        return [(SITES_TEAMS, tr("Sites and teams"), "building-2", False)]

    def entries(self) -> dict[str, str]:
        """To which entry of the menu these pages belong."""
        sites = SITES_TEAMS if self._s.role is Role.ADM else "packets"
        return {SIGNING_KEYS: "settings", SITES_TEAMS: sites, GUIDE: sites}

    def deeds(self) -> list[tuple[str, Route, str]]:
        """What the find box offers besides the menu."""
        found = []
        if self._s.role in SEES_CARDS and self._s.role is not Role.ADM:
            found.append((tr("Sites and teams"), Route(name=SITES_TEAMS), "building-2"))
        if self._s.role in SEES_CARDS:
            found.append((tr("Guide for teams"), Route(name=GUIDE), "printer"))
        if self._s.role in SEES_KEYS:
            found.append((tr("Signing keys"), Route(name=SIGNING_KEYS), "signature"))
        return found

    def _sites_teams(self, route: Route) -> Page:
        s = self._s
        return SitesTeamsPage(
            self._kit,
            s.trust,
            s.sites,
            s.own_team,
            may=MayWith(keeps=s.role in KEEPS_CARDS, leads=s.role in ADMIN_ROLES),
            out=CardsOut(save=self._files.save_file, print=paper_tools(self._files).print_here, now=s.clock.now),
            choose=self._files.choose_file,
            staff=s.staff_name,
            about=self._about(route.id),
        )

    def _about(self, led_by: str) -> FromFile | None:
        """The file that led here: one at hand in the Inbox, or only the site that it names."""
        for arrived in self._s.inbox.arrivals():
            if arrived.id == led_by:
                packet = arrived.looked.checked.verdict.packet
                return FromFile(site=packet.site if packet else "", back=Route(name="inbox", id=led_by))
        return FromFile(site=led_by, back=Route(name="packet_check")) if led_by.isupper() else None

    def _guide(self, _route: Route) -> Page:
        guides, tools = Guides(self._s.desk, self._s.trust), paper_tools(self._files)
        return GuidePage(self._kit, guides, tools, language=language(), back=Route(name=SITES_TEAMS))

    def _signing_keys(self, _route: Route) -> Page:
        s = self._s
        return SigningKeysPage(
            self._kit, s.trust, signs=s.role in SIGNING_ROLES, second=self._second(), staff=s.staff_name
        )

    def _second(self) -> SecondPeople | None:
        """The active people of the other of the two roles; None for who is neither."""
        s = self._s
        if s.role not in ADMIN_ROLES:
            return None
        members = [member for member in s.desk.members() if member.active and member.card.role in ADMIN_ROLES]
        others = [(one.card.uid, one.card.name) for one in members if one.card.role is not s.role]
        return SecondPeople(first=str(s.role), people=others, prove=s.keys_of)
