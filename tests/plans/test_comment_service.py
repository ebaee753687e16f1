"""What a chaplain reads of a plan and may say on it (domain.md 4.2), and what the person has to ask for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.legal_service import LegalStages
from rehabdesk.people.service import People
from rehabdesk.plans.comment_service import PlanComments
from rehabdesk.plans.history_service import PlanHistory
from rehabdesk.plans.model import NoNeed, Opened
from tests.people.cases import TODAY
from tests.plans.cases import DOMAINS, GOALS, PlanDesk, activate, draft_plan, work

FAITH = replace(GOALS[1], id="g4", domain="PD-6", wording="I study a question that troubles me.")
ASKED = Opened(domain="PD-6", on=TODAY)


def test_a_chaplain_reads_family_and_faith_alone_and_comments_there(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        plan = draft_plan(
            goals=(*GOALS, FAITH), opened=(ASKED,), formulation_shared="Work carries much.", helps="Sewing"
        )
        rid = activate(work(login).plans, person, plan)
    with desk.as_login("plain-lantern") as login:
        plans = work(login).plans
        comments = PlanComments(login, People(login), plans)
        for read in (plans.in_force(person), plans.current(person), *plans.versions(person), plans.as_it_stands(rid)):
            assert read is not None
            assert {goal.domain for goal in read.plan.goals} == {"PD-5", "PD-6"}
            assert (read.plan.formulation_shared, read.plan.helps) == ("", "")
            assert read.plan.agreement_words, "the person's own words stay"
        with pytest.raises(UserError, match="ask the person first"):
            comments.write(rid, "PD-6", "We read together.", person_agreed=False)
        with pytest.raises(UserError, match="no goal in that area"):
            comments.write(rid, "PD-7", "Works hard.", person_agreed=True)
        comments.write(rid, "PD-6", "We read together.", person_agreed=True)
        with pytest.raises(UserError, match="does not compare"):
            PlanHistory(login, People(login), plans, DOMAINS).versions(person)
    with desk.as_login("green-ferry") as login:
        comments = PlanComments(login, People(login), work(login).plans)
        assert [each.comment.words for each in comments.of_version(rid)] == ["We read together."]
        with pytest.raises(UserError, match="Only chaplains comment"):
            comments.write(rid, "PD-5", "Calls weekly.", person_agreed=True)


def test_faith_is_worked_on_for_those_who_ask(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        with pytest.raises(UserError, match="those who ask"):
            plans.propose(plans.start(person, draft_plan(goals=(FAITH,))))
        assert plans.propose(plans.start(person, draft_plan(goals=(FAITH,), opened=(ASKED,)))).plan.opened == (ASKED,)


def test_while_an_appeal_runs_harm_is_worked_on_if_the_person_agrees(desk: PlanDesk, person: str) -> None:
    harm = replace(GOALS[1], domain="PD-9", wording="I understand what happened to those harmed.")
    with desk.as_login("green-ferry") as login:
        people, plans = People(login), work(login).plans
        LegalStages(login, people).change_facts(person, replace(people.legal(person), under_appeal=True))
        with pytest.raises(UserError, match="appeal runs"):
            plans.propose(plans.start(person, draft_plan(goals=(harm,))))
        agreed = draft_plan(goals=(harm,), opened=(Opened(domain="PD-9", on=TODAY),))
        assert plans.propose(plans.start(person, agreed)).plan.goals == (harm,)


def test_before_a_judgment_nothing_of_harm_is_shown_in_history(desk: PlanDesk) -> None:
    person = desk.register(stage=Stage.PRE_TRIAL)
    with desk.as_login("green-ferry") as login:
        people, plans = People(login), work(login).plans
        history = PlanHistory(login, people, plans, DOMAINS)
        assert "PD-9" not in history.shown(person)
        first = activate(plans, person)
        second = plans.propose(plans.revise(person)).rid
        assert {one.rid for one in history.versions(person)} == {first, second}
        assert history.compare(second, first) == history.compare(first, second), "the earlier one is the one before"


def test_nobody_was_asked_tomorrow(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        plans = work(login).plans
        plan = draft_plan(no_need=(NoNeed(domain="PD-3", asked_on=TODAY + timedelta(days=1)),))
        with pytest.raises(UserError, match="lies in the future"):
            plans.propose(plans.start(person, plan))
