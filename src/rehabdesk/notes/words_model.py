"""The words of compartments, parts and states of notes, as they stand on screens."""

from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM
from rehabdesk.notes.alerts.alert_model import AlertKind, AlertState, AtRisk
from rehabdesk.notes.chaplaincy.contribution_model import Agreed
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
    if entry.part is Part.ALERT and entry.comp == CLINICAL:
        return tr("Disclosure")
    return {
        Part.NOTE: form_title or tr("Note"),
        Part.SUMMARY: tr("Shared summary"),
        Part.MARKER: tr("Clinical entry"),
        Part.CONTRIBUTION: tr("Pastoral contribution"),
        Part.GROUP: tr("Line from a group meeting") if entry.comp == CLINICAL else form_title or tr("Group meeting"),
        Part.ALERT: tr("Safety alert"),
        Part.OUTSIDE: tr("Received from outside"),
    }.get(entry.part, form_title)


def state_tag(entry: Entry) -> tuple[str, str] | None:
    """Status words and colour of a signed entry (interface.md 8.2)."""
    if entry.part in (Part.MARKER, Part.ALERT):
        return None  # whether an alert is live is said on its page, in strips and on the own day
    if entry.struck:
        return tr("Entered in error"), "grey"
    if entry.part is Part.OUTSIDE:
        return tr("Outside source"), "grey"
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


def kind_words(kind: AlertKind) -> str:
    """The kind of an alert, as it stands in strips and lists."""
    return {
        AlertKind.SELF_HARM: tr("risk of self-harm"),
        AlertKind.HARM_TO_OTHER: tr("risk of harm to another person"),
        AlertKind.HARM_TO_CHILD: tr("risk of harm to a child"),
        AlertKind.THREAT_TO_PERSON: tr("threat to the person"),
        AlertKind.HEALTH_EMERGENCY: tr("health emergency"),
        AlertKind.ILL_TREATMENT: tr("says they were ill-treated"),
    }[kind]


def kind_choices() -> list[tuple[str, str]]:
    """The kinds as a list to choose from."""
    words = {
        AlertKind.SELF_HARM: tr("Risk of self-harm"),
        AlertKind.HARM_TO_OTHER: tr("Risk of harm to another person"),
        AlertKind.HARM_TO_CHILD: tr("Risk of harm to a child"),
        AlertKind.THREAT_TO_PERSON: tr("Threat to the person"),
        AlertKind.HEALTH_EMERGENCY: tr("Health emergency"),
        AlertKind.ILL_TREATMENT: tr("Says they were ill-treated"),
    }
    return [(kind.value, words[kind]) for kind in AlertKind]


def at_risk_choices() -> list[tuple[str, str]]:
    """Who is at risk, as answers to choose from."""
    words = {
        AtRisk.SELF: tr("The person"),
        AtRisk.NAMED_PERSON: tr("A named person"),
        AtRisk.CHILD: tr("A child"),
        AtRisk.UNKNOWN: tr("Not known"),
    }
    return [(each.value, words[each]) for each in AtRisk]


def alert_tag(state: AlertState) -> tuple[str, str]:
    """Status words and colour of an alert (interface.md 8.2)."""
    return {
        AlertState.LIVE: (tr("Live"), "red"),
        AlertState.REVIEW_DUE: (tr("Review due"), "red"),
        AlertState.CLOSED: (tr("Closed, with outcome"), "grey"),
    }[state]
