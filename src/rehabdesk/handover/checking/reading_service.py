"""A packet to be read on the screen, from its signed JSON and never from its PDF (packet.md 8.1, points 10 and 11)."""

from rehabdesk.handover.checking.reading_model import Part
from rehabdesk.handover.checking.reading_pdf import parts_of
from rehabdesk.handover.content.packet_model import Handover


def read(packet: Handover) -> tuple[Part, ...]:
    """Every section in the words of the pages. The sender's checklist is not known here: its items go by code."""
    return parts_of(packet, {})
