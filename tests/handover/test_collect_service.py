"""What goes from the records of the desk into a packet, and what stays."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.app import PROJECTIONS
from rehabdesk.core.errors import UserError
from rehabdesk.handover.collecting.collect_service import Collected, item_titles
from rehabdesk.handover.content.onward_sections_model import LinkWorker
from rehabdesk.handover.content.packet_model import Ready
from rehabdesk.handover.content.profile_model import SectionCode
from rehabdesk.handover.content.sections_model import VoiceLine
from rehabdesk.handover.content.supplement_model import Supplement
from rehabdesk.handover.wire import encode
from rehabdesk.notes.alerts.alert_model import TypedAlert
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.model import Actor as PlanActor
from rehabdesk.plans.model import Agreement, Goal, GoalStatus, Horizon, Plan, Step, VersionState
from rehabdesk.plans.progress.progress_model import NotRatedBecause, Progress, Voice, Word
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.condition_model import Condition, Understood
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import load_templates
from tests.desks import START, Site
from tests.handover import sample
from tests.handover.collecting import collection
from tests.people.cases import NOON, TODAY, details, legal
from tests.plans.conferences import DISCUSSED, agree, conferences, minutes

ADDED = Supplement(
    contact_preference=sample.text("By telephone."),
    first_night=sample.text("At his mother's."),
    link_worker=LinkWorker(name="Claire Dumont", role="Case officer", phone="+000 20 555 011", hours="weekdays"),
    return_channel=sample.text("By telephone."),
)
GOALS = (
    Goal(
        id="g7",
        domain="PD-7",
        wording="أنهي شهادة الخياطة.",
        indicator="Certificate issued",
        steps=(Step(id="s9", text="Sit the test", actor=PlanActor.PERSON),),
    ),
    Goal(id="g8", domain="PD-5", wording="A goal that is kept inside.", shareable=False),
    Goal(id="g9", domain="PD-8", wording="A goal that was reached.", status=GoalStatus.ACHIEVED),
    Goal(id="g10", domain="PD-9", wording="I do one thing that repairs."),
)


class Case:
    """An open desk with one person, as a case officer works on it."""

    def __init__(self, desk: Desk) -> None:
        self.people = People(desk)
        self.domains = load_domains()
        self.plans = Plans(desk, self.people, self.domains)
        self.progress = ProgressWords(desk, self.people, self.domains)
        self.releases = Releases(desk, self.people, load_templates())
        self.alerts = Alerts(desk, self.people)
        self.collection = collection(desk, self.people)
        self.person = self.people.register(details(), legal()).id

    def raise_alert(self, now: datetime) -> str:
        typed = TypedAlert(
            kind="harm_to_child",
            facts="Somebody waits for the children at the school.",
            at_risk="child",
            did="Told the duty officer.",
            told_who="Duty officer",
            told_how="by phone",
            told_at=now,
            review_by=now + timedelta(hours=72),
        )
        return self.alerts.tell(typed, self.person)

    def plan_release(self) -> None:
        self.people.plan_release(
            self.person,
            planned=date(2027, 1, 8),
            on=TODAY,
            source=DateSource.COURT,
            route=ReleaseRoute.CONDITIONAL,
        )

    def activate_plan(self) -> None:
        plan = Plan(
            plan="",
            version=1,
            state=VersionState.DRAFT,
            horizon=Horizon.COMMUNITY,
            strengths="Careful with his hands.\nPatient.",
            goals=GOALS,
            review_due=TODAY + timedelta(days=30),
            helps="Sewing",
        )
        proposed = self.plans.propose(self.plans.start(self.person, plan))
        self.plans.record_agreement(proposed.rid, Agreement.AGREED_IN_PART, words="I agree with the work.")
        self.plans.activate(proposed.rid)

    def collect(self) -> Collected:
        return self.collection.collect(self.person, ADDED)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    staff = (("green-ferry", Role.CO), ("silver-reed", Role.SUP), ("amber-kite", Role.ADM))
    site = Site(folder=tmp_path / "desk", profile=tmp_path / "profile", projections=PROJECTIONS).create(staff)
    return Case(site.open("green-ferry"))


def test_a_packet_needs_the_day_and_the_way_of_release(case: Case) -> None:
    with pytest.raises(UserError, match="day and the way of release"):
        case.collect()


def test_a_live_alert_goes_with_the_person_and_a_closed_one_does_not(case: Case) -> None:
    case.plan_release()
    over, live = (case.raise_alert(START) for _ in range(2))
    case.alerts.close(over, "It was somebody else.")
    section = case.collect().sections.S8
    assert section is not None
    (alert,) = section.alerts
    assert (alert.kind.value, alert.at_risk.value) == ("harm_to_child", "child")
    assert alert.facts.text == "Somebody waits for the children at the school."
    assert alert.review_by == START + timedelta(hours=72)
    assert case.collection.live_alerts(case.person) == 1
    assert live not in encode(case.collect().sections).decode("utf-8"), "no id of a record leaves the desk"


def test_without_a_plan_its_sections_say_why(case: Case) -> None:
    case.plan_release()
    collected = case.collect()
    assert collected.explained == {
        "S3": "no plan is in force",
        "S5": "no plan is in force",
        "S6": "no plan is in force",
        "S7": "no words on progress were recorded",
        "S14": "not put in for this recipient",
    }
    assert collected.sections.S7 is None
    assert collected.ready is Ready.NO_CHECKLIST
    spoken = VoiceLine(code="V1", text=sample.text("I count to ten."))
    said = case.collection.collect(case.person, replace(ADDED, voice=(spoken,))).sections.S3
    assert said is not None
    assert (said.agreement, said.voice) == ("not_asked", (spoken,)), "own words need no plan"


def test_only_what_is_shared_and_goes_on_leaves_and_under_numbers_of_its_own(case: Case) -> None:
    case.plan_release()
    case.activate_plan()
    collected = case.collect()
    plan = collected.sections.S5
    assert plan is not None
    assert [(goal.id, goal.domain, goal.wording.lang) for goal in plan.goals] == [
        ("g1", "PD-7", "ar"),
        ("g2", "PD-9", "en"),
    ]
    assert [step.id for step in plan.goals[0].steps] == ["s1"]
    written = encode(collected.sections).decode("utf-8")
    for kept in ("kept inside", "was reached", case.person):
        assert kept not in written
    voice = collected.sections.S3
    assert voice is not None
    assert voice.agreement_words == sample.text("I agree with the work.")
    helps = collected.sections.S6
    assert helps is not None
    assert [text.text for text in helps.strengths] == ["Careful with his hands.", "Patient."]


def test_a_plan_that_nobody_signed_off_is_listed_goal_by_goal(case: Case) -> None:
    case.plan_release()
    case.activate_plan()
    stored = case.plans.in_force(case.person)
    assert stored is not None
    expected = 2 if stored.plan.signoff == "unsigned" else 0
    assert len(case.collect().unsigned) == expected


def test_of_somebody_cleared_nothing_is_said_about_harm_and_repair(case: Case) -> None:
    case.plan_release()
    own = Progress(
        domain="PD-9",
        voice=Voice.SELF,
        word=Word.TRYING,
        basis="I wrote a letter.",
        period_from=TODAY - timedelta(days=60),
        period_to=TODAY,
    )
    case.progress.record_self(case.person, own)
    assert case.collect().sections.S7 is not None
    case.people.set_stage(case.person, Stage.CLEARED, on=TODAY, source=DateSource.COURT)
    assert case.collect().sections.S7 is None


def test_both_voices_in_words(case: Case) -> None:
    case.plan_release()
    own = Progress(
        domain="PD-7",
        voice=Voice.SELF,
        word=Word.NOT_RATED,
        basis="",
        period_from=TODAY - timedelta(days=60),
        period_to=TODAY,
        not_rated_because=NotRatedBecause.PERSON_PREFERS_NOT,
        declined=True,
    )
    case.progress.record_self(case.person, own)
    words = case.collect().sections.S7
    assert words is not None
    assert [(rating.voice, rating.word) for rating in words.ratings] == [("self", "not_rated")]
    assert "release, parole" in words.statement.text


def test_open_items_and_conditions(case: Case) -> None:
    case.plan_release()
    case.releases.open_list(case.person, date(2027, 1, 8))
    condition = Condition(
        category="reporting",
        text_official="Se présenter chaque lundi.",
        text_plain="I meet my officer every Monday.",
        start=date(2027, 1, 11),
        source="Court decision 214",
    )
    stored = case.releases.conditions.add(case.person, condition)
    with pytest.raises(UserError, match=r"not been explained yet .*Reporting"):
        case.collect()
    case.releases.conditions.explain(stored.rid, on=TODAY, language="dje", understood=Understood.PARTLY)
    collected = case.collect()
    assert collected.ready is Ready.NOT_READY
    follow_up, dates = collected.sections.S12, collected.sections.S2
    assert follow_up is not None
    assert len(follow_up.items) == 44
    assert dates is not None
    assert dates.release_date == date(2027, 1, 8)
    titles = item_titles(load_templates())
    assert {item.code for item in follow_up.items} <= set(titles)


def test_the_summary_of_a_conference_goes_in_only_where_it_is_asked_for(case: Case) -> None:
    case.plan_release()
    work, reading = conferences(case.people._desk), case.collection
    asked = replace(ADDED, put_in=frozenset({SectionCode.S14}))
    assert reading.collect(case.person, asked).explained["S14"] == "no conference was held"
    agree(work, case.person, at=NOON - timedelta(days=2))

    left_out = reading.collect(case.person, ADDED)
    assert left_out.sections.S14 is None
    assert left_out.explained["S14"] == "not put in for this recipient"

    put_in = reading.collect(case.person, asked).sections.S14
    assert put_in is not None
    assert [each.text for each in put_in.decisions] == list(minutes().decisions)
    assert [each.owner for each in put_in.actions] == ["Name of green-ferry", "River House"]
    assert DISCUSSED not in str(put_in)
