"""Programmes and their sessions on a real desk: the catalogue, the site's names, whose reason a missed session has."""

from datetime import timedelta

import pytest

from rehabdesk.core.declared import DeclarationError
from rehabdesk.core.errors import UserError
from rehabdesk.notes.groups.group_model import REGIME_REASONS, Group, Lines
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.people.legal_model import DateSource, Stage
from rehabdesk.people.service import People
from rehabdesk.plans.programmes.intervention_model import (
    SIDES,
    InterventionState,
    Kind,
    Outcome,
    Participation,
    SessionStatus,
    Side,
    side_of,
)
from rehabdesk.plans.programmes.intervention_service import missed, parse_catalogue
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk
from tests.plans.programmes import CATALOGUE, course, programmes, session

YESTERDAY = TODAY - timedelta(days=1)


def test_the_catalogue_has_the_starters_of_the_domain_and_counselling_is_not_tracked() -> None:
    assert len(CATALOGUE.entries) == 24, "23 of A16 and other"
    assert [entry.code for entry in CATALOGUE.entries if not entry.tracked] == ["pastoral_counselling"]
    assert {entry.kind for entry in CATALOGUE.entries} == set(Kind)
    with pytest.raises(DeclarationError, match="line 1"):
        parse_catalogue('interventions = [{ code = "x", text = "X", kind = "talk" }]', "x.toml")


def test_no_reason_of_the_establishment_stands_among_those_of_the_person() -> None:
    """G33: every status has one side, and what groups call the regime's lies with the establishment here too."""
    assert sorted(status for statuses in SIDES.values() for status in statuses) == sorted(SessionStatus)
    assert {side_of(SessionStatus(code)) for code in REGIME_REASONS & set(SessionStatus)} == {Side.ESTABLISHMENT}
    assert side_of(SessionStatus.DECLINED) is Side.PERSON


def test_before_a_conviction_no_programme_serves_harm_and_repair(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        People(login).set_stage(
            person, Stage.PRE_TRIAL, on=TODAY, source=DateSource.REGISTRY, correction="Read on another page."
        )
        work = programmes(login)
        with pytest.raises(UserError) as refused:
            work.record(person, course(domain="PD-9"))
        assert refused.value.field == "domain"
        assert work.record(person, course(domain="PD-7")).intervention.domain == "PD-7"


def test_a_programme_from_its_name_to_its_end(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        work = programmes(login)
        facts = course(name="Tailoring, first part", participation=Participation.COURT_ORDERED, domain="PD-7")
        stored = work.record(person, facts, offer_name=True)
        assert stored.intervention.state is InterventionState.RUNNING
        assert stored.intervention.kind is Kind.EDUCATION, "the catalogue says what kind it is"
        work.record(person, course(name="Tailoring, first part"), offer_name=True)
        assert [each.name for each in work.names()] == ["Tailoring, first part"], "a name is added once"
        planned = work.record(person, course(start=TODAY + timedelta(days=5)))
        assert planned.intervention.state is InterventionState.PLANNED
        work.record_session(session(stored.rid, on=YESTERDAY, minutes=90))
        with pytest.raises(UserError, match="after that day"):
            work.end(stored.rid, Outcome.COMPLETED, TODAY - timedelta(days=3))
        work.end(stored.rid, Outcome.BY_REGIME, TODAY, words="The workshop closed.")
        assert [each.intervention.state.value for each in work.of_person(person)] == ["running", "planned", "ended"]
    desk.drop_indexes()
    with desk.as_login("silver-reed") as login:
        work = programmes(login)
        ended = next(each for each in work.of_person(person) if each.rid == stored.rid).intervention
        assert (ended.outcome, ended.words) == (Outcome.BY_REGIME, "The workshop closed.")
        assert work.title(ended) == "Tailoring, first part"
        assert [each.session.on for each in work.sessions(stored.rid)] == [YESTERDAY]


def test_sessions_keep_whose_reason_it_was_and_what_stands_for_a_missed_one(desk: PlanDesk, person: str) -> None:
    with desk.as_login("calm-harbour") as login:
        work = programmes(login)
        rid = work.record(person, course()).rid
        lost = work.record_session(session(rid, SessionStatus.NOT_UNLOCKED, on=TODAY - timedelta(days=9)))
        held = work.record_session(session(rid, on=TODAY - timedelta(days=7), instead_of=lost.rid))
        assert missed(work.sessions(rid)) == ()
        with pytest.raises(UserError, match="did not take place"):
            work.record_session(session(rid, on=YESTERDAY, instead_of=held.rid))
        with pytest.raises(UserError, match="Before taking a no"):
            session(rid, SessionStatus.DECLINED, on=YESTERDAY)
        with pytest.raises(UserError, match="stands for it"):
            work.take_back(lost.rid)
        work.take_back(held.rid)
        assert [each.rid for each in work.sessions(rid)] == [lost.rid]
        with pytest.raises(UserError, match="already"):
            work.take_back(held.rid)
        work.record_session(session(rid, on=TODAY - timedelta(days=7)))  # the day is free again


@pytest.mark.parametrize(
    ("days", "sentence"), [(1, "future"), (-31, "outside of the programme"), (-9, "of that day is recorded")]
)
def test_a_session_of_an_impossible_day_is_refused(desk: PlanDesk, person: str, days: int, sentence: str) -> None:
    with desk.as_login("green-ferry") as login:
        work = programmes(login)
        rid = work.record(person, course()).rid
        work.record_session(session(rid, on=TODAY - timedelta(days=9)))
        with pytest.raises(UserError, match=sentence) as refused:
            work.record_session(session(rid, on=TODAY + timedelta(days=days)))
        assert refused.value.field == "on"


def test_nobody_records_who_comes_to_a_chaplain_and_a_group_keeps_its_own(desk: PlanDesk, person: str) -> None:
    with desk.as_login("calm-harbour") as login:
        people = People(login)
        groups = Groups(login, people)
        circle = groups.create(Group(name="Circle", theme="", lines=Lines.TEAM, facilitators=(login.uid,)))
        work = programmes(login, people)
        with pytest.raises(UserError, match="belongs to") as refused:
            work.record(person, course(catalogue="critical_thinking", kind=Kind.GROUP, group=circle))
        assert refused.value.field == "group"
        groups.add_member(circle, person, since=YESTERDAY)
        group = work.record(person, course(catalogue="critical_thinking", kind=Kind.GROUP, group=circle)).rid
        with pytest.raises(UserError, match="group's meetings"):
            work.record_session(session(group, on=YESTERDAY))
        pastoral = work.record(person, course(catalogue="pastoral_counselling", kind=Kind.PASTORAL)).rid
        with pytest.raises(UserError, match="not recorded"):
            work.record_session(session(pastoral, on=YESTERDAY))


def test_who_keeps_programmes_reads_them_and_does_neither(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        work = programmes(login)
        with pytest.raises(UserError, match="Say what it is"):
            work.record(person, course(catalogue="other"))
        with pytest.raises(UserError, match="Choose from the list"):
            work.record(person, course(catalogue="boot_camp"))
        rid = work.record(person, course(catalogue="other", name="Beekeeping")).rid
    with desk.as_login("warm-bridge") as login, pytest.raises(UserError, match="not assigned"):
        programmes(login).of_person(person)
    with desk.as_login("silver-reed") as login, pytest.raises(UserError, match="keep programmes"):
        programmes(login).record_session(session(rid, on=YESTERDAY))
    with desk.as_login("plain-lantern") as login, pytest.raises(UserError, match="does not read"):
        programmes(login).sessions(rid)
