"""The words of reviews: what is due and why, what follows, why one is late (interface.md 8)."""

from rehabdesk.core.i18n import tr
from rehabdesk.plans.reviews.review_model import LateGroup, Outcome, OwnPage
from rehabdesk.plans.reviews.review_rule_model import DueKind, MovedBecause


def due_words(kind: DueKind) -> str:
    """What is due, with a place for the `name`."""
    return {
        DueKind.WELCOME_TALK: tr("Welcome talk with {name}"),
        DueKind.FIRST_PLAN: tr("First plan with {name}"),
        DueKind.COMMUNITY_PLAN: tr("Plan for after release with {name}"),
        DueKind.REVIEW: tr("Plan review with {name}"),
        DueKind.RELEASE_CHECK: tr("First check after release, {name}"),
    }[kind]


def moved_words(because: MovedBecause) -> str:
    """Why a review is earlier than planned."""
    return {
        MovedBecause.TRANSFER_IN: tr("Brought forward: transfer in"),
        MovedBecause.RECALL: tr("Brought forward: recall"),
        MovedBecause.MAJOR_INCIDENT: tr("Brought forward: major incident"),
        MovedBecause.BEREAVEMENT: tr("Brought forward: bereavement"),
        MovedBecause.PLAN_DISAGREEMENT: tr("Brought forward: the person does not agree with the plan"),
    }[because]


def happened_words(because: MovedBecause) -> str:
    """What happened, as it is chosen."""
    return {
        MovedBecause.TRANSFER_IN: tr("Transfer in"),
        MovedBecause.RECALL: tr("Recall"),
        MovedBecause.MAJOR_INCIDENT: tr("Major incident"),
        MovedBecause.BEREAVEMENT: tr("Bereavement"),
        MovedBecause.PLAN_DISAGREEMENT: tr("Plan disagreement"),
    }[because]


def group_words(group: LateGroup) -> str:
    """Who or what caused that a review is late: the regime is never the person (G33)."""
    return {
        LateGroup.REGIME: tr("Put off by the regime"),
        LateGroup.HEALTH: tr("Put off for health"),
        LateGroup.PERSON: tr("Put off by the person"),
        LateGroup.LEGAL: tr("Put off for legal reasons"),
        LateGroup.SYSTEM: tr("Put off by a broken device"),
        LateGroup.OTHER: tr("Put off for another reason"),
    }[group]


def own_page_words(answer: OwnPage) -> str:
    return {
        OwnPage.WRITTEN: tr("Written"),
        OwnPage.DECLINED: tr("Declined"),
        OwnPage.ANOTHER_DAY: tr("Another day"),
    }[answer]


def outcome_words(outcome: Outcome) -> str:
    return {
        Outcome.STANDS: tr("The plan stands"),
        Outcome.NEW_VERSION: tr("A new version is to be written"),
    }[outcome]


def no_review_here() -> str:
    """Why there is no review where the case ended, or another prison holds it."""
    return tr("At this legal stage no plan is reviewed here. Look at the legal stage of the person.")
