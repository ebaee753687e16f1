"""Checklists and conditions on a real encrypted desk."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.service import People
from rehabdesk.readiness.condition_model import Condition, Understood
from rehabdesk.readiness.item_state_model import TICKED
from rehabdesk.readiness.model import SEALING_ITEM, Blocking, ItemStatus, ListState, Mode, Side
from rehabdesk.readiness.opening_service import Openings
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import load_templates
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk

TEMPLATES = load_templates()
RELEASE = TODAY + timedelta(days=45)
CONDITION = Condition(
    category="reporting",
    text_official="Se présenter chaque lundi.",
    text_plain="I meet my officer every Monday.",
    start=RELEASE,
    source="Court decision 214",
)


def releases(desk: Desk) -> Releases:
    return Releases(desk, People(desk), TEMPLATES)


@pytest.fixture
def listed(desk: PlanDesk, person: str) -> str:
    """The person, with a running list."""
    with desk.as_login("green-ferry") as login:
        releases(login).open_list(person, RELEASE)
    return person


def test_a_list_has_44_items_and_is_made_once(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("green-ferry") as login:
        found = releases(login).of_person(listed)
        assert found is not None
        assert len(found.items) == 44
        assert found.state is ListState.OPEN
        assert found.item("RR-B4").due == RELEASE - timedelta(days=7)
        with pytest.raises(UserError, match="is running"):
            releases(login).open_list(listed, RELEASE)


def test_release_without_readiness(desk: PlanDesk, listed: str) -> None:
    """Scenario 19: blocking items are open on the day; the release is recorded, the list lacks the word and says so."""
    with desk.as_login("green-ferry") as login:
        people, service = People(login), releases(login)
        people.plan_release(
            listed, TODAY, on=TODAY, source=DateSource.COURT, route=ReleaseRoute.PARDON, short_notice=True
        )
        service.move_release(listed, TODAY, short_notice=True)
        episode = people.record_release(
            listed, Stage.RELEASED_SUPERVISED, on=TODAY, source=DateSource.COURT, route=ReleaseRoute.PARDON
        )
        assert episode.stage is Stage.RELEASED_SUPERVISED
        found = service.of_person(listed)
        assert found is not None
        assert found.state is ListState.OPEN
        assert len(found.open_blocking) == 13
        assert all(item.side in Side for item in found.open_blocking)
        service.mark(listed, "RR-K1", ItemStatus.DONE, evidence="Receipt 4417")
        service.end_list(listed, ListState.HANDED_OVER)
        assert service.of_person(listed) is not None


def test_done_needs_evidence_and_effort_stays_in_progress(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        with pytest.raises(UserError) as refused:
            service.mark(listed, "RR-A3", ItemStatus.DONE)
        assert refused.value.field == "evidence"
        service.mark(listed, "RR-A3", ItemStatus.IN_PROGRESS, comment="Office closed.")
        found = service.mark(listed, "RR-A3", ItemStatus.DONE, evidence="Receipt 12")
        assert found.item("RR-A3").evidence == "Receipt 12"
        assert found.item("RR-A3").marked_by == login.uid


def test_the_supervisor_alone_waives_and_only_what_holds_the_word_back(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        with pytest.raises(UserError, match="supervisor waives"):
            service.waive(listed, "RR-B2", "No host.")
        for item in service.move_release(listed, RELEASE).open_blocking:
            if item.template.code not in ("RR-B2", SEALING_ITEM):
                service.mark(listed, item.template.code, ItemStatus.DONE, evidence="seen")
    with desk.as_login("silver-reed") as login:
        service = releases(login)
        with pytest.raises(UserError, match="Say why"):
            service.waive(listed, "RR-B2", " ")
        with pytest.raises(UserError, match="Nothing needs to be waived"):
            service.waive(listed, "RR-A5", "No host.")
        found = service.waive(listed, "RR-B2", "He goes to the hostel.")
        assert found.state is ListState.READY_WITH_WAIVERS
        assert found.item("RR-B2").reason == "He goes to the hostel."


def test_that_a_blocking_item_does_not_apply_takes_a_second_person(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        with pytest.raises(UserError, match="second person"):
            service.mark(listed, "RR-C2", ItemStatus.NOT_APPLICABLE, reason="No children.")
        with pytest.raises(UserError, match="second person"):
            service.agree_not_applicable(listed, "RR-C2", "No children.")
    with desk.as_login("silver-reed") as login:
        found = releases(login).agree_not_applicable(listed, "RR-C2", "No children.")
        assert found.item("RR-C2").status is ItemStatus.NOT_APPLICABLE


def test_a_no_is_accepted_once_help_was_offered(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("plain-lantern") as login:
        service = releases(login)
        with pytest.raises(UserError, match="interpreter or reader"):
            service.mark(listed, "RR-G1", ItemStatus.DECLINED)
        found = service.mark(listed, "RR-G1", ItemStatus.DECLINED, offered_help=True)
        assert found.item("RR-G1").status is ItemStatus.DECLINED


def test_what_a_person_set_stays_when_the_release_moves_there_and_back(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("green-ferry") as login:
        service, own = releases(login), date(2026, 12, 1)
        service.set_due(listed, "RR-B4", own)
        moved = service.move_release(listed, RELEASE + timedelta(days=21))
        assert moved.item("RR-B4").due == own
        assert moved.item("RR-B3").due == RELEASE + timedelta(days=21 - 60)
        service.move_release(listed, TODAY, short_notice=True)
        back = service.move_release(listed, RELEASE, short_notice=False)
        assert back.item("RR-B4").due == own
        assert back.checklist.mode is Mode.PLANNED
        assert service.set_due(listed, "RR-B4", None).item("RR-B4").due == RELEASE - timedelta(days=7)


def test_short_notice_makes_14_items_due_today_in_their_order(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("green-ferry") as login:
        found = releases(login).move_release(listed, TODAY, short_notice=True)
        assert [item.template.code for item in found.items[:3]] == ["RR-A1", "RR-I4", "RR-B1"]
        assert {item.due for item in found.items[:14]} == {TODAY}


def test_sealing_settles_its_item_by_itself(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        with pytest.raises(UserError, match="by itself"):
            service.mark(listed, SEALING_ITEM, ItemStatus.DONE, evidence="packet")
        service.packet_sealed(listed, "DEMO-2026-0001")
        found = service.of_person(listed)
        assert found is not None
        assert found.item(SEALING_ITEM).status is ItemStatus.DONE
        assert found.item(SEALING_ITEM).evidence == "DEMO-2026-0001"


def test_sealing_without_a_list_is_no_fault(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        service.packet_sealed(person, "DEMO-2026-0001")
        assert service.of_person(person) is None


def test_each_discipline_sees_and_marks_its_own_items(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("calm-harbour") as login:
        service = releases(login)
        shown = service.of_person(listed)
        assert shown is not None
        assert {item.template.group for item in shown.items} == {"C", "D", "H"}
        service.mark(listed, "RR-D4", ItemStatus.DONE, evidence="Referral of 20 November")
        with pytest.raises(UserError, match="another discipline"):
            service.mark(listed, "RR-B1", ItemStatus.DONE, evidence="seen")
    with desk.as_login("warm-bridge") as login, pytest.raises(UserError, match="not assigned"):
        releases(login).of_person(listed)
    with desk.as_login("north-window") as login:
        service = releases(login)
        found = service.of_person(listed)
        assert found is not None
        assert len(found.items) == 44
        with pytest.raises(UserError):
            service.mark(listed, "RR-B1", ItemStatus.DONE, evidence="seen")
    with desk.as_login("amber-kite") as login, pytest.raises((UserError, NoKey)):
        releases(login).of_person(listed)


def test_the_supervisor_marks_only_what_names_the_supervisor(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("silver-reed") as login:
        service = releases(login)
        service.mark(listed, "RR-I2", ItemStatus.DONE, evidence="24 November")
        with pytest.raises(UserError, match="another discipline"):
            service.mark(listed, "RR-B1", ItemStatus.DONE, evidence="seen")


def test_a_condition_is_explained_in_a_language_and_a_new_wording_again(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        with pytest.raises(UserError) as refused:
            service.conditions.add(person, replace(CONDITION, category="curfew"))
        assert refused.value.field == "category"
        rid = service.conditions.add(person, CONDITION).rid
        service.conditions.explain(
            rid, on=TODAY, language="dje", understood=Understood.PARTLY, question="In the afternoon?"
        )
        (stored,) = service.conditions.of_person(person)
        assert stored.condition.understood is Understood.PARTLY
        assert (stored.condition.explained_in, stored.condition.question_raised) == ("dje", "In the afternoon?")
        service.conditions.change(rid, replace(CONDITION, text_plain="I meet my officer every Tuesday."))
        (stored,) = service.conditions.of_person(person)
        assert (stored.condition.version, stored.condition.understood) == (2, None)
    with desk.as_login("calm-harbour") as login:
        assert len(releases(login).conditions.of_person(person)) == 1
        with pytest.raises(UserError):
            releases(login).conditions.explain(rid, on=TODAY, language="fr", understood=Understood.YES)


def test_the_index_built_anew_shows_the_same(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        service.mark(listed, "RR-A3", ItemStatus.DONE, evidence="Receipt 12")
        service.set_due(listed, "RR-B4", date(2026, 12, 1))
        before = service.of_person(listed)
    desk.drop_indexes()
    with desk.as_login("green-ferry") as login:
        assert releases(login).of_person(listed) == before


def test_every_blocking_item_can_be_settled(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        found = service.of_person(listed)
        assert found is not None
        for item in found.items:
            if item.template.blocking is Blocking.HANDOVER and item.template.code != SEALING_ITEM:
                found = service.mark(listed, item.template.code, ItemStatus.DONE, evidence="seen")
        assert found.state is ListState.READY


def test_a_mark_is_taken_back_whole_and_by_who_made_it(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("green-ferry") as login:
        service, own = releases(login), TODAY + timedelta(days=3)
        before = service.of_person(listed)
        assert before is not None
        after = service.mark(listed, "RR-B3", ItemStatus.DONE, evidence="Reply of today", due=own, side=Side.COMMUNITY)
        assert (after.item("RR-B3").due, after.item("RR-B3").side) == (own, Side.COMMUNITY)
        assert service.take_back(listed, "RR-B3").item("RR-B3") == before.item("RR-B3"), "also what nobody had set"
        with pytest.raises(UserError, match="Somebody else"):
            service.take_back(listed, "RR-B3")
        service.packet_sealed(listed, "DEMO-2026-0001")
        with pytest.raises(UserError, match="sealed"):
            service.take_back(listed, SEALING_ITEM)
    with desk.as_login("silver-reed") as login:
        releases(login).waive(listed, "RR-B2", "No host.")
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        with pytest.raises(UserError, match="Somebody else"):
            service.take_back(listed, "RR-B2")
        service.mark(listed, "RR-B2", ItemStatus.DONE, evidence="A host was found")
        back = service.take_back(listed, "RR-B2").item("RR-B2")
        assert (back.status, back.reason) == (ItemStatus.WAIVED, "No host.")
        assert back.marked_by != login.uid, "the waiver stays the supervisor's"
    desk.drop_indexes()
    with desk.as_login("green-ferry") as login:
        again = releases(login).of_person(listed)
        assert again is not None
        assert again.item("RR-B2") == back


def test_where_no_detail_may_stand_a_day_or_a_tick_is_all(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("silver-reed") as login:
        service = releases(login)
        for evidence in ("The victim's sister was told", "tomorrow or so"):
            with pytest.raises(UserError) as refused:
                service.mark(listed, "RR-I2", ItemStatus.DONE, evidence=evidence)
            assert refused.value.field == "evidence"
        found = service.mark(listed, "RR-I2", ItemStatus.DONE, evidence="20 Nov 2026")
        assert found.item("RR-I2").evidence == "2026-11-20"
        with pytest.raises(UserError) as refused:
            service.mark(listed, "RR-I2", ItemStatus.DONE, evidence="20 Nov 2026", comment="His sister.")
        assert refused.value.field == "comment"
    with desk.as_login("calm-harbour") as login:
        service = releases(login)
        for evidence in ("", "She said that he"):
            with pytest.raises(UserError) as refused:
                service.mark(listed, "RR-C4", ItemStatus.DONE, evidence=evidence)
            assert refused.value.field == "evidence"
        assert service.mark(listed, "RR-C4", ItemStatus.DONE, evidence=TICKED).item("RR-C4").evidence == TICKED


def test_a_no_can_be_asked_again_on_a_day(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("plain-lantern") as login:
        service = releases(login)
        again = TODAY + timedelta(days=14)
        found = service.mark(listed, "RR-G3", ItemStatus.DECLINED, offered_help=True, ask_again=again).item("RR-G3")
        assert not found.open
        with pytest.raises(UserError) as refused:
            service.mark(listed, "RR-G3", ItemStatus.IN_PROGRESS, ask_again=again)
        assert refused.value.field == "ask_again"
        assert not found.is_to_ask_again(again - timedelta(days=1))
        assert found.is_to_ask_again(again)
        assert not found.is_overdue(again + timedelta(days=1)), "a no is never late"


def test_what_would_move_is_said_before_and_nothing_is_written(desk: PlanDesk, listed: str) -> None:
    with desk.as_login("green-ferry") as login:
        service, to = releases(login), RELEASE + timedelta(days=21)
        service.set_due(listed, "RR-B4", TODAY)
        service.mark(listed, "RR-A5", ItemStatus.DONE, evidence="Her card")
        before = service.of_person(listed)
        moves = service.moves(listed, to)
        assert service.of_person(listed) == before
        assert [item.template.code for item in moves.stay] == ["RR-B4"]
        assert {move.item.code for move in moves.moves}.isdisjoint({"RR-B4", "RR-A5"}), "what is done stays written"
        assert len(moves.moves) == 42
        after = service.move_release(listed, to)
        assert {move.item.code: move.after for move in moves.moves} == {
            item.template.code: item.due for item in after.items if item.open and not item.set_by_person
        }
        assert service.moves(listed, TODAY + timedelta(days=3)).late > 0
    with desk.as_login("calm-harbour") as login, pytest.raises(UserError):
        releases(login).moves(listed, to)


def test_a_list_opens_itself_180_days_before_and_once(desk: PlanDesk) -> None:
    far, near, past, open_already = (desk.register(f"24-04{number}") for number in range(4))
    with desk.as_login("green-ferry") as login:
        people, service = People(login), releases(login)
        for person, days in ((far, 181), (near, 180), (past, -1), (open_already, 30)):
            legal = people.legal(person)
            planned = TODAY + timedelta(days=days)
            people.change_legal(person, replace(legal, dates=replace(legal.dates, planned_release=planned)))
        service.open_list(open_already, TODAY + timedelta(days=30))
        openings = Openings(login, people, service)
        assert [row.id for row in openings.catch_up()] == [near]
        assert openings.catch_up() == ()
        found = service.of_person(near)
        assert found is not None
        assert (found.checklist.mode, found.checklist.anchor) == (Mode.PLANNED, TODAY + timedelta(days=180))
        assert people.legal(near).stage is Stage.PRE_RELEASE
        assert people.legal(near).dates.planned_release == TODAY + timedelta(days=180)
        people.plan_release(far, TODAY, on=TODAY, source=DateSource.COURT, route=ReleaseRoute.PARDON, short_notice=True)
        assert [row.id for row in openings.catch_up()] == [far], "a signal of a release at short notice"
        at_once = service.of_person(far)
        assert at_once is not None
        assert at_once.checklist.mode is Mode.SHORT_NOTICE
        service.end_list(far, ListState.CLOSED)
        assert openings.catch_up() == ()
    with desk.as_login("quiet-orchard") as login:
        assert Openings(login, People(login), releases(login)).catch_up() == (), "own cases only"
    with desk.as_login("silver-reed") as login:
        assert Openings(login, People(login), releases(login)).catch_up() == ()
