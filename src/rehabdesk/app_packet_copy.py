"""The person's own copy of a packet, by route: shown before it leaves, with what else has to be looked at."""

from collections.abc import Callable

from rehabdesk.app_own_papers import named_words
from rehabdesk.app_paper import paper_tools
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.own_copy import Form
from rehabdesk.core.text import isolate
from rehabdesk.handover.file_index.view.file_index_page import FILE_INDEX, FileIndexPage
from rehabdesk.handover.making.own_copy_service import OwnPackets
from rehabdesk.handover.view.packet_page import OWN_COPY
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.named import Find
from rehabdesk.ui.own_copy_page import OwnCopyPage, OwnCopyPaper
from rehabdesk.ui.page import Page, Route


class PacketCopyPages:
    """`named_in` finds who else of the register is named in a text about a person."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs, named_in: Callable[[str], Find]) -> None:
        self._kit, self._s, self._tools, self._named_in = kit, services, paper_tools(files), named_in
        self._copies = OwnPackets(services.desk, services.people, services.packets.shelf)
        self._indexes = services.packets.indexes

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route. The id is a packet."""
        return {OWN_COPY: self._copy, FILE_INDEX: self._index}

    def _copy(self, route: Route) -> Page:
        copies, packet = self._copies, route.id
        if not copies.may_print:
            raise UserError(tr("Your role has no such page."))
        person = copies.person(packet)
        name = isolate(name_of(self._s.people.row(person)))

        def warning() -> str:
            named = named_words(self._named_in(person), copies.typed(packet))
            return "\n".join(words for words in (copies.warning(packet), named) if words)

        paper = OwnCopyPaper(
            title=tr("Print the copy for {name}").format(name=name),
            said=tr(
                "Large print. The own words stand first, then days, first weeks, what helps, numbers and rights. No"
                " safety matters, no words of staff alone."
            ),
            file_name=f"{self._s.packets.shelf.packet(packet).record.number}-PC.pdf",
            make=lambda language: copies.paper(packet, language, Form.A5),
            booklet=lambda language: copies.paper(packet, language, Form.BOOKLET),
            leaves=lambda how: copies.leaves(how, packet),
            warning=warning,
            also=self._also(route),
        )
        spoken = next((each.code for each in self._s.people.languages(person)), "")
        back = Route(name="packet_view", person=person, id=packet)
        return OwnCopyPage(self._kit, self._tools, paper, spoken=spoken, back=back)

    def _also(self, route: Route) -> tuple[str, Route] | None:
        """The file index is offered with the copy, where the packet goes with one (domain.md 10.6)."""
        if self._indexes.beside(self._s.packets.shelf.packet(route.id)) is None:
            return None
        return tr("Print the file index"), Route(name=FILE_INDEX, person=route.person, id=route.id)

    def _index(self, route: Route) -> Page:
        """The id is a packet."""
        if not self._indexes.may_print:
            raise UserError(tr("Your role has no such page."))
        packet = self._s.packets.shelf.packet(route.id)
        self._indexes.pdf(packet)  # a packet without one has no such page
        name = name_of(self._s.people.row(packet.person))
        back = Route(name="packet_view", person=packet.person, id=packet.id)
        return FileIndexPage(self._kit, self._indexes, self._tools, packet_id=packet.id, name=name, back=back)
