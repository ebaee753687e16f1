"""The ring around the focus stays, whatever page it was on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFocusFrame, QPushButton
from pytestqt.qtbot import QtBot

from rehabdesk.ui.page import Route
from tests.windows import Hands, hands_on


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def ringed(hands: Hands) -> bool:
    """Whether a ring stands around what has the focus."""
    frames = [frame for frame in hands.window.findChildren(QFocusFrame) if frame.isVisible()]
    return [frame.widget() for frame in frames] == [QApplication.focusWidget()]


def test_the_ring_outlives_the_page_that_it_was_on(hands: Hands) -> None:
    hands.sign_in("case")
    for name in ("people", "packets", "releases", "people", "settings"):
        hands.session.open(Route(name=name))
        hands.settle()
        for _ in range(40):
            hands.press(Qt.Key.Key_Tab)
            if isinstance(QApplication.focusWidget(), QPushButton) and hands.page.isAncestorOf(hands.focus):
                break

        assert isinstance(QApplication.focusWidget(), QPushButton), name
        assert ringed(hands), name
