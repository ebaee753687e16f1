"""The real pages of a packet: the bytes shown are the bytes signed. Its file index is looked at in the same place."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.handover import making_service as making
from rehabdesk.ui import pages_view
from rehabdesk.ui.kit import Kit

PACKET, INDEX = "packet", "index"


class PagesView(pages_view.PagesView):
    """Pictures as `making_service` makes them. `index`: the pages of the file index that goes with the packet."""

    def __init__(self, kit: Kit, pdf: bytes, index: bytes | None = None) -> None:
        super().__init__(kit, pdf, pages_view.Pictures(count=making.count_pages, picture=making.picture))
        self._index = None if index is None else PagesView(kit, index)

    def with_index(self) -> QWidget:
        """These pages alone, or with the file index behind a choice, one of both in sight."""
        kit, index = self.kit, self._index
        if index is None:
            return self

        def turn_over(which: str) -> None:
            self.setVisible(which == PACKET)
            index.setVisible(which == INDEX)

        choice = kit.choice(((PACKET, tr("Packet")), (INDEX, tr("File index"))), chosen=PACKET)
        choice.setAccessibleName(tr("Pages of the packet or of its file index"))
        choice.changed.connect(turn_over)
        index.hide()
        return kit.box(kit.column(kit.start(choice), self, index, gap=2))

    def forget(self) -> None:
        super().forget()
        if self._index is not None:
            self._index.forget()
