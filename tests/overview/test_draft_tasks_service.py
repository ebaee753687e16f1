"""Drafts of minutes and plans on the day of whoever types them, and as a number on the supervisor's."""

from datetime import timedelta

from rehabdesk.access.drafts_service import OldDrafts
from rehabdesk.access.service import Desk
from rehabdesk.overview.day_service import Task
from rehabdesk.overview.draft_tasks_service import draft_tasks
from rehabdesk.plans.conferences.conference_typed_model import TypedMinutes
from rehabdesk.plans.conferences.conference_writing_service import MINUTES_DRAFT, MinutesWriting
from rehabdesk.plans.typed_model import TypedPlan
from rehabdesk.plans.writing_service import TYPED as PLAN_DRAFT
from rehabdesk.plans.writing_service import PlanWriting
from tests.plans.cases import PlanDesk, work
from tests.plans.conferences import conferences, hold, minutes, uid_of

OFFICER, OTHER, SUP = "green-ferry", "quiet-orchard", "silver-reed"
SECRET = "Quicksilver marmots"


def tasks(login: Desk) -> list[Task]:
    here = work(login)
    return draft_tasks(
        MinutesWriting(login, conferences(login)),
        PlanWriting(login, here.people, here.plans),
        lambda _person: "Idrissa",
    )


def test_minutes_and_plans_nag_at_a_day_and_count_at_three(desk: PlanDesk) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as login:
        here, officer = work(login), login.uid
        rid = hold(conferences(login), person)
        MinutesWriting(login, conferences(login)).keep(person, TypedMinutes(conference=rid, summary=SECRET), None)
        plan = PlanWriting(login, here.people, here.plans).keep(person, TypedPlan(strengths=SECRET))
        assert [(task.tag, task.page, task.person, task.id) for task in tasks(login)] == [
            (("Draft", "grey"), "minutes", person, rid),
            (("Draft", "grey"), "plan_write", person, plan),
        ]
    desk.clock.advance(timedelta(hours=25))
    with desk.as_login(OFFICER) as login:
        assert [task.tag for task in tasks(login)] == [("Draft, 1 day", "amber")] * 2
    with desk.as_login(SUP) as login:
        assert OldDrafts(login, (MINUTES_DRAFT, PLAN_DRAFT)).by_member() == {}
        assert tasks(login) == []
    desk.clock.advance(timedelta(hours=48))
    with desk.as_login(SUP) as login:
        assert OldDrafts(login, (MINUTES_DRAFT, PLAN_DRAFT)).by_member() == {officer: 2}
        assert OldDrafts(login, (PLAN_DRAFT,)).by_member() == {officer: 1}
    with desk.as_login(OFFICER) as login:
        assert {task.detail for task in tasks(login)} == {"Now on the supervisor's count"}
        assert SECRET not in str(tasks(login))


def test_minutes_that_newer_ones_overtook_say_so_and_lead_to_both(desk: PlanDesk) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as login:
        rid = hold(conferences(login), person, chair=uid_of(login, SUP))
        draft = MinutesWriting(login, conferences(login)).keep(person, TypedMinutes(conference=rid), None)
    with desk.as_login(OTHER) as login:
        conferences(login).lay(rid, minutes(login.uid), {})
    with desk.as_login(OFFICER) as login:
        (task,) = tasks(login)
        assert "there are newer ones" in task.words
        assert (task.act, task.page, task.id) == ("Compare", "minutes", f"{rid}:{draft}")
