"""Random walks through the services against the tables of domain.md 6.3 and 6.4, written down here a second time.

What the tables allow is done, what they forbid is refused and changes nothing. The seed of each walk is in its name.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.model import (
    Agreement,
    ClosedBecause,
    GoalStatus,
    Plan,
    RemovalReason,
    StepStatus,
    SuspendedBecause,
)
from rehabdesk.plans.model import SignOff as Signed
from rehabdesk.plans.model import VersionState as State
from rehabdesk.plans.programmes.intervention_model import InterventionState, Outcome
from rehabdesk.plans.service import Plans
from tests.people.cases import TODAY
from tests.plans.cases import GOALS, PlanDesk, activate, draft_plan, work
from tests.plans.programmes import course, programmes

SEEDS = (3, 17)
DEEDS = 80

VERSION = {
    "proposed": {"active", "closed"},
    "active": {"under_review", "suspended", "closed"},
    "under_review": {"active", "suspended", "closed"},
    "suspended": {"active", "closed"},
    "closed": set(),
}
SIGN_OFF = {
    "unsigned": {"self_signed"},
    "self_signed": {"awaiting_countersign"},
    "awaiting_countersign": {"countersigned", "returned"},
    "returned": {"self_signed"},
    "countersigned": set(),
}
GOAL = {
    "future": {"active", "removed"},
    "active": {"achieved", "partly_achieved", "carried_over", "removed"},
    "achieved": {"active"},
    "partly_achieved": {"active", "achieved", "removed"},
    "carried_over": {"active", "removed"},
    "removed": {"active"},
}
STEP = {
    "not_started": {"in_progress", "completed", "cannot_be_done_yet", "no_longer_needed"},
    "in_progress": {"completed", "cannot_be_done_yet", "no_longer_needed"},
    "completed": {"in_progress", "cannot_be_done_yet", "no_longer_needed"},
    "cannot_be_done_yet": {"in_progress", "completed", "no_longer_needed"},
    "no_longer_needed": {"in_progress", "completed", "cannot_be_done_yet"},
}
TRIED = [*[State.ACTIVE, State.UNDER_REVIEW, State.SUSPENDED] * 4, State.PROPOSED, State.REPLACED, State.CLOSED]
"""Where a walk wants to go next; ends are rare, or every walk would be short."""
PROGRAMME = {"planned": {"running", "ended"}, "running": {"ended"}, "ended": {"running"}}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> PlanDesk:
    folder: Path = tmp_path_factory.mktemp("walks")
    return PlanDesk(folder / "desk", folder / "profile")


def agrees(do: Callable[[], object], *, allowed: bool, what: str) -> None:
    """The deed is done exactly where the table and the guards allow it."""
    refusal = ""
    try:
        do()
    except UserError as refused:
        refusal = refused.sentence
    assert (refusal == "") == allowed, f"{what}: {refusal or 'done'}"


@pytest.mark.parametrize("seed", SEEDS)
def test_versions_and_answers(desk: PlanDesk, seed: int) -> None:
    """Guards: an answer, words or a reason for none, an approach goal, a review date, a reason for rest and end."""
    person, rng = desk.register(f"24-{seed:03}"), random.Random(seed)
    seen: set[tuple[str, str]] = set()
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        rid = fresh(plans, person, rng)
        for _ in range(DEEDS):
            before = plans.as_it_stands(rid).plan
            if before.state in (State.CLOSED, State.REPLACED) or rng.random() < 0.04:
                rid = fresh(plans, person, rng)
                continue
            if rng.random() < 0.4:
                answer = rng.choice(list(Agreement))
                words, none = rng.choice(["", "I want the work."]), rng.choice(["", "In hospital."])
                asked = answer is not Agreement.NOT_ASKED and (answer is not Agreement.COULD_NOT_BE_ASKED or bool(none))
                guarded = before.state in (State.ACTIVE, State.UNDER_REVIEW)
                agrees(
                    partial(plans.record_agreement, rid, answer, words=words, no_words_because=none),
                    allowed=asked and (bool(words or none) or not guarded),
                    what=f"{before.state}: {answer}, {words!r}, {none!r}",
                )
            else:
                to = rng.choice(TRIED)
                codes = [*SuspendedBecause, *SuspendedBecause, *ClosedBecause, ""]
                because = str(rng.choice(codes)) if to in (State.SUSPENDED, State.CLOSED) else ""
                agrees(
                    partial(plans.move, rid, to, because=because, words="Said." if because else ""),
                    allowed=to in VERSION[before.state] and may_move(before, to, because),
                    what=f"{before.state} -> {to} ({because})",
                )
            after = plans.as_it_stands(rid).plan
            assert after.state is before.state or after.state in VERSION[before.state]
            assert after.signoff is before.signoff, "the axes do not move each other"
            in_force = [one for one in plans.versions(person) if one.plan.state in (State.ACTIVE, State.UNDER_REVIEW)]
            assert len(in_force) <= 1
            seen.add((before.state, after.state))
    assert len({pair for pair in seen if pair[0] != pair[1]}) >= 5, "the walk went somewhere"


def fresh(plans: Plans, person: str, rng: random.Random) -> str:
    """A proposal; some lack a goal that says what to do, some a day of review. An older proposal is replaced."""
    goals = GOALS if rng.random() < 0.7 else (replace(GOALS[0], approach=False),)
    review = TODAY + timedelta(days=45) if rng.random() < 0.7 else None
    rid = plans.propose(plans.start(person, draft_plan(goals=goals, review_due=review))).rid
    assert [one.rid for one in plans.versions(person) if one.plan.state is State.PROPOSED] == [rid]
    return rid


def may_move(plan: Plan, to: State, because: str) -> bool:
    """The guards of domain.md 6.3, and the reasons of A5 and 6.3."""
    if to is State.ACTIVE:
        asked = plan.agreement is not Agreement.NOT_ASKED
        words = plan.agreement_words or plan.no_words_because
        goals = any(goal.approach for goal in plan.goals)
        withdrew = plan.state is State.SUSPENDED and plan.agreement is Agreement.WITHDREW
        return bool(asked and words and goals and plan.review_due and not withdrew)
    if to is State.SUSPENDED:
        return because in [str(each) for each in SuspendedBecause]
    return to is not State.CLOSED or because in [str(each) for each in ClosedBecause]


@pytest.mark.parametrize("seed", SEEDS)
def test_goals_and_steps(desk: PlanDesk, seed: int) -> None:
    """Guards: a reason of the list for removing, a note for taking up again; only on the version in force."""
    person, rng = desk.register(f"25-{seed:03}"), random.Random(seed)
    goals = (GOALS[0], replace(GOALS[1], status=GoalStatus.FUTURE), GOALS[2])
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        rid = activate(plans, person, draft_plan(goals=goals))
        for _ in range(DEEDS):
            plan = plans.as_it_stands(rid).plan
            if rng.random() < 0.5:
                goal, to = rng.choice(plan.goals), rng.choice(list(GoalStatus))
                reason, words = rng.choice(["", *RemovalReason]), rng.choice(["", "Because."])
                because = reason if to is GoalStatus.REMOVED or rng.random() < 0.2 else ""
                removes = bool(because) and not (because == "other" and not words)
                allowed = to in GOAL[goal.status] and (removes if to is GoalStatus.REMOVED else not because)
                if goal.status is GoalStatus.REMOVED:
                    allowed = allowed and bool(words)
                agrees(
                    partial(plans.mark_goal, rid, goal.id, to, reason=because, words=words),
                    allowed=allowed,
                    what=f"{goal.status} -> {to} ({because!r}, {words!r})",
                )
                now = plans.as_it_stands(rid).plan.goal(goal.id)
                assert now.status is (to if allowed else goal.status)
                assert (now.removed_because is not None) == (now.status is GoalStatus.REMOVED)
            else:
                step, wanted = rng.choice(plan.goals[0].steps), rng.choice(list(StepStatus))
                agrees(
                    partial(plans.mark_step, rid, "g1", step.id, wanted),
                    allowed=wanted in STEP[step.status],
                    what=f"{step.status} -> {wanted}",
                )
        plans.move(rid, State.SUSPENDED, because="hospital")
        with pytest.raises(UserError, match="in force"):
            plans.mark_step(rid, "g1", "s1", StepStatus.COMPLETED)


def test_sign_off(desk: PlanDesk) -> None:
    """Each side tries everything at each state; the author signs, a case officer asks, a supervisor answers."""
    person, rid = desk.register("26-001"), ""
    for sign_in, wanted in (
        ("green-ferry", ["self_signed", "awaiting_countersign"]),
        ("silver-reed", ["awaiting_countersign", "returned"]),
        ("green-ferry", ["returned", "self_signed", "awaiting_countersign"]),
        ("silver-reed", ["awaiting_countersign", "countersigned"]),
        ("green-ferry", ["countersigned"]),
    ):
        with desk.as_login(sign_in) as login:
            plans = work(login).plans
            rid = rid or activate(plans, person)
            deeds: dict[Signed, Callable[[], object]] = {
                Signed.SELF_SIGNED: partial(plans.sign, rid),
                Signed.AWAITING_COUNTERSIGN: partial(plans.ask_countersign, rid),
                Signed.COUNTERSIGNED: partial(plans.countersign, rid),
                Signed.RETURNED: partial(plans.return_plan, rid, "Add the address."),
            }
            mine = {"green-ferry": set(list(deeds)[:2]), "silver-reed": set(list(deeds)[2:])}[sign_in]
            for at, following in zip(wanted, [*wanted[1:], ""], strict=True):
                assert plans.as_it_stands(rid).plan.signoff == at
                for to, do in deeds.items():
                    if to not in mine or to not in SIGN_OFF[at]:
                        agrees(do, allowed=False, what=f"{sign_in}: {at} -> {to}")
                if following:
                    agrees(deeds[Signed(following)], allowed=True, what=f"{sign_in}: {at} -> {following}")
            state = plans.as_it_stands(rid).plan
            assert (state.state, state.agreement) == (State.ACTIVE, Agreement.AGREED), "the other axes stay"


@pytest.mark.parametrize("seed", SEEDS)
def test_programmes(desk: PlanDesk, seed: int) -> None:
    """Guards: what never began did not start, what began did; a note for what goes on."""
    person, rng = desk.register(f"27-{seed:03}"), random.Random(seed)
    with desk.as_login("green-ferry") as login:
        kept = programmes(login, People(login), load_domains())
        rids = [kept.record(person, course(start=TODAY + timedelta(days=days))).rid for days in (-30, -10, 5, 9)]
        for _ in range(DEEDS):
            rid = rng.choice(rids)
            one = next(each.intervention for each in kept.of_person(person) if each.rid == rid)
            kind, words = rng.choice(["begin", "end", "go_on"]), rng.choice(["", "The machine is mended."])
            outcome = rng.choice(list(Outcome))
            never = one.state is InterventionState.PLANNED
            allowed = {
                "begin": never,
                "end": "ended" in PROGRAMME[one.state] and never == (outcome is Outcome.DID_NOT_START),
                "go_on": one.state is InterventionState.ENDED
                and one.outcome is not Outcome.DID_NOT_START
                and bool(words),
            }[kind]
            deeds: dict[str, Callable[[], object]] = {
                "begin": partial(kept.begin, rid, TODAY),
                "end": partial(kept.end, rid, outcome, TODAY),
                "go_on": partial(kept.go_on, rid, words),
            }
            agrees(deeds[kind], allowed=allowed, what=f"{one.state}: {kind} {outcome} {words!r}")
            after = next(each.intervention for each in kept.of_person(person) if each.rid == rid)
            assert after.state is one.state or after.state in PROGRAMME[one.state]
            assert (after.outcome is not None) == (after.state is InterventionState.ENDED)
