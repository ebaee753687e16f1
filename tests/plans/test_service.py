"""Plans on a real encrypted desk: drafts, versions, the person's answer, countersignature, goals and steps."""

from dataclasses import replace

import pytest

from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.people.legal_model import Stage
from rehabdesk.plans.model import Agreement, GoalStatus, Plan, SignOff, StepStatus, VersionState
from rehabdesk.plans.smart_model import smart_warnings
from tests.people.cases import TODAY
from tests.plans.cases import GOALS, WORDS, PlanDesk, activate, draft_plan, work


def test_disagreement(desk: PlanDesk, person: str) -> None:
    """Scenario 6: the person rejects goal 3; the plan comes into force with the person's words."""
    words = "I agree with the work and my children. I reject goal 3."
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        rid = plans.propose(plans.start(person, draft_plan())).rid
        with pytest.raises(UserError, match="Ask the person first"):
            plans.activate(rid)
        plans.record_agreement(rid, Agreement.AGREED_IN_PART, words=words)
        plans.activate(rid)
    with desk.as_login("silver-reed") as login:
        stored = work(login).plans.in_force(person)
        assert stored is not None
        assert stored.plan.state is VersionState.ACTIVE
        assert stored.plan.agreement is Agreement.AGREED_IN_PART
        assert stored.plan.agreement_words == words


