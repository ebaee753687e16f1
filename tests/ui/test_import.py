"""A list is brought in by keyboard: chosen, seen, asked about, written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from rehabdesk.people.view.import_page import ImportPage
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.page import Route
from tests.windows import CTRL, Hands, hands_on

GOOD = """Matricule;Nom;Prénom;Né le;Situation;Sortie;Quartier;Religion
24-017;Kada;Idrissa;1997;condamné;31/12/2027;B2;x
24-101;Qada;Driss;1997;condamné;31/12/2027;B2;x
24-102;Sall;Ousmane;1990;prévenu;;;x
"""


class Chosen(FileDialogs):
    def __init__(self, path: Path) -> None:
        self.path = path

    def choose_file(self, owner: object, title: str, pattern: str) -> Path | None:
        return self.path


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as found:
        found.window.files = Chosen(tmp_path / "list.csv")
        found.sign_in("case")
        yield found


def chosen(hands: Hands, tmp_path: Path, text: str) -> ImportPage:
    (tmp_path / "list.csv").write_text(text, encoding="cp1252")
    hands.session.open(Route(name="import"))
    page = hands.page
    assert isinstance(page, ImportPage)
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: page.plan is not None)
    return page


def said(page: ImportPage, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert label is not None
    return "".join(sign for sign in label.text() if not 0x2066 <= ord(sign) <= 0x2069)


def test_a_list_comes_in_by_keyboard(hands: Hands, tmp_path: Path) -> None:
    page = chosen(hands, tmp_path, GOOD)

    assert said(page, "import-counts") == "1 person comes in · 1 is in the register already · 1 like somebody, left out"
    assert said(page, "not-taken-over") == "Not taken over: Religion"
    hands.to("Lines of the list")
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)  # who is like Idrissa comes in as a new person
    assert said(page, "import-counts").startswith("2 people come in")

    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Bringing in 2 people from " in page.strip.findChildren(QLabel)[0].text()
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.wait(lambda: hands.page is not page)

    found = hands.session.services.people.register_page(limit=50)
    assert [row.case_ref for row in found] == ["24-017", "24-018", "24-019", "24-101", "24-102"]


def test_a_wrong_line_is_said_and_nothing_can_be_brought_in(hands: Hands, tmp_path: Path) -> None:
    page = chosen(hands, tmp_path, GOOD + "24-103;Bah;Sira;1990;condamné;31/02/2027;;\n")

    words = [label.text() for label in page.findChildren(QLabel)]
    assert any("31/02/2027" in each and "does not exist" in each for each in words)
    assert page.findChild(QPushButton, "bring-in") is None
    hands.press(Qt.Key.Key_Return, CTRL)
    assert not page.strip.is_open()


def test_another_encoding_and_column_are_chosen_by_keyboard(hands: Hands, tmp_path: Path) -> None:
    page = chosen(hands, tmp_path, GOOD.replace("Matricule", "Dossard"))
    assert page.plan is not None
    assert {one.line for one in page.plan.wrong} == {2, 3, 4}

    hands.choose("Column \u2068Dossard", "Case")
    hands.wait(lambda: page.plan is not None and not page.plan.wrong)
    assert hands.focus.accessibleName() == "Column \u2068Dossard\u2069"


@pytest.mark.parametrize("content", [b"", b"Name", b"\0\1\2\0\1\2", b'Name\n"x'])
def test_a_file_that_is_no_list_is_refused_on_the_page(hands: Hands, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    hands.session.open(Route(name="import"))
    page = hands.page
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: any(label.text() == "There is a problem" for label in page.findChildren(QLabel)))
    assert isinstance(page, ImportPage)
    assert page.plan is None


def test_other_roles_have_no_such_page(qtbot: QtBot, tmp_path: Path) -> None:
    with hands_on(qtbot, tmp_path) as found:
        found.sign_in("psy")
        found.session.open(Route(name="import"))
        assert not isinstance(found.page, ImportPage)
