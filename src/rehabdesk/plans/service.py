"""What a practitioner can do with a plan. One method is one deed, one transaction, one audit entry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.people.service import People
from rehabdesk.plans import lifecycle_model as lifecycle
from rehabdesk.plans import store
from rehabdesk.plans.comment_model import for_chaplain
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.lifecycle_model import GOAL_MAY_BECOME, MAY_BECOME, STEP_MAY_BECOME
from rehabdesk.plans.mark_model import MARK_VERSION, Mark, marked
from rehabdesk.plans.model import IN_FORCE, Agreement, GoalStatus, Plan, SignOff, StepStatus, VersionState
from rehabdesk.plans.stored_model import PLAN_VERSION, StoredPlan
from rehabdesk.plans.words_model import goal_words, step_words

DRAFT = "plan"
MAY_WRITE = frozenset({Role.CO, Role.PSY, Role.CSUP})
MAY_READ = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.SUP, Role.AUD, Role.CHA})
MAY_SIGN_OFF = frozenset({Role.CO})


class Plans:
    """Plans of one unlocked desk, as this login may use them."""

    def __init__(self, desk: Desk, people: People, domains: Domains) -> None:
        self._desk, self._people, self._domains = desk, people, domains

    # drafts: private to their author until the plan is proposed

    def start(self, person_id: str, plan: Plan) -> str:
        """Keeps a new draft version and gives its id. `plan.plan` may be empty: a new plan."""
        self._require(MAY_WRITE, tr("Case officers and psychologists write plans."))
        self._people.caseload.require(person_id)
        self._people.known.require_here(person_id)
        return self._desk.save_draft(DRAFT, self._as_draft(plan), person=person_id)

    def save_draft(self, draft_id: str, plan: Plan) -> None:
        """Autosave."""
        self._desk.save_draft(DRAFT, self._as_draft(plan), person=self._desk.draft(draft_id).person, draft_id=draft_id)

    def revise(self, person_id: str) -> str:
        """A draft of the next version, from the one in force as it stands today; the person is asked again."""
        stored = self.in_force(person_id)
        if stored is None:
            raise UserError(tr("There is no plan in force. Write a new one."))
        fresh = replace(
            stored.plan,
            agreement=Agreement.NOT_ASKED,
            agreement_words="",
            no_words_because="",
            signoff=SignOff.UNSIGNED,
            review_due=None,
        )
        return self.start(person_id, fresh)

    def now(self) -> datetime:
        """The desk's clock."""
        return self._desk.clock.now()

    # versions

    def propose(self, draft_id: str) -> StoredPlan:
        """Makes the draft a version that can be shown to the person: signed by its author, not edited any more."""
        self._require(MAY_WRITE, tr("Case officers and psychologists write plans."))
        draft = self._desk.draft(draft_id)
        if draft.person is None:
            raise UserError(tr("A plan belongs to a person."), field="person")
        self._people.caseload.require(draft.person)
        self._people.known.require_here(draft.person)
        plan = from_payload(Plan, draft.payload)
        self._require_open(plan, draft.person)
        if any(each.asked_on > local_day(self._desk.clock) for each in plan.no_need):
            raise UserError(tr("The day of asking lies in the future. Correct it."), field="no_need")
        known = store.versions(self._index, draft.person)
        plan = replace(
            plan,
            plan=plan.plan or self._desk.ids(),
            version=1 + max((one.plan.version for one in known), default=0),
            state=VersionState.DRAFT,
            signoff=SignOff.UNSIGNED,
        )
        plan = lifecycle.signed_off(lifecycle.moved(plan, VersionState.PROPOSED), SignOff.SELF_SIGNED)
        older = [one for one in known if one.plan.state is VersionState.PROPOSED]
        items = [self._item(draft.person, plan), *self._replaced(older)]
        record, *_ = self._desk.commit("propose_plan", items, drop_drafts=[draft_id])
        return self._version(record.rid)

    def record_agreement(
        self, rid: str, answer: Agreement, *, words: str = "", no_words_because: str = ""
    ) -> StoredPlan:
        """Records what the person answered, in the person's own words."""
        self._require(MAY_WRITE, tr("Case officers and psychologists record the person's answer."))
        stored = self._version(rid)
        changed = lifecycle.agreed(stored.plan, answer, words=words, no_words_because=no_words_because)
        return self._write("record_agreement", stored, changed)

    def activate(self, rid: str) -> StoredPlan:
        """Brings the version into force; the one before is replaced in the same transaction."""
        self._require(MAY_WRITE, tr("Case officers and psychologists bring a plan into force."))
        self._desk.require_current(TEAM)
        stored = self._version(rid)
        self._require_open(stored.plan, stored.person)
        active = lifecycle.moved(stored.plan, VersionState.ACTIVE)
        others = [one for one in store.versions(self._index, stored.person) if one.rid != rid]
        self._desk.commit("activate_plan", [*self._replaced(others), self._item(stored.person, active, rid)])
        return self._version(rid)

    def move(self, rid: str, to: VersionState, *, because: str = "", words: str = "") -> StoredPlan:
        """Under review, at rest, back in force, or closed, each with its reason where one is due."""
        self._require(MAY_WRITE, tr("Case officers and psychologists bring a plan further."))
        stored = self._version(rid)
        if to is VersionState.ACTIVE and stored.plan.state is VersionState.PROPOSED:
            return self.activate(rid)
        if to in (VersionState.PROPOSED, VersionState.REPLACED):
            raise UserError(tr("That follows by itself from writing another version."), field="state")
        lifecycle.moved(self._with_marks(stored).plan, to, because=because, words=words)  # guards count marks since
        return self._write("move_plan", stored, lifecycle.moved(stored.plan, to, because=because, words=words))

    # the staff's axis

    def sign(self, rid: str) -> StoredPlan:
        """The author signs again what a supervisor returned."""
        self._require(MAY_WRITE, tr("Case officers and psychologists write plans."))
        if self._version(rid).author != self._desk.uid:
            raise UserError(tr("Only its author signs a plan."))
        return self._sign_off(rid, SignOff.SELF_SIGNED)

    def ask_countersign(self, rid: str) -> StoredPlan:
        self._require(MAY_SIGN_OFF, tr("The case officer asks for the countersignature."))
        return self._sign_off(rid, SignOff.AWAITING_COUNTERSIGN)

    def countersign(self, rid: str) -> StoredPlan:
        """The supervisor's approval, by somebody else than the author."""
        self._require(frozenset({Role.SUP}), tr("A supervisor countersigns."))
        if self._version(rid).author == self._desk.uid:
            raise UserError(tr("Nobody countersigns an own plan."))
        return self._sign_off(rid, SignOff.COUNTERSIGNED)

    def return_plan(self, rid: str, reason: str) -> StoredPlan:
        self._require(frozenset({Role.SUP}), tr("A supervisor returns a plan."))
        return self._sign_off(rid, SignOff.RETURNED, reason)

    # marks

    def mark_goal(self, rid: str, goal_id: str, status: GoalStatus, *, reason: str = "", words: str = "") -> None:
        """A new status of a goal; removing needs its reason (A4), taking it up again a note."""
        self._require(MAY_WRITE, tr("Case officers and psychologists keep goals and steps."))
        stored = self._markable(rid)
        present = stored.plan.goal(goal_id).status
        if status not in GOAL_MAY_BECOME[present]:
            sentence = tr("A goal that is {present} cannot become that.")
            raise UserError(sentence.format(present=goal_words(present)[0]), field="status")
        if present is GoalStatus.REMOVED and not words.strip():
            raise UserError(tr("Say why the goal is taken up again."), field="words")
        plan = stored.plan
        mark = Mark(plan=plan.plan, version=plan.version, goal=goal_id, status=status, reason=reason, words=words)
        self._mark(stored, mark)

    def mark_step(self, rid: str, goal_id: str, step_id: str, status: StepStatus, *, words: str = "") -> None:
        self._require(MAY_WRITE, tr("Case officers and psychologists keep goals and steps."))
        stored = self._markable(rid)
        plan = stored.plan
        present = next((step.status for step in plan.goal(goal_id).steps if step.id == step_id), None)
        if present is None:
            raise UserError(tr("That step is not in this plan."), field="step")
        if status not in STEP_MAY_BECOME[present]:
            sentence = tr("A step that is {present} cannot become that.")
            raise UserError(sentence.format(present=step_words(present)[0]), field="status")
        mark = Mark(plan=plan.plan, version=plan.version, goal=goal_id, step=step_id, status=status, words=words)
        self._mark(stored, mark)

    # reading

    def in_force(self, person_id: str) -> StoredPlan | None:
        """The version in force with the marks since, or None."""
        self._may_read(person_id)
        stored = store.in_force(self._index, person_id)
        return None if stored is None else self._with_marks(stored)

    def current(self, person_id: str) -> StoredPlan | None:
        """What is worked on: a proposal, the version in force, or the one that rests; with the marks since."""
        self._may_read(person_id)
        stored = store.current(self._index, person_id)
        return None if stored is None else self._with_marks(stored)

    def versions(self, person_id: str) -> tuple[StoredPlan, ...]:
        """Every version as it was written, newest first."""
        self._may_read(person_id)
        return tuple(self._as_read(one) for one in store.versions(self._index, person_id))

    def as_it_stands(self, rid: str) -> StoredPlan:
        """One version with the marks since."""
        return self._with_marks(self._version(rid))

    def waiting(self) -> tuple[str, ...]:
        """People whose plan waits for a countersignature."""
        self._require(MAY_READ, tr("Your role does not read plans."))
        return store.waiting(self._index)

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _as_draft(self, plan: Plan) -> dict[str, Json]:
        return to_payload(replace(plan, state=VersionState.DRAFT))

    def _version(self, rid: str) -> StoredPlan:
        stored = store.version(self._index, rid)
        if stored is None:
            raise UserError(tr("That plan is not there."))
        self._may_read(stored.person)
        return stored

    def _with_marks(self, stored: StoredPlan) -> StoredPlan:
        return self._as_read(replace(stored, plan=marked(stored.plan, store.marks(self._index, stored.plan))))

    def _as_read(self, stored: StoredPlan) -> StoredPlan:
        """A chaplain reads of a plan what concerns family and faith, and the person's own words (domain.md 4.2)."""
        return replace(stored, plan=for_chaplain(stored.plan)) if self._desk.role is Role.CHA else stored

    def _require_open(self, plan: Plan, person_id: str) -> None:
        known = self._people.known
        convicted, under_appeal = known.convicted(person_id), known.under_appeal(person_id)
        self._domains.require_open(plan, convicted=convicted, under_appeal=under_appeal)

    def _replaced(self, found: Sequence[StoredPlan]) -> list[NewRecord]:
        """Those that a newer version takes the place of."""
        return [
            self._item(one.person, replace(one.plan, state=VersionState.REPLACED), one.rid)
            for one in found
            if VersionState.REPLACED in MAY_BECOME[one.plan.state]
        ]

    def _markable(self, rid: str) -> StoredPlan:
        stored = self._version(rid)
        if stored.plan.state not in IN_FORCE:
            raise UserError(tr("Goals and steps are marked on the plan that is in force."), field="state")
        return self._with_marks(stored)

    def _item(self, person_id: str, plan: Plan, rid: str | None = None) -> NewRecord:
        return NewRecord(
            comp=TEAM, kind=store.PLAN, pv=PLAN_VERSION, person=person_id, payload=to_payload(plan), rid=rid
        )

    def _write(self, deed: str, stored: StoredPlan, changed: Plan) -> StoredPlan:
        self._people.caseload.require(stored.person)
        self._people.known.require_here(stored.person)
        self._desk.commit(deed, [self._item(stored.person, changed, stored.rid)])
        return self._version(stored.rid)

    def _sign_off(self, rid: str, to: SignOff, reason: str = "") -> StoredPlan:
        stored = self._version(rid)
        return self._write("sign_off_plan", stored, lifecycle.signed_off(stored.plan, to, reason=reason))

    def _mark(self, stored: StoredPlan, mark: Mark) -> None:
        self._people.caseload.require(stored.person)
        self._people.known.require_here(stored.person)
        item = NewRecord(comp=TEAM, kind=store.MARK, pv=MARK_VERSION, person=stored.person, payload=to_payload(mark))
        self._desk.commit("mark_plan", [item])

    def _may_read(self, person_id: str) -> None:
        self._require(MAY_READ, tr("Your role does not read plans."))
        self._people.caseload.require(person_id)

    def _require(self, roles: frozenset[Role], sentence: str) -> None:
        if self._desk.role not in roles:
            raise UserError(sentence)
