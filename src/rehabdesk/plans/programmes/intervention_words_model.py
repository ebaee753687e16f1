"""The words of programmes and sessions, with the colours that tasks have; attendance is grey (interface.md 8.2)."""

from rehabdesk.core.i18n import tr
from rehabdesk.plans.programmes.intervention_model import InterventionState, Outcome, Participation, SessionStatus, Side

Tagged = tuple[str, str]
"""Words and the colour of their tag."""


def intervention_state_words(state: InterventionState) -> Tagged:
    return {
        InterventionState.PLANNED: (tr("Planned"), "grey"),
        InterventionState.RUNNING: (tr("Running"), "blue"),
        InterventionState.ENDED: (tr("Ended"), "grey"),
    }[state]


def participation_words(participation: Participation) -> str:
    return {
        Participation.VOLUNTARY: tr("Voluntary"),
        Participation.COURT_ORDERED: tr("Ordered by the court"),
        Participation.REGIME: tr("Part of the regime"),
    }[participation]


def outcome_words(outcome: Outcome) -> str:
    return {
        Outcome.COMPLETED: tr("Completed as planned"),
        Outcome.IN_PART: tr("Completed in part"),
        Outcome.BY_PERSON: tr("Stopped by the person"),
        Outcome.BY_REGIME: tr("Stopped by the regime"),
        Outcome.BY_PROVIDER: tr("Stopped by the provider"),
        Outcome.DID_NOT_START: tr("Did not start"),
    }[outcome]


def session_words(status: SessionStatus) -> str:
    return {
        SessionStatus.ATTENDED: tr("Came"),
        SessionStatus.LATE: tr("Came late"),
        SessionStatus.LEFT_EARLY: tr("Left early"),
        SessionStatus.ABSENT_EXCUSED: tr("Excused"),
        SessionStatus.DECLINED: tr("Declined, respected"),
        SessionStatus.NOT_UNLOCKED: tr("Not brought: not unlocked"),
        SessionStatus.NO_ESCORT: tr("Not brought: no escort"),
        SessionStatus.STAFF_ABSENT: tr("Staff unavailable"),
        SessionStatus.CANCELLED_OTHER: tr("Cancelled for another reason"),
    }[status]


def side_words(side: Side) -> str:
    """The heading over sessions, by with whom it lies that they did or did not take place."""
    return {
        Side.CAME: tr("Took place"),
        Side.ESTABLISHMENT: tr("Did not take place: lies with the establishment"),
        Side.PERSON: tr("Not there: excused, or an own choice"),
    }[side]
