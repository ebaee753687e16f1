"""The ring around the focus: it stays, whatever page it was on, and it can be seen (interface.md 11 and 16.22)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.ui.focus import _Ring
from rehabdesk.ui.page import Route
from rehabdesk.ui.theme import Look
from rehabdesk.ui.tokens import Scheme, contrast
from tests.windows import Hands, hands_on

MOST_STOPS = 60
LEAST_SHARE = 0.75
"""Of the ring's length: its corners are round and a neighbour may cover a little."""


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def ringed(hands: Hands) -> bool:
    """Whether a ring stands around what has the focus."""
    rings = [ring for ring in hands.window.findChildren(_Ring) if ring.isVisible()]
    return [ring._target for ring in rings] == [QApplication.focusWidget()]


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


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("page", ["note", "register", "settings", "packet"])
def test_the_focus_is_seen_at_every_stop(hands: Hands, page: str, scheme: Scheme) -> None:
    hands.window.theme.use(Look(scheme=scheme))
    hands.start_again()
    hands.sign_in("case")
    form = "form:keywork" if page == "note" else ""
    hands.session.open(Route(name=page, person=hands.people["Idrissa"] if page in ("note", "packet") else "", id=form))
    hands.settle()
    seen: list[QWidget] = []
    unseen = []
    for _ in range(MOST_STOPS):
        hands.press(Qt.Key.Key_Tab)
        stop = hands.focus
        if stop in seen:
            break
        seen.append(stop)
        if isinstance(stop, QAbstractButton) and (share := ring_share(hands, stop)) < LEAST_SHARE:
            unseen.append((stop.accessibleName(), round(share, 2)))

    assert sum(isinstance(stop, QAbstractButton) for stop in seen) > 8
    assert unseen == []


def ring_share(hands: Hands, stop: QWidget) -> float:
    """How much of the ring in sight differs by 3:1 or more from what is there without the focus; 1 is all of it."""
    area = stop.rect().adjusted(-6, -6, 6, 6)
    area.moveTopLeft(stop.mapTo(hands.window, QPoint(-6, -6)))
    ground = next(ring for ring in hands.window.findChildren(_Ring) if ring.isVisible()).parentWidget()
    assert ground is not None
    room = ground.rect()
    room.moveTopLeft(ground.mapTo(hands.window, QPoint(0, 0)))
    whole, area = area.height(), area.intersected(room).intersected(hands.window.rect())
    with_focus = hands.window.grab(area).toImage()
    stop.clearFocus()
    hands.settle()
    without = hands.window.grab(area).toImage()
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    hands.settle()
    sides = 2 if area.height() == whole else 1  # at the edge of what scrolls one side is out of sight
    length = sides * (area.width() - 12) + 2 * (area.height() - 12)
    return changed(with_focus, without) / (2 * length)  # the ring is two whole pixels broad


def changed(one: QImage, other: QImage) -> int:
    """Pixels that stand out from those of the other picture."""
    colours = [
        memoryview(each.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I") for each in (one, other)
    ]
    known: dict[tuple[int, int], bool] = {}
    count = 0
    for pair in zip(*colours, strict=True):
        if pair[0] != pair[1]:
            if pair not in known:
                known[pair] = contrast(f"#{pair[0] & 0xFFFFFF:06x}", f"#{pair[1] & 0xFFFFFF:06x}") >= 3
            count += known[pair]
    return count
