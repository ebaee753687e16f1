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
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.readiness.model import ItemStatus, Mode
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


def test_what_was_at_short_notice_can_be_planned_again_and_counts_from_the_gate(hands: Hands) -> None:
    person, services = hands.people["Idrissa"], hands.session.services
    releases, today = services.releases, hands.site.clock.now().date()
    services.people.plan_release(
        person, today, on=today, source=DateSource.COURT, route=ReleaseRoute.PARDON, short_notice=True
    )
    releases.open_list(person, today, short_notice=True)
    releases.set_due(person, "RR-A1", today + timedelta(days=1))
    hands.session.open(Route(name="person", person=person, id="release"))
    hands.push("Move the date")
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("24 nov 2027")
    hands.press(Qt.Key.Key_Return, CTRL)
    moved = releases.of_person(person)
    assert moved is not None
    assert moved.checklist.mode is Mode.PLANNED, "a day a year from now is at short notice no more"
    assert not services.people.legal(person).short_notice
    hands.press(Qt.Key.Key_Z, CTRL)
    back = releases.of_person(person)
    assert back is not None
    assert (back.checklist.mode, back.checklist.anchor) == (Mode.SHORT_NOTICE, today)

    hands.session.open(Route(name="person", person=person, id="release"))
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.to("Due")
    hands.press(Qt.Key.Key_A, CTRL)
    hands.press(Qt.Key.Key_Delete)
    hands.press(Qt.Key.Key_Return, CTRL)
    given = releases.of_person(person)
    assert given is not None
    item = next(each for each in given.items if each.template.code == "RR-A1")
    assert (item.set_by_person, item.due) == (False, today), "an emptied day follows the release again"

    releases.move_release(person, today + timedelta(days=2))
    services.people.record_release(
        person, Stage.RELEASED_SUPERVISED, on=today, source=DateSource.COURT, route=ReleaseRoute.PARDON
    )
    hands.session.open(Route(name="person", person=person, id="release"))
    hands.push("Count from")
    counted = releases.of_person(person)
    assert counted is not None
    assert counted.checklist.anchor == today
    assert services.people.legal(person).stage is Stage.RELEASED_SUPERVISED


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
