"""What an Express packet with one signature says above its pages: who signs next, and by when."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.making.express_model import is_overdue
from rehabdesk.handover.packets_model import WITH_ONE, PacketState
from rehabdesk.handover.records_model import Packet
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import Kit


def express_card(kit: Kit, packet: Packet, now: datetime) -> QWidget | None:
    """None for a packet that has both signatures, or waits for the second before it goes."""
    due = packet.second_due
    if due is None or packet.state not in (PacketState.SIGNED, *WITH_ONE):
        return None
    late = is_overdue(due, now)
    if packet.state is PacketState.SIGNED and late:
        words = tr("The second signature was due by {time}, and the packet has not gone out. Take it up again.")
    elif packet.state is PacketState.SIGNED:
        words = tr("Express: it goes out with one signature. A supervisor signs after that, by {time}.")
    elif late:
        words = tr("The second signature was due by {time}. Until it is there, readers call the packet incomplete.")
    else:
        words = tr("Express: one person has signed. A supervisor signs by {time}; then it is sealed and sent again.")
    icon = kit.picture("clock", "red_fg" if late else "amber_fg", 20)
    said = kit.label(words.format(time=isolate(stamp(due))), wrap=True)
    return kit.card("", kit.row(icon, (said, 1), gap=2), kind="flat", gap=1)
