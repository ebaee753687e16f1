"""What the sections of a packet are called on screens. On paper: labels_pdf."""

from collections.abc import Mapping

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.content.profile_model import SectionCode


def section_titles() -> Mapping[str, str]:
    """The sections of domain.md 10.2 in plain words."""
    return {
        "S1": tr("Who"),
        "S2": tr("Dates and conditions"),
        "S3": tr("Own words"),
        "S4": tr("First two weeks"),
        "S5": tr("Plan"),
        "S6": tr("What helps"),
        "S7": tr("Progress in words"),
        "S8": tr("Safety"),
        "S9": tr("Family and network"),
        "S10": tr("Certificates"),
        "S11": tr("Pastoral contribution"),
        "S12": tr("What is open"),
        "S13": tr("Contacts"),
        "S14": tr("Conference"),
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
