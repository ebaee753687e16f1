"""Domain 14.13, as far as people, notes and plans go: a 17-year-old."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from rehabdesk.core.errors import UserError
from rehabdesk.db.projection import PROTECTED, TEAM
from rehabdesk.people.model import AgeRegime
from rehabdesk.people.protected_model import Recruited
from rehabdesk.people.protected_service import ProtectedNotes
from rehabdesk.ui.page import Route
from tests.plans.cases import activate, signed_keywork, staff_word
from tests.windows import CTRL, Hands, everything_said, hands_on

NOTE = "Zebrafish carried messages at eleven."


def add_the_child(hands: Hands) -> str:
    """Registered by keys as under 18; gives the id."""
    hands.session.open(Route(name="register"))
    hands.fill("Given name", "Sani")
    hands.fill("Family name", "Tari")
    hands.fill("Case number", "26-001")
    hands.fill("Born", "about 2009")
    hands.digit("Adult", 3)
    hands.choose("Psychologist", "Name")
    hands.press(Qt.Key.Key_Return, CTRL)
    (row,) = hands.session.services.people.find("26-001")
    return row.id


def buttons(hands: Hands) -> set[str]:
    return {button.text() for button in hands.page.findChildren(QPushButton) if button.isVisible()}


def test_child(qtbot: QtBot, tmp_path: Path) -> None:
    with hands_on(qtbot, tmp_path) as hands:
        hands.sign_in("case")
        child = add_the_child(hands)
        services = hands.session.services
        assert services.people.person(child).details.age_regime is AgeRegime.CHILD

        # every page of the record says what holds for a child
        for route in ("person_edit", "legal", "consents"):
            hands.session.open(Route(name=route, person=child))
            assert "name a guardian or the authority" in everything_said(hands.page), route

        # no words of progress by staff: no act for it, and the service refuses
        for person, offered in ((hands.people["Idrissa"], True), (child, False)):
            activate(services.plans, person)
            hands.session.open(Route(name="person", person=person, id="plan"))
            assert any("Record progress" in words for words in buttons(hands)) is offered
        with pytest.raises(UserError):
            services.progress.record(child, staff_word(sources=(signed_keywork(hands.session.desk, child),)))

        # whether the child was recruited is information about a victim: it goes to the safeguarding lead
        hands.session.open(Route(name="person_edit", person=child))
        hands.push("Tell the safeguarding lead")
        hands.type("1")
        hands.to("What the safeguarding lead must know")
        hands.type(NOTE)
        hands.push("Keep")
        assert "Kept with the safeguarding lead" in hands.session.frame.toast.words
        assert "Zebrafish" not in everything_said(hands.window)
        assert hands.session.desk.index(TEAM).match("Zebrafish") == []
        assert not hands.session.desk.holds(PROTECTED)
        name_the_lead(hands, child)
        hands.lock()
        hands.start_again()
        hands.sign_in("psy")
        notes = ProtectedNotes(hands.session.desk)
        (kept,) = notes.kept(child)
        read = notes.read(child, kept.rid)
        assert (read.recruited, read.words) == (Recruited.YES, NOTE)


def name_the_lead(hands: Hands, child: str) -> None:
    """The psychologist becomes the safeguarding lead, by keys."""
    hands.session.open(Route(name="assignments", person=child))
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.choose("In which capacity?", "Safeguarding")
    who = hands.to("Who?")
    assert isinstance(who, QComboBox)
    while "psy" not in who.currentText():
        before = who.currentIndex()
        hands.press(Qt.Key.Key_Down)
        assert who.currentIndex() > before
    hands.press(Qt.Key.Key_Return, CTRL)
