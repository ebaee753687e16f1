"""The words of compartments, parts and states of notes, as they stand on screens."""

from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM
from rehabdesk.notes.model import Entry, Part


def level_words(comp: str) -> str:
    """A compartment and who reads it (interface.md 8.1)."""
    return {
        TEAM: tr("Team: case team and supervisor"),
        CLINICAL: tr("Clinical: psychologists on this case and the clinical supervisor"),
        PASTORAL: tr("Pastoral: the chaplaincy team only"),
        PROTECTED: tr("Protected: you and the safeguarding lead"),
    }.get(comp, tr("Nothing is kept"))


def person_can_read(comp: str) -> str:
    """Who does not read it."""
    return {
        CLINICAL: tr("Not the governor or administrator."),
        PASTORAL: tr("Nobody else, no exception."),
    }.get(comp, "")


def level_name(comp: str) -> str:
    """The compartment in one word."""
    return {
        TEAM: tr("Team"),
        CLINICAL: tr("Clinical"),
        PASTORAL: tr("Pastoral"),
        PROTECTED: tr("Protected"),
    }.get(comp, "")


def entry_words(entry: Entry, form_title: str) -> str:
    """What a line of the timeline is called. `form_title`: the title of the entry's form."""
    return {
        Part.NOTE: form_title or tr("Note"),
        Part.SUMMARY: tr("Shared summary"),
        Part.MARKER: tr("Clinical entry"),
        Part.CONTRIBUTION: tr("Pastoral contribution"),
        Part.GROUP: tr("Line from a group meeting") if entry.comp == CLINICAL else form_title or tr("Group meeting"),
        Part.ALERT: tr("Safety alert"),
    }.get(entry.part, form_title)


def state_tag(entry: Entry) -> tuple[str, str] | None:
    """Status words and colour of a signed entry (interface.md 8.2)."""
    if entry.part is Part.MARKER:
        return None
    if entry.struck:
        return tr("Entered in error"), "grey"
    if entry.additions:
        return tr("Signed, details added"), "green"
    if entry.late_entry:
        return tr("Late entry"), "grey"
    return tr("Signed"), "green"
