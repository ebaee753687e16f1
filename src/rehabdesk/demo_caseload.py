"""The invented caseload of the demo, the same in every run, from resources/demo/caseload.toml. Nobody here exists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from rehabdesk.access.model import Newcomer, Role
from rehabdesk.core import resources
from rehabdesk.core.settings import SiteSettings
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.people.legal_model import DateSource, LegalDates, LegalEpisode, SentenceType, Stage
from rehabdesk.people.model import (
    AgeRegime,
    BirthPrecision,
    ContactConsent,
    ContactDetails,
    ContactKind,
    Language,
    Literacy,
    PersonDetails,
    PersonName,
    Placement,
    Script,
    Sex,
)

_WINGS = ("Wing A", "Wing B", "Wing C", "Workshop house")
_SAFE = (
    "ending_life",
    "self_injury",
    "hurt_named_person",
    "child_in_danger",
    "threat_to_person",
    "hunger_strike",
    "acute_illness",
    "ill_treatment",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPerson:
    """One person as the register takes it, and who is around this person."""

    details: PersonDetails
    legal: LegalEpisode
    placement: Placement
    contacts: tuple[ContactDetails, ...]


class Invented:
    """Site, staff, people and what is written about them."""

    def __init__(self, today: date) -> None:
        self._data: Mapping[str, Any] = resources.read_toml("demo/caseload.toml")
        self._today = today

    @property
    def thread(self) -> Mapping[str, Any]:
        """The person whom the demo follows to the gate (domain.md 15)."""
        found: Mapping[str, Any] = self._data["thread"]
        return found

    @property
    def team(self) -> Mapping[str, str]:
        found: Mapping[str, str] = self._data["team"]
        return found

    def settings(self) -> SiteSettings:
        site = self._data["site"]
        return SiteSettings(site=site["code"], name=site["name"], country=site["country"], phone=site["phone"])

    def staff(self) -> tuple[Newcomer, ...]:
        return tuple(
            Newcomer(
                sign_in=one["sign_in"],
                name=one["name"],
                alias=one["alias"],
                role=Role(one["role"]),
                discipline=one["discipline"],
                registration=one.get("registration", ""),
            )
            for one in self._data["staff"]
        )

    def people(self, count: int, registered_on: date) -> tuple[InventedPerson, ...]:
        """The person of the thread first, then `count` - 1 others."""
        return (self._followed(registered_on), *(self._one(number, registered_on) for number in range(1, count)))

    def pick(self, name: str, number: int) -> str:
        """One of the sentences called `name`, the same for the same number."""
        choices: list[str] = self._data["crowd"][name]
        return choices[number % len(choices)]

    def session(self, number: int, meeting: int) -> dict[str, Answer]:
        """A psychologist's session; that of the thread where `number` is 0."""
        words = self.thread["psychologist"]
        followed = number == 0
        answers: dict[str, Answer] = {
            **_header("interview_room", 45),
            "psy.P1.number": meeting,
            "psy.P1": "first_meeting" if meeting == 1 else "working_session",
            "psy.P2": "DAP",
            "psy.P3.happened": words["happened"] if followed else self.pick("session_happened", number + meeting),
            "psy.P3.make": words["sense"] if followed else self.pick("session_sense", number + meeting),
            "psy.P3.next": words["next"] if followed else "",
            "psy.P5": ("PD-3", "PD-7"),
            "psy.P6": ("answered", "joined_in", "led")[(number + meeting) % 3],
            "psy.P9": words["strength"] if followed else self.pick("keywork_good", number + meeting),
            "psy.P10": dict.fromkeys(_SAFE, "no"),
            "psy.P12": "yes",
        }
        summary = words["summary"] if followed else self.pick("summaries", number + meeting)
        return _answered(answers | ({"psy.P11": summary} if summary else {}))

    def engagement(self, number: int, meeting: int) -> dict[str, Answer]:
        """A chaplain's visit, mostly ticks."""
        answers: dict[str, Answer] = {
            **_header("wing", 20),
            "cha.C1": ("request", "routine_visit", "festival")[(number + meeting) % 3],
            "cha.C4": ("listening",),
        }
        if number == 0:
            answers["cha.C6"] = self.thread["chaplain"]["follow_up"]
        return answers

    def keywork(self, number: int, meeting: int) -> dict[str, Answer]:
        words = self.thread["keywork"]
        followed = number == 0
        return {
            **_header("wing", 30),
            "key.K1": "weekly" if meeting % 2 else "plan_step",
            "key.K2": words["words"] if followed else self.pick("keywork_words", number + meeting),
            "key.K3": {"sleep_food": "so_so", "work_course": "fine"},
            "key.K6": words["good"] if followed else self.pick("keywork_good", number + meeting),
            "key.K10.staff": words["agreed"] if followed else "",
            "key.K11": "yes",
        }

    def _followed(self, registered_on: date) -> InventedPerson:
        thread, relatives = self.thread, self.thread["relatives"]
        details = PersonDetails(
            case_ref=thread["case_ref"],
            display_alias=f"{thread['given']} {thread['family'][0]}.",
            names=_names(thread["given"], thread["family"], thread["given_arabic"], thread["family_arabic"]),
            sex=Sex.MALE,
            age_regime=AgeRegime.ADULT,
            birth_date=date(thread["birth_year"], 1, 1),
            birth_precision=BirthPrecision.ESTIMATED,
            languages=(Language(code="dje", preferred=True), Language(code="fr")),
            literacy=Literacy.DOES_NOT_READ,
            practical_access_need="Everything that is handed over is read aloud.",
        )
        contacts = (
            ContactDetails(
                kind=ContactKind.FAMILY,
                name=relatives["mother"],
                relation="mother",
                phone=relatives["mother_phone"],
                consent_to_be_contacted=ContactConsent.YES,
                offer=relatives["mother_offer"],
            ),
            ContactDetails(
                kind=ContactKind.EMPLOYER,
                name=relatives["friend"],
                relation="friend of the family",
                phone=relatives["friend_phone"],
                consent_to_be_contacted=ContactConsent.YES,
                offer=relatives["friend_offer"],
            ),
        )
        return InventedPerson(
            details=details,
            legal=self._sentenced(registered_on, 1),
            placement=Placement(establishment=self.settings().name, since=registered_on, unit=_WINGS[3]),
            contacts=contacts,
        )

    def _one(self, number: int, registered_on: date) -> InventedPerson:
        given, family = self._at("given", number), self._at("family", number * 7)
        details = PersonDetails(
            case_ref=f"24-{100 + number:03d}",
            display_alias=f"{given} {family[0]}.",
            names=_names(given, family, self._at("given_arabic", number), self._at("family_arabic", number * 7)),
            sex=Sex.FEMALE if number % 9 == 0 else Sex.MALE,
            age_regime=AgeRegime.YOUNG_ADULT if number % 8 == 0 else AgeRegime.ADULT,
            birth_date=date(1975 + number % 30, 1 + number % 12, 1 + number % 28),
            birth_precision=BirthPrecision.DAY if number % 3 else BirthPrecision.ESTIMATED,
            languages=(Language(code=self._at("languages", number), preferred=True),),
            literacy=(Literacy.READS, Literacy.READS_WITH_HELP, Literacy.DOES_NOT_READ)[number % 3],
        )
        relative = ContactDetails(
            kind=ContactKind.FAMILY,
            name=f"{self._at('given', number + 5)} {family}",
            relation="sister" if number % 2 else "father",
            phone=f"+000 20 555 {400 + number:04d}",
            consent_to_be_contacted=ContactConsent.YES if number % 4 else ContactConsent.NOT_ASKED,
        )
        legal = self._pre_trial(registered_on) if number % 10 == 3 else self._sentenced(registered_on, number)
        return InventedPerson(
            details=details,
            legal=legal,
            placement=Placement(
                establishment=self.settings().name, since=registered_on, unit=_WINGS[number % len(_WINGS)]
            ),
            contacts=(relative,),
        )

    def _at(self, name: str, number: int) -> str:
        choices: list[str] = self._data["crowd"][name]
        return choices[number % len(choices)]

    def _sentenced(self, registered_on: date, number: int) -> LegalEpisode:
        begun = registered_on - timedelta(days=200 + 11 * (number % 40))
        return LegalEpisode(
            stage=Stage.SENTENCED,
            since=begun,
            source=DateSource.WARRANT,
            country=self.settings().country,
            file_no=f"F-{2000 + number}",
            sentence_type=SentenceType.DETERMINATE,
            dates=LegalDates(conviction=begun, sentence=begun),
        )

    def _pre_trial(self, registered_on: date) -> LegalEpisode:
        begun = registered_on - timedelta(days=60)
        return LegalEpisode(
            stage=Stage.PRE_TRIAL,
            since=begun,
            source=DateSource.WARRANT,
            country=self.settings().country,
            dates=LegalDates(arrest=begun, remand=begun),
        )


def _names(given: str, family: str, given_arabic: str, family_arabic: str) -> tuple[PersonName, ...]:
    return (
        PersonName(script=Script.LATIN, given=given, family=family),
        PersonName(script=Script.ARABIC, given=given_arabic, family=family_arabic),
    )


def _header(place: str, minutes: int) -> dict[str, Answer]:
    return {"hdr.3": minutes, "hdr.4": place, "hdr.5.hearing": "no", "hdr.7": "came"}


def _answered(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Without the texts that were left empty."""
    return {code: answer for code, answer in answers.items() if answer != ""}


def met_before(moment: datetime, number: int) -> datetime:
    """When the last meeting before `moment` was: in the morning or afternoon, never in the night."""
    met = moment.replace(hour=8 + number % 8, minute=15 * (number % 4), second=0, microsecond=0)
    return met if met <= moment else met - timedelta(days=1)
