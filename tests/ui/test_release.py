"""A release in the window: what moves is shown first, a no asks for help first, a changed condition is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.core.text import without_isolates
from rehabdesk.readiness.model import ItemStatus
from rehabdesk.ui.page import Route
from tests.readiness.test_service import CONDITION
from tests.windows import CTRL, Hands, everything_said, hands_on

RELEASE = date(2027, 1, 8)
TOLD = "1 condition has another wording since you saw it. The tab Release shows it."


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as made:
        made.sign_in("case")
        yield made


def said(hands: Hands) -> str:
    return without_isolates(everything_said(hands.window))


def test_a_release_is_moved_declined_and_its_conditions_change(hands: Hands) -> None:
    person, releases = hands.people["Idrissa"], hands.session.services.releases
    releases.open_list(person, RELEASE)
    releases.set_due(person, "RR-B4", date(2026, 12, 1))
    rid = releases.conditions.add(person, CONDITION).rid
    hands.session.open(Route(name="person", person=person, id="release"))

    hands.push("Move the date")
    assert "No due date moves." in said(hands)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("29 jan 2027")
    assert "43 due dates move. 1 stays because a person set it." in said(hands)
    hands.press(Qt.Key.Key_Return, CTRL)
    moved = releases.of_person(person)
    assert moved is not None
    assert moved.checklist.anchor == date(2027, 1, 29)
    hands.press(Qt.Key.Key_Z, CTRL)
    back = releases.of_person(person)
    assert back is not None
    assert (back.checklist.anchor, back.item("RR-B4").due) == (RELEASE, date(2026, 12, 1))
    assert hands.session.services.people.legal(person).dates.planned_release == RELEASE

    hands.press(Qt.Key.Key_Return, CTRL)
    asked = hands.page.findChild(QWidget, "offered_help")
    assert asked is not None
    assert not asked.isVisible()
    hands.type("3")
    assert asked.isVisible(), "only where there is a no"
    hands.digit("Yes", 2)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Offer one before you accept a no." in said(hands)
    hands.digit("No", 1)
    hands.fill("Ask ", "+14")
    hands.press(Qt.Key.Key_Return, CTRL)
    declined = releases.of_person(person)
    assert declined is not None
    (item,) = [each for each in declined.items if each.status is ItemStatus.DECLINED]
    assert item.ask_again == hands.site.clock.now().date() + timedelta(days=14)
    hands.press(Qt.Key.Key_Z, CTRL)
    taken_back = releases.of_person(person)
    assert taken_back is not None
    assert taken_back.item(item.template.code).status is not ItemStatus.DECLINED

    releases.conditions.change(rid, replace(CONDITION, text_plain="I meet my officer every Tuesday."))
    hands.lock()
    hands.start_again()
    hands.sign_in("psy")
    hands.session.open(Route(name="person", person=person, id="release"))
    assert TOLD in said(hands)
    hands.push("I have seen it")
    hands.session.open(Route(name="person", person=person, id="release"))
    assert TOLD not in without_isolates(everything_said(hands.page))
