"""What the sections of a packet are called, on screens and on paper alike: people read one beside the other."""

from collections.abc import Mapping

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.content.profile_model import SectionCode


def section_titles() -> Mapping[str, str]:
    """The sections of domain.md 10.2."""
    return {
        "S1": tr("Who this is about"),
        "S2": tr("Dates and conditions"),
        "S3": tr("The person’s own words"),
        "S4": tr("First fortnight"),
        "S5": tr("Plan for the community"),
        "S6": tr("What helps, what makes it harder, what to do"),
        "S7": tr("Progress in words"),
        "S8": tr("Live safety matters"),
        "S9": tr("Family and network (agreed)"),
        "S10": tr("Work, learning, certificates"),
        "S11": tr("Pastoral contribution"),
        "S12": tr("Open items and follow-up"),
        "S13": tr("Contacts and feedback"),
        "S14": tr("Conference summary"),
    }


def place_title(where: str) -> str:
    """Where a text of a packet stands, by its path: the section, or what it is beside the sections."""
    beside = {
        "purpose": tr("What it is for"),
        "cite": tr("Law or order"),
        "role": tr("Role of who receives it"),
    }
    name = where.partition(".")[0]
    return section_titles().get(name) or beside.get(name, tr("What it is for"))


def empty_section(code: SectionCode) -> str:
    """Why a packet cannot go on without a section, and what to do."""
    sentence = tr("The section “{section}” is empty. Fill it in, or say why it is left out.")
    return sentence.format(section=isolate(section_titles()[code]))
