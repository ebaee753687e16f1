"""The file index of a packet, kept with it: read back whole, put beside the sealed file, logged as it leaves."""

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import SealBroken, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.handover.file_index import file_index_store as store
from rehabdesk.handover.file_index.file_index_model import IndexPart, index_name, index_of
from rehabdesk.handover.making.own_copy_service import MAY_PRINT
from rehabdesk.handover.packet_records_service import new_record
from rehabdesk.handover.parts_model import in_parts, whole
from rehabdesk.handover.records_model import Packet
from rehabdesk.handover.shelf_service import Shelf

DEEDS = {"print": "print_file_index", "save_pages": "save_file_index"}
"""By the way in which pages leave."""


class FileIndexes:
    """The file indexes on one unlocked desk."""

    def __init__(self, desk: Desk, shelf: Shelf) -> None:
        self._desk, self._shelf = desk, shelf

    @property
    def may_print(self) -> bool:
        return self._desk.role in MAY_PRINT

    def beside(self, packet: Packet) -> bytes | None:
        """As `pdf`; None for a packet that goes without one."""
        return None if index_of(packet.content) is None else self.pdf(packet)

    def pdf(self, packet: Packet) -> bytes:
        """The pages, the very bytes whose SHA-256 the packet names. UserError for a packet without; SealBroken if they
        are not whole.
        """
        named = index_of(packet.content)
        if named is None:
            raise UserError(tr("This packet goes without a file index."))
        rids = store.parts_of(self._desk.index(TEAM), packet.id)
        parts = [from_payload(IndexPart, self._desk.read(TEAM, rid).payload) for rid in rids]
        if (pdf := whole(parts, named.pdf_sha256)) is None:
            raise SealBroken(tr("The file index of this packet is not whole. Check the desk."))
        return pdf

    def of(self, packet_id: str) -> bytes:
        """As `pdf`, by the packet's id, for who may read packets."""
        return self.pdf(self._shelf.packet(packet_id))

    def number(self, packet_id: str) -> str:
        """Of the packet."""
        return self._shelf.row(packet_id).number

    def name(self, packet_id: str) -> str:
        """What the file is called."""
        return index_name(self.number(packet_id))

    def leaves(self, how: str, packet_id: str) -> None:
        """Logs that the pages leave, by one of the ways of `DEEDS`, before they do."""
        if not self.may_print:
            raise UserError(tr("Your role does not print packets."))
        self._desk.log(DEEDS[how], extra={"number": self.number(packet_id)})


def index_records(packet_id: str, person: str, pdf: bytes) -> list[NewRecord]:
    """The bytes of a file index, in parts that a record can hold."""
    return [
        new_record(store.INDEX_FILE, person, to_payload(IndexPart(packet=packet_id, **part))) for part in in_parts(pdf)
    ]
