"""Beside a packet to another prison: the transfer itself, which a case officer records once the person has left."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.inbox.transfer_service import Transfers
from rehabdesk.handover.records_model import Packet
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page


class TransferCard:
    """`name`: the person's. Gives nothing where there is no transfer to record."""

    def __init__(self, kit: Kit, transfers: Transfers, name: str) -> None:
        self._kit, self._transfers, self._name = kit, transfers, name

    def of(self, page: Page, packet: Packet) -> list[QWidget]:
        """The card, on the page of a packet."""
        if not self._transfers.may_record(packet):
            return []
        kit = self._kit
        team = isolate(packet.record.team_name)
        known = (
            tr("{team} has the packet.").format(team=team)
            if self._transfers.was_received(packet)
            else tr("{team} has not said yet that it has the packet.").format(team=team)
        )
        words = tr("Once {name} has left, record the transfer: the record here is only read from then on.")
        act = kit.button(tr("Record the transfer"))
        act.setObjectName("record-transfer")
        act.clicked.connect(lambda: self._ask(page, packet))
        said = kit.label(words.format(name=isolate(self._name)), "small", wrap=True)
        return [kit.card(tr("Transfer"), kit.label(known, wrap=True), said, kit.start(act), kind="flat", gap=2)]

    def _ask(self, page: Page, packet: Packet) -> None:
        kit = self._kit
        day = kit.date_field(kit.today())
        sources = self._transfers.sources()
        source = kit.combo(sources, chosen="registry")
        left = kit.field(tr("&Left on"), day, required=True)
        left.setObjectName("since")
        known = kit.field(tr("&Known from"), source)

        def act() -> None:
            try:
                on = day.required()
            except UserError as problem:
                raise UserError(problem.sentence, field="since") from None
            self._transfers.record(packet, on=on, source=source.code() or sources[0][0])
            page.said.emit(tr("Transferred. The record is only read here; the stage can be corrected."))

        title = tr("Transfer of {name}").format(name=isolate(self._name))
        page.show_form(
            title, [kit.box(kit.row((left, 1), (known, 1), gap=3))], tr("Record the transfer"), act, first=day
        )
