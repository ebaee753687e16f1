"""The words of states, goals, steps and progress, with the colours that tasks have (interface.md 8.2)."""

from rehabdesk.core.i18n import tr
from rehabdesk.plans.model import Actor, Agreement, GoalStatus, RemovalReason, SignOff, StepStatus, VersionState
from rehabdesk.plans.progress.progress_model import Confidence, NotRatedBecause, Word

Tagged = tuple[str, str]
"""Words and the colour of their tag."""


def state_words(state: VersionState) -> Tagged:
    return {
        VersionState.DRAFT: (tr("Draft"), "grey"),
        VersionState.PROPOSED: (tr("Proposed"), "blue"),
        VersionState.ACTIVE: (tr("Active"), "green"),
        VersionState.UNDER_REVIEW: (tr("Under review"), "blue"),
        VersionState.SUSPENDED: (tr("Suspended"), "amber"),
        VersionState.REPLACED: (tr("Replaced"), "grey"),
        VersionState.CLOSED: (tr("Closed"), "grey"),
    }[state]


def agreement_words(answer: Agreement) -> Tagged:
    return {
        Agreement.NOT_ASKED: (tr("Not asked yet"), "grey"),
        Agreement.AGREED: (tr("Agrees"), "purple"),
        Agreement.AGREED_IN_PART: (tr("Agrees in part"), "purple"),
        Agreement.DID_NOT_AGREE: (tr("Does not agree"), "purple"),
        Agreement.WITHDREW: (tr("Withdrew"), "purple"),
        Agreement.COULD_NOT_BE_ASKED: (tr("Could not be asked"), "grey"),
    }[answer]


def sign_off_words(signed: SignOff) -> Tagged:
    return {
        SignOff.UNSIGNED: (tr("Not signed"), "grey"),
        SignOff.SELF_SIGNED: (tr("Signed by author"), "grey"),
        SignOff.AWAITING_COUNTERSIGN: (tr("Waiting for countersignature"), "blue"),
        SignOff.COUNTERSIGNED: (tr("Countersigned"), "green"),
        SignOff.RETURNED: (tr("Returned"), "amber"),
    }[signed]


def goal_words(status: GoalStatus) -> Tagged:
    return {
        GoalStatus.FUTURE: (tr("Future"), "grey"),
        GoalStatus.ACTIVE: (tr("Active"), "blue"),
        GoalStatus.ACHIEVED: (tr("Achieved"), "green"),
        GoalStatus.PARTLY_ACHIEVED: (tr("Partly achieved"), "green"),
        GoalStatus.CARRIED_OVER: (tr("Carried over"), "grey"),
        GoalStatus.REMOVED: (tr("Removed"), "grey"),
    }[status]


def step_words(status: StepStatus) -> Tagged:
    return {
        StepStatus.NOT_STARTED: (tr("Not started"), "grey"),
        StepStatus.IN_PROGRESS: (tr("In progress"), "blue"),
        StepStatus.COMPLETED: (tr("Completed"), "green"),
        StepStatus.CANNOT_BE_DONE_YET: (tr("Cannot be done yet"), "grey"),
        StepStatus.NO_LONGER_NEEDED: (tr("No longer needed"), "grey"),
    }[status]


def actor_words(actor: Actor, name: str) -> str:
    """Who does a step; the person by name."""
    return {
        Actor.PERSON: name,
        Actor.CASE_OFFICER: tr("Case officer"),
        Actor.PSYCHOLOGIST: tr("Psychologist"),
        Actor.CHAPLAIN: tr("Chaplain"),
        Actor.FACILITATOR: tr("Facilitator"),
        Actor.FAMILY: tr("Family"),
        Actor.EXTERNAL: tr("Somebody outside"),
        Actor.SUPERVISOR: tr("Supervisor"),
    }[actor]


def removal_words(reason: RemovalReason) -> str:
    return {
        RemovalReason.REACHED_OTHERWISE: tr("Reached in another way"),
        RemovalReason.NO_LONGER_WANTED: tr("No longer wanted"),
        RemovalReason.NOT_POSSIBLE_HERE: tr("Not possible here"),
        RemovalReason.MERGED: tr("Merged with another goal"),
        RemovalReason.LEGAL_CHANGE: tr("The legal situation changed"),
        RemovalReason.PLAN_CLOSED: tr("The plan is closed"),
        RemovalReason.BY_MISTAKE: tr("Recorded by mistake"),
        RemovalReason.OTHER: tr("Other (say)"),
    }[reason]


def word_words(word: Word) -> str:
    """One of the five words, always plain: no icon, no number, no colour."""
    return {
        Word.NOT_RATED: tr("Not rated"),
        Word.NOT_YET_TOGETHER: tr("Not yet together"),
        Word.OPENING: tr("Opening"),
        Word.TRYING: tr("Trying"),
        Word.DOING: tr("Doing"),
        Word.CARRYING_IT: tr("Carrying it"),
    }[word]


def not_rated_words(reason: NotRatedBecause) -> str:
    return {
        NotRatedBecause.NOT_RELEVANT: tr("Not relevant"),
        NotRatedBecause.NO_INFORMATION: tr("No information"),
        NotRatedBecause.PERSON_PREFERS_NOT: tr("The person prefers not"),
        NotRatedBecause.TOO_EARLY: tr("Too early"),
        NotRatedBecause.CHAPLAINCY_ONLY: tr("Chaplaincy only"),
    }[reason]


def confidence_words(confidence: Confidence) -> str:
    return {
        Confidence.LIMITED: tr("Limited"),
        Confidence.ADEQUATE: tr("Adequate"),
        Confidence.GOOD: tr("Good"),
    }[confidence]
