"""What lists show of checklists is what the lists themselves say, by two questions however many there are."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.db.index import IndexFile
from rehabdesk.db.projection import TEAM
from rehabdesk.people.service import People
from rehabdesk.readiness.model import Blocking, ItemMark, ItemStatus, ListState, items_of
from rehabdesk.readiness.site_service import SiteChecklists
from rehabdesk.readiness.standing_model import KeptList, kept_of, standing_of
from rehabdesk.readiness.standing_service import Standings
from tests.counters.meters import counting, plan_of
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk
from tests.readiness.test_model import CODES, LIST, SHORT, TEMPLATE, mark
from tests.readiness.test_model import TODAY as DAY
from tests.readiness.test_service import RELEASE, TEMPLATES, releases

SAYS: tuple[Mapping[str, Any], ...] = (
    {"status": ItemStatus.IN_PROGRESS},
    {"status": ItemStatus.DONE, "evidence": "seen"},
    {"status": ItemStatus.DECLINED, "offered_help": True},
    {"status": ItemStatus.DECLINED, "offered_help": True, "ask_again": date(2026, 12, 24)},
    {"status": ItemStatus.BLOCKED, "reason": "no papers"},
    {"status": ItemStatus.WAIVED, "reason": "agreed"},
    {"comment": "asked again"},
    {"due_cleared": True},
    {"taken_back": True},
    {"due": date(2026, 12, 1)},
    {"due": date(2027, 3, 1)},
)
MARKS = st.lists(st.tuples(st.sampled_from(CODES[:6]), st.sampled_from(SAYS)), max_size=24)


@given(MARKS, st.booleans())
def test_what_is_kept_of_an_item_says_the_same_as_all_its_marks(
    marked: list[tuple[str, Mapping[str, Any]]], short: bool
) -> None:
    checklist = SHORT if short else LIST
    marks: list[ItemMark] = [mark(code, **says) for code, says in marked]
    whole = items_of(TEMPLATE, checklist, tuple((one, "uco") for one in marks), DAY)
    kept = {code: kept_of([one for one in marks if one.item == code]) for code in {one.item for one in marks}}

    found = standing_of(KeptList(rid="c", person="p", checklist=checklist, items=kept), TEMPLATE, lambda _item: True)

    assert {(item.template.code, item.due) for item in found.open} == {
        (item.template.code, item.due) for item in whole if item.open
    }
    assert {(item.template.code, item.due) for item in found.again} == {
        (item.template.code, item.ask_again) for item in whole if item.ask_again
    }
    assert found.done == sum(not item.open for item in whole)
    assert len(found.late(DAY)) == sum(item.is_overdue(DAY) for item in whole)
    for blocking in Blocking:
        assert found.open_of(blocking) == sum(item.open and item.template.blocking is blocking for item in whole)
    assert [item.due for item in found.open] == sorted(item.due for item in found.open)


def standings(desk: Desk) -> Standings:
    return Standings(desk, People(desk), TEMPLATES)


def test_a_list_of_lists_says_what_each_of_them_says_to_every_role(desk: PlanDesk, person: str) -> None:
    other = desk.register("24-018")
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        service.open_list(person, RELEASE)
        service.open_list(other, TODAY, short_notice=True)
        service.mark(person, "RR-B1", ItemStatus.DONE, evidence="letter")
        service.set_due(person, "RR-B2", TODAY + timedelta(days=3))
        service.set_due(person, "RR-B2", None)
    desk.drop_indexes()
    for sign_in in ("green-ferry", "calm-harbour", "plain-lantern", "silver-reed", "north-window"):
        with desk.as_login(sign_in) as login:
            found = standings(login).running()
            assert [one.person for one in found] == [other, person]
            assert [one.short_notice for one in found] == [True, False]
            for one in found:
                whole = releases(login).of_person(one.person)
                assert whole is not None
                assert (one.done, one.count) == (sum(not item.open for item in whole.items), len(whole.items))
                assert {item.template.code for item in one.open} == {
                    item.template.code for item in whole.items if item.open
                }
    with desk.as_login("warm-bridge") as login:
        assert standings(login).running() == (), "another psychologist's cases are not there"
    with desk.as_login("quiet-orchard") as login:
        assert len(standings(login).running()) == 2
        assert standings(login).running(mine=True) == ()
        releases(login).end_list(other, ListState.HANDED_OVER)
        assert [one.person for one in standings(login).running(within=timedelta(days=60))] == [person]
        assert standings(login).running(within=timedelta(days=10)) == ()
    with desk.as_login("amber-kite") as login, pytest.raises(UserError):
        standings(login).running()


def test_a_list_made_with_the_sites_own_days_stands_beside_the_others(desk: PlanDesk, person: str) -> None:
    other = desk.register("24-018")
    with desk.as_login("green-ferry") as login:
        releases(login).open_list(person, RELEASE)
    with desk.as_login("amber-kite") as login:
        SiteChecklists(login, TEMPLATES).set_offset("RR-E3", -44)
    with desk.as_login("green-ferry") as login:
        releases(login).open_list(other, RELEASE)
        found = {one.person: {item.template.code: item.due for item in one.open} for one in standings(login).running()}
        days = (RELEASE - timedelta(days=30), RELEASE - timedelta(days=44))
        assert (found[person]["RR-E3"], found[other]["RR-E3"]) == days


def test_many_lists_are_read_by_two_questions_and_none_walks_a_table(desk: PlanDesk, person: str) -> None:
    people = [person, *(desk.register(f"24-{number}") for number in range(100, 103))]
    with desk.as_login("green-ferry") as login:
        for each in people:
            releases(login).open_list(each, RELEASE)
            releases(login).mark(each, "RR-B1", ItemStatus.DONE, evidence="letter")
        index = login.index(TEAM)
        assert isinstance(index, IndexFile)
        with counting(index) as counted:
            assert len(standings(login).running()) == 4
        questions = [sql for sql in counted.reading() if "checklist" in sql]
        assert len(questions) == 2
        steps = [step for sql in questions for step in plan_of(index, sql)]
        assert not [step for step in steps if "TEMP B-TREE" in step or ("SCAN" in step and "json_each" not in step)]
