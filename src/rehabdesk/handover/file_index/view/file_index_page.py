"""The file index of a packet before it is printed: the very pages whose sum the packet names."""

from collections.abc import Callable

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.file_index.file_index_service import FileIndexes
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route
from rehabdesk.ui.paper_page import PaperPage, PaperTools

FILE_INDEX = "packet_index"


class FileIndexPage(PaperPage):
    """`name`: of the person, as it stands on screens."""

    def __init__(
        self, kit: Kit, indexes: FileIndexes, tools: PaperTools, *, packet_id: str, name: str, back: Route
    ) -> None:
        super().__init__(kit, tools, back=back)
        self._indexes, self._packet = indexes, packet_id
        said = tr("What the file of {name} holds, line by line: day, kind, role. No word of any record.")
        fields = tuple(
            kit.label(words, "small", wrap=True)
            for words in (
                tr("Packet {number} names the sum of these pages. They cannot be changed any more.").format(
                    number=isolate_ltr(indexes.number(packet_id))
                ),
                tr("Paper has no key: whoever holds it can read it. That it left is logged."),
            )
        )
        first = self._form.first_focus() or self._save
        self.build(tr("Print the file index"), said.format(name=isolate(name)), fields, first=first)
        self._show(indexes.of(packet_id))  # at hand, and nothing is made anew

    def make(self) -> Callable[[], bytes]:
        pdf = self._indexes.of(self._packet)
        return lambda: pdf

    def file_name(self) -> str:
        return self._indexes.name(self._packet)

    def leaves(self, how: str) -> None:
        self._indexes.leaves(how, self._packet)
