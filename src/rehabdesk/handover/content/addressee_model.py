"""Who may get which packet about whom: children, other countries, short notice (G23, G27, packet.md 3.1, 5.5)."""

from dataclasses import dataclass

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.audience_model import AT_SHORT_NOTICE, FOR_CHILDREN, PROFILE_OF, AudienceCode
from rehabdesk.handover.content.profile_model import PROFILES, ProfileCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressing:
    """`audience`: a code of `AudienceCode`, or "" where nobody said. `abroad`: the team is of another country."""

    profile: ProfileCode
    audience: str
    child: bool
    abroad: bool
    lawyer_note: str


def require_addressing(one: Addressing) -> None:
    """UserError, at the field that has to change, where the packet may not go there."""
    if one.profile is ProfileCode.EXPRESS and one.audience not in AT_SHORT_NOTICE:
        raise UserError(_not_at_short_notice(), field="audience")
    if one.audience:
        audience = AudienceCode(one.audience)
        if one.profile not in (PROFILE_OF[audience], ProfileCode.EXPRESS):
            raise UserError(tr("Choose again what the team is: it has another packet."), field="audience")
        if (audience in FOR_CHILDREN) != one.child:
            raise UserError(_not_for_children() if one.child else _for_children_only(), field="audience")
    elif one.child:
        raise UserError(_not_for_children(), field="audience")
    if not one.abroad:
        return
    if PROFILES[one.profile].signatures < 2:
        raise UserError(
            tr("An Express packet does not leave the country. Choose another team, or make a full packet."),
            field="team",
        )
    if not one.lawyer_note.strip():
        raise UserError(
            tr("This team is in another country. Write which lawyer looked at it, when, and what was said."),
            field="lawyer_note",
        )


def _not_for_children() -> str:
    return tr("A packet about somebody under 18 goes to child protection or to the guardian, and to nobody else.")


def _for_children_only() -> str:
    return tr("Child protection and guardians get packets about people under 18. Choose what else the team is.")


def _not_at_short_notice() -> str:
    return tr(
        "An Express packet goes to who receives a person at short notice: supervision, an NGO or mentor, child "
        "protection, the guardian. Say which of them it is, or make a full packet."
    )
