"""Right to left: sides change, icons that point turn, numbers stay whole (interface.md 16.29 and 30)."""

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.ui.theme import Look, Theme
from tests.ui import measures
from tests.ui.every_screen import EVERY, Walk
from tests.ui.states import press
from tests.windows import SIZE, application

RTL = Look(rtl=True)
NUMBER = re.compile(r"RD-[A-Z0-9-]{4,}|\b\d{2}-\d{3}\b|\+\d[\d ]{8,}\d")
"""Numbers of packets, cases and phones: groups of digits that Arabic would set in the wrong order."""
OPENS, CLOSES = "\u2066\u2068\u202a\u200e", "\u2069\u202c\u200e"
PAIRS = {
    ("psy", "overview"): ("Quick note", "Open checklist"),
    ("psy", "note read"): ("Back", "Add details"),
    ("case", "packet"): ("Delete draft", "Finish later"),
    ("case", "assignments"): ("Who this is", "Consents"),
    ("case", "item"): ("Cancel", "Save"),
    ("sup", "release"): ("Agree: not applicable", "Waive"),
}
"""Two controls of a screen, in the order in which they are read."""


def x_of(window: QWidget, name: str) -> int:
    found = [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible() and each.accessibleName().startswith(name) and not each.window().isHidden()
    ]
    assert found, [each.accessibleName() for each in measures.visible(window, QAbstractButton)]
    return found[-1].mapTo(window, QPoint(0, 0)).x()


@pytest.mark.parametrize(("role", "screen"), list(PAIRS))
def test_what_is_read_first_stands_on_the_side_where_reading_starts(walk: Walk, role: str, screen: str) -> None:
    first, second = PAIRS[role, screen]
    window = walk.open(role, screen)
    assert x_of(window, first) < x_of(window, second)

    window = walk.open(role, screen, RTL)

    assert x_of(window, first) > x_of(window, second)


@pytest.mark.parametrize("icon", ["arrow-left", "arrow-right"])
def test_icons_that_point_turn_and_others_do_not(qtbot: QtBot, icon: str) -> None:
    theme = Theme(application())

    def drawn(name: str, *, rtl: bool) -> QImage:
        theme.use(Look(rtl=rtl))
        return theme.pixmap(name, "text", 32).toImage()

    left, right = drawn(icon, rtl=False), drawn(icon, rtl=True)
    assert left != right
    assert near(left.flipped(Qt.Orientation.Horizontal), right)
    assert near(drawn("package", rtl=False), drawn("package", rtl=True))


def near(one: QImage, other: QImage) -> bool:
    """Whether two pictures are the same but for the edges of lines."""
    differing = sum(
        abs(one.pixelColor(x, y).alpha() - other.pixelColor(x, y).alpha()) > 96
        for x in range(one.width())
        for y in range(one.height())
    )
    return differing < 12


def bare(words: str) -> list[str]:
    """Numbers in a mixed sentence that do not stand between isolates. One that stands alone needs none."""
    return [hit.group() for hit in NUMBER.finditer(words) if not held(words, hit) and words.strip() != hit.group()]


def held(words: str, hit: re.Match[str]) -> bool:
    """Whether the innermost isolate around a number is still open where it begins."""
    before = words[: hit.start()]
    depth = sum(before.count(sign) for sign in OPENS) - sum(before.count(sign) for sign in CLOSES)
    return depth > 0 or (hit.start() == 0 and not re.search(r"[^\W\d_]", words.replace(hit.group(), "")))


@pytest.mark.parametrize(("role", "screen"), EVERY)
def test_mirrored_and_with_longer_words_it_fits_and_its_numbers_are_whole(walk: Walk, role: str, screen: str) -> None:
    """Two looks in one, as making a screen costs more than looking at it."""
    window = walk.open(role, screen, RTL, language="xx")
    said = [each.text() for each in measures.visible(window, QLabel) if isinstance(each, QLabel)]
    said += [each.text() for each in measures.visible(window, QAbstractButton) if isinstance(each, QAbstractButton)]
    for table in measures.visible(window, QTableView):
        assert isinstance(table, QTableView)
        model = table.model()
        said += [
            str(model.index(row, column).data() or "")
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]

    assert [number for words in said for number in bare(words)] == []
    assert measures.cut(window) == []
    assert measures.overlaps(window) == []
    assert measures.beyond(window, *SIZE) == []
    assert measures.doubled(window) == []


def test_the_first_row_is_in_hand_in_a_mirrored_table(walk: Walk) -> None:
    walk.open("case", "release", RTL)

    press(walk.hands, "Update item")

    assert not list(measures.visible(walk.hands.page, QTableView)), "the form of the first item"
