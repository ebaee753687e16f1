"""Chaplains comment on family and faith in a plan; everybody who reads the plan reads the comments (domain.md 4.2)."""

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.people.service import People
from rehabdesk.plans import comment_store
from rehabdesk.plans.comment_model import Comment, StoredComment
from rehabdesk.plans.model import STANDS
from rehabdesk.plans.service import Plans

PAYLOAD_VERSION = 1


class PlanComments:
    """Comments of one unlocked desk."""

    def __init__(self, desk: Desk, people: People, plans: Plans) -> None:
        self._desk, self._people, self._plans = desk, people, plans

    @property
    def may_write(self) -> bool:
        return self._desk.role is Role.CHA

    def write(self, rid: str, domain: str, words: str, *, person_agreed: bool) -> None:
        """Adds a comment beside a version. The person knows of it and agrees."""
        if not self.may_write:
            raise UserError(tr("Only chaplains comment on plans."))
        stored = self._plans.as_it_stands(rid)
        self._people.caseload.require(stored.person)
        if stored.plan.state not in STANDS:
            raise UserError(tr("Comments are written on the plan that counts now. Open that one."), field="state")
        if all(goal.domain != domain for goal in stored.plan.goals):
            raise UserError(tr("There is no goal in that area."), field="domain")
        comment = Comment(plan=stored.plan.plan, domain=domain, words=words.strip(), person_agreed=person_agreed)
        item = NewRecord(
            comp=TEAM,
            kind=comment_store.COMMENT,
            pv=PAYLOAD_VERSION,
            person=stored.person,
            payload=to_payload(comment),
        )
        self._desk.commit("comment_plan", [item])

    def of_version(self, rid: str) -> tuple[StoredComment, ...]:
        """Those on the plan that this version belongs to, newest first."""
        return comment_store.comments(self._desk.index(TEAM), self._plans.as_it_stands(rid).plan.plan)
