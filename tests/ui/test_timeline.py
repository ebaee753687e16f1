"""A timeline is narrowed by keyboard: a kind, words, a day."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rehabdesk.notes.view.timeline_tab import TimelineTab
from rehabdesk.people.view.person_page import PersonPage
from rehabdesk.ui.page import Route
from tests.notes.sessions import KEYWORK, MEETING, SESSION
from tests.windows import CTRL, Hands, hands_on


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as found:
        found.site.clock.set(MEETING.replace(hour=16))
        for sign_in, form, answers in (("case", "keywork", KEYWORK), ("psy", "psychologist_session", SESSION)):
            found.sign_in(sign_in)
            notes = found.session.services.notes
            for days in (0, 20):
                moment = MEETING - timedelta(days=days)
                notes.sign(notes.start(form, found.people["Idrissa"], occurred_at=moment, answers=answers))
            if sign_in == "case":
                found.lock()
                found.start_again()
        found.session.open(Route(name="person", person=found.people["Idrissa"], id="timeline"))
        yield found


def titles(hands: Hands) -> list[str]:
    page = hands.page
    assert isinstance(page, PersonPage)
    assert isinstance(page.tab, TimelineTab)
    rows = page.tab.list
    spoken = [str(rows.item(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(rows.count())]
    return [words.split(".")[0] for words in spoken]


def test_a_kind_of_entry_is_chosen(hands: Hands) -> None:
    assert len(titles(hands)) == 6
    hands.choose("Kind of entry", "Shared")
    assert titles(hands) == ["Shared summary", "Shared summary"]


def test_ctrl_f_finds_words_in_this_timeline_and_enter_goes_to_them(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F, CTRL)
    assert hands.focus.accessibleName() == "Find in this timeline"
    hands.type("second pattern")
    hands.wait(lambda: len(titles(hands)) == 2)
    assert set(titles(hands)) == {"Key-work session"}
    hands.press(Qt.Key.Key_Return)
    assert hands.focus.accessibleName().startswith("Timeline of")


def test_a_day_is_gone_to(hands: Hands) -> None:
    hands.fill("Go to day", "-10")
    hands.press(Qt.Key.Key_Tab)
    hands.wait(lambda: len(titles(hands)) == 3)


def test_words_that_stand_nowhere_are_said(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F, CTRL)
    hands.type("nowhere")
    hands.wait(lambda: not titles(hands))
    page = hands.page
    assert isinstance(page, PersonPage)
    assert isinstance(page.tab, TimelineTab)
    assert page.tab._none.isVisible()
