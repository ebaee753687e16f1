"""The pages of packets, by route: lists, preparing, countersigning, sealing, checking."""

from collections.abc import Callable

from rehabdesk.access.model import Role
from rehabdesk.app_inbox import here_acts
from rehabdesk.app_release import EXPRESS
from rehabdesk.app_returns import ReturnPages
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.checking.view.check_page import CheckPage
from rehabdesk.handover.inbox.transfer_service import Transfers
from rehabdesk.handover.inbox.view.inbox_transfer_card import TransferCard
from rehabdesk.handover.making.view.packet_builder import PacketBuilder
from rehabdesk.handover.trust.sites_service import SEES_CARDS
from rehabdesk.handover.view.packet_page import Beside, PacketPage
from rehabdesk.handover.view.packets_page import PacketsPage
from rehabdesk.handover.view.review_page import ReviewPage
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

PACKET_ROLES = frozenset({Role.CO, Role.SUP, Role.PSY, Role.CSUP})


class PacketPages:
    """What a role may not open is refused here, and absent from its menu."""

    def __init__(
        self, kit: Kit, services: Services, files: FileDialogs, has: Callable[[str], bool] = lambda _name: False
    ) -> None:
        """`has`: whether a page of a name is there for this login."""
        self._kit, self._s, self._files, self._has = kit, services, files, has
        self._returns = ReturnPages(kit, services, files)

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {
            "packets": self._packets,
            "packet": self._packet,
            "packet_review": self._packet_review,
            "packet_view": self._packet_view,
            "packet_check": self._packet_check,
            **self._returns.makers(),
        }

    def _packets(self, _route: Route) -> Page:
        s = self._s
        if s.role not in PACKET_ROLES:
            raise UserError(tr("Your role has no such page."))
        return PacketsPage(
            self._kit,
            s.packets,
            name_of=lambda person: name_of(s.people.row(person)),
            may_prepare=s.role is Role.CO,
            may_countersign=s.role is Role.SUP,
            sites=s.role in SEES_CARDS,
            below=self._returns.below,
            annexes=s.annex.keys.may_use,
        )

    def _packet(self, route: Route) -> Page:
        s, row = self._s, self._s.people.row(route.person)
        if s.role is not Role.CO:
            raise UserError(tr("Your role has no such page."))
        draft, start = (route.id or None), s.preparing.new(s.supervisors())
        if route.id == EXPRESS:
            draft, start = s.preparing.express(row.id)
        return PacketBuilder(
            self._kit,
            s.preparing,
            route.person,
            draft,
            start=start,
            name=name_of(row),
            supervisors=s.supervisors(),
            prove=s.fresh_keys,
        )

    def _packet_review(self, route: Route) -> Page:
        s = self._s
        if s.role is not Role.SUP:
            raise UserError(tr("Your role has no such page."))
        name = name_of(s.people.row(s.packets.shelf.packet(route.id).person))
        return ReviewPage(self._kit, s.packets, route.id, name=name, prove=s.fresh_keys)

    def _packet_view(self, route: Route) -> Page:
        s = self._s
        name = name_of(s.people.row(s.packets.shelf.packet(route.id).person))
        page = PacketPage(
            self._kit,
            s.packets,
            route.id,
            name=name,
            may_seal=s.role is Role.CO,
            folder=self._files.choose_folder,
            may_countersign=s.role is Role.SUP,
            beside=self._beside(name),
        )
        page.sealed.connect(s.releases.packet_sealed)
        return page

    def _beside(self, name: str) -> Beside:
        """What other subjects say of the packet of a person."""
        transfer = TransferCard(self._kit, Transfers(self._s.desk, self._s.people), name)
        return lambda page, packet: [*self._returns.beside(page, packet), *transfer.of(page, packet)]

    def _packet_check(self, _route: Route) -> Page:
        s = self._s
        return CheckPage(
            self._kit,
            now=s.clock.now,
            choose=self._files.choose_file,
            several=self._files.choose_files,
            own_cards=s.sites.pinned(),
            lists=s.status_lists.held(),
            save=self._files.save_file,
            here=here_acts(s, self._has),
        )
