"""What a search may find in plans: what stands in every version, for who reads plans, and chaplains' comments."""

from collections.abc import Sequence

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people.service import People
from rehabdesk.plans import comment_store, store
from rehabdesk.plans.comment_model import Comment, for_chaplain
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.model import STANDS, Plan
from rehabdesk.plans.service import MAY_READ
from rehabdesk.plans.stored_model import StoredPlan
from rehabdesk.plans.words_model import state_words

PLAN, PAST, COMMENT = "plan", "plan_past", "plan_comment"
SEES_PLANS = MAY_READ - {Role.CHA}
"""A chaplain is shown two domains of the plan that counts, and no version before it (domain.md 4.2)."""


class PlanSearch:
    """Plans of one unlocked desk, for a search over everything."""

    def __init__(self, desk: Desk, people: People, domains: Domains) -> None:
        self._desk, self._people, self._domains = desk, people, domains

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that are plans or comments and that this login is shown."""
        if comp != TEAM or self._desk.role not in MAY_READ:
            return ()
        index = self._desk.index(TEAM)
        plans, comments = store.found(index, rids), comment_store.found(index, rids)
        persons = [one.person for one in plans] + [person for _, person, _ in comments]
        admitted = self._people.caseload.admitted(persons)
        return (
            *(self._plan(one) for one in plans if one.person in admitted and self._sees(one.plan)),
            *(self._comment(rid, person, one) for rid, person, one in comments if person in admitted),
        )

    def _sees(self, plan: Plan) -> bool:
        return self._desk.role in SEES_PLANS or plan.state in STANDS

    def _plan(self, one: StoredPlan) -> Found:
        stands = one.plan.state in STANDS
        title = tr("Plan, version {number}").format(number=one.plan.version)
        if not stands:
            title = tr("{title} ({state})").format(title=title, state=state_words(one.plan.state)[0])
        return Found(
            rid=one.rid,
            comp=TEAM,
            kind=PLAN if stands else PAST,
            title=title,
            person=one.person,
            id="" if stands else self._beside_next(one),
            words=None if self._desk.role in SEES_PLANS else store.words_of(for_chaplain(one.plan)),
        )

    def _beside_next(self, one: StoredPlan) -> str:
        """The pair of versions that the history shows: this one and the one that came after it, or nothing."""
        later = [
            each for each in store.versions(self._desk.index(TEAM), one.person) if each.plan.version > one.plan.version
        ]
        return f"{one.rid}:{later[-1].rid}" if later else ""

    def _comment(self, rid: str, person: str, comment: Comment) -> Found:
        title = tr("Comment of chaplaincy on {domain}")
        return Found(
            rid=rid,
            comp=TEAM,
            kind=COMMENT,
            title=title.format(domain=tr(self._domains.domain(comment.domain).title)),
            person=person,
        )
