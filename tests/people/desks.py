"""Makes an encrypted desk with one invented login for each role, and unlocks it as one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rehabdesk.access.keys_service import Cost
from rehabdesk.access.members_service import Founder, create_desk
from rehabdesk.access.model import Newcomer, Role
from rehabdesk.access.service import Desk
from rehabdesk.access.store import PROJECTION as HOUSE
from rehabdesk.access.unlock_service import Means, unlock
from rehabdesk.core.clock import SettableClock
from rehabdesk.core.ids import SystemIds
from rehabdesk.core.settings import SiteSettings
from rehabdesk.notes.store import PROJECTION as NOTES
from rehabdesk.people.legal_model import DateSource, LegalEpisode, Stage
from rehabdesk.people.model import (
    AgeRegime,
    AssignmentDetails,
    BirthPrecision,
    Capacity,
    PersonDetails,
    PersonName,
    Script,
    Sex,
)
from rehabdesk.people.service import People
from rehabdesk.people.store import PROJECTION as PEOPLE
from rehabdesk.seals.kdf import KdfBounds, KdfCost

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
CHEAP = KdfCost(m=8, t=1, p=1)
PHRASE = "copper velvet seven meadow otter walking"

STAFF = {
    "green-ferry": ("Claire Dumont", Role.CO),
    "quiet-orchard": ("Ibrahim Tall", Role.CO),
    "calm-harbour": ("Nadia Benkirane", Role.PSY),
    "warm-bridge": ("Oumar Sylla", Role.PSY),
    "plain-lantern": ("Yusuf Adar", Role.CHA),
    "silver-reed": ("Jonas Weyland", Role.SUP),
    "amber-kite": ("Salma Ouardi", Role.ADM),
    "north-window": ("Mina Haddad", Role.AUD),
}


class TestDesk:
    """One desk folder of a test; its clock stands still unless a test moves it."""

    __test__ = False

    def __init__(self, folder: Path, profile: Path) -> None:
        self.folder, self._profile = folder, profile
        self.clock = SettableClock(NOON, step=timedelta(milliseconds=1))
        self._means = Means(
            clock=self.clock,
            ids=SystemIds(self.clock),
            projections=(HOUSE, PEOPLE, NOTES),
            cost=Cost(bounds=KdfBounds(memory=(8, 64 << 10), rounds=(1, 3))),
            ballast_bytes=0,
        )
        founders = [
            Founder(
                newcomer=Newcomer(sign_in=sign_in, name=name, alias=f"{role} {number}", role=role),
                passphrase=PHRASE,
            )
            for number, (sign_in, (name, role)) in enumerate(STAFF.items())
        ]
        settings = SiteSettings(site="DEMO", name="Residence of the Three Wells", country="XX", phone="+000 20 555 010")
        create_desk(folder, settings, founders, self._means, CHEAP, profile=profile)

    @contextmanager
    def as_login(self, sign_in: str) -> Iterator[Desk]:
        """The desk unlocked by that login; locked again at the end."""
        desk = unlock(self.folder, sign_in, PHRASE, self._means, profile=self._profile)
        try:
            yield desk
        finally:
            desk.lock()

    def register(self, case_ref: str = "24-017", stage: Stage = Stage.SENTENCED) -> str:
        """A registered person with lead case officer, psychologist (calm-harbour) and chaplain; gives the id."""
        with self.as_login("green-ferry") as desk:
            people = People(desk)
            person = people.register(details(case_ref), legal(stage))
            uids = {member.sign_in: member.card.uid for member in desk.members()}
            for sign_in, capacity in (
                ("green-ferry", Capacity.LEAD_CASE_OFFICER),
                ("calm-harbour", Capacity.PSYCHOLOGIST),
                ("plain-lantern", Capacity.CHAPLAIN),
            ):
                people.assign(
                    person.id, AssignmentDetails(staff=uids[sign_in], capacity=capacity, since=TODAY, person_told=True)
                )
            return person.id


def details(case_ref: str = "24-017") -> PersonDetails:
    return PersonDetails(
        case_ref=case_ref,
        display_alias="Idrissa K.",
        names=(
            PersonName(
                script=Script.LATIN, given="Idrissa", family="Kadri", kunya="Abu Sena", variants=("Idriss", "Driss")
            ),
            PersonName(script=Script.ARABIC, given="إدريسا", family="قادري"),
        ),
        sex=Sex.MALE,
        age_regime=AgeRegime.ADULT,
        birth_date=date(1997, 1, 1),
        birth_precision=BirthPrecision.ESTIMATED,
    )


def legal(stage: Stage = Stage.SENTENCED) -> LegalEpisode:
    return LegalEpisode(stage=stage, since=date(2026, 1, 10), source=DateSource.COURT, country="XX")
