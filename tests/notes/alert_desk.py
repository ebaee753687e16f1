"""A desk with every role, the projections of the whole program, and alerts that can be told as they are."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.app import PROJECTIONS
from rehabdesk.notes.alerts.alert_model import TypedAlert
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.notes.alerts.letter_service import Letters
from rehabdesk.people.service import People
from tests.desks import Site
from tests.people.cases import NOON, STAFF, CaseDesk

CO, PSY, OTHER_PSY, CHA, SUP, ADM, AUD = (
    "green-ferry",
    "calm-harbour",
    "warm-bridge",
    "plain-lantern",
    "silver-reed",
    "amber-kite",
    "north-window",
)
CSUP, FAC = "clear-morning", "open-garden"
EVERYBODY = (*STAFF, (CSUP, Role.CSUP), (FAC, Role.FAC))
THREAT = TypedAlert(
    kind="threat_to_person",
    facts="Two men of his former group wait for him at the gate.",
    at_risk="self",
    did="Moved his visit to the back room.",
    told_who="Duty officer Hale",
    told_how="by phone",
    told_at=NOON,
    person_told="yes",
    review_by=NOON + timedelta(hours=72),
)
NAMED = replace(
    THREAT,
    kind="harm_to_other",
    facts="He says that he will wait for a named person.",
    at_risk="named_person",
    named="Yaya Quillfeather",
)
EXACT = "Marzipan lantern: they held me under the tap."
TOLD = TypedAlert(
    kind="ill_treatment_disclosure",
    facts="Marzipan in the wrong field",
    exact=EXACT,
    places="Obelisk shoulder, left wrist",
    did="Asked the doctor for today.",
    told_at=NOON - timedelta(hours=1),
    person_told="yes",
)
SECRET_WORDS = ("marzipan", "obelisk", "the tap")


class AlertDesk(CaseDesk):
    """As CaseDesk, with a clinical supervisor and a facilitator."""

    def __init__(self, folder: Path) -> None:
        self._site = Site(folder=folder / "desk", profile=folder / "profile", projections=PROJECTIONS)
        self._site.create(EVERYBODY)
        self.folder, self.clock = self._site.folder, self._site.clock
        self.clock.set(NOON)

    @property
    def site(self) -> Site:
        return self._site


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertServices:
    alerts: Alerts
    letters: Letters
    people: People


def of(desk: Desk) -> AlertServices:
    people = People(desk)
    return AlertServices(alerts=Alerts(desk, people), letters=Letters(desk, people), people=people)
