"""Every form of a note through the window: nonsense is said at its field, and every other field keeps its words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rehabdesk.access.model import Role
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.people.model import AssignmentDetails, Capacity
from rehabdesk.people.service import People
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.page import Route
from tests.desks import STAFF
from tests.notes.sessions import HEADER, KEYWORK, SESSION, VISIT
from tests.people.cases import NOON
from tests.windows import Hands, hands_on

FORMS: dict[str, tuple[str, dict[str, Answer]]] = {
    "psychologist_session": ("psy", SESSION),
    "chaplain_engagement": ("cha", VISIT),
    "keywork": ("case", KEYWORK),
    "family_contact": ("case", {**HEADER, "fam.F1": "phone", "fam.F2": ("children_only",), "fam.F3": "not_ours"}),
    "voice_statement": ("case", {"voi.V8": "wrote", "voi.V1": "A lot."}),
    "facilitator_session": ("fac", {**HEADER, "fac.R1": "dialogue", "fac.R2": "We talked.", "fac.R5": "no"}),
}
NONSENSE = ("x" * 30_000, "bell\x07", "turned \u202eround", "private \ue000")
NO_DAY = ("", "99 Foo 2031", "1 Jan 2999", "\u202e3", "x" * 5_000)


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path, staff=(*STAFF, ("fac", Role.FAC))) as ready:
        ready.site.clock.set(NOON)
        yield ready


def open_form(hands: Hands, name: str) -> NotePage:
    """A note that could be signed as it stands."""
    sign_in, answers = FORMS[name]
    if sign_in == "fac":
        assign_facilitator(hands)
    hands.sign_in(sign_in)
    person, notes = hands.people["Idrissa"], hands.session.services.notes
    draft = notes.start(name, person, occurred_at=NOON, answers=answers)
    assert notes.problems(draft) == ()
    hands.session.open(Route(name="note", person=person, id=draft))
    hands.settle()
    page = hands.page
    assert isinstance(page, NotePage)
    page.sheet._unfold(True)
    hands.settle()
    return page


def assign_facilitator(hands: Hands) -> None:
    desk = hands.site.open("case")
    given = AssignmentDetails(staff=hands.site.uid("fac"), capacity=Capacity.FACILITATOR, since=NOON.date())
    People(desk).assign(hands.people["Idrissa"], given)
    hands.site.close()


def controls(page: NotePage) -> dict[str, QLineEdit | TextArea]:
    """By code, what words are typed into and is asked just now."""
    boxes, fields = page.sheet.made
    return {
        code: control
        for name, box in boxes.items()
        if fields[name].isVisibleTo(page)
        for code, control in box.texts().items()
        if control.isVisibleTo(page)
    }


def words_in(control: QLineEdit | TextArea) -> str:
    return control.text() if isinstance(control, QLineEdit) else control.words()


def put(control: QLineEdit | TextArea, words: str) -> None:
    """As if it were typed or pasted."""
    if isinstance(control, QLineEdit):
        control.selectAll()
        if words:
            control.insert(words)
        else:
            control.backspace()
    else:
        control.set_words(words)


def complaints(page: NotePage) -> set[str]:
    """Codes of the fields that show a sentence."""
    _, fields = page.sheet.made
    return {code for code, field in fields.items() if field._error is not None and not field._error[0].isHidden()}


@pytest.mark.parametrize("form", FORMS)
def test_nonsense_in_a_text_is_said_at_its_field_and_every_other_keeps_its_words(hands: Hands, form: str) -> None:
    page = open_form(hands, form)
    notes, texts = hands.session.services.notes, controls(page)
    assert texts
    for code, control in texts.items():
        before = words_in(control)
        for nonsense in NONSENSE:
            put(control, nonsense)
            typed = {each: words_in(other) for each, other in texts.items()}
            page.main_act()
            assert complaints(page) == {code.removesuffix(".other")}, (code, nonsense[:12])
            assert {each: words_in(other) for each, other in texts.items()} == typed, (code, nonsense[:12])
            assert not page.strip.is_open()
        put(control, "half \ud800")
        assert words_in(control) == "half ", "the toolkit lets no half character in"
        put(control, before)
        page.main_act()
        assert complaints(page) == set(), code
        assert page.strip.is_open(), "with good words it can be signed"
        page.strip.finish()
    assert len(notes.drafts()) == 1
    assert notes.timeline.page(hands.people["Idrissa"]) == ()


@pytest.mark.parametrize("form", FORMS)
def test_a_megabyte_that_is_pasted_is_refused_whole_at_its_field(hands: Hands, form: str) -> None:
    page = open_form(hands, form)
    area = next(control for control in controls(page).values() if isinstance(control, TextArea))
    before = words_in(area)
    pasted = QMimeData()
    pasted.setText("y" * 1_000_000)
    area.insertFromMimeData(pasted)
    assert words_in(area) == before
    assert len(complaints(page)) == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_day_that_is_none_or_to_come_is_said_at_the_date(hands: Hands, form: str) -> None:
    page = open_form(hands, form)
    line, texts = page.sheet._day.line, controls(page)
    for nonsense in NO_DAY:
        put(line, nonsense)
        typed = {each: words_in(other) for each, other in texts.items()}
        page.main_act()
        assert complaints(page) == {"hdr.2"}, nonsense[:12]
        assert line.text() == nonsense
        assert {each: words_in(other) for each, other in texts.items()} == typed
        assert not page.strip.is_open()
