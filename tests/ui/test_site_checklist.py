"""The days of the site in the window: each change by keys, taken back by Ctrl+Z, nonsense said at its field."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rehabdesk.ui.page import Route
from tests.windows import CTRL, Hands, everything_said, hands_on


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path, people=False) as made:
        made.sign_in("adm")
        made.session.open(Route(name="site_checklist"))
        made.settle()
        yield made


def test_weekend_holiday_and_day_of_an_item_are_set_and_taken_back(hands: Hands) -> None:
    site = hands.session.services.releases.site
    weekend, day = site.rest_days.weekend, site.newest.items[0].offset

    hands.push("Change the weekend")
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert site.rest_days.weekend != weekend
    assert "Ctrl+Z takes it back" in hands.session.frame.toast.words
    hands.press(Qt.Key.Key_Z, CTRL)
    assert site.rest_days.weekend == weekend

    hands.push("Add a holiday")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Enter" in everything_said(hands.page)
    hands.fill("Day", "1 jan 2027")
    hands.fill("Name", "New Year")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert [each.day for each in site.rest_days.holidays] == [date(2027, 1, 1)]
    hands.press(Qt.Key.Key_Z, CTRL)
    assert site.rest_days.holidays == ()

    hands.to("Items of the checklist")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("many")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "A whole number of days, 0 to 400." in everything_said(hands.page)
    hands.to("Days before the release")
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("9")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert site.newest.items[0].offset != day
    hands.press(Qt.Key.Key_Z, CTRL)
    assert site.newest.items[0].offset == day
