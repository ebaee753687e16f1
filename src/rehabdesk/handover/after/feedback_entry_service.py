"""How accepted feedback stands on a person's timeline: words from outside, with the packet that they answer."""

from rehabdesk.core.text import join_words
from rehabdesk.db.projection import NewRecord
from rehabdesk.handover.after.after_seal_model import FeedbackKept
from rehabdesk.handover.after.feedback_model import changed_words, kind_words, question_words
from rehabdesk.handover.records_model import Packet
from rehabdesk.notes.received_model import Outside, OutsideLine
from rehabdesk.notes.received_service import outside_record

SECTION = "feedback"


def feedback_entry(packet: Packet, kept: FeedbackKept, rid: str) -> NewRecord:
    """The record of the entry, to be committed with the acceptance itself."""
    answers = kept.as_answers().given().items()
    lines = [OutsideLine(caption=question_words(name).rstrip("?؟ "), words=words) for name, words in answers]
    if kept.changed:
        lines.append(OutsideLine(words=join_words(changed_words(each) for each in kept.changed)))
    outside = Outside(
        number=packet.record.number,
        site=packet.record.team_name,
        issued=kept.at.date(),
        section=SECTION,
        title=kind_words(kept.kind),
        lines=tuple(lines),
        received="",
        item=kept.sha256,
    )
    return outside_record(packet.person, outside, rid)