def test_a_draft_is_its_authors_alone_until_it_is_proposed(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        draft = plans.start(person, draft_plan())
        plans.save_draft(draft, draft_plan(helps="Sewing"))
        assert plans.versions(person) == ()
    with desk.as_login("quiet-orchard") as login, pytest.raises(UserError, match="draft is not there"):
        work(login).plans.propose(draft)
    with desk.as_login("green-ferry") as login:
        proposed = work(login).plans.propose(draft)
        assert proposed.plan.helps == "Sewing"
        assert proposed.plan.signoff is SignOff.SELF_SIGNED
        assert login.drafts() == ()


def test_the_next_version_replaces_the_one_in_force_and_asks_again(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        first = activate(plans, person)
        plans.mark_goal(first, "g1", GoalStatus.ACHIEVED)
        draft = plans.revise(person)
        begun = login.draft(draft)
        assert "agreement" not in begun.payload
        again = replace(
            draft_plan(plan=plans.as_it_stands(first).plan.plan), goals=(replace(GOALS[0], wording="I open a shop."),)
        )
        plans.save_draft(draft, again)
        second = plans.propose(draft)
        assert second.plan.version == 2
        plans.record_agreement(second.rid, Agreement.AGREED, words=WORDS)
        plans.activate(second.rid)
        in_force = plans.in_force(person)
        assert in_force is not None
        assert in_force.rid == second.rid
        assert in_force.plan.goal("g1").status is GoalStatus.ACTIVE, "a mark on version 1 is none on version 2"
        assert [one.plan.state for one in plans.versions(person)] == [VersionState.ACTIVE, VersionState.REPLACED]


def test_a_revision_starts_from_the_plan_as_it_stands(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        rid = activate(plans, person)
        plans.mark_step(rid, "g1", "s1", StepStatus.COMPLETED)
        proposed = plans.propose(plans.revise(person))
        assert proposed.plan.goal("g1").steps[0].status is StepStatus.COMPLETED
        assert proposed.plan.agreement is Agreement.NOT_ASKED


def test_a_suspended_plan_comes_back_only_with_a_goal_to_work_on(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        rid = activate(plans, person, draft_plan(goals=GOALS[:1]))
        plans.mark_goal(rid, "g1", GoalStatus.REMOVED, reason="no_longer_wanted")
        with pytest.raises(UserError, match="from the list why"):
            plans.move(rid, VersionState.SUSPENDED)
        plans.move(rid, VersionState.SUSPENDED, because="hospital")
        with pytest.raises(UserError, match="follows by itself"):
            plans.move(rid, VersionState.REPLACED)
        assert plans.in_force(person) is None
        with pytest.raises(UserError) as refused:
            plans.move(rid, VersionState.ACTIVE)
        assert refused.value.field == "goals"


def test_goals_and_steps_are_marked_on_the_plan_in_force_alone(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        proposed = plans.propose(plans.start(person, draft_plan())).rid
        with pytest.raises(UserError, match="in force"):
            plans.mark_goal(proposed, "g1", GoalStatus.ACHIEVED)
        rid = activate(plans, person)
        with pytest.raises(UserError) as refused:
            plans.mark_goal(rid, "g1", GoalStatus.FUTURE)
        assert refused.value.field == "status"
        with pytest.raises(UserError, match="from the list why"):
            plans.mark_goal(rid, "g1", GoalStatus.REMOVED)
        plans.mark_goal(rid, "g1", GoalStatus.REMOVED, reason="not_possible_here")
        with pytest.raises(UserError, match="taken up again"):
            plans.mark_goal(rid, "g1", GoalStatus.ACTIVE)
        plans.mark_goal(rid, "g1", GoalStatus.ACTIVE, words="The workshop opens in March.")
        with pytest.raises(UserError, match="step is not in this plan"):
            plans.mark_step(rid, "g1", "s9", StepStatus.COMPLETED)
        plans.mark_step(rid, "g1", "s1", StepStatus.COMPLETED)
        with pytest.raises(UserError, match="cannot become that"):
            plans.mark_step(rid, "g1", "s1", StepStatus.NOT_STARTED)


def test_the_supervisor_countersigns_or_returns_and_the_author_stays_the_author(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        plans, author = work(login).plans, login.uid
        rid = activate(plans, person)
        plans.ask_countersign(rid)
        with pytest.raises(UserError, match="supervisor countersigns"):
            plans.countersign(rid)
    with desk.as_login("silver-reed") as login:
        returned = work(login).plans.return_plan(rid, "Add the backup address.")
        assert returned.plan.signoff is SignOff.RETURNED
        assert returned.author == author
    with desk.as_login("calm-harbour") as login, pytest.raises(UserError, match="Only its author"):
        work(login).plans.sign(rid)
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        plans.sign(rid)
        plans.ask_countersign(rid)
    with desk.as_login("silver-reed") as login:
        signed = work(login).plans.countersign(rid)
        assert signed.plan.signoff is SignOff.COUNTERSIGNED
        assert signed.author == author


def test_before_a_conviction_there_is_no_work_on_responsibility(desk: PlanDesk) -> None:
    person = desk.register(stage=Stage.PRE_TRIAL)
    goal = replace(GOALS[0], domain="PD-9")
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        with pytest.raises(UserError, match="not convicted"):
            plans.propose(plans.start(person, draft_plan(goals=(goal,))))


def test_who_writes_reads_and_does_neither(desk: PlanDesk, person: str) -> None:
    with desk.as_login("calm-harbour") as login:
        activate(work(login).plans, person)
    with desk.as_login("warm-bridge") as login, pytest.raises(UserError, match="not assigned"):
        work(login).plans.in_force(person)
    with desk.as_login("plain-lantern") as login:
        plans = work(login).plans
        assert plans.in_force(person) is not None
        with pytest.raises(UserError):
            plans.start(person, draft_plan())
    with desk.as_login("north-window") as login:
        plans = work(login).plans
        assert len(plans.versions(person)) == 1
        with pytest.raises(UserError):
            plans.start(person, draft_plan())
    with desk.as_login("amber-kite") as login, pytest.raises((UserError, NoKey)):
        work(login).plans.in_force(person)


def test_goals_are_found_by_their_words_in_any_script(desk: PlanDesk, person: str) -> None:
    plan: Plan = draft_plan(goals=(replace(GOALS[0], wording="أريد أن أُكمل شهادة الخياطة"),))
    with desk.as_login("green-ferry") as login:
        rid = activate(work(login).plans, person, plan)
        assert login.index("team").match("اكمل شهاده", scope=(person, "plan")) == [rid]


def test_warnings_never_stop_a_plan(desk: PlanDesk, person: str) -> None:
    bare = draft_plan(goals=(replace(GOALS[1]),))
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        assert len(smart_warnings(bare.goals[0], TODAY)) == 4
        activate(plans, person, bare)


def test_the_index_built_anew_shows_the_same(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        rid = activate(plans, person)
        plans.mark_step(rid, "g1", "s1", StepStatus.COMPLETED)
        before = plans.in_force(person)
        assert before is not None
    desk.drop_indexes()
    with desk.as_login("green-ferry") as login:
        assert work(login).plans.in_force(person) == before
