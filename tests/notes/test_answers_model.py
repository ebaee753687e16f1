"""Which answers may be signed, told field by field."""

from datetime import timedelta
from typing import Any

import pytest

from rehabdesk.core.errors import FormatError
from rehabdesk.notes.forms.answers_model import (
    Answer,
    answered,
    clean_answers,
    closes,
    opened_forms,
    problems,
    read_answers,
)
from tests.notes.sessions import FORMS, KEYWORK, MEETING, SAFE, SESSION, VISIT
from tests.people.cases import NOON

FORM = FORMS.form("psychologist_session")
PERSON = "0199aa00000070008000000000000009"


def fields_of(answers: dict[str, Answer], form: str = "psychologist_session", **changes: Any) -> list[str]:
    given: dict[str, Any] = {"person": PERSON, "moment": MEETING, "now": NOON} | changes
    return [problem.field for problem in problems(FORMS.form(form), answers, **given)]


@pytest.mark.parametrize(
    ("form", "answers"),
    [("psychologist_session", SESSION), ("chaplain_engagement", VISIT), ("keywork", KEYWORK)],
)
def test_whole_answers_have_no_problem(form: str, answers: dict[str, Answer]) -> None:
    assert fields_of(answers, form) == []


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"hdr.5.hearing": ""}, ["hdr.5.hearing"]),
        ({"hdr.3": 0}, ["hdr.3"]),
        ({"hdr.3": "45"}, ["hdr.3"]),
        ({"hdr.3": True}, ["hdr.3"]),
        ({"hdr.4": "moon"}, ["hdr.4"]),
        ({"hdr.4": "other"}, ["hdr.4"]),
        ({"hdr.4": "other", "hdr.4.other": "Under the tree"}, []),
        ({"hdr.4.other": "Under the tree"}, ["hdr.4"]),
        ({"psy.P4": "motivational"}, ["psy.P4"]),
        ({"psy.P11": "x" * 601}, ["psy.P11"]),
        ({"psy.P11": "x" * 600}, []),
        ({"psy.P9": "strong\u0007"}, ["psy.P9"]),
        ({"psy.P9": "strong\u202e"}, ["psy.P9"]),
        ({"psy.P7": "two\nlines"}, ["psy.P7"]),
        ({"psy.P10": {"self_injury": "no"}}, ["psy.P10"]),
        ({"psy.P10": {**SAFE, "self_injury": "maybe"}}, ["psy.P10"]),
        ({"psy.P10": {**SAFE, "weather": "no"}}, ["psy.P10"]),
        ({"psy.P12": "no"}, ["psy.P12.reason"]),
        ({"psy.P12": "no", "psy.P12.reason": "Asleep"}, []),
        ({"psy.P12": "perhaps"}, ["psy.P12"]),
        ({"psy.P13": "24/11/2026"}, ["psy.P13"]),
        ({"psy.P13": "2026-12-01"}, []),
        ({"psy.P2": "SOAP"}, ["psy.P3.seen", "psy.P3.happened", "psy.P3.make"]),
        ({"psy.P7.goal": ("not-an-id",)}, ["psy.P7.goal"]),
        ({"psy.P99": "Something"}, ["psy.P99"]),
        ({"psy.P6": "", "psy.P9": " "}, ["psy.P6", "psy.P9"]),
    ],
)
def test_each_problem_stands_beside_its_field(changes: dict[str, Answer], fields: list[str]) -> None:
    assert fields_of({**SESSION, **changes}) == fields


def test_person_and_moment_are_asked_like_fields() -> None:
    assert fields_of(SESSION, person=None, moment=None) == ["hdr.1", "hdr.2"]
    assert fields_of(SESSION, moment=NOON + timedelta(hours=1)) == ["hdr.2"]
    assert fields_of(SESSION, moment=NOON + timedelta(minutes=5)) == []


@pytest.mark.parametrize("attendance", ["declined", "not_unlocked", "excused_court", "staff_unavailable"])
def test_a_meeting_that_did_not_happen_asks_for_nothing_more(attendance: str) -> None:
    assert fields_of({"hdr.7": attendance}) == []
    assert fields_of({"hdr.7": "came_late"}) != []


def test_text_is_signed_trimmed_and_normalised_and_empty_answers_fall_away() -> None:
    cleaned = clean_answers(FORM, {**SESSION, "psy.P9": "  cafe\u0301 \r\n again ", "psy.P8.obstacle": "  "})
    assert cleaned["psy.P9"] == "café \n again"
    assert "psy.P8.obstacle" not in cleaned


def test_a_yes_to_danger_opens_the_alert_once() -> None:
    assert opened_forms(FORM, SESSION) == ()
    danger = {**SAFE, "self_injury": "yes", "acute_illness": "yes"}
    assert opened_forms(FORM, {**SESSION, "psy.P10": danger}) == ("safety_alert",)


def test_only_the_confidential_encounter_closes_the_form() -> None:
    visit = FORMS.form("chaplain_engagement")
    assert not closes(visit, VISIT)
    assert closes(visit, {"cha.C1": "confidential_encounter"})


@pytest.mark.parametrize("value", [None, "", " ", (), {}, False])
def test_nothing_said_is_no_answer(value: Answer | None) -> None:
    assert not answered(value)


def test_zero_is_an_answer() -> None:
    assert answered(0)


@pytest.mark.parametrize("value", [None, [], {"a": None}, {"a": [1]}, {"a": {"b": 1}}, {1: "a"}])
def test_answers_of_another_shape_are_refused(value: object) -> None:
    with pytest.raises(FormatError):
        read_answers(value)
