"""Whom a text names: people of the register in every spelling, never staff, and not the person the text is about."""

from datetime import date

import pytest

from rehabdesk.people.model import AgeRegime, BirthPrecision, PersonDetails, PersonName, Script, Sex
from rehabdesk.people.naming_model import KnownNames

ABOUT, DANIEL, MARYAM = "about", "daniel", "maryam"


def person(alias: str, *names: PersonName, sex: Sex = Sex.MALE) -> PersonDetails:
    return PersonDetails(
        case_ref="24-017",
        display_alias=alias,
        names=names,
        sex=sex,
        age_regime=AgeRegime.ADULT,
        birth_date=date(1997, 1, 1),
        birth_precision=BirthPrecision.YEAR,
    )


@pytest.fixture
def names() -> KnownNames:
    known = KnownNames()
    known.add_person(ABOUT, person("Idrissa K.", PersonName(script=Script.LATIN, given="Idrissa", family="Kada")))
    daniel = PersonName(script=Script.LATIN, given="Daniel", family="Okoro", variants=("Danyel Okoro", "Dani"))
    arabic = PersonName(script=Script.ARABIC, given="دانيال", father="يوسف", family="أوكورو", kunya="أبو سالم")
    known.add_person(DANIEL, person("Daniel O.", daniel, arabic))
    maryam = PersonName(script=Script.LATIN, given="Maryam", family="May")
    known.add_person(MARYAM, person("Maryam M.", maryam, sex=Sex.FEMALE))
    known.add_staff("Sara Martin")
    known.add_contact(ABOUT, "Dani Kada")
    return known


def named(names: KnownNames, text: str) -> list[str]:
    return [text[each.start : each.end] for each in names.others_in(text, ABOUT)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He argued with Daniel Okoro.", ["Daniel Okoro"]),
        ("He argued with DANIEL okoro.", ["DANIEL okoro"]),
        ("Okoro Daniel came too.", ["Okoro Daniel"]),
        ("danyel okoro came too", ["danyel okoro"]),
        ("Daniel said so, and Okoro's cell is next door.", ["Daniel", "Okoro"]),
        ("He sat beside Daniel O. for an hour.", ["Daniel O."]),
        ("He sat beside Daniel O. Then he left.", ["Daniel O"]),
        ("جلس مع دانيال يوسف في الصف", ["دانيال يوسف"]),
        ("تحدث عن أبو سالم كثيرا", ["أبو سالم"]),
        ("جاء وأوكورو أيضا", ["أوكورو"]),
        ("The class begins in May.", ["May"]),
    ],
)
def test_somebody_else_is_found(names: KnownNames, text: str, expected: list[str]) -> None:
    assert named(names, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Idrissa Kada came on time. Idrissa K. laughed; Kada is his name.",
        "Sara Martin was there, and so was Sara.",
        "His brother Dani called.",
        "He may come, and the daniel in the story is a lion.",
        "Danielle and Okorowa are other words.",
        "هو كريم",
        "",
    ],
)
def test_nobody_else_is_named(names: KnownNames, text: str) -> None:
    assert named(names, text) == []


def test_the_sex_is_told_where_one_person_is_meant(names: KnownNames) -> None:
    assert [each.sex for each in names.others_in("Maryam May and Daniel Okoro", ABOUT)] == [Sex.FEMALE, Sex.MALE]


def test_every_part_of_a_name_is_known_to_the_spell_checker(names: KnownNames) -> None:
    for form in ("idrissa", "kada", "okoro", "danyel", "sara", "martin", "dani", "دانيال", "يوسف"):
        assert names.is_name(form), form
    assert not names.is_name("recieve")


def test_somebody_around_another_person_is_found_by_the_whole_name(names: KnownNames) -> None:
    names.add_contact(DANIEL, "Rosa Lindqvist")
    names.add_contact(DANIEL, "Rosa")
    text = "Rosa opens; rosa LINDQVIST has the key, Dani Kada knows."
    assert [text[start:end] for start, end in names.contacts_of_others(text, ABOUT)] == ["rosa LINDQVIST"]
    assert list(names.contacts_of_others(text, DANIEL)) == [(40, 49)], "Dani Kada is around somebody else"
