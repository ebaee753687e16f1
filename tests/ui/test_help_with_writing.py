"""Help with writing in the real window, by keyboard: marks, suggestions, snippets, names of others, the last note."""

import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit
from pytestqt.qtbot import QtBot

from rehabdesk.access.writing_view import WritingPage
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.page import Route
from tests.windows import ALT, CTRL, Hands, application, everything_said, hands_on

WAVY = QTextCharFormat.UnderlineStyle.SpellCheckUnderline


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def open_note(hands: Hands, who: str = "psy") -> NotePage:
    hands.sign_in(who)
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("idr")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.wait(lambda: hands.session.services.people.naming.ready)
    page = hands.page
    assert isinstance(page, NotePage)
    return page


def area(hands: Hands) -> TextArea:
    focus = hands.focus
    assert isinstance(focus, TextArea)
    return focus


def marked(text: QTextEdit) -> list[str]:
    """The words with a wavy line."""
    found = []
    block = text.document().firstBlock()
    while block.isValid():
        lines = (each for each in block.layout().formats() if each.format.underlineStyle() == WAVY)
        found += [block.text()[each.start : each.start + each.length] for each in lines]
        block = block.next()
    return found


def fewer_marks(text: QTextEdit, count: int) -> bool:
    return len(marked(text)) < count


def menu(hands: Hands) -> QMenu:
    hands.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    hands.wait(lambda: found.actions()[0].isEnabled())
    return found


# spelling


def test_wrong_words_are_marked_when_the_hands_rest_and_names_never(hands: Hands) -> None:
    open_note(hands)
    hands.type("Idrissa Kada and Omar Sall recieved a letter from Name of case, 24-018. He is spek")
    text = area(hands)

    hands.wait(lambda: marked(text) != [])
    assert marked(text) == ["recieved"]
    hands.type("ing ")
    hands.wait(lambda: marked(text) == ["recieved", "speking"])


def test_two_hundred_keys_ask_no_dictionary_and_draw_no_change_of_text(hands: Hands) -> None:
    page = open_note(hands)
    text, speller = area(hands), hands.session.writing.help.speller
    hands.wait(lambda: not hands.session.writing.help._timer.isActive())
    hands.session.writing.help._timer.setInterval(3_600_000)  # the hands do not rest
    before = speller.asked

    hands.type("He recieved a letter and wrote anothr one. " * 5)

    assert speller.asked == before
    assert "hunspell" not in sys.modules
    hands.session.writing.help._timer.setInterval(1)
    page._autosave.now()
    changes: list[int] = []
    text.textChanged.connect(lambda: changes.append(1))
    hands.session.writing.help._timer.start()
    hands.wait(lambda: len(marked(text)) == 10)
    assert changes == []
    assert not page._autosave._last.isActive()


def test_a_suggestion_is_taken_by_keys_and_taken_back(hands: Hands) -> None:
    open_note(hands)
    hands.type("He recieved it. ")
    text = area(hands)
    hands.wait(lambda: marked(text) == ["recieved"])

    hands.press(Qt.Key.Key_Period, CTRL)
    suggestions = menu(hands)
    assert len(suggestions.actions()) <= 7
    QTest.keyClick(suggestions, Qt.Key.Key_Return)
    hands.settle()

    assert text.words() == "He received it. "
    hands.press(Qt.Key.Key_Z, CTRL)
    assert text.words() == "He recieved it. "


def test_my_words_survive_a_lock_and_ignored_ones_do_not(hands: Hands) -> None:
    open_note(hands)
    hands.type("The zarmaphone sang dansk. ")
    text = area(hands)
    hands.wait(lambda: marked(text) == ["zarmaphone", "dansk"])
    for caption in ("Ignore here", "Add to my words"):
        hands.press(Qt.Key.Key_Period, CTRL)
        count = len(marked(text))
        shown = menu(hands)
        shown.setActiveAction(next(action for action in shown.actions() if action.text() == caption))
        QTest.keyClick(shown, Qt.Key.Key_Return)
        hands.wait(partial(fewer_marks, text, count))
    assert marked(text) == []

    hands.lock()
    hands.start_again()
    hands.sign_in("psy")

    again = area(hands)
    hands.wait(lambda: marked(again) == ["dansk"])
    assert hands.session.services.writing.habits.words == ("zarmaphone",)


