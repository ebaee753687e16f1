"""The names of the roles, as they stand on screens and cards."""

from rehabdesk.access.model import Newcomer, Role, StaffCard
from rehabdesk.core.i18n import tr


def role_words(role: Role) -> str:
    """The role in the language in use."""
    return {
        Role.PSY: tr("Psychologist"),
        Role.CSUP: tr("Clinical supervisor"),
        Role.CHA: tr("Chaplain"),
        Role.CO: tr("Case officer"),
        Role.SUP: tr("Supervisor"),
        Role.FAC: tr("Facilitator"),
        Role.AUD: tr("Inspector"),
        Role.ADM: tr("Administrator"),
    }[role]


def member_words(one: StaffCard | Newcomer) -> str:
    """The role as it stands on a card: in training too, where it is so."""
    return tr("Psychologist, in training") if one.trainee else role_words(one.role)
