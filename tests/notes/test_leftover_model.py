"""Switching the layout, and drafts of older forms: no text is lost, hidden or joined by the program."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.notes.forms.answers_model import Answer, answered, asked, problems
from rehabdesk.notes.forms.form_model import Level
from rehabdesk.notes.forms.leftover_model import (
    carried,
    out_of_turn,
    room_for,
    together,
    with_place,
    without_place,
)
from tests.notes.sessions import FORMS, MEETING, SESSION
from tests.people.cases import NOON

FORM = FORMS.form("psychologist_session")
LAYOUTS = ("free", "SOAP", "DAP", "BIRP")
SECTIONS = tuple(field.code for field in FORM.fields if field.when and field.when.field == "psy.P2")
deeds = st.lists(
    st.one_of(
        st.sampled_from(LAYOUTS).map(lambda layout: ("layout", layout)),
        st.tuples(st.sampled_from(SECTIONS), st.sampled_from(["alpha", "beta", "gamma\n\ndelta"])),
    ),
    max_size=40,
)


@given(deeds)
def test_no_switch_of_the_layout_loses_or_hides_a_text(history: list[tuple[str, str]]) -> None:
    answers: dict[str, Answer] = {"psy.P2": "free"}
    typed: Counter[str] = Counter()
    for number, (what, words) in enumerate(history):
        if what == "layout":
            answers = carried(FORM, {**answers, "psy.P2": words})
        else:
            field = FORM.field(what)
            assert field is not None
            if not asked(field, answers) or answered(answers.get(what)):
                continue  # nobody types into a section that is not there, or over what stands there
            answers[what] = f"{words} {number}"
            typed[f"{words} {number}"] += 1
        kept = Counter(str(answers[code]) for code in SECTIONS if answered(answers.get(code)))
        assert kept == typed
        left = {field.code for field in out_of_turn(FORM, answers)}
        for code in SECTIONS:
            field = FORM.field(code)
            assert field is not None
            assert not answered(answers.get(code)) or asked(field, answers) or code in left


def test_there_and_back_is_as_it_was() -> None:
    start: dict[str, Answer] = {
        "psy.P2": "SOAP",
        "psy.P3.said": "S",
        "psy.P3.seen": "O",
        "psy.P3.sense": "A",
        "psy.P3.steps": "P",
    }
    dap = carried(FORM, {**start, "psy.P2": "DAP"})
    assert {code: dap[code] for code in ("psy.P3.happened", "psy.P3.make", "psy.P3.next")} == {
        "psy.P3.happened": "O",
        "psy.P3.make": "A",
        "psy.P3.next": "P",
    }
    assert [field.code for field in out_of_turn(FORM, dap)] == ["psy.P3.said"]
    assert carried(FORM, {**dap, "psy.P2": "SOAP"}) == start


def test_what_is_left_over_stands_in_the_way_of_signing_and_can_be_moved() -> None:
    answers = carried(FORM, {**SESSION, "psy.P2": "free"})
    found = problems(FORM, answers, person="a" * 32, moment=MEETING, now=NOON)
    assert [problem.field for problem in found] == ["psy.P3.make"]
    left = FORM.field("psy.P3.make")
    assert left is not None
    room = room_for(FORM, left, answers)
    assert room is not None
    assert room.code == "psy.P3.free"


def test_words_never_move_to_where_others_read_them() -> None:
    for field in FORM.fields:
        room = room_for(FORM, field, SESSION)
        assert room is None or room.level is field.level
    shared = next(field for field in FORM.fields if field.level is Level.SHARED)
    assert room_for(FORM, shared, SESSION) is None


def test_answers_of_an_older_form_are_kept_apart_and_together_again() -> None:
    older: dict[str, Answer] = {
        "psy.P9": "Came early.",
        "psy.P98": "A text whose question is gone.",
        "psy.P97": ("one", "two"),
        "hdr.4": "old_wing",
        "psy.P4": ("motivational", "retired_one"),
        "psy.P10": {"self_injury": "no", "gone": "yes"},
    }
    left = without_place(FORM, older)
    assert left == {
        "psy.P98": "A text whose question is gone.",
        "psy.P97": ("one", "two"),
        "hdr.4": "old_wing",
        "psy.P4": ("retired_one",),
        "psy.P10": {"gone": "yes"},
    }
    shown = with_place(older, left)
    assert shown == {"psy.P9": "Came early.", "psy.P4": ("motivational",), "psy.P10": {"self_injury": "no"}}
    assert together(shown, left) == older
    assert together({**shown, "hdr.4": "wing"}, left)["hdr.4"] == "wing"


def test_whole_answers_have_all_their_place() -> None:
    assert without_place(FORM, {**SESSION, "hdr.4": "other", "hdr.4.other": "Under the tree"}) == {}