def test_a_lock_ends_the_child_and_closes_the_suggestions_without_waiting(hands: Hands) -> None:
    open_note(hands)
    hands.type("He recieved it. ")
    text = area(hands)
    hands.wait(lambda: marked(text) == ["recieved"])
    process = hands.session.writing.help.speller._process
    child = int(process.processId())
    hands.press(Qt.Key.Key_Period, CTRL)
    menu(hands)
    before = time.perf_counter()
    hands.window.lock()
    took = time.perf_counter() - before

    assert process.state() == QProcess.ProcessState.NotRunning
    assert not Path(f"/proc/{child}").exists()
    assert QApplication.activePopupWidget() is None
    assert took < 5
    assert "recieved" not in everything_said(hands.window)


def test_it_is_switched_off_in_the_settings(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="settings"))
    hands.settle()
    hands.push("Spelling, snippets and my words")
    assert isinstance(hands.page, WritingPage)
    hands.digit("English", 4)
    assert hands.session.services.writing.habits.languages == ()
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("idr")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type("He recieved it. ")
    hands.qtbot.wait(700)

    assert marked(area(hands)) == []
    assert hands.session.writing.help.speller._process.state() == QProcess.ProcessState.NotRunning


def test_the_page_scrolls_with_who_writes(hands: Hands) -> None:
    page = open_note(hands)
    hands.type("A line that is long enough to be read.\n" * 12 + "The last one.")
    text = area(hands)
    hands.settle()

    caret = text.viewport().mapTo(page, text.cursorRect().bottomLeft()).y()
    assert caret < page.scroll_area().geometry().bottom()
    assert page.scroll_area().verticalScrollBar().value() > 0


# snippets


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Space, "Today. We had to stop early because the room was needed. "),
        (Qt.Key.Key_Return, "Today. We had to stop early because the room was needed."),
        (Qt.Key.Key_Tab, "Today. We had to stop early because the room was needed."),
    ],
)
def test_a_snippet_expands_and_is_taken_back_in_one_step(hands: Hands, key: Qt.Key, expected: str) -> None:
    open_note(hands)
    text = area(hands)
    hands.type("Today. ;short")
    hands.press(key)

    assert text.words() == expected
    assert hands.focus is text
    hands.press(Qt.Key.Key_Z, CTRL)
    assert text.words() == "Today. ;short"
    assert text.textCursor().position() == len("Today. ;short")


@pytest.mark.parametrize("typed", ["word;short ", ";;short ", ";shorter ", "; short ", ";short, "])
def test_a_snippet_never_expands_inside_of_something_else(hands: Hands, typed: str) -> None:
    open_note(hands)
    hands.type(typed)

    assert area(hands).words() == typed


def test_own_snippets_are_made_changed_and_deleted_by_keyboard(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="writing"))
    hands.settle()
    hands.push("New snippet")
    hands.type("two words")
    hands.fill("Text", "The certificate is on its way.")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "letters and digits only" in everything_said(hands.page)
    assert "The certificate is on its way." in everything_said(hands.page)
    line = hands.to("Short word")
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("cert")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert line is not hands.focus
    hands.push("Change \u2068cert")
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("Paper")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.session.writing.help.snippets()["paper"] == "The certificate is on its way."
    hands.push("Delete \u2068Paper")
    assert "paper" not in hands.session.writing.help.snippets()
    hands.press(Qt.Key.Key_Z, CTRL)
    assert "paper" in hands.session.writing.help.snippets()


# names of others


def test_a_name_of_somebody_else_is_said_and_replaced_by_one_key(hands: Hands) -> None:
    page = open_note(hands)
    hands.type("Omar Sall hit him. Idrissa Kada saw OMAR SALL leave. Name of case was there.")
    text = area(hands)
    hands.wait(lambda: page.names_card.isVisible())
    assert "Omar Sall" in everything_said(page.names_card)

    hands.press(Qt.Key.Key_R, ALT)
    hands.wait(lambda: "Omar" not in text.words())

    role = "nother person in the group"
    assert text.words() == f"A{role} hit him. Idrissa Kada saw a{role} leave. Name of case was there."
    hands.wait(lambda: "The name is replaced in 1 field" in everything_said(page.names_card))
    text.setFocus()
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.wait(lambda: [hit.words for hit in page.names_card.hits] == ["Omar Sall"])
    assert text.words() == "Omar Sall hit him. Idrissa Kada saw OMAR SALL leave. Name of case was there."


