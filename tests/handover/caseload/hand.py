"""What every part of a random caseload takes in hand: the desk, the chances of one seed, the words that were given."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from rehabdesk.access.door_service import Door
from rehabdesk.access.model import Role
from rehabdesk.app import PROJECTIONS
from rehabdesk.app_services import Services
from rehabdesk.handover.annex.clinician_key_service import ClinicianKeys
from rehabdesk.people.model import Capacity
from rehabdesk.seals import sealing
from tests.desks import CHEAP, Site
from tests.handover import workplace
from tests.handover.caseload.marks import Marks
from tests.handover.test_annex import IDENTITY, new_clinician
from tests.handover.workplace import Workplace
from tests.people.cases import NOON

T = TypeVar("T")
CO, OTHER_CO, PSY, CHA, FAC, SUP, ADM = (
    "green-ferry",
    "quiet-orchard",
    "calm-harbour",
    "still-water",
    "open-window",
    "silver-reed",
    "amber-kite",
)
STAFF = (*workplace.STAFF, (CHA, Role.CHA), (FAC, Role.FAC), ("wide-meadow", Role.CSUP), ("north-window", Role.AUD))
WORKING = (
    (CO, Capacity.LEAD_CASE_OFFICER),
    (PSY, Capacity.PSYCHOLOGIST),
    (CHA, Capacity.CHAPLAIN),
    (FAC, Capacity.FACILITATOR),
)


class AllStaff(Workplace):
    """A founded site with a login of every role, a confirmed team and a clinician; nobody is in its register."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(folder=folder / "desk", profile=folder / "profile", projections=PROJECTIONS).create(STAFF)
        self.outbox = folder / "stick"
        self.outbox.mkdir()
        self.identity = sealing.new_identity()
        self.uids: dict[str, str] = {}
        self.clock.set(NOON)
        self.found()
        with self.open(PSY) as psychologist:
            psychologist.trust.request_certificate()
            ClinicianKeys(psychologist.desk).take(new_clinician(sealing.recipient_of(IDENTITY)), NOON.date())
        with self.open(ADM) as administrator:
            for request in administrator.trust.requests():
                administrator.trust.issue(request.uid, self.site.keys(SUP), seen_in_person=True)


@dataclass(kw_only=True)
class Someone:
    """A person of the caseload. `names`: all that the register has; `circle`: names around the person, of whom those in
    `agreed` may be named.
    """

    label: str
    id: str
    convicted: bool
    names: Sequence[str]
    circle: list[str] = field(default_factory=list)
    agreed: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class Hand:
    """One caseload while it is written."""

    place: Workplace
    chance: random.Random
    marks: Marks

    @contextmanager
    def as_login(self, sign_in: str) -> Iterator[Services]:
        site = self.place.site
        try:
            yield Services(site.open(sign_in), Door(site.folder, site.means, profile=site.profile, cost=CHEAP))
        finally:
            site.close()

    def some(self, least: int, most: int) -> range:
        return range(self.chance.randint(least, most))

    def once_in(self, count: int) -> bool:
        return self.chance.randrange(count) == 0

    def maybe(self, make: Callable[[], str]) -> str:
        """What is typed, or left empty."""
        return "" if self.once_in(4) else make()

    def one_of(self, *choices: T) -> T:
        return self.chance.choice(choices)
