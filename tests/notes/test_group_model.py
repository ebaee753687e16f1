"""Rules of groups that need no desk: names in texts, drafts as they were typed, old payloads."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.groups.group_model import (
    ABSENT,
    FORM,
    FORM_VERSION,
    REGIME_REASONS,
    Attendance,
    Debrief,
    Group,
    GroupLine,
    Lines,
    Mark,
    Meeting,
    MeetingAddendum,
    MeetingSignature,
    MeetingStrike,
    Membership,
    attendance_part,
    line_part,
)
from rehabdesk.notes.groups.group_store import PROJECTION
from rehabdesk.notes.groups.group_words_model import MARKS, letters, options
from rehabdesk.notes.groups.meeting_draft_model import TypedMeeting, came_all, problems_of, read_typed
from rehabdesk.notes.spelling_model import NameBook, Spelled
from tests.people.cases import NOON

PAYLOADS = Path(__file__).parent / "group_payloads"
CLASSES: dict[str, type[Any]] = {
    "group": Group,
    "group_member": Membership,
    "group_meeting": Meeting,
    "group_attendance": Attendance,
    "group_line": GroupLine,
    "group_debrief": Debrief,
    "meeting_signature": MeetingSignature,
    "meeting_addendum": MeetingAddendum,
    "meeting_struck": MeetingStrike,
}
MEMBERS = {"omar": ("Omar", "Sall", "Omar S.", "عمر"), "amina": ("Amina", "Keita", "أمينة"), "bo": ("Bo", "Sy")}
OTHERS = {"claire": ("Claire", "Dumont", "Claire Dumont"), "karim": ("كريم", "حداد", "كريم حداد")}
BOOK = NameBook(
    Spelled(person=person, name=name, near=near)
    for near, people in ((True, MEMBERS), (False, OTHERS))
    for person, names in people.items()
    for name in names
)


def frozen(kind: str, pv: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAYLOADS / f"{kind}-{pv}.json").read_text("utf-8"))
    return found


def test_every_kind_has_a_frozen_example_of_every_version() -> None:
    wanted = {f"{kind}-{pv}.json" for kind, versions in PROJECTION.kinds.items() for pv in versions}
    assert {file.name for file in PAYLOADS.iterdir()} == wanted


@pytest.mark.parametrize("kind", sorted(CLASSES))
def test_a_frozen_payload_is_read_whole_and_written_the_same(kind: str) -> None:
    assert to_payload(from_payload(CLASSES[kind], frozen(kind))) == frozen(kind)


def test_a_persons_record_is_read_as_a_note_of_the_form() -> None:
    form = load_forms().form(FORM)
    part, line = attendance_part(frozen("group_attendance")), line_part(frozen("group_line"))
    assert part.form_version == form.version == FORM_VERSION
    assert part.words["grp.GS4"] == "Role play in pairs, then a round."
    assert part.marks["hdr.7"] == "came_late"
    assert line.words == {"grp.GS6": "Used the short answer."}
    assert {*part.words, *part.marks, *line.words, *line.marks} <= {field.code for field in form.fields}


def test_every_attendance_of_the_header_has_its_letter_and_regime_reasons_are_apart() -> None:
    form = load_forms().form(FORM)
    offered = {code for code, _ in options(form, "hdr.7")}
    assert {code for each in MARKS for code in each} == offered
    question = form.field("hdr.7")
    assert question is not None
    assert frozenset(choice.code for choice in question.choices if choice.absent) == ABSENT
    assert REGIME_REASONS < ABSENT
    assert not any(code.startswith(("declined", "excused")) for code in REGIME_REASONS)
    assert len(set(letters())) == len(MARKS)


# names


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Spoke after Omar did.", ["Omar"]),
        ("spoke after omar", ["omar"]),
        ("OMAR's turn", ["OMAR"]),
        ("L'avis d'Omar", ["Omar"]),
        ("sall and keïta agreed", ["sall", "keïta"]),
        ("تكلم بعد عمر", ["عمر"]),
        ("قال لعمر", ["لعمر"]),
        ("Bo spoke", ["Bo"]),
        ("the bo tree", []),
        ("Une règle claire", []),
        ("Claire spoke", ["Claire"]),
        ("رجل كريم", []),
        ("جاء كريم حداد", ["كريم حداد"]),
        ("another man in the group", []),
        ("Omarska is a place", []),
    ],
)
def test_names_are_found_as_whole_words_in_any_spelling(text: str, typed: list[str]) -> None:
    assert [named.typed for named in BOOK.named(text)] == typed


def test_the_own_name_is_no_other_person() -> None:
    assert BOOK.named("Omar said so himself.", apart_from="omar") == ()
    assert [each.person for each in BOOK.named("Omar listened to Amina.", apart_from="omar")] == ["amina"]


def test_who_shares_a_first_name_is_another_person_where_the_whole_name_stands() -> None:
    book = NameBook(
        Spelled(person=person, name=name, near=True)
        for person, names in {"a": ("Omar", "Omar Sall"), "b": ("Omar", "Omar Ba")}.items()
        for name in names
    )
    assert book.named("Omar was late.", apart_from="a") == ()
    assert [each.typed for each in book.named("Omar Ba was late.", apart_from="a")] == ["Omar Ba"]


# drafts

TYPED = TypedMeeting(
    group="g",
    number="6",
    theme="Pressure",
    occurred_at=NOON,
    minutes="90",
    facilitators=("u",),
    done="A round.",
    climate="lively",
    marks={"omar": Mark(attendance="came", took_part="leading", words="Helped.", kept=True)},
)


def test_a_draft_is_read_as_it_was_typed() -> None:
    assert read_typed(TYPED.to_payload()) == TYPED
    half = TypedMeeting(group="g", number="six", minutes="")
    assert read_typed(half.to_payload()) == half


@pytest.mark.parametrize(
    "changes",
    [
        {"group": 3},
        {"marks": []},
        {"marks": {"omar": {"attendance": 1}}},
        {"marks": {"omar": {"risk": "high"}}},
        {"marks": {"omar": {"kept": "yes"}}},
        {"facilitators": "u"},
        {"number": 6},
        {"score": "3"},
        {"occurred_at": "soon"},
    ],
)
def test_a_tampered_draft_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(FormatError):
        read_typed({**TYPED.to_payload(), **changes})


def wrong(**changes: Any) -> dict[str, str]:
    typed = TypedMeeting(**{name: getattr(TYPED, name) for name in TYPED.__dataclass_fields__} | changes)
    found = problems_of(typed, load_forms().form(FORM), {"omar": "Omar S."}, names=BOOK, taken=frozenset({5}), now=NOON)
    return {problem.field: problem.sentence for problem in found}


def test_a_whole_meeting_has_no_problem() -> None:
    assert wrong() == {}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"number": ""}, "grp.GS1.number", "from 1 to 999"),
        ({"number": "0"}, "grp.GS1.number", "from 1 to 999"),
        ({"number": "٦"}, "", ""),
        ({"number": "5"}, "grp.GS1.number", "no. 5 already"),
        ({"number": "1" * 5000}, "grp.GS1.number", "from 1 to 999"),
        ({"minutes": "-3"}, "hdr.3", "1 to 720"),
        ({"theme": " "}, "grp.GS1", "Theme"),
        ({"theme": "x" * 121}, "grp.GS1", "too long"),
        ({"done": ""}, "grp.GS4", "What we did"),
        ({"done": "a\u202eb"}, "grp.GS4", "invisible"),
        ({"done": "a\ud800b"}, "grp.GS4", "invisible"),
        ({"done": "x" * 1_000_000}, "grp.GS4", "too long"),
        ({"done": "Omar led the round."}, "grp.GS4", "names \u2068Omar\u2069"),
        ({"exercise": "The card of Amina"}, "grp.GS7", "Amina"),
        ({"debrief": "Amina was quiet."}, "grp.GS8", "Amina"),
        ({"climate": "explosive"}, "grp.GS5", "how the group was"),
        ({"occurred_at": None}, "hdr.2", "date and time"),
        ({"occurred_at": NOON + timedelta(days=1)}, "hdr.2", "today or in the past"),
        ({"marks": {}}, "row:omar", "whether \u2068Omar S.\u2069 came"),
        ({"marks": {"omar": Mark(attendance="came")}}, "row:omar", "took part"),
        ({"marks": {"omar": Mark(attendance="no_escort")}}, "", ""),
        ({"marks": {"omar": Mark(attendance="vanished")}}, "row:omar", "came"),
        ({"marks": {"omar": Mark(attendance="declined", words="Amina too")}}, "row:omar", "Amina"),
        ({"marks": {"omar": Mark(attendance="declined", words="x" * 401)}}, "row:omar", "too long"),
    ],
)
def test_each_wrong_answer_has_one_sentence_at_its_field(changes: dict[str, Any], field: str, words: str) -> None:
    found = wrong(**changes)
    assert list(found) == ([field] if field else [])
    assert words in found.get(field, "")


def test_everyone_came_leaves_what_is_said_already() -> None:
    typed = TypedMeeting(group="g", marks={"b": Mark(attendance="declined"), "c": Mark(words="Helped.")})
    marks = came_all(typed, ["a", "b", "c"])
    assert [marks[each].attendance for each in "abc"] == ["came", "declined", "came"]
    assert marks["c"].words == "Helped."


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\u202eb"])
def test_a_group_needs_a_name(name: str) -> None:
    with pytest.raises(UserError):
        Group(name=name, theme="", lines=Lines.TEAM, facilitators=("u",))
