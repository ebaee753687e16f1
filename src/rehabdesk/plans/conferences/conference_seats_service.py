"""Who of this desk can be invited to a conference, chair it, or have something to do from it."""

from collections.abc import Sequence

from rehabdesk.access.model import Role, StaffCard
from rehabdesk.access.role_words_model import role_words
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.plans.conferences.conference_model import Conference
from rehabdesk.plans.conferences.conference_parts_model import Attendee
from rehabdesk.plans.conferences.conference_reading_service import MAY_CHAIR

MAY_OWN = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.SUP})
MAY_SIT = MAY_OWN | {Role.FAC}
"""Who is invited from this desk; a chaplain only where the site has switched that on (G14)."""


class Seats:
    """The seats of one unlocked desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def can_sit(self) -> tuple[StaffCard, ...]:
        """Who can be invited, by name."""
        invites_chaplains = self._desk.settings().chaplain_conference_invitation
        return self._active(MAY_SIT | {Role.CHA} if invites_chaplains else MAY_SIT)

    def can_chair(self) -> tuple[StaffCard, ...]:
        return self._active(MAY_CHAIR)

    def can_own(self) -> tuple[StaffCard, ...]:
        """Who can have an action to do."""
        return self._active(MAY_OWN)

    def invitation(self, uid: str) -> Attendee:
        """The line of a member of this desk. UserError for one who cannot be invited."""
        card = next((card for card in self.can_sit() if card.uid == uid), None)
        if card is None:
            raise _not_here()
        settings = self._desk.settings()
        name = card.alias if settings.staff_alias_mode else card.name
        return Attendee(name=name, agency=settings.name, role=role_words(card.role), staff=uid)

    def chaplains(self, conference: Conference) -> tuple[StaffCard, ...]:
        """Chaplains who are invited to it, and still are: any of them can be taken off again (G14)."""
        return tuple(card for card in self._desk.all_staff() if card.role is Role.CHA and conference.invited(card.uid))

    def require_chair(self, uid: str) -> None:
        if uid not in {card.uid for card in self.can_chair()}:
            raise UserError(tr("A case officer or a supervisor of this desk chairs."), field="chair")

    def require(self, attendees: Sequence[Attendee], *, known: Sequence[Attendee] = ()) -> None:
        """UserError where somebody cannot be invited. Who is `known` was invited before, and may have left since."""
        able = {card.uid for card in self.can_sit()} | {each.staff for each in known}
        if any(each.staff and each.staff not in able for each in attendees):
            raise _not_here()

    def _active(self, roles: frozenset[Role]) -> tuple[StaffCard, ...]:
        found = [member.card for member in self._desk.members() if member.active and member.card.role in roles]
        return tuple(sorted(found, key=lambda card: card.name.casefold()))


def _not_here() -> UserError:
    return UserError(tr("This person cannot be invited here."), field="attendees")
