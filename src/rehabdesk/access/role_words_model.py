"""The names of the roles, as they stand on screens and cards."""

from rehabdesk.access.model import Role
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
