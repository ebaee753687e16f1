"""What a search may find in plans: goals, steps and strengths of every version, for who reads plans."""

from collections.abc import Sequence

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people.service import People
from rehabdesk.plans import store
from rehabdesk.plans.service import MAY_READ

PLAN = "plan"
SEES_PLANS = MAY_READ - {Role.CHA}
"""A chaplain is shown two domains of a plan only, and no plan in a list (domain.md 4.2)."""


class PlanSearch:
    """Plans of one unlocked desk, for a search over everything."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that are plans and that this login is shown."""
        if comp != TEAM or self._desk.role not in SEES_PLANS:
            return ()
        return tuple(
            Found(rid=rid, comp=TEAM, kind=PLAN, title=_title(number), person=person)
            for rid, person, number in store.found(self._desk.index(TEAM), rids)
            if self._people.caseload.admits(person)
        )


def _title(number: int) -> str:
    return tr("Plan, version {number}").format(number=number)
