"""A desk with one invented login for each role, and persons in its register."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.app import PROJECTIONS
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
from tests.desks import START, Site

NOON = START + timedelta(hours=4)
TODAY = NOON.date()
STAFF = (
    ("green-ferry", Role.CO),
    ("quiet-orchard", Role.CO),
    ("calm-harbour", Role.PSY),
    ("warm-bridge", Role.PSY),
    ("plain-lantern", Role.CHA),
    ("silver-reed", Role.SUP),
    ("amber-kite", Role.ADM),
    ("north-window", Role.AUD),
)


class CaseDesk:
    """One desk folder of a test, at noon."""

    def __init__(self, folder: Path, profile: Path) -> None:
        self._site = Site(folder=folder, profile=profile, projections=PROJECTIONS).create(STAFF)
        self.folder, self.clock = folder, self._site.clock
        self.clock.set(NOON)

    @contextmanager
    def as_login(self, sign_in: str) -> Iterator[Desk]:
        """The desk unlocked by that login; locked again at the end."""
        try:
            yield self._site.open(sign_in)
        finally:
            self._site.close()

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
