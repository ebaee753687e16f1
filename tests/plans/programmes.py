"""Invented programmes, and the service that keeps them."""

from datetime import date, timedelta
from typing import Any

from rehabdesk.access.service import Desk
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.programmes.intervention_model import Intervention, Kind, Participation, Session, SessionStatus
from rehabdesk.plans.programmes.intervention_service import Interventions, load_catalogue
from tests.people.cases import TODAY
from tests.plans.cases import DOMAINS

CATALOGUE = load_catalogue()


def programmes(desk: Desk, people: People | None = None, domains: Domains = DOMAINS) -> Interventions:
    people = people or People(desk)
    return Interventions(desk, people, CATALOGUE, domains, Groups(desk, people))


def course(**changes: Any) -> Intervention:
    given: dict[str, Any] = {
        "catalogue": "vocational_training",
        "kind": Kind.INDIVIDUAL,
        "participation": Participation.VOLUNTARY,
        "provider": "Workshop",
        "start": TODAY - timedelta(days=30),
    }
    return Intervention(**(given | changes))


def session(intervention: str, status: SessionStatus = SessionStatus.ATTENDED, *, on: date, **changes: Any) -> Session:
    return Session(intervention=intervention, on=on, status=status, **changes)
