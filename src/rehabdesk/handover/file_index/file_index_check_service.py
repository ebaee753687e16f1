"""A file index that lies beside its packet is known by its sum, and is as good as the packet that names it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.file_index.file_index_model import index_of


def recognised(all_checked: Sequence[Checked]) -> list[Checked]:
    """The same files in the same order. What is nothing by itself, and whose sum a packet among them names, has the
    verdict of that packet, and `index_of`.
    """
    packets: Mapping[str, Checked] = {
        named.pdf_sha256: each
        for each in all_checked
        if each.packet is not None and (named := index_of(each.packet)) is not None
    }
    return [_with_packet(each, packets.get(each.sha256 or "")) for each in all_checked]


def index_words(number: str) -> str:
    """What the file is."""
    return tr("The file index of packet {number}, unchanged: its sum is the one that the packet names.").format(
        number=isolate_ltr(number)
    )


def naming_lines(packet: Handover | None) -> list[str]:
    """What is said of a packet that goes with a file index."""
    named = None if packet is None else index_of(packet)
    if named is None:
        return []
    words = tr("A file index goes with it, a file of its own. Its SHA-256: {sum}")
    return [words.format(sum=isolate_ltr(named.pdf_sha256))]


def _with_packet(checked: Checked, packet: Checked | None) -> Checked:
    if packet is None or packet.packet is None or checked.verdict.state is not State.REFUSED:
        return checked
    return replace(
        packet,
        index_of=packet.packet.packet.number,
        sha256=checked.sha256,
        packet_code=None,
        pdf=None,
        json=None,
        packet=None,
    )
