"""Finding by keyboard: the find box, the search over everything, filters that are kept."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from rehabdesk.notes.view.read_page import ReadPage
from rehabdesk.overview.search_view import SearchPage
from rehabdesk.people.service import People
from rehabdesk.people.view.people_page import PeoplePage
from rehabdesk.people.view.person_page import PersonPage
from rehabdesk.ui.page import Route
from tests.notes.sessions import KEYWORK, MEETING, SESSION
from tests.windows import CTRL, Hands, hands_on

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as found:
        yield found


def write(hands: Hands) -> None:
    """A session and a key-work note on Idrissa."""
    hands.site.clock.set(MEETING.replace(hour=16))
    for sign_in, form, answers in (("psy", "psychologist_session", SESSION), ("case", "keywork", KEYWORK)):
        hands.sign_in(sign_in)
        notes = hands.session.services.notes
        notes.sign(notes.start(form, hands.people["Idrissa"], occurred_at=MEETING, answers=answers))
        hands.lock()
        hands.start_again()


def lines(hands: Hands) -> list[str]:
    hits = hands.session.frame.palette_box.hits
    return [str(hits.item(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(hits.count())]


def found(page: SearchPage) -> list[str]:
    return [str(page.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(page.list.count())]


def searching(hands: Hands) -> SearchPage:
    assert isinstance(hands.page, SearchPage)
    return hands.page


def test_the_find_box_knows_other_spellings_and_says_so(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("umar")

    assert lines(hands)[0].startswith("Omar S., ")
    assert "similar name" in lines(hands)[0]
    hands.press(Qt.Key.Key_Return)
    assert isinstance(hands.page, PersonPage)


def test_the_last_line_of_the_find_box_searches_in_everything(hands: Hands) -> None:
    write(hands)
    hands.sign_in("psy")
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("sewing machine")
    assert "sewing machine" in lines(hands)[-1]
    hands.press(Qt.Key.Key_Up)
    for _ in lines(hands):
        hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)

    page = searching(hands)
    hands.wait(lambda: page.list.count() == 1)
    assert "sewing machine" in found(page)[0]
    hands.to("What was found")
    hands.press(Qt.Key.Key_Return)
    assert isinstance(hands.page, ReadPage)


def test_ctrl_shift_f_opens_the_search_from_every_page_and_filters_narrow_it(hands: Hands) -> None:
    write(hands)
    hands.sign_in("case")
    hands.press(Qt.Key.Key_F, CTRL | SHIFT)
    page = searching(hands)
    hands.type("unlock")
    hands.wait(lambda: page.list.count() == 1)
    hands.to("Author")
    hands.press(Qt.Key.Key_Down)
    hands.wait(lambda: page.list.count() == 0)
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Nothing matches. Check the spelling, try the number, or remove a filter." in words
    hands.push("Remove the filters")
    hands.wait(lambda: page.list.count() == 1)


def test_a_search_stays_with_a_person_where_two_have_the_one_name_that_is_shown(hands: Hands) -> None:
    people, omar = People(hands.site.open("case")), hands.people["Omar"]
    people.amend(omar, replace(people.person(omar).details, display_alias="Idrissa K."))
    hands.site.close()
    hands.sign_in("cha")
    hands.session.open(Route(name="search", person=omar))
    page = searching(hands)
    assert page._person.text() == "Idrissa K.", "a chaplain is shown no case number"
    page._words.setText("anything")
    page._begin()
    assert page._wish.person == omar
    page._person.setText("24-017")
    page._begin()
    assert page._wish.person == hands.people["Idrissa"]


def test_a_day_that_is_not_understood_is_said_and_kept(hands: Hands) -> None:
    hands.sign_in("case")
    hands.session.open(Route(name="search", id="idr"))
    page = searching(hands)
    hands.fill("From day", "never")
    hands.press(Qt.Key.Key_Tab)
    said = page.findChild(QLabel, "found-count")
    assert said is not None
    assert said.text() == "Date must be like 20/11, 20 Nov 2026 or yesterday."
    assert page._since.text() == "never"


def test_a_filter_is_kept_under_a_name_and_is_there_after_the_next_unlock(hands: Hands) -> None:
    hands.sign_in("case")
    hands.session.open(Route(name="search", id="unlock"))
    hands.choose("Kind", "Plans")
    page = searching(hands)
    page._saved.name_it()
    hands.type("My plans\n")
    hands.lock()
    hands.start_again()
    hands.sign_in("psy")
    hands.session.open(Route(name="search"))
    assert searching(hands)._filters.names() == ()  # another login's are not there
    hands.lock()
    hands.start_again()
    hands.sign_in("case")
    hands.session.open(Route(name="search"))
    page = searching(hands)
    hands.push("Saved filters")
    menu = page._saved.findChild(QMenu)
    assert menu is not None
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    hands.settle()
    assert (page._words.text(), page._kind.code()) == ("unlock", "plan")
    page._saved._delete("My plans")
    assert page._filters.names() == ()


def test_the_find_box_begins_with_who_was_seen_last_within_the_caseload(hands: Hands) -> None:
    hands.sign_in("case")
    for name in ("Amina", "Omar"):
        hands.session.open(Route(name="person", person=hands.people[name], id="overview"))
    hands.lock()
    hands.start_again()
    hands.sign_in("case")
    hands.press(Qt.Key.Key_K, CTRL)
    assert [line.split(" ")[0] for line in lines(hands)[:3]] == ["Omar", "Amina", "Idrissa"]


def test_the_find_box_presses_what_the_page_in_sight_offers(hands: Hands) -> None:
    hands.sign_in("case")
    hands.session.open(Route(name="people"))
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("add a per")
    assert lines(hands)[0].startswith("Add a person")
    hands.press(Qt.Key.Key_Return)
    assert hands.session._route.name == "register"


def test_an_administrator_searches_nothing(hands: Hands) -> None:
    hands.sign_in("adm")
    hands.press(Qt.Key.Key_F, CTRL | SHIFT)
    assert not isinstance(hands.page, SearchPage)
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("idrissa")
    assert not any("Search notes" in line or "Idrissa" in line for line in lines(hands))


def test_a_filter_of_the_people_list_is_kept_too(hands: Hands) -> None:
    hands.sign_in("case")
    hands.session.open(Route(name="people"))
    page = hands.page
    assert isinstance(page, PeoplePage)
    hands.fill("Find in this list", "umar")
    assert page._name(page.table.rows.record(0)) == "\u2068Omar S.\u2069 (similar name)"
    page.saved.name_it()
    hands.type("Omars\n")
    hands.session.open(Route(name="people"))
    page = hands.page
    assert isinstance(page, PeoplePage)
    hands.push("Saved filters")
    menu = page.saved.findChild(QMenu)
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    hands.settle()
    assert page._find.text() == "umar"
    assert len(page.table.rows.records) == 1
