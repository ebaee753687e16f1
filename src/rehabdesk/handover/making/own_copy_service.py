"""The person's own copy of a packet: put together from what the packet says, laid out in a job, logged as it leaves."""

from collections.abc import Callable, Sequence

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import LANGUAGES, speaking, tr
from rehabdesk.core.own_copy import Form
from rehabdesk.db.projection import TEAM
from rehabdesk.handover.content.packet_model import PersonCopy
from rehabdesk.handover.pages.own_copy_pdf import own_packet_pages, typed_texts
from rehabdesk.handover.records_model import Packet
from rehabdesk.handover.shelf_service import Shelf
from rehabdesk.people.own_copy_service import own_copy_of
from rehabdesk.people.service import People

MAY_PRINT = frozenset({Role.CO, Role.SUP})
DEEDS = {"print": "print_own_packet", "save_pages": "save_own_packet"}
"""By the way in which pages leave."""


class OwnPackets:
    """Copies for the person on one unlocked desk."""

    def __init__(self, desk: Desk, people: People, shelf: Shelf) -> None:
        self._desk, self._people, self._shelf = desk, people, shelf

    @property
    def may_print(self) -> bool:
        return self._desk.role in MAY_PRINT

    def paper(self, packet_id: str, language: str, form: Form = Form.A5) -> Callable[[], bytes]:
        """What makes the pages, slow, for a job. UserError for a language that the program does not print."""
        packet = self._packet(packet_id)
        if language not in LANGUAGES:
            raise UserError(tr("Choose English, French or Arabic for the sheet."), field="language")
        copy = own_copy_of(self._desk, self._people, packet.person)

        def make() -> bytes:
            with speaking(language, resources.path("i18n")):
                return own_packet_pages(packet.content, copy, form)

        return make

    def person(self, packet_id: str) -> str:
        """About whom the packet is."""
        return self._packet(packet_id).person

    def typed(self, packet_id: str) -> Sequence[str]:
        """What people typed of all that stands on the paper."""
        return typed_texts(self._packet(packet_id).content)

    def warning(self, packet_id: str) -> str:
        """What was said about a copy when the packet was made, where it was not simply given, or ""."""
        choices = self._packet(packet_id).record.choices
        return {
            PersonCopy.NOT_SAFE: tr("It was said that a copy is not safe: {reason}"),
            PersonCopy.NOT_POSSIBLE: tr("It was said that a copy is not possible: {reason}"),
            PersonCopy.OFFERED_DECLINED: tr("A copy was offered and declined. It can be given at any time."),
        }.get(choices.person_copy or PersonCopy.GIVEN, "").format(reason=choices.copy_because or "–")

    def leaves(self, how: str, packet_id: str) -> None:
        """Logs that the pages leave, by one of the ways of `DEEDS`, before they do."""
        if how not in DEEDS:
            raise ValueError(f"pages do not leave by {how}")
        self._desk.log(DEEDS[how], comp=TEAM, rid=self._packet(packet_id).id)

    def _packet(self, packet_id: str) -> Packet:
        if not self.may_print:
            raise UserError(tr("Your role does not print packets."))
        return self._shelf.packet(packet_id)
