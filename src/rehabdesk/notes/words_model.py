"""The words of compartments, parts and states of notes, as they stand on screens."""

from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM
from rehabdesk.notes.contribution_model import Agreed
from rehabdesk.notes.model import AddendumType, Entry, Part


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
        Part.GROUP: tr("Group meeting"),
        Part.ALERT: tr("Safety alert"),
    }.get(entry.part, form_title)


def state_tag(entry: Entry) -> tuple[str, str] | None:
    """Status words and colour of a signed entry (interface.md 8.2)."""
    if entry.part is Part.MARKER:
        return None
    if entry.struck:
        return tr("Entered in error"), "grey"
    if entry.cosign.waits:
        return tr("Waiting for cosign"), "blue"
    if entry.additions:
        return tr("Signed, details added"), "green"
    if entry.late_entry:
        return tr("Late entry"), "grey"
    return tr("Signed"), "green"


def note_tags(entry: Entry) -> tuple[tuple[str, str], ...]:
    """The tags of a note that is read: where it stands, and that it was entered late, where it was."""
    state, late = state_tag(entry), (tr("Late entry"), "grey")
    if state is None or not entry.late_entry:
        return () if state is None else (state,)
    return ((tr("Signed"), "green"), late) if state == late else (state, late)


def addendum_words(kind: AddendumType) -> str:
    """What was added to a signed note."""
    return {
        AddendumType.ADDITION: tr("Addition"),
        AddendumType.CORRECTION: tr("Correction"),
        AddendumType.LATE_INFORMATION: tr("Late information"),
        AddendumType.PERSON_STATEMENT: tr("The person's statement"),
        AddendumType.RESPONSE_TO_DISAGREEMENT: tr("Response to a disagreement"),
    }[kind]


def agreed_words(agreed: Agreed) -> str:
    """How the person agreed to a wording."""
    return {
        Agreed.SIGNATURE: tr("Signature"),
        Agreed.THUMBPRINT: tr("Thumbprint"),
        Agreed.WITNESSED: tr("Before a witness"),
    }[agreed]
