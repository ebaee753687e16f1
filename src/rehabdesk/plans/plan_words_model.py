"""The words of what a plan holds besides its states: horizons, sides, what a goal gives, reasons, responsivity."""

from rehabdesk.core.i18n import tr
from rehabdesk.plans.model import (
    ClosedBecause,
    GoalHorizon,
    Horizon,
    Plan,
    Responsivity,
    Side,
    SuspendedBecause,
    VersionState,
)


def horizon_words(horizon: Horizon) -> str:
    """What the plan as a whole looks towards."""
    return {
        Horizon.CUSTODY: tr("The time in custody"),
        Horizon.RELEASE: tr("The release"),
        Horizon.COMMUNITY: tr("Life outside"),
    }[horizon]


def goal_horizon_words(horizon: GoalHorizon) -> str:
    return {
        GoalHorizon.SHORT: tr("Short: weeks"),
        GoalHorizon.MEDIUM: tr("Medium: months"),
        GoalHorizon.LONG: tr("Long: years"),
    }[horizon]


def side_words(side: Side) -> str:
    """Who carries the need."""
    return {Side.PRISON: tr("Prison"), Side.COMMUNITY: tr("Community"), Side.BOTH: tr("Both")}[side]


def good_words(tag: str) -> str:
    """What a goal gives the person, as the person says it."""
    return {
        "life": tr("Life and health"),
        "knowledge": tr("Knowledge"),
        "play": tr("Being good at play"),
        "work": tr("Being good at work"),
        "agency": tr("Deciding for myself"),
        "inner_peace": tr("Inner peace"),
        "relatedness": tr("Family and friends"),
        "community": tr("Belonging"),
        "spirituality": tr("Meaning"),
        "pleasure": tr("Joy"),
        "creativity": tr("Making things"),
    }.get(tag, "")


def suspended_words(reason: SuspendedBecause) -> str:
    return {
        SuspendedBecause.PERSON_WITHDREW: tr("The person withdrew"),
        SuspendedBecause.HOSPITAL: tr("Hospital"),
        SuspendedBecause.SEGREGATION: tr("Kept apart from others"),
        SuspendedBecause.OTHER: tr("Other (say)"),
    }[reason]


def closed_words(reason: ClosedBecause) -> str:
    return {
        ClosedBecause.SUPERVISION_ENDED: tr("Supervision ended"),
        ClosedBecause.HANDED_TO_COMMUNITY: tr("Handed to the community"),
        ClosedBecause.TRANSFERRED: tr("Transferred"),
        ClosedBecause.ACQUITTED_OR_DROPPED: tr("Acquitted or case dropped"),
        ClosedBecause.PERSON_WITHDREW: tr("The person withdrew from all parts"),
        ClosedBecause.LEFT_COUNTRY: tr("Left the country"),
        ClosedBecause.DIED: tr("Died"),
        ClosedBecause.DUPLICATE: tr("Duplicate"),
        ClosedBecause.OTHER: tr("Other (say)"),
    }[reason]


def state_reason_words(plan: Plan) -> str:
    """Why a version rests or is closed: the words of the list, and what was said besides; "" where there is none."""
    words = ""
    if plan.state is VersionState.SUSPENDED and plan.state_code:
        words = suspended_words(SuspendedBecause(plan.state_code))
    elif plan.state is VersionState.CLOSED and plan.state_code:
        words = closed_words(ClosedBecause(plan.state_code))
    if plan.state_code == "other":
        words = ""
    return ": ".join(each for each in (words, plan.state_reason) if each)


def responsivity_words(needs: Responsivity) -> tuple[tuple[str, str, str], ...]:
    """Each need as (name of the field, caption, words), in the order of the panel."""
    return (
        ("language", tr("Language"), needs.language),
        ("literacy", tr("Reading and writing"), needs.literacy),
        ("trauma", tr("After hard experiences"), needs.trauma),
        ("disability", tr("Body and senses"), needs.disability),
        ("gender", tr("Women and men"), needs.gender),
        ("worship", tr("Times of worship"), needs.worship),
    )
