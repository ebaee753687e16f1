"""The measures of measures.py find what is wrong: else every screen would pass."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import measures
from tests.windows import application

WORDS = "Words that need more room than this"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """Bare: the style sheet of the program, which a test before may have set, would make everything large enough."""
    app = application()
    sheet = app.styleSheet()
    app.setStyleSheet("")
    held = QWidget()
    qtbot.addWidget(held)
    held.resize(400, 300)
    yield held
    app.setStyleSheet(sheet)


def test_cut_words_are_found(window: QWidget) -> None:
    label, lines, button, bar = (
        QLabel(WORDS, window),
        QLabel(WORDS, window),
        QPushButton(WORDS, window),
        QTabBar(window),
    )
    lines.setWordWrap(True)
    bar.addTab(WORDS)
    bar.addTab(WORDS)
    for place, each in enumerate((label, lines, button, bar)):
        each.setGeometry(0, 60 * place, 50, 20)
    window.show()

    found = measures.cut(window)

    assert {line.partition(":")[0] for line in found} >= {"label", "lines", "button", "tabs beyond the edge"}


def test_what_lies_on_each_other_is_found(window: QWidget) -> None:
    one, other = QPushButton("One", window), QPushButton("Other", window)
    one.setGeometry(0, 0, 100, 30)
    other.setGeometry(100, 0, 100, 30)
    window.show()
    assert measures.overlaps(window) == []

    other.move(90, 0)

    assert measures.overlaps(window) == ["QPushButton 'One' and QPushButton 'Other'"]


def test_small_targets_double_keys_and_namelessness_are_found(window: QWidget) -> None:
    button, tool, main = QPushButton("&Add", window), QToolButton(window), QPushButton("Sign", window)
    main.setProperty("kind", "primary")
    for place, (each, size) in enumerate(((button, (100, 30)), (tool, (20, 20)), (main, (100, 28)))):
        each.setGeometry(0, 40 * place, *size)
    line, label = QLineEdit(window), QLabel("N&ame", window)
    line.setGeometry(200, 0, 100, 30)
    label.setGeometry(200, 40, 100, 30)
    label.setBuddy(line)
    button.setEnabled(False)
    QShortcut(QKeySequence("F8"), window)
    QShortcut(QKeySequence("F8"), window)
    window.show()

    assert len(measures.small(window)) == 2
    assert set(measures.doubled(window)) == {"F8", "Alt+A"}
    assert any("QToolButton" in line for line in measures.misnamed(window))
    assert measures.grey_without_a_reason(window) == ["QPushButton '&Add'"]
    assert measures.beyond(window, 300, 300) == ["the window is 400 x 300"]
