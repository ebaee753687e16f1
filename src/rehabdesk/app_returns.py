"""What happens to packets after their seal, in the window: cards beside their pages, files that came back, answers."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtWidgets import QWidget

from rehabdesk.access.model import Role
from rehabdesk.app_paper import paper_tools
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.after.after_seal_service import live_packets
from rehabdesk.handover.after.receipt_service import HeldPacket
from rehabdesk.handover.after.view.after_card import AfterCard, AfterTools
from rehabdesk.handover.after.view.consent_card import consent_card
from rehabdesk.handover.after.view.feedback_page import FeedbackPage, FeedbackTools
from rehabdesk.handover.after.view.lists_card import lists_card
from rehabdesk.handover.after.view.return_page import CameBack, ReturnPage, ReturnTools, SetItem
from rehabdesk.handover.records_model import Packet
from rehabdesk.people.consent_model import ConsentPurpose
from rehabdesk.readiness.model import ItemStatus
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.printing import Sheets

RECEIPT_ITEM = "RR-K1"
TAKES = frozenset({Role.CO, Role.SUP})


class ReturnPages:
    """What a role may not open is refused here."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._files = kit, services, files

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {"inbox_return": self._return, "packet_feedback": self._feedback}

    def beside(self, page: Page, packet: Packet) -> Sequence[QWidget]:
        """What stands beside the pages of a packet."""
        return AfterCard(page, packet, self._tools()).cards()

    def below(self, page: Page) -> QWidget | None:
        """What stands below the list of packets: the status lists."""
        return lists_card(page, self._s.status_lists, self._files.choose_folder) if self._s.role in TAKES else None

    def after_consent(self, page: Page, person: str) -> QWidget | None:
        """What stands with a person's consents once one to share was withdrawn: packets that went out before that."""
        s = self._s
        if s.role not in TAKES:
            return None
        ended = [
            consent.details.withdrawn_on
            for consent in s.people.consents.of_person(person)
            if consent.details.purpose is ConsentPurpose.SHARE_WITH_NAMED_ORG and consent.details.withdrawn_on
        ]
        rows = live_packets(s.packets.shelf, person) if ended else ()
        return consent_card(page, [row for row in rows if row.issued.astimezone().date() <= max(ended)])

    def _tools(self) -> AfterTools:
        s = self._s
        paper = paper_tools(self._files)

        def hand_out(page: QWidget, pdf: bytes, name: str, leaving: Callable[[], None]) -> bool:
            return paper.hand_out(page, Sheets(pdf=pdf, name=name, leaving=lambda _how: leaving()))

        return AfterTools(
            shelf=s.packets.shelf,
            sealing=s.after_seal,
            envelopes=s.envelopes,
            lists=s.status_lists,
            name_of=self._name,
            phone_of=lambda team: s.packets.teams.team(team).phone,
            may_act=s.role in TAKES,
            may_prepare=s.role is Role.CO,
            folder=self._files.choose_folder,
            hand_out=hand_out,
            sealed=s.releases.packet_sealed,
            acknowledged=self._acknowledged,
        )

    def _return(self, route: Route) -> Page:
        """The id is that of the file in the Inbox."""
        s = self._s
        if s.role not in TAKES:
            raise UserError(tr("Your role has no such page."))
        looked = s.inbox.arrival(route.id).looked
        tools = ReturnTools(
            name_of=self._name,
            item_words=self._item_words,
            set_item=self._set_item,
            taken=lambda: s.inbox.forget(route.id),
            back=Route(name="inbox"),
        )
        return ReturnPage(self._kit, s.returns, s.status_lists, CameBack(name=looked.name, raw=looked.raw), tools)

    def _feedback(self, route: Route) -> Page:
        """The id is that of a packet in the Inbox."""
        s = self._s
        if s.role not in TAKES:
            raise UserError(tr("Your role has no such page."))
        row = s.inbox.row(route.id)
        about = row.packet
        tools = FeedbackTools(
            now=s.clock.now,
            save=self._files.save_file,
            back=Route(name="inbox_packet", id=route.id),
            held=HeldPacket(number=about.number, pdf_sha256=about.sha256, state=row.state),
            key=s.own_team.receipt_key if s.own_team.may_read() else None,
            by=s.trust.own_site.name_outside(s.desk.uid),
        )
        return FeedbackPage(self._kit, about.number, tools)

    # the release checklist

    def _acknowledged(self, person: str, number: str) -> None:
        """The receipt code settles the first item after the gate, where a list is running (packet.md 10)."""
        with suppress(UserError):  # no list is running, or somebody settled it already
            self._s.releases.mark(person, RECEIPT_ITEM, ItemStatus.DONE, evidence=number)

    def _item_words(self, person: str, code: str) -> str:
        """Empty where no list is running, or where the item is settled or not this login's."""
        s = self._s
        if s.role is not Role.CO:
            return ""
        with suppress(UserError):
            readiness = s.releases.of_person(person)
            if readiness is not None and readiness.checklist.ended is None:
                item = readiness.item(code)
                return tr(item.template.text) if item.open else ""
        return ""

    def _set_item(self, wanted: SetItem) -> None:
        status = ItemStatus.DONE if wanted.done else ItemStatus.IN_PROGRESS
        evidence = wanted.evidence if wanted.done else ""
        self._s.releases.mark(wanted.person, wanted.code, status, evidence=evidence, reason=wanted.reason)

    def _name(self, person: str) -> str:
        return name_of(self._s.people.row(person))
