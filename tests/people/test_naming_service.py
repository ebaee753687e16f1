"""The names of a real desk: read in slices, taken up when somebody is added, staff only where there is no register."""

from datetime import date

from rehabdesk.people.legal_model import DateSource, LegalEpisode, Stage
from rehabdesk.people.model import AgeRegime, ContactDetails, ContactKind, PersonDetails, PersonName, Script, Sex
from rehabdesk.people.naming_service import SLICE
from rehabdesk.people.service import People
from tests.people.cases import CaseDesk

GIVEN = "Daniel"


def register(people: People, number: int) -> str:
    family = f"Okoro{'abcdefghijklmnopqrstuvwxyz'[number]}"
    details = PersonDetails(
        case_ref=f"25-{number:03}",
        display_alias=f"{GIVEN} {number}",
        names=(PersonName(script=Script.LATIN, given=GIVEN, family=family),),
        sex=Sex.FEMALE,
        age_regime=AgeRegime.ADULT,
    )
    legal = LegalEpisode(stage=Stage.SENTENCED, since=date(2024, 3, 3), source=DateSource.REGISTRY, country="NE")
    return people.register(details, legal).id


def test_a_slice_is_short_and_all_of_them_hold_everybody(desk: CaseDesk) -> None:
    about = desk.register()
    with desk.as_login("green-ferry") as open_desk:
        people = People(open_desk)
        for number in range(SLICE + 2):
            register(people, number)

        assert not people.naming.ready
        assert people.naming.read_some()
        assert not people.naming.ready
        assert not people.naming.read_some()
        assert people.naming.ready

        (found,) = people.naming.others_in("She spoke with Daniel Okorob.", about)
        assert found.sex is Sex.FEMALE
        (anybody,) = people.naming.others_in("She spoke with Daniel.", about)
        assert anybody.sex is None


def test_who_is_added_later_is_known_too(desk: CaseDesk) -> None:
    about = desk.register()
    with desk.as_login("green-ferry") as open_desk:
        people = People(open_desk)
        people.naming.read_some()
        register(people, 0)
        people.circle.add(about, ContactDetails(kind=ContactKind.FAMILY, name="Zeyneb Marto"))
        assert people.naming.others_in("Daniel Okoroa", about) == ()

        people.naming.read_some()

        assert len(people.naming.others_in("Daniel Okoroa", about)) == 1
        assert people.naming.is_name("zeyneb")
        assert people.naming.others_in("Zeyneb Marto came.", about) == ()


def test_without_a_register_staff_are_known_and_nobody_else(desk: CaseDesk) -> None:
    about = desk.register()
    with desk.as_login("amber-kite") as open_desk:
        naming = People(open_desk).naming

        assert not naming.read_some()
        assert naming.ready
        name = open_desk.all_staff()[0].name
        assert naming.is_name(name.split()[-1].casefold().split("-")[0])
        assert naming.others_in("Daniel Okoroa", about) == ()
