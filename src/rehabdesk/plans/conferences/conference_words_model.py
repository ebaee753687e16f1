"""The words of conferences, with the colours that tasks have (interface.md 8.2)."""

from rehabdesk.core.i18n import tr, tr_as
from rehabdesk.plans.conferences.conference_model import AdditionKind, Conference, ConferenceState
from rehabdesk.plans.conferences.conference_parts_model import Act, ActionStatus, ConferenceKind, PersonAttended

Tagged = tuple[str, str]
"""Words and the colour of their tag."""


def kind_words(kind: ConferenceKind) -> str:
    return {
        ConferenceKind.PLAN_REVIEW: tr("Plan review"),
        ConferenceKind.PRE_RELEASE: tr("Before release"),
        ConferenceKind.RELEASE_BOARD_PREP: tr("Preparing the release board"),
        ConferenceKind.URGENT: tr("Urgent conference"),
        ConferenceKind.TRANSFER: tr("Transfer"),
        ConferenceKind.POST_RELEASE: tr("After release"),
    }[kind]


def conference_words(conference: Conference) -> Tagged:
    """The state of one conference; one that did not take place says so."""
    if conference.cancelled:
        return tr("Did not take place"), "grey"
    return {
        ConferenceState.SCHEDULED: (tr("Planned"), "blue"),
        ConferenceState.HELD: (tr("Held, minutes to write"), "blue"),
        ConferenceState.MINUTES_DRAFT: (tr("Waiting for the chair"), "blue"),
        ConferenceState.MINUTES_AGREED: (tr("Minutes agreed"), "green"),
        ConferenceState.ACTIONS_OPEN: (tr("Actions open"), "blue"),
        ConferenceState.CLOSED: (tr("Closed"), "grey"),
    }[conference.state]


def attended_words(attended: PersonAttended, name: str) -> str:
    """How the person took part, by name: a choice of the person's is neutral."""
    return {
        PersonAttended.IN_PERSON: tr("{name} was there"),
        PersonAttended.REPRESENTED: tr("{name} was represented"),
        PersonAttended.STATEMENT_ONLY: tr("{name} sent a statement"),
        PersonAttended.DECLINED: tr("{name} declined"),
        PersonAttended.NOT_INVITED: tr("{name} was not invited"),
    }[attended].format(name=name)


def act_words(act: Act) -> str:
    return {Act.SHARED: tr("Shared between agencies"), Act.DISCLOSED: tr("Disclosed to a third party")}[act]


def action_words(status: ActionStatus) -> Tagged:
    return {
        ActionStatus.OPEN: (tr_as("Open", "state"), "blue"),
        ActionStatus.DONE: (tr("Done"), "green"),
        ActionStatus.NO_LONGER_NEEDED: (tr("No longer needed"), "grey"),
    }[status]


def addition_words(kind: AdditionKind) -> str:
    return {
        AdditionKind.ADDITION: tr("Addition"),
        AdditionKind.CORRECTION: tr("Correction"),
        AdditionKind.PERSON_STATEMENT: tr("The person's statement"),
    }[kind]
