"""The words of codes of this feature, as they stand on screens."""

from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.people.identity_model import month_text
from rehabdesk.people.legal_model import LegalEpisode, ReleaseRoute, Stage
from rehabdesk.people.model import BirthPrecision, Capacity, PersonDetails


def stage_words(stage: Stage) -> str:
    """A legal stage; it never has a colour."""
    return {
        Stage.PRE_TRIAL: tr("Before trial, not convicted"),
        Stage.DIVERTED: tr("Diverted"),
        Stage.CONVICTED: tr("Convicted"),
        Stage.CLEARED: tr("Cleared"),
        Stage.RELEASED_PRE_TRIAL: tr("Released before trial"),
        Stage.SENTENCED: tr("Sentenced"),
        Stage.PRE_RELEASE: tr("Before release"),
        Stage.RELEASED_SUPERVISED: tr("Released, supervised"),
        Stage.RELEASED_UNSUPERVISED: tr("Released"),
        Stage.REMOVED_FROM_COUNTRY: tr("Removed from the country"),
        Stage.RECALLED: tr("Recalled"),
        Stage.TRANSFERRED: tr("Transferred"),
        Stage.HOSPITAL: tr("In hospital"),
        Stage.UNLAWFULLY_AT_LARGE: tr("Unlawfully at large"),
        Stage.DECEASED: tr("Deceased"),
        Stage.CLOSED: tr("Closed"),
    }[stage]


def route_words(route: ReleaseRoute) -> str:
    """How a person leaves custody (A12)."""
    return {
        ReleaseRoute.END_OF_SENTENCE: tr("End of sentence"),
        ReleaseRoute.CONDITIONAL: tr("Conditional release"),
        ReleaseRoute.PARDON: tr("Pardon or amnesty"),
        ReleaseRoute.BAIL: tr("Bail"),
        ReleaseRoute.ACQUITTAL: tr("Acquittal"),
        ReleaseRoute.DISCONTINUED: tr("Case dropped"),
        ReleaseRoute.COURT_ORDER: tr("Court order"),
        ReleaseRoute.TRANSFER: tr("Transfer abroad"),
        ReleaseRoute.DEPORTATION: tr("Deportation or removal"),
        ReleaseRoute.MEDICAL: tr("Medical"),
        ReleaseRoute.ERROR_CORRECTED: tr("Error corrected"),
        ReleaseRoute.OTHER: tr("Other (say)"),
        ReleaseRoute.UNKNOWN: tr("Not known yet"),
    }[route]


def capacity_words(capacity: Capacity) -> str:
    """In which capacity somebody works with a person."""
    return {
        Capacity.LEAD_CASE_OFFICER: tr("Lead case officer"),
        Capacity.PSYCHOLOGIST: tr("Psychologist"),
        Capacity.CHAPLAIN: tr("Chaplain"),
        Capacity.FACILITATOR: tr("Facilitator"),
        Capacity.ASSESSMENT_AUTHOR: tr("Author of an assessment"),
        Capacity.DEPUTY: tr("Deputy"),
        Capacity.LINK_WORKER: tr("Link worker"),
        Capacity.SAFEGUARDING_LEAD: tr("Safeguarding lead"),
        Capacity.SUPERVISOR: tr("Supervisor"),
    }[capacity]


def birth_words(details: PersonDetails, exact: str) -> str:
    """`Born 14 Mar 1991`, `Born in Mar 1991`, `Born about 1997`, as exact as it is known, else nothing.

    `exact`: the day as shown.
    """
    if details.birth_date is None:
        return ""
    if details.birth_precision is BirthPrecision.DAY:
        return tr("Born {day}").format(day=exact)
    if details.birth_precision is BirthPrecision.MONTH:
        return tr("Born in {month}").format(month=month_text(details.birth_date))
    if details.birth_precision is BirthPrecision.YEAR:
        return tr("Born in {year}").format(year=details.birth_date.year)
    return tr("Born about {year}").format(year=details.birth_date.year)


def stage_strips(episode: LegalEpisode) -> tuple[str, ...]:
    """What stands under the head of a person's page because of the legal stage (interface.md 2)."""
    day = isolate(day_text(episode.since))
    if episode.stage is Stage.CLEARED and episode.erasure_review_due is not None:
        review = isolate(day_text(episode.erasure_review_due))
        sentence = tr("Cleared on {day}. Write nothing new; tell the person. Review for erasure by {review}.")
        return (sentence.format(day=day, review=review),)
    if not episode.convicted:
        return (tr("This person is not convicted. Do not write about the alleged facts."),)
    told = {
        Stage.RELEASED_SUPERVISED: tr("Released on {day}, supervised. Write only what follows the release."),
        Stage.RELEASED_UNSUPERVISED: tr("Released on {day}. Write only what follows the release."),
        Stage.REMOVED_FROM_COUNTRY: tr("Removed from the country on {day}. Write only what follows."),
        Stage.TRANSFERRED: tr("Transferred on {day}. The other prison holds the case; here it is only read."),
        Stage.DECEASED: tr("Died on {day}. Legal hold: nothing is erased. Tell the inspector."),
        Stage.CLOSED: tr("Closed on {day}. It is only read."),
    }.get(episode.stage)
    return () if told is None else (told.format(day=day),)
