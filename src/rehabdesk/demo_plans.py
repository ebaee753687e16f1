"""The demo's plan before the present one, with a goal that was removed; and what the person takes part in."""

from dataclasses import replace
from datetime import date, timedelta

from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.model import Agreement, Goal, GoalStatus, NoNeed, Plan, Responsivity, StepStatus
from rehabdesk.plans.programmes.intervention_model import (
    Intervention,
    Kind,
    Outcome,
    Participation,
    Session,
    SessionStatus,
)
from rehabdesk.plans.programmes.intervention_service import Interventions, load_catalogue
from rehabdesk.plans.service import Plans

SESSIONS = (
    (24, SessionStatus.ATTENDED, ""),
    (22, SessionStatus.NOT_UNLOCKED, ""),
    (20, SessionStatus.LATE, "22"),
    (17, SessionStatus.NO_ESCORT, ""),
    (15, SessionStatus.ATTENDED, ""),
    (10, SessionStatus.NOT_UNLOCKED, ""),
    (8, SessionStatus.ABSENT_EXCUSED, ""),
    (3, SessionStatus.ATTENDED, ""),
)
"""Days before today, how it went, and the session that it stands for by its days."""


def earlier_version(plans: Plans, person: str, today: date, present: Plan) -> Plan:
    """A first version in force, from which the person took something out; gives it as it stands, marks and all."""
    first, *others = present.goals
    wants = Goal(id="g9", domain="PD-8", wording="I move to the river district, near my cousin.")
    goals = (
        replace(first, staff_wording="", good_tag="", steps=first.steps[:1]),
        *(replace(goal, target_date=None) for goal in others[:1]),
        wants,
    )
    before = replace(
        present,
        goals=goals,
        strengths="Careful with his hands.",
        early_signs="",
        crisis_steps=(),
        review_due=today + timedelta(days=14),
    )
    rid = plans.propose(plans.start(person, before)).rid
    plans.record_agreement(rid, Agreement.AGREED, words="Yes. I want the certificate first.")
    plans.activate(rid)
    plans.mark_step(rid, first.id, first.steps[0].id, StepStatus.IN_PROGRESS)
    plans.mark_goal(
        rid,
        "g9",
        GoalStatus.REMOVED,
        reason="not_possible_here",
        words="The cousin moved away; no host in that district.",
    )
    return plans.as_it_stands(rid).plan


def with_surroundings(present: Plan, before: Plan, today: date) -> Plan:
    """The present version after that: the removed goal stays in it, and what stands around the goals is written."""
    removed = tuple(goal for goal in before.goals if goal.status is GoalStatus.REMOVED)
    return replace(
        present,
        plan=before.plan,
        goals=(*present.goals, *removed),
        protective="My mother, who waits. A trade that people need. The teacher in the workshop.",
        responsivity=Responsivity(
            language="Zarma first; French with time to think",
            literacy="Read aloud, then in pictures",
            trauma="Nobody behind his back; the door stays open",
            worship="Not on Fridays between noon and two",
        ),
        no_need=(NoNeed(domain="PD-3", asked_on=today - timedelta(days=12)),),
    )


def take_part(desk: Desk, people: People, person: str) -> None:
    """A course with its sessions, one thing that ended, one that comes, and one where nobody records who comes."""
    domains = load_domains()
    work, today = Interventions(desk, people, load_catalogue(), domains, Groups(desk, people)), local_day(desk.clock)
    course = _programme("vocational_training", "Workshop of the residence", today - timedelta(days=30))
    course = replace(course, name="Tailoring, certificate course", domain="PD-7", sessions_planned=24)
    course_rid = work.record(person, course, offer_name=True).rid
    known: dict[str, str] = {}
    for days, status, instead_of in SESSIONS:
        held = Session(
            intervention=course_rid,
            on=today - timedelta(days=days),
            status=status,
            minutes=90,
            instead_of=known.get(instead_of, ""),
        )
        known[str(days)] = work.record_session(held).rid
    papers = _programme("documents_clinic", "Civil registry, visiting clerk", today - timedelta(days=60))
    papers_rid = work.record(person, replace(papers, domain="PD-8")).rid
    work.end(
        papers_rid,
        Outcome.IN_PART,
        today - timedelta(days=32),
        words="The birth judgment is asked for; the card waits.",
    )
    work.record(person, _programme("release_rehearsal", "Case office", today + timedelta(days=4)))
    work.record(person, _programme("pastoral_counselling", "Chaplaincy", today - timedelta(days=90)))


def _programme(code: str, provider: str, start: date) -> Intervention:
    participation = Participation.REGIME if code == "release_rehearsal" else Participation.VOLUNTARY
    return Intervention(
        catalogue=code, kind=Kind.INDIVIDUAL, participation=participation, provider=provider, start=start
    )
