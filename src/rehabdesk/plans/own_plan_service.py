"""The plan as the person keeps it on paper: put together here, laid out in a job, logged before it leaves."""

from collections.abc import Callable

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import LANGUAGES, speaking, tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people.own_copy_service import own_copy_of
from rehabdesk.people.service import People
from rehabdesk.plans.history_service import PlanHistory
from rehabdesk.plans.own_plan_model import typed_texts
from rehabdesk.plans.own_plan_pdf import own_plan_pages
from rehabdesk.plans.service import Plans
from rehabdesk.plans.stored_model import StoredPlan

MAY_PRINT = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.SUP})
DEEDS = {"print": "print_own_plan", "save_pages": "save_own_plan"}
"""By the way in which pages leave."""


class OwnPlans:
    """Plans for the person on one unlocked desk."""

    def __init__(self, desk: Desk, people: People, plans: Plans, history: PlanHistory) -> None:
        self._desk, self._people, self._plans, self._history = desk, people, plans, history

    @property
    def may_print(self) -> bool:
        return self._desk.role in MAY_PRINT

    def paper(self, person_id: str, rid: str, language: str) -> Callable[[], bytes]:
        """What makes the pages, slow, for a job. `rid`: of a version, or empty for what is worked on now.

        UserError where this login may not read the plan, and for a language that the program does not print.
        """
        stored = self._stored(person_id, rid)
        if language not in LANGUAGES:
            raise UserError(tr("Choose English, French or Arabic for the sheet."), field="language")
        copy = own_copy_of(self._desk, self._people, person_id)
        plan, shown = None if stored is None else stored.plan, self._history.shown(person_id)

        def make() -> bytes:
            with speaking(language, resources.path("i18n")):
                return own_plan_pages(plan, shown, copy)

        return make

    def typed(self, person_id: str, rid: str) -> tuple[str, ...]:
        """What people typed of all that stands on the paper."""
        stored = self._stored(person_id, rid)
        return () if stored is None else typed_texts(stored.plan, self._history.shown(person_id))

    def leaves(self, how: str, person_id: str, rid: str) -> None:
        """Logs that the pages leave, by one of the ways of `DEEDS`, before they do."""
        if how not in DEEDS:
            raise ValueError(f"pages do not leave by {how}")
        stored = self._stored(person_id, rid)
        self._desk.log(DEEDS[how], comp=TEAM, rid="" if stored is None else stored.rid)

    def _stored(self, person_id: str, rid: str) -> StoredPlan | None:
        if not self.may_print:
            raise UserError(tr("Your role does not print plans."))
        if not rid:
            return self._plans.current(person_id)
        stored = self._plans.as_it_stands(rid)
        if stored.person != person_id:
            raise UserError(tr("That plan is not there."))
        return stored
