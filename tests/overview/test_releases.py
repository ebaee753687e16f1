"""Releases by weeks left: the days of lists and register, what is open in words, and nothing but the calendar."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.overview.release_tasks_service import ReleaseDay, condition_tasks
from rehabdesk.overview.releases_model import ReleaseLine, Span, left_words, open_words, span_of
from rehabdesk.overview.releases_service import ReleaseBoard
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.release_service import Leaving
from rehabdesk.people.service import People
from rehabdesk.readiness.condition_model import Understood
from rehabdesk.readiness.model import ItemStatus
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.standing_service import Standings
from rehabdesk.readiness.template_service import load_templates
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk
from tests.readiness.test_service import CONDITION

TEMPLATES = load_templates()


def board_of(desk: Desk) -> ReleaseBoard:
    people = People(desk)
    return ReleaseBoard(people, Leaving(desk, people.caseload), Standings(desk, people, TEMPLATES))


def plan(desk: Desk, person: str, days: int, *, with_list: bool, short_notice: bool = False) -> None:
    people, day = People(desk), TODAY + timedelta(days=days)
    people.plan_release(
        person, day, on=TODAY, source=DateSource.COURT, route=ReleaseRoute.PARDON, short_notice=short_notice
    )
    if with_list:
        Releases(desk, people, TEMPLATES).open_list(person, day, short_notice=short_notice)


@pytest.mark.parametrize(
    ("days", "span"),
    [
        (-1, Span.PASSED),
        (0, Span.WEEK),
        (6, Span.WEEK),
        (7, Span.MONTH),
        (27, Span.MONTH),
        (28, Span.QUARTER),
        (83, Span.QUARTER),
        (84, Span.HALF_YEAR),
        (181, Span.HALF_YEAR),
        (182, Span.LATER),
    ],
)
def test_a_day_belongs_to_the_weeks_that_are_left(days: int, span: Span) -> None:
    assert span_of(TODAY + timedelta(days=days), TODAY) is span


def test_no_day_is_a_part_of_its_own() -> None:
    assert span_of(None, TODAY) is Span.UNKNOWN
    assert left_words(None, TODAY) == ""
    assert left_words(TODAY, TODAY) == "today"
    assert left_words(TODAY - timedelta(days=1), TODAY) == "1 day ago"


def test_what_is_open_is_said_by_what_it_holds_back() -> None:
    line = ReleaseLine(person="p", name="Idrissa K.", case_ref="24-017", unit="", day=date(2027, 1, 8))
    assert open_words(line) == "The checklist has not been started."
    listed = ReleaseLine(person="p", name="", case_ref="", unit="", day=date(2027, 1, 8), has_list=True)
    assert open_words(listed) == "Nothing is open."
    busy = ReleaseLine(
        person="p", name="", case_ref="", unit="", day=None, has_list=True, needed=1, to_look_at=2, other=3, late=4
    )
    assert open_words(busy) == "4 overdue · 1 needed for “ready” · 2 to look at · 3 others"


def test_releases_stand_by_day_with_and_without_a_list_and_those_without_a_day_last(desk: PlanDesk) -> None:
    cases = [desk.register(f"24-{number}") for number in range(100, 106)]
    with desk.as_login("green-ferry") as login:
        plan(login, cases[0], 60, with_list=True)
        plan(login, cases[1], 2, with_list=True, short_notice=True)
        plan(login, cases[2], 300, with_list=False)
        plan(login, cases[3], 20, with_list=False)
        plan(login, cases[4], 10, with_list=True)
        People(login).set_stage(cases[4], Stage.TRANSFERRED, on=TODAY, source=DateSource.REGISTRY)
        board = board_of(login)
        dated = board.dated(mine=True)
        assert [line.case_ref for line in dated] == ["24-101", "24-103", "24-100", "24-102"]
        assert [line.short_notice for line in dated] == [True, False, False, False]
        assert [line.has_list for line in dated] == [True, False, True, False]
        first = dated[0]
        assert (first.needed, first.to_look_at, first.other, first.late) == (13, 17, 14, 0)
        assert [line.case_ref for line in board.undated(mine=True)] == ["24-105"]
        assert board.undated(mine=True, after=board.undated(mine=True)[-1]) == ()
    with desk.as_login("quiet-orchard") as login:
        board = board_of(login)
        assert board.dated(mine=True) == ()
        assert len(board.dated(mine=False)) == 4
    with desk.as_login("plain-lantern") as login, pytest.raises(UserError):
        board_of(login).dated(mine=False)


def test_who_has_left_stays_until_the_list_ends(desk: PlanDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as login:
        plan(login, person, 0, with_list=True)
        People(login).record_release(
            person, Stage.RELEASED_SUPERVISED, on=TODAY, source=DateSource.COURT, route=ReleaseRoute.PARDON
        )
    desk.clock.advance(timedelta(days=2))
    with desk.as_login("silver-reed") as login:
        (line,) = board_of(login).dated(mine=False)
        assert line.left
        assert line.day is not None
        assert span_of(line.day, board_of(login).today()) is Span.PASSED


def test_a_day_has_the_own_cases_and_says_who_has_no_list(desk: PlanDesk) -> None:
    first, second = desk.register("24-100"), desk.register("24-101")
    with desk.as_login("green-ferry") as login:
        plan(login, first, 45, with_list=True)
        plan(login, second, 50, with_list=False)
        day = ReleaseDay(login, board_of(login))
        tasks = day.tasks()
        assert [(task.tag[0], task.person) for task in tasks] == [("Overdue", first), ("Not started", second)]
        assert [one.person for one in day.coming()] == [first, second]
        week = day.this_week()
        assert [line.item.due for line in week] == sorted(line.item.due for line in week)
        assert all(TODAY < line.item.due <= TODAY + timedelta(days=7) for line in week)
    with desk.as_login("quiet-orchard") as login:
        day = ReleaseDay(login, board_of(login))
        assert (day.tasks(), day.coming(), day.this_week()) == ([], (), ()), "other officers' cases are theirs"
    with desk.as_login("plain-lantern") as login:
        mine = [task for task in ReleaseDay(login, board_of(login)).tasks() if task.person == first]
        assert [without(task.detail) for task in mine] == ["3 things for you"], "the chaplain's own items alone"
        assert ReleaseDay(login, board_of(login)).coming() == (), "and of no day of a release"
        service = Releases(login, People(login), TEMPLATES)
        for code in ("RR-C1", "RR-G1", "RR-G3", "RR-G2"):
            service.mark(first, code, ItemStatus.DECLINED, offered_help=True)
        assert ReleaseDay(login, board_of(login)).tasks() == []
    with desk.as_login("silver-reed") as login:
        day = ReleaseDay(login, board_of(login))
        assert day.tasks() == [], "a supervisor has no items of a caseload"
        assert len(day.coming()) == 2
    with desk.as_login("amber-kite") as login:
        day = ReleaseDay(login, board_of(login))
        assert (day.sees, day.tasks(), day.coming()) == (False, [], ())


def test_a_release_at_short_notice_comes_before_what_is_late(desk: PlanDesk) -> None:
    late, sudden = desk.register("24-100"), desk.register("24-101")
    with desk.as_login("green-ferry") as login:
        plan(login, late, 3, with_list=True)
        plan(login, sudden, 20, with_list=True, short_notice=True)
        tasks = ReleaseDay(login, board_of(login)).tasks()
        assert [(task.person, task.order, task.tag[0]) for task in tasks] == [
            (sudden, 0, "Due today"),
            (late, 0, "Overdue"),
        ]


def test_who_said_no_is_asked_again_on_the_day_and_it_is_never_late(desk: PlanDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as login:
        plan(login, person, 170, with_list=True)
    with desk.as_login("plain-lantern") as login:
        service, board = Releases(login, People(login), TEMPLATES), board_of(login)
        service.mark(person, "RR-G3", ItemStatus.DECLINED, offered_help=True, ask_again=TODAY + timedelta(days=5))
        day = ReleaseDay(login, board)
        assert [(line.item.template.code, line.item.due) for line in day.this_week()] == [
            ("RR-G3", TODAY + timedelta(days=5))
        ]
        assert day.tasks() == []
    desk.clock.advance(timedelta(days=6))
    with desk.as_login("plain-lantern") as login:
        (task,) = ReleaseDay(login, board_of(login)).tasks()
        assert (without(task.words), task.tag[0]) == ("Ask Idrissa K. again", "Due today")
    with desk.as_login("green-ferry") as login:
        words = [without(task.words) for task in ReleaseDay(login, board_of(login)).tasks()]
        assert "Ask Idrissa K. again" in words, "an item that names both is asked by either"


def test_what_a_condition_means_is_asked_again_on_the_day(desk: PlanDesk) -> None:
    person, day = desk.register(), TODAY + timedelta(days=3)
    with desk.as_login("green-ferry") as login:
        held = Releases(login, People(login), TEMPLATES).conditions
        for text in ("I meet my officer every Monday.", "I meet my officer every Friday."):
            rid = held.add(person, replace(CONDITION, text_plain=text)).rid
            held.explain(rid, on=TODAY, language="dje", understood=Understood.PARTLY, ask_again=day)
        assert condition_tasks(held, str) == []
    desk.clock.advance(timedelta(days=4))
    desk.drop_indexes()
    with desk.as_login("green-ferry") as login:
        held = Releases(login, People(login), TEMPLATES).conditions
        (task,) = condition_tasks(held, lambda _person: "Idrissa")
        assert (without(task.words), task.detail) == ("Ask Idrissa again about the conditions", "2 conditions")
        held.explain(rid, on=TODAY, language="dje", understood=Understood.YES)
        (task,) = condition_tasks(held, str)
        assert task.detail == "1 condition"
    with desk.as_login("quiet-orchard") as login:
        assert condition_tasks(Releases(login, People(login), TEMPLATES).conditions, str) == []


def without(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")
