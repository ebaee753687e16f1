"""From a packet and what was typed beside it to the person and the arrival that the register takes."""

from datetime import date

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.inbox.staging_arrival_model import OfferedArrival, TypedArrival
from rehabdesk.handover.inbox.staging_told_service import told_by
from rehabdesk.people.arrival_model import Arrival, taken_in
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.model import AgeRegime, PersonDetails, Sex
from rehabdesk.people.record_words_model import age_words, sex_words, source_words
from rehabdesk.people.words_model import stage_words

STAGES = (Stage.PRE_TRIAL, Stage.CONVICTED, Stage.SENTENCED, Stage.PRE_RELEASE, Stage.RECALLED)
COMMUNITY = (Stage.RELEASED_SUPERVISED, Stage.RELEASED_UNSUPERVISED)
OF_AGE = 18


def offered(packet: Handover, today: date, *, new: bool) -> OfferedArrival:
    """`new`: the person is not in the register yet. A community team takes in who was released."""
    told = told_by(packet)
    first = told.names[0] if told.names else None
    alias = "" if first is None else f"{first.given} {first.family[:1]}.".strip() if first.family else first.given
    between_prisons = packet.packet.profile is ProfileCode.RECEIVING_PRISON
    stages = STAGES if between_prisons or not new else (*COMMUNITY, *STAGES)
    dates = packet.sections.S2
    return OfferedArrival(
        case_ref=packet.packet.case_ref,
        display_alias=alias,
        age_regime=_age_of(told.birth_date, today),
        sex=Sex.NOT_RECORDED.value,
        source=DateSource.REGISTRY.value,
        planned_release=None if dates is None else dates.release_date,
        sexes=tuple((each.value, sex_words(each)) for each in Sex),
        ages=tuple((each.value, age_words(each)) for each in AgeRegime),
        stages=tuple((each.value, stage_words(each)) for each in stages),
        sources=tuple((each.value, source_words(each)) for each in DateSource),
    )


def details_of(packet: Handover, typed: TypedArrival) -> PersonDetails:
    """The person as the packet tells, under the number that was typed. UserError names the field."""
    told = told_by(packet)
    return taken_in(
        PersonDetails(
            case_ref=typed.case_ref,
            display_alias=typed.display_alias,
            names=told.names,
            sex=Sex(typed.sex or Sex.NOT_RECORDED.value),
            age_regime=AgeRegime(typed.age_regime or AgeRegime.ADULT.value),
        ),
        told,
    )


def arrival_of(packet: Handover, typed: TypedArrival) -> Arrival:
    """UserError while no stage is chosen."""
    if not typed.stage:
        raise UserError(tr("Choose the legal stage in which the person is here."), field="stage")
    dates = packet.sections.S2
    route = None if dates is None else next((each for each in ReleaseRoute if each == dates.release_route), None)
    if route is ReleaseRoute.OTHER:
        route = None  # the register asks for words beside it
    return Arrival(
        stage=Stage(typed.stage),
        on=typed.on,
        source=DateSource(typed.source or DateSource.REGISTRY.value),
        came_from=packet.site.name,
        seen_there=packet.packet.issued.date(),
        unit=typed.unit,
        planned_release=typed.planned_release,
        release_route=route,
    )


def _age_of(born: date | None, today: date) -> str:
    """What is filled in by the birth; somebody looks at it."""
    if born is None:
        return AgeRegime.ADULT.value
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return (AgeRegime.CHILD if years < OF_AGE else AgeRegime.ADULT).value
