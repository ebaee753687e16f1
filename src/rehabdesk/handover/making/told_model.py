"""What the person was told about a packet, and the copy that goes with it: the two answers belong together (E12)."""

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.packet_model import PersonCopy

_TELLS = frozenset({PersonCopy.GIVEN, PersonCopy.OFFERED_DECLINED})


def require_told_before_copy(*, told: bool, copy: PersonCopy, field: str) -> None:
    """UserError at `field` where somebody who was told nothing was given or offered a copy: that tells it."""
    if told or copy not in _TELLS:
        return
    raise UserError(
        tr(
            "Whoever is given or offered a copy is told by it. Say that the person was told, or that a copy is not "
            "safe or not possible."
        ),
        field=field,
    )
