"""What is wrong on a page: above it and at the field in the same words, reached by keys; nothing typed is touched."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.core.canon import Json
from rehabdesk.core.text import without_isolates
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import DateField, TextArea, TimeField
from rehabdesk.ui.page import Route
from rehabdesk.ui.typed import controls_in, put_back, typed_in
from tests.windows import CTRL, Hands, hands_on

PAGES = {
    "session": ("psy", Route(name="note", id="form:psychologist_session")),
    "visit": ("cha", Route(name="contribution")),
    "family": ("case", Route(name="note", id="form:family_contact")),
    "own page": ("case", Route(name="note", id="form:voice_statement")),
    "register": ("case", Route(name="register")),
    "plan": ("case", Route(name="plan_write", id="new")),
    "alert": ("case", Route(name="alert_new")),
    "conference": ("case", Route(name="conference_plan")),
    "assessment": ("psy", Route(name="assessments")),
}


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def begin(hands: Hands, name: str) -> None:
    who, route = PAGES[name]
    hands.sign_in(who)
    person = "" if route.name == "register" else hands.people["Idrissa"]
    hands.session.open(Route(name=route.name, person=person, id=route.id))
    hands.settle()
    if name == "assessment":
        hands.press(Qt.Key.Key_Return, CTRL)  # the list offers the form


def links(hands: Hands) -> list[QPushButton]:
    summary = hands.page._summary
    assert summary is not None, "nothing is said to be wrong"
    return [each for each in summary.findChildren(QPushButton) if each.isVisible()]


def plain(words: str) -> str:
    return without_isolates(words.replace("&&", "&"))


def field_around(widget: QWidget) -> Field:
    around: QWidget | None = widget
    while around is not None and not (isinstance(around, Field) and around.error):
        around = around.parentWidget()
    assert around is not None, f"{widget.accessibleName()} is in no field that complains"
    return around


@pytest.mark.parametrize("name", PAGES)
def test_the_summary_takes_the_focus_and_each_line_leads_to_the_field_that_says_the_same(
    hands: Hands, name: str
) -> None:
    begin(hands, name)
    hands.press(Qt.Key.Key_Return, CTRL)
    shown = links(hands)
    assert hands.focus is shown[0]

    for link in shown:
        sentence = plain(link.text())
        link.setFocus()
        hands.press(Qt.Key.Key_Return)
        assert plain(field_around(hands.focus).error) == sentence


@pytest.mark.parametrize("name", PAGES)
def test_what_was_typed_stays_as_it_was_typed(hands: Hands, name: str) -> None:
    begin(hands, name)
    for control in controls_in([hands.page]).values():
        if control.isVisible() and control.isEnabled():
            put_back(control, wrong(control))
    hands.settle()
    before = {name: typed_in(control) for name, control in controls_in([hands.page]).items()}
    hands.press(Qt.Key.Key_Return, CTRL)

    assert links(hands)
    assert {name: typed_in(control) for name, control in controls_in([hands.page]).items()} == before


def wrong(control: QWidget) -> Json:
    """What nobody takes for an answer, or words."""
    match control:
        case DateField():
            return "31 Feb"
        case TimeField():
            return "25:99"
        case TextArea():
            return "Words of a long day.\nAnd more."
    return "Words of a long day"
