"""Invented sessions that can be signed as they are, and the services of an unlocked desk."""

from dataclasses import dataclass
from datetime import timedelta

from rehabdesk.access.service import Desk
from rehabdesk.notes.chaplaincy.encounter_service import Encounters
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.service import Notes
from rehabdesk.people.service import People
from tests.people.cases import NOON

MEETING = NOON - timedelta(hours=3)
FORMS = load_forms()

HEADER: dict[str, Answer] = {"hdr.3": 45, "hdr.4": "interview_room", "hdr.5.hearing": "no", "hdr.7": "came"}
SAFE = dict.fromkeys(
    (
        "ending_life",
        "self_injury",
        "hurt_named_person",
        "child_in_danger",
        "threat_to_person",
        "hunger_strike",
        "acute_illness",
        "ill_treatment",
    ),
    "no",
)
SESSION: dict[str, Answer] = {
    **HEADER,
    "psy.P1.number": 4,
    "psy.P1": "working_session",
    "psy.P2": "DAP",
    "psy.P3.happened": "Slept three hours before we met; laughed about his first sewing machine.",
    "psy.P3.make": "Broken sleep seems to carry most of the irritation.",
    "psy.P5": ("PD-3", "PD-7"),
    "psy.P6": "joined_in",
    "psy.P9": "He kept the breathing exercise on five evenings.",
    "psy.P10": SAFE,
    "psy.P11": "Sleeps badly; wants morning unlock for class.",
    "psy.P12": "yes",
}
VISIT: dict[str, Answer] = {
    **HEADER,
    "cha.C1": "festival",
    "cha.C4": ("books",),
    "cha.C6": "Bring the small prayer mat.",
    "cha.C7": "Ask the library about the second volume.",
}
KEYWORK: dict[str, Answer] = {
    **HEADER,
    "key.K1": "weekly",
    "key.K2": "I want to sew for the shop near my mother.",
    "key.K3": {"sleep_food": "so_so", "work_course": "fine"},
    "key.K6": "Finished the second pattern without help.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    desk: Desk
    people: People
    notes: Notes
    encounters: Encounters


def services(desk: Desk) -> Services:
    people = People(desk)
    return Services(
        desk=desk, people=people, notes=Notes(desk, people, FORMS), encounters=Encounters(desk, people, FORMS)
    )
