"""The real pages of a packet: the bytes shown are the bytes signed."""

from rehabdesk.handover import making_service as making
from rehabdesk.ui import pages_view
from rehabdesk.ui.kit import Kit


class PagesView(pages_view.PagesView):
    """Pictures as `making_service` makes them."""

    def __init__(self, kit: Kit, pdf: bytes) -> None:
        super().__init__(kit, pdf, pages_view.Pictures(count=making.count_pages, picture=making.picture))
