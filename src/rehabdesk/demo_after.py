"""The demo after the seal: the first status list, the hand-over, and what the team answers in plain text."""

from collections.abc import Mapping

from rehabdesk.demo_release import CaseWork
from rehabdesk.handover.after.after_seal_model import Medium
from rehabdesk.handover.after.after_seal_service import AfterSealing
from rehabdesk.handover.after.feedback_entry_service import feedback_entry
from rehabdesk.handover.after.feedback_model import Changed, FeedbackKind
from rehabdesk.handover.after.receipt_service import Answer, make_form
from rehabdesk.handover.after.returns_service import Returns
from rehabdesk.handover.after.status_list_service import StatusLists

ANSWERS = {
    "q1": "Yes, on the day",
    "q2": "Yes, all pages",
    "q4": "Tomorrow at ten",
    "q5": "Kept",
    "q8": "The shop near his mother lets him try for three days a week.",
}
"""Nobody's name stands in it: the number says whom it is about."""


def make_list(work: CaseWork) -> None:
    """The supervisor's part: from now on a list goes with every sealed packet."""
    StatusLists(work.desk, work.trust).make()


def answered(work: CaseWork, packet_id: str, team: Mapping[str, str]) -> None:
    """The stick is handed over; the team answers with the receipt code, and the case officer accepts it."""
    shelf = work.packets.shelf
    sealing = AfterSealing(work.desk, shelf, work.packets.drafts)
    returns = Returns(work.desk, shelf, work.trust, sealing.codes, feedback_entry)
    packet = shelf.packet(packet_id)
    sealing.deliver(packet_id, courier=team["recipient"], medium=Medium.USB, on=work.today)
    answer = Answer(
        number=packet.record.number,
        kind=FeedbackKind.RECEIVED,
        by=team["recipient"],
        answers=ANSWERS,
        changed=(Changed.WORK,),
    )
    name, content = make_form(answer, receipt_code=packet.content.packet.receipt_code)
    returns.accept(content, name)
