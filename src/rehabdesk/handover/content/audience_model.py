"""What a team is, and so which packet it gets: adults and children have other readers (domain.md 10.3, G27)."""

from collections.abc import Mapping
from enum import StrEnum

from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.profile_model import ProfileCode


class AudienceCode(StrEnum):
    """For whom a packet is made. The last two are the only ones for somebody under 18."""

    SUPERVISION = "supervision"
    NGO = "ngo"
    PSYCHOLOGIST = "psychologist"
    FAITH = "faith"
    PRISON = "prison"
    LAWYER = "lawyer"
    COURT = "court"
    CHILD_SERVICES = "child_services"
    GUARDIAN = "guardian"


PROFILE_OF: Mapping[AudienceCode, ProfileCode] = {
    AudienceCode.SUPERVISION: ProfileCode.SUPERVISING_OFFICER,
    AudienceCode.NGO: ProfileCode.NGO_MENTOR,
    AudienceCode.PSYCHOLOGIST: ProfileCode.COMMUNITY_PSYCHOLOGIST,
    AudienceCode.FAITH: ProfileCode.FAITH_MENTOR,
    AudienceCode.PRISON: ProfileCode.RECEIVING_PRISON,
    AudienceCode.LAWYER: ProfileCode.LAWYER_PERSON,
    AudienceCode.COURT: ProfileCode.COURT_BOARD,
    AudienceCode.CHILD_SERVICES: ProfileCode.SUPERVISING_OFFICER,
    AudienceCode.GUARDIAN: ProfileCode.LAWYER_PERSON,
}
FOR_CHILDREN = (AudienceCode.CHILD_SERVICES, AudienceCode.GUARDIAN)
AT_SHORT_NOTICE = (AudienceCode.SUPERVISION, AudienceCode.NGO, *FOR_CHILDREN)
"""Who receives somebody who is released at short notice; everybody else has time for two signatures (domain.md 9.3)."""


def audiences(*, child: bool) -> tuple[AudienceCode, ...]:
    """Those that a packet about a person of this age may have."""
    return FOR_CHILDREN if child else tuple(each for each in AudienceCode if each not in FOR_CHILDREN)


def audience_words(audience: AudienceCode) -> str:
    """What the team is, as it stands in a list."""
    return {
        AudienceCode.SUPERVISION: tr("Supervision after release"),
        AudienceCode.NGO: tr("NGO or mentor"),
        AudienceCode.PSYCHOLOGIST: tr("Psychologist outside"),
        AudienceCode.FAITH: tr("Faith mentor"),
        AudienceCode.PRISON: tr("Another prison"),
        AudienceCode.LAWYER: tr("Lawyer of the person"),
        AudienceCode.COURT: tr("Court or parole board"),
        AudienceCode.CHILD_SERVICES: tr("Child protection service"),
        AudienceCode.GUARDIAN: tr("Parent or guardian"),
    }[audience]
