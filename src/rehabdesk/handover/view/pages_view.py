"""The real pages of a packet: the bytes shown are the bytes signed. Its file index is looked at in the same place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.handover.making import making_service as making
from rehabdesk.ui import pages_view
from rehabdesk.ui.kit import Kit

PACKET, INDEX = "packet", "index"


class PagesView(pages_view.PagesView):
    """Pictures as `making_service` makes them. `index`: the pages of the file index that goes with the packet."""

    def __init__(self, kit: Kit, pdf: bytes, index: bytes | None = None) -> None:
        super().__init__(kit, pdf, pages_view.Pictures(count=making.count_pages, picture=making.picture))
        self._index_pdf = index
        self._index: PagesView | None = None
        self._choice = kit.choice(((PACKET, tr("Packet")), (INDEX, tr("File index"))), chosen=PACKET)
        self._choice.setAccessibleName(tr("Pages of the packet or of its file index"))
        self._choice.setParent(self)
        self._choice.hide()

    def with_index(self) -> QWidget:
        """These pages alone, or with the file index behind a choice, one of both in sight."""
        kit, pdf = self.kit, self._index_pdf
        if pdf is None:
            return self
        column = kit.column(kit.start(self._choice), self, gap=2)
        self._choice.show()

        def turn_over(which: str) -> None:
            if self._index is None:  # its pictures are made once somebody wants to see them
                self._index = PagesView(kit, pdf)
                column.addWidget(self._index)
            shown, hidden = (self, self._index) if which == PACKET else (self._index, self)
            if hidden.isAncestorOf(QApplication.focusWidget() or self._choice):
                # else Qt moves it on to a tick beside the pages, which turns back to its place in the packet
                self._choice.setFocus(Qt.FocusReason.OtherFocusReason)
            hidden.hide()
            shown.show()

        self._choice.changed.connect(turn_over)
        return kit.box(column)

    def turn_to(self, page: int) -> None:
        """Brings the packet back into sight where its file index was."""
        if self._index is not None and self._choice.code() != PACKET:
            self._choice.choose(PACKET)
            self._choice.changed.emit(PACKET)
        super().turn_to(page)

    def forget(self) -> None:
        super().forget()
        if self._index is not None:
            self._index.forget()
