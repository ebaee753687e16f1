"""A file index that lies beside its packet is known by its sum, and is as good as the packet that names it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.checking.examination_service import Checked, Closed, unsealed
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.file_index.file_index_model import CODE, IndexFound, IndexIs, index_of


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


def is_called_index(name: str) -> bool:
    """Whether a file has the name of a file index, sealed or opened."""
    return f"-{CODE}." in name.upper()


def may_be_index(name: str, checked: Checked) -> bool:
    """Whether a file that was judged alone, and is nothing by itself, may be a file index."""
    nothing = checked.verdict.state in (State.REFUSED, State.CANNOT_OPEN)
    return nothing and not checked.index_of and is_called_index(name)


def with_index_beside(packet: Checked, raw: bytes, identities: Sequence[str]) -> Checked:
    """The judged packet with what the file `raw` is, which is given as its file index. `identities`: secret keys, of
    which one may open it. Slow where it is sealed.
    """
    return replace(packet, index=_found(packet.packet, raw, identities))


def found_words(found: IndexFound) -> str:
    """What a person is told about the file index in one sentence, and what to do where it is not the right one."""
    return {
        IndexIs.NAMED: tr("The file index is the one that the packet names, unchanged."),
        IndexIs.OTHER: tr(
            "The file index is not the one that the packet names. Do not use it; ask the sender for the right one."
        ),
        IndexIs.CLOSED: tr("The file index cannot be opened here. Choose the key of this team that opens it."),
        IndexIs.WAITS: tr("The file index cannot be judged before its packet may be opened."),
        IndexIs.ALONE: tr("This may be the file index of a packet. Check it together with its packet."),
    }[found.is_]


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


def _found(packet: Handover | None, raw: bytes, identities: Sequence[str]) -> IndexFound:
    if packet is None:
        return IndexFound(is_=IndexIs.WAITS)
    if (pdf := _opened(raw, identities)) is None:
        return IndexFound(is_=IndexIs.CLOSED)
    named = index_of(packet)
    if named is None or named.pdf_sha256 != sha256_hex(pdf):
        return IndexFound(is_=IndexIs.OTHER)
    return IndexFound(is_=IndexIs.NAMED, pdf=pdf)


def _opened(raw: bytes, identities: Sequence[str]) -> bytes | None:
    """By the first key that opens it; without any it must lie open."""
    for identity in identities or (None,):
        try:
            return unsealed(raw, identity)
        except Closed:
            continue
    return None


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
