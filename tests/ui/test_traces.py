"""The shared laptop: a day of work leaves no name in a title, a log, a temporary file or any file beside the desk."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from rehabdesk.ui.page import Route
from tests.windows import CTRL, PEOPLE, Hands, hands_on

TYPED = "Zwirnspule"
"""A word that stands in a note only."""
NAMES = (*(word for given, family, number in PEOPLE for word in (given, family, number)), TYPED)
HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this login's settings, caches and temporary files go for a while."""
    place = tmp_path / "home"
    place.mkdir()
    for name in HOMES:
        monkeypatch.setenv(name, str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path, home: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def names_in(content: bytes) -> list[str]:
    """Names in any of the ways in which a program writes text down."""
    low = content.lower()
    forms = {name: (name.lower().encode(), name.lower().encode("utf-16-le")) for name in NAMES}
    return [name for name, written in forms.items() if any(each in low for each in written)]


def test_a_day_leaves_no_name_beside_the_desk(
    hands: Hands, home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    titles: list[str] = []
    hands.window.windowTitleChanged.connect(titles.append)
    for sign_in in ("psy", "case", "sup"):
        hands.sign_in(sign_in)
        titles.append(hands.window.windowTitle())
        person = hands.people["Idrissa"]
        hands.press(Qt.Key.Key_K, CTRL)
        hands.type("idr")
        hands.press(Qt.Key.Key_Return)
        for route, *_rest in hands.session.pages.menu():
            hands.session.open(Route(name=route))
            hands.settle()
        if hands.session.pages.note_form:
            form = hands.session.pages.note_form
            hands.session.open(Route(name="note", person=person, id=f"form:{form}"))
            hands.type(TYPED)
            hands.settle()
        hands.lock()
        hands.start_again()
    settings = QSettings()
    assert [key for key in settings.allKeys() if names_in(repr(settings.value(key)).encode())] == []
    assert {title for title in titles if names_in(title.encode())} == set()
    said = capfd.readouterr()
    assert names_in((said.out + said.err).encode()) == []
    assert hands.ended, "each lock was an end of the process"
    assert [name for message in hands.ended for name in names_in(message)] == []
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(home not in file.parents for file in written), "the desk itself is among them"
    assert {str(file): found for file in written if (found := names_in(file.read_bytes()))} == {}


def test_the_hunt_finds_a_name_however_it_is_written() -> None:
    assert names_in("…Idrissa…".encode()) == ["Idrissa"]
    assert names_in("KADA".encode("utf-16-le")) == ["Kada"]
    assert names_in(b"") == []