def test_replacing_in_several_fields_is_taken_back_outside_of_them(hands: Hands) -> None:
    page = open_note(hands)
    hands.type("Omar Sall hit him.")
    first = area(hands)
    hands.fill("Strength", "He did not hit Omar Sall back.")
    hands.wait(lambda: page.names_card.isVisible())
    hands.press(Qt.Key.Key_R, ALT)
    hands.wait(lambda: "Omar" not in str(page.sheet.answers()))

    hands.press(Qt.Key.Key_U, ALT)
    hands.wait(lambda: "Omar" in first.words())

    assert first.words() == "Omar Sall hit him."
    assert page.sheet.answers()["psy.P9"] == "He did not hit Omar Sall back."


def test_a_name_that_is_to_stay_stays_for_this_draft_also_after_a_lock(hands: Hands) -> None:
    page = open_note(hands)
    hands.type("Omar Sall is his cousin. Amina Keita too.")
    hands.wait(lambda: page.names_card.isVisible())
    hands.press(Qt.Key.Key_E, ALT)
    hands.wait(lambda: len(page.names_card.hits) == 1)
    assert [hit.words for hit in page.names_card.hits] == ["Amina Keita"]
    hands.lock()
    hands.start_again()
    hands.sign_in("psy")

    again = hands.page
    assert isinstance(again, NotePage)
    hands.wait(lambda: again.names_card.hits != ())
    assert [hit.words for hit in again.names_card.hits] == ["Amina Keita"]


def test_names_never_stand_in_the_way_of_signing(hands: Hands) -> None:
    page = open_note(hands)
    hands.type("Omar Sall hit him.")
    hands.wait(lambda: page.names_card.isVisible())
    hands.press(Qt.Key.Key_F8)
    hands.type("4Patient with the long form")
    hands.press(Qt.Key.Key_F8)
    hands.type("112")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)

    assert not isinstance(hands.page, NotePage)


def test_a_chaplain_is_warned_of_sealed_matters_and_may_go_on(hands: Hands) -> None:
    hands.sign_in("cha")
    form = hands.session.pages.note_form
    hands.session.open(Route(name="note", person=hands.people["Idrissa"], id=f"form:{form}"))
    hands.wait(lambda: hands.session.services.people.naming.ready)
    page = hands.page
    assert isinstance(page, NotePage)
    hands.fill("Follow-up I promised", "He confessed to me")
    hands.wait(lambda: page.names_card.isVisible())

    assert "Sealed matters are never entered here" in everything_said(page.names_card)
    assert page.sheet.answers()["cha.C6"] == "He confessed to me"


# the last note


def sign_first_note(hands: Hands, words: str) -> None:
    open_note(hands)
    hands.type(words)
    hands.press(Qt.Key.Key_F8)
    hands.type("4Patient with the long form")
    hands.press(Qt.Key.Key_F8)
    hands.type("112")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert not isinstance(hands.page, NotePage)
    hands.site.clock.advance(timedelta(days=7))
    hands.press(Qt.Key.Key_N, CTRL)
    hands.wait(lambda: isinstance(hands.page, NotePage))


def test_what_was_to_come_next_is_copied_on_request_and_marked_until_it_is_changed(hands: Hands) -> None:
    sign_first_note(hands, "He came.\nNext: the letter to the shop.")
    page = hands.page
    assert isinstance(page, NotePage)
    text = area(hands)
    assert text.words() == ""
    hands.type("We met.")
    hands.press(Qt.Key.Key_N, ALT)
    hands.wait(lambda: text.words() != "We met.")

    field = page.sheet._fields["psy.P3.free"]
    assert text.words() == "We met.\nNext: the letter to the shop."
    assert field.origin.startswith("From ")
    page.keep()
    draft = page.draft_id
    assert draft is not None
    assert "From" not in str(hands.session.services.notes.draft(draft).answers)
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("omar")
    hands.press(Qt.Key.Key_Return)
    hands.session.open(Route(name="note", person=hands.people["Idrissa"], id=draft))
    again = hands.page
    assert isinstance(again, NotePage)
    assert again.sheet._fields["psy.P3.free"].origin.startswith("From ")
    hands.press(Qt.Key.Key_End, CTRL)
    hands.press(Qt.Key.Key_Backspace)
    assert again.sheet._fields["psy.P3.free"].origin == ""
    assert application().activeWindow() is hands.window


def test_the_whole_last_note_can_be_read_beside_the_new_one(hands: Hands) -> None:
    sign_first_note(hands, "He came. " * 200 + "\nNext: the letter.")
    page = hands.page
    assert isinstance(page, NotePage)

    assert page.last_note is not None
    text = page.last_note.findChildren(TextArea)[0]
    assert text.isReadOnly()
    assert text.words().endswith("Patient with the long form")
    assert area(hands).words() == ""
