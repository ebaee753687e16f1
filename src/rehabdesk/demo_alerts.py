"""The safety alert of the demo: a threat that is live, and one that was closed with its outcome."""

from datetime import timedelta

from rehabdesk.access.service import Desk
from rehabdesk.notes.alerts.alert_model import TypedAlert
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.people.service import People


def raise_alerts(desk: Desk, people: People, *, live_of: str, closed_of: str) -> Alerts:
    """As the case officer who is signed in raises them: one stays live, the other is over."""
    alerts, now = Alerts(desk, people), desk.clock.now()
    threat = TypedAlert(
        kind="threat_to_person",
        facts="A caller told his sister that former companions will wait at the bus stop on the day of release.",
        at_risk="self",
        did="Moved the pick-up to the side gate and told the family by phone.",
        told_who="Duty officer",
        told_how="in person",
        told_at=now,
        person_told="yes",
        review_by=now + timedelta(hours=60),
    )
    alerts.tell(threat, live_of)
    illness = TypedAlert(
        kind="health_emergency",
        facts="Has not drunk since yesterday evening and says it is on purpose.",
        at_risk="self",
        did="Stayed with him until the nurse came.",
        told_who="Nurse on duty",
        told_how="in person",
        told_at=now,
        person_told="yes",
        review_by=now + timedelta(hours=24),
    )
    alerts.close(alerts.tell(illness, closed_of), "Drank again after the talk with the nurse; seen daily this week.")
    return alerts
