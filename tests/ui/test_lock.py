"""The lock: it asks nothing, covers everything, leaves no word behind, and comes by itself (interface.md 6 and 16)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from rehabdesk.access.lock_view import IdleWatch, LockPage
from rehabdesk.notes.view.note_page import NotePage
from tests.desks import STAFF
from tests.windows import CTRL, PEOPLE, Hands, everything_said, hands_on

SECRET = "Obsidian umbrellas, seventeen marmots, quicksilver"


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def write_note(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("idr")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type(SECRET)


def test_the_lock_closes_every_menu_and_dialog_before_the_next_event(hands: Hands) -> None:
    hands.sign_in("psy")
    write_note(hands)
    dialog = QDialog(hands.window)
    dialog.setWindowTitle("Replace this file?")
    dialog.open()
    menu = QMenu(hands.window)
    menu.addAction("One")
    menu.popup(hands.window.rect().center())

    hands.window.lock()

    assert isinstance(hands.window.centralWidget(), LockPage)
    others = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not hands.window]
    assert others == []
    assert len(hands.ended) == 1, "the process is replaced"


def test_a_locked_window_holds_no_word_and_no_name(hands: Hands) -> None:
    hands.sign_in("psy")
    write_note(hands)
    QGuiApplication.clipboard().setText(SECRET)
    hands.lock()
    hands.settle()

    said = everything_said(hands.window)

    names = [word for person in PEOPLE for word in person]
    names += [f"Name of {sign_in}" for sign_in, _ in STAFF]
    lower = said.casefold()
    assert [word for word in (*SECRET.replace(",", "").split(), *names) if word.casefold() in lower] == []
    assert SECRET not in QGuiApplication.clipboard().text()
    assert hands.window.windowTitle() == "RehabDesk"


def test_the_successor_learns_the_time_and_the_line_for_the_paper_book_only(hands: Hands) -> None:
    hands.sign_in("psy")
    write_note(hands)
    hands.lock()

    told = json.loads(hands.ended[0])

    assert set(told) == {"at", "number", "words", "language"}
    assert len(told["words"]) == 4
    assert told["number"] > 0


def test_it_warns_a_minute_before_and_a_key_cancels_without_moving_the_focus(hands: Hands) -> None:
    hands.sign_in("psy")
    write_note(hands)
    writing, frame = hands.focus, hands.session.frame
    hands.pass_time(5 * 60 - 59)
    hands.wait(lambda: frame._warning.isVisible())
    assert "59" in frame._warning.text()

    hands.type("x")

    assert not frame._warning.isVisible()
    assert hands.focus is writing
    hands.pass_time(4 * 60 - 1)
    hands.qtbot.wait(700)
    assert hands.window.session is not None


def test_it_locks_by_itself_and_the_words_are_kept(hands: Hands) -> None:
    hands.sign_in("psy")
    write_note(hands)
    hands.pass_time(5 * 60 + 1)
    hands.wait(lambda: hands.window.session is None)

    hands.start_again()
    hands.sign_in("psy")

    page = hands.page
    assert isinstance(page, NotePage)
    assert page.sheet.answers()["psy.P3.free"] == SECRET


def test_a_computer_that_slept_is_locked_when_it_wakes(hands: Hands) -> None:
    hands.sign_in("psy")
    watch = hands.window._watch
    assert watch is not None
    watch._wall = lambda: hands.seconds[0] + 3_600

    hands.wait(lambda: hands.window.session is None)


def test_nothing_is_done_in_quiet_moments_once_the_desk_is_locked_or_its_window_closed(hands: Hands) -> None:
    hands.sign_in("psy")
    session = hands.session
    watches = hands.window.findChildren(IdleWatch)
    assert len(watches) == 1
    watches[0].look()
    hands.window.close()
    asked: list[bool] = []
    watches[0].quiet.connect(lambda: asked.append(True))
    hands.pass_time(3)
    hands.qtbot.wait(1_200)

    assert session.desk.locked
    assert not asked, "the watch goes on after its window was closed"
    session.rest()  # a moment that was already on its way finds a locked desk


def test_a_wrong_passphrase_says_one_sentence_and_takes_the_phrase_away(hands: Hands) -> None:
    hands.type("psy")
    hands.press(Qt.Key.Key_Tab)
    hands.type("not the right words at all")
    hands.press(Qt.Key.Key_Return)
    page = hands.window.centralWidget()
    assert isinstance(page, LockPage)
    hands.wait(lambda: page._problem.text() != "")

    assert page._problem.text() == "Name and passphrase do not match. 4 tries left before a five-minute wait."
    assert page._phrase.text() == ""
    assert page._name.text() == "psy"
    assert hands.focus is page._phrase
    assert isinstance(hands.focus, QLineEdit)
    assert hands.window.session is None


def test_an_empty_field_is_named_and_caps_lock_is_told(hands: Hands) -> None:
    page = hands.window.centralWidget()
    assert isinstance(page, LockPage)
    hands.type("psy")
    hands.press(Qt.Key.Key_Return)

    assert page._problem.text() == "Fill in: Passphrase."
    assert hands.focus is page._phrase
    hands.type("A")  # a large letter without Shift
    assert page._capitals.isVisible()
    hands.type("a")
    assert not page._capitals.isVisible()


def test_the_recovery_card_opens_the_desk_once_with_a_new_passphrase(hands: Hands) -> None:
    from rehabdesk.access.door_service import print_recovery_card

    card = print_recovery_card(hands.site.open("psy"))
    hands.site.close()
    page = hands.window.centralWidget()
    assert isinstance(page, LockPage)
    hands.type("psy")
    page._forgot.click()
    hands.type(f"{card[:20].lower()} {card[20:]}")
    for _ in range(2):
        hands.press(Qt.Key.Key_Tab)
        hands.type("a new and longer phrase of mine")
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: hands.window.session is not None)
    hands.lock()

    hands.start_again()
    hands.sign_in("psy", "a new and longer phrase of mine")
    assert hands.session.desk.uid
    hands.lock()
    hands.start_again()
    again = hands.window.centralWidget()
    assert isinstance(again, LockPage)
    hands.type("psy")
    again._forgot.click()
    hands.type(card)
    for _ in range(2):
        hands.press(Qt.Key.Key_Tab)
        hands.type("yet another phrase that is long")
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: again._problem.text() != "")
    assert hands.window.session is None
