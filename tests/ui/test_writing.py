"""Writing notes through the window: how few keys it takes, and that nothing typed is lost (interface.md 16)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.model import NoteDraft, Part
from rehabdesk.notes.service import Notes
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.people.service import People
from rehabdesk.people.view.person_page import PersonPage
from rehabdesk.ui.autosave import Autosave
from rehabdesk.ui.page import Route
from tests.windows import CTRL, Hands, MouseWatch, application, everything_said, hands_on

FIVE_LINES = "He came on time.\nHe brought the form.\nThe class starts on Monday.\nHe laughed once.\nNext: the letter."


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def drafts_of(hands: Hands, sign_in: str) -> tuple[NoteDraft, ...]:
    desk = hands.site.open(sign_in)
    try:
        return Notes(desk, People(desk), load_forms()).drafts()
    finally:
        hands.site.close()


def write_five_lines(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("idr")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type(FIVE_LINES)


def test_a_five_line_draft_takes_four_groups_and_no_mouse(hands: Hands) -> None:
    hands.sign_in("psy")
    watch = MouseWatch()
    application().installEventFilter(watch)
    hands.groups = 0

    write_five_lines(hands)

    assert hands.groups <= 4
    hands.lock()
    (draft,) = drafts_of(hands, "psy")
    assert draft.answers["psy.P3.free"] == FIVE_LINES
    assert draft.person_id == hands.people["Idrissa"]
    assert watch.presses == 0


def test_the_draft_is_answered_and_signed_in_twelve(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.groups = 0

    write_five_lines(hands)
    hands.press(Qt.Key.Key_F8)
    hands.type("4Patient with the long form")
    hands.press(Qt.Key.Key_F8)
    hands.type("112")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)

    assert hands.groups <= 12
    assert isinstance(hands.page, PersonPage)
    entries = hands.session.services.notes.timeline.page(hands.people["Idrissa"])
    assert [entry.part for entry in entries] == [Part.NOTE]
    hands.lock()
    assert drafts_of(hands, "psy") == ()


def test_nothing_is_lost_when_it_is_locked_within_the_same_moment(hands: Hands) -> None:
    hands.sign_in("psy")
    write_five_lines(hands)
    area = hands.focus
    assert isinstance(area, QTextEdit)
    cursor = area.textCursor()
    cursor.setPosition(5)
    cursor.setPosition(9, cursor.MoveMode.KeepAnchor)
    area.setTextCursor(cursor)
    hands.lock()

    hands.start_again()
    hands.sign_in("psy")

    assert isinstance(hands.page, NotePage)
    again = hands.focus
    assert isinstance(again, QTextEdit)
    assert again.toPlainText() == FIVE_LINES
    assert (again.textCursor().anchor(), again.textCursor().position()) == (5, 9)


def test_somebody_else_gets_the_own_home_and_leaves_the_draft_alone(hands: Hands) -> None:
    hands.sign_in("psy")
    write_five_lines(hands)
    hands.lock()
    hands.start_again()

    hands.sign_in("case")

    assert not isinstance(hands.page, NotePage)
    hands.lock()
    assert drafts_of(hands, "case") == ()
    assert len(drafts_of(hands, "psy")) == 1


def test_nothing_is_lost_on_a_quick_change_of_page(hands: Hands) -> None:
    hands.sign_in("psy")
    write_five_lines(hands)
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("omar")
    hands.press(Qt.Key.Key_Return)
    assert isinstance(hands.page, PersonPage)

    (draft,) = hands.session.services.notes.drafts()
    assert draft.answers["psy.P3.free"] == FIVE_LINES


def test_signing_too_early_says_what_is_missing_and_keeps_everything(hands: Hands) -> None:
    hands.sign_in("psy")
    write_five_lines(hands)
    hands.press(Qt.Key.Key_Return, CTRL)

    page = hands.page
    assert isinstance(page, NotePage)
    links = [button for button in page.findChildren(QPushButton) if button.property("kind") == "errorlink"]
    assert QApplication.focusWidget() is links[0]
    at_fields = {field.error for field in page.findChildren(type(page.sheet._fields["psy.P6"])) if field.error}
    assert {link.text().replace("&&", "&") for link in links} == at_fields
    hands.press(Qt.Key.Key_Return)
    assert page.sheet.isAncestorOf(hands.focus)
    assert page.sheet.answers()["psy.P3.free"] == FIVE_LINES


def test_a_wrong_date_is_said_and_every_field_keeps_what_was_typed(hands: Hands) -> None:
    hands.sign_in("psy")
    write_five_lines(hands)
    page = hands.page
    assert isinstance(page, NotePage)
    page.sheet._day.line.setText("the day before the feast")
    before = page.sheet.answers()

    hands.press(Qt.Key.Key_Return, CTRL)

    assert "Date must be like 20/11, 20 Nov 2026 or yesterday." in everything_said(page)
    assert "Fill in: Date" not in everything_said(page)
    assert page.sheet.answers() == before
    assert page.sheet._day.text() == "the day before the feast"
    assert not page.strip.is_open()


def test_words_typed_beside_the_signing_question_are_signed(hands: Hands) -> None:
    hands.sign_in("psy")
    write_five_lines(hands)
    hands.press(Qt.Key.Key_F8)
    hands.type("4Patient with the long form")
    hands.press(Qt.Key.Key_F8)
    hands.type("112")
    hands.press(Qt.Key.Key_Return, CTRL)
    page = hands.page
    assert isinstance(page, NotePage)
    assert page.strip.is_open()
    page.sheet._boxes["psy.P3.free"].control().setFocus()
    hands.type("One line more. ")
    typed = page.sheet.answers()["psy.P3.free"]
    hands.press(Qt.Key.Key_Return, CTRL)

    notes = hands.session.services.notes
    entry = notes.timeline.page(hands.people["Idrissa"])[0]
    assert "One line more." in str(typed)
    assert notes.timeline.open(entry.comp, entry.rid).part.words["psy.P3.free"] == str(typed).strip()


@pytest.mark.parametrize("slip", ["1/1/101", "31/12/9999", "\u00b2/11", "11/\u00b2"])
def test_a_slip_in_the_date_never_stops_the_saving(hands: Hands, slip: str) -> None:
    hands.sign_in("psy")
    write_five_lines(hands)
    page = hands.page
    assert isinstance(page, NotePage)
    page.sheet._day.line.setText(slip)
    hands.lock()

    (draft,) = drafts_of(hands, "psy")
    assert draft.answers["psy.P3.free"] == FIVE_LINES
    assert draft.occurred_at is None


def test_what_could_not_be_written_is_tried_again(hands: Hands) -> None:
    """Also where the failure is one that nobody thought of."""
    tries: list[int] = []

    def write() -> None:
        tries.append(len(tries))
        if len(tries) == 1:
            raise ValueError

    autosave = Autosave(hands.window, write)
    autosave.touch()
    with pytest.raises(ValueError, match=r"^$"):
        autosave.now()
    hands.wait(lambda: len(tries) == 2)


def test_a_confidential_encounter_leaves_no_field_for_words(hands: Hands) -> None:
    hands.sign_in("cha")
    hands.session.open(Route(name="note", person=hands.people["Idrissa"], id="form:chaplain_engagement"))
    page = hands.page
    assert isinstance(page, NotePage)
    page.sheet._boxes["cha.C1"].take({"cha.C1": "confidential_encounter"})
    page.sheet._touched()
    hands.settle()

    assert not isinstance(hands.page, NotePage)
    assert not hands.page.findChildren(QTextEdit)
    assert not hands.page.findChildren(QLineEdit)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.session.services.notes.drafts() == ()
    month = hands.site.clock.now().date().isoformat()[:7]
    assert hands.session.services.months.month_sheet(month).encounters == 1
    assert hands.session.services.notes.timeline.page(hands.people["Idrissa"]) == ()
