"""Checklists and conditions on a real encrypted desk."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.service import People
from rehabdesk.readiness.condition_model import Condition, Understood
from rehabdesk.readiness.model import SEALING_ITEM, Blocking, ItemStatus, ListState, Mode, Side
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


def test_due_this_week_is_what_is_late_first_over_all_running_lists(desk: PlanDesk, listed: str) -> None:
    other = desk.register("24-018")
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        service.open_list(other, TODAY + timedelta(days=170))
        lines = service.due_soon(limit=200)
        assert [line.item.due for line in lines] == sorted(line.item.due for line in lines)
        assert {line.person for line in lines} == {listed, other}
        assert all(line.item.due <= TODAY + timedelta(days=7) for line in lines)
        assert {line.overdue for line in lines} == {True, False}
        assert [line.person for line in service.near()] == [listed, other]
        service.end_list(listed, ListState.CLOSED)
        assert {line.person for line in service.due_soon()} == {other}


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
