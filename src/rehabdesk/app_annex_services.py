"""What pages about clinical annexes call, built once per unlock."""

from rehabdesk.access.service import Desk
from rehabdesk.handover.annex.annex_reading_service import AnnexReading
from rehabdesk.handover.annex.annex_writing_service import AnnexWriting
from rehabdesk.handover.annex.clinician_key_service import ClinicianKeys
from rehabdesk.handover.service import Packets
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.people.service import People


class AnnexServices:
    """`requests`: what was asked for, which is all that a case officer sees."""

    def __init__(self, desk: Desk, people: People, packets: Packets, trust: Trust) -> None:
        self.keys, self.requests = ClinicianKeys(desk), packets.annexes
        self.writing = AnnexWriting(desk, people, self.requests, self.keys, trust, packets.shelf)
        self.reading = AnnexReading(desk, people, self.keys)
