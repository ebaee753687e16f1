"""Other people's names are looked for in every text that goes into one person's record, not in notes alone (G17)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rehabdesk.db.projection import CLINICAL
from rehabdesk.notes.alerts.view.letter_pages import RefusalPage
from rehabdesk.notes.view.read_page import ReadPage
from rehabdesk.plans.conferences.view.minutes_page import MinutesPage
from rehabdesk.ui.names_card import NamesCard
from rehabdesk.ui.page import Page, Route
from tests.notes.sessions import SESSION
from tests.plans.conferences import hold
from tests.ui.test_help_with_writing import area
from tests.windows import ALT, CTRL, Hands, everything_said, hands_on

ROLE = "nother person in the group"


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def open_page(hands: Hands, name: str, rid: str = "") -> Page:
    hands.session.open(Route(name=name, person=hands.people["Idrissa"], id=rid))
    hands.wait(lambda: hands.session.services.people.naming.ready)
    return hands.page


def card_in(page: Page) -> NamesCard:
    """The one that says something."""
    (card,) = [each for each in page.findChildren(NamesCard) if each.isVisible()]
    return card


def has_card(page: Page) -> bool:
    return any(each.isVisible() for each in page.findChildren(NamesCard))


def replace_and_take_back(hands: Hands, page: Page) -> None:
    """What is typed names Omar Sall at its beginning: one key puts a role there, one takes it back."""
    text, typed = area(hands), area(hands).words()
    hands.wait(lambda: has_card(page))
    assert "Omar Sall" in everything_said(card_in(page))
    hands.press(Qt.Key.Key_R, ALT)
    hands.wait(lambda: text.words() == typed.replace("Omar Sall", f"A{ROLE}"))
    assert text.hasFocus(), "one writes on"
    hands.press(Qt.Key.Key_U, ALT)
    hands.wait(lambda: text.words() == typed)
    hands.wait(lambda: [hit.words for hit in card_in(page).hits] == ["Omar Sall"])
    hands.press(Qt.Key.Key_E, ALT)
    hands.wait(lambda: not has_card(page))


def test_an_addition_a_strike_and_a_declined_request_say_whom_else_they_name(hands: Hands) -> None:
    hands.sign_in("psy")
    notes, now = hands.session.services.notes, hands.site.clock.now()
    draft = notes.start(
        "psychologist_session", hands.people["Idrissa"], occurred_at=now - timedelta(hours=1), answers=SESSION
    )
    rid = notes.sign(draft).note.rid
    page = open_page(hands, "note_read", f"{CLINICAL}:{rid}")
    assert isinstance(page, ReadPage)
    hands.push("Add details")
    hands.type("Omar Sall told this to Idrissa Kada.")
    replace_and_take_back(hands, page)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Omar Sall told this to Idrissa Kada." in everything_said(page), "a name that stays never stands in the way"
    hands.push("Entered in error")
    hands.type("This was Omar Sall.")
    hands.wait(lambda: has_card(page))
    assert "Omar Sall" in everything_said(card_in(page))

    page = open_page(hands, "refusal")
    assert isinstance(page, RefusalPage)
    hands.fill("Reason for declining", "Omar Sall has nothing to do with Idrissa Kada.")
    replace_and_take_back(hands, page)


def test_minutes_say_whom_else_they_name_in_a_text_and_in_a_line(hands: Hands) -> None:
    hands.sign_in("case")
    services = hands.session.services
    at = hands.site.clock.now() - timedelta(hours=1)
    rid = hold(services.conferences, hands.people["Idrissa"], at=at)
    page = open_page(hands, "minutes", rid)
    assert isinstance(page, MinutesPage)
    hands.type("Omar Sall shares the room with Idrissa Kada.")
    replace_and_take_back(hands, page)
    hands.push("Add an action")
    hands.type("Ask Amina Keita.")
    hands.wait(lambda: has_card(page))
    hands.press(Qt.Key.Key_R, ALT)
    hands.wait(lambda: f"Ask a{ROLE}." in [row.typed().text for row in page.editor.to_do.rows])
    hands.push("Take action 1 away")
    hands.wait(lambda: not has_card(page))
    assert not page.names.undo(), "the line is gone, and with it what could be taken back"


def test_a_chaplain_who_adds_or_declines_is_warned_of_sealed_matters(hands: Hands) -> None:
    hands.sign_in("cha")
    page = open_page(hands, "refusal")
    assert isinstance(page, RefusalPage)
    hands.fill("Reason for declining", "He confessed to me")
    hands.wait(lambda: has_card(page))
    assert "Sealed matters are never entered here" in everything_said(card_in(page))
