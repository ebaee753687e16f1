"""The versions of a person's plan side by side: what differs between any two, on the screen and on paper."""

from collections.abc import Callable
from dataclasses import replace

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.db.projection import TEAM
from rehabdesk.people.service import People
from rehabdesk.plans.difference_model import Difference, difference
from rehabdesk.plans.difference_pdf import DifferenceFrame, difference_paper
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.model import Plan
from rehabdesk.plans.search_service import SEES_PLANS
from rehabdesk.plans.service import Plans
from rehabdesk.plans.stored_model import StoredPlan

WAYS = ("print", "save_pages")
"""How pages leave the desk: the deeds of the log."""
LONGEST_RECIPIENT = 80


class PlanHistory:
    """Versions on one unlocked desk, for who reads whole plans."""

    def __init__(self, desk: Desk, people: People, plans: Plans, domains: Domains) -> None:
        self._desk, self._people, self._plans, self._domains = desk, people, plans, domains

    @property
    def may_compare(self) -> bool:
        return self._desk.role in SEES_PLANS

    def versions(self, person_id: str) -> tuple[StoredPlan, ...]:
        """As they stood when the next one came, newest first."""
        self._require()
        return tuple(self._plans.as_it_stands(one.rid) for one in self._plans.versions(person_id))

    def compare(self, before: str, after: str) -> Difference:
        """Between two versions of one person, by record; the earlier one is taken as the one before."""
        self._require()
        found = [self._plans.as_it_stands(rid) for rid in (before, after)]
        if found[0].person != found[1].person:
            raise UserError(tr("Compare two versions of the same person."))
        older, newer = sorted(found, key=lambda one: one.plan.version)
        row = self._people.row(older.person)
        shown = self.shown(older.person)
        return difference(
            _without(older.plan, shown),
            _without(newer.plan, shown),
            titles={domain.code: domain.title for domain in self._domains.domains},
            name=row.display_alias or row.name,
        )

    def shown(self, person_id: str) -> frozenset[str]:
        """The domains that are open for this person: before a judgment none about harm and repair (G18)."""
        convicted = self._people.known.convicted(person_id)
        return frozenset(domain.code for domain in self._domains.open_to(convicted=convicted))

    def paper(self, before: str, after: str, recipient: str) -> Callable[[], bytes]:
        """What makes the pages, slow, for a job. UserError for a recipient that names nobody."""
        to = require_text(recipient, field="recipient", label=tr("For whom"), longest=LONGEST_RECIPIENT)
        if "\n" in to:
            raise UserError(tr("For whom: one line, please."), field="recipient")
        found, row = self.compare(before, after), self._people.row(self._plans.as_it_stands(before).person)
        site = self._desk.settings()
        frame = DifferenceFrame(
            about=row.display_alias or row.name,
            case_ref=row.case_ref,
            site=site.name,
            recipient=to,
            at=self._desk.clock.now(),
        )
        return difference_paper(found, frame)

    def leaves(self, how: str, rid: str) -> None:
        """Logs that the pages leave, by one of `WAYS`, before they do."""
        if how not in WAYS:
            raise ValueError(f"pages do not leave by {how}")
        self._require()
        self._plans.as_it_stands(rid)
        self._desk.log(how, comp=TEAM, rid=rid)

    def _require(self) -> None:
        if not self.may_compare:
            raise UserError(tr("Your role does not compare versions of a plan."))


def _without(plan: Plan, shown: frozenset[str]) -> Plan:
    return replace(
        plan,
        goals=tuple(goal for goal in plan.goals if goal.domain in shown),
        no_need=tuple(each for each in plan.no_need if each.domain in shown),
    )
