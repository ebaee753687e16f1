"""Every empty list teaches the next step: a sentence, and the button that does it where this role may (16.34)."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.access.model import Role
from rehabdesk.core.text import without_isolates
from rehabdesk.ui.page import Route
from tests.desks import STAFF
from tests.windows import Hands, hands_on

EVERYBODY = (*STAFF, ("csup", Role.CSUP))
PERSON = ("overview", "timeline", "notes", "plan", "release", "contacts", "packets", "consents", "placements")
WAITS = {
    "Nothing needs you today.": "the good end of a day",
    "Nobody is within 12 weeks of release.": "time decides",
    "Nothing waits for you.": "the good end of a day",
    "You promised nothing that is still open.": "the good end of a day",
    "No packet waits for your signature.": "others begin it",
    "No packet yet.": "others begin it",
    "Nothing was written to you yet.": "others begin it",
    "Nobody here yet.": "others begin it, and the sentence says who",
    "You work with nobody yet.": "others begin it, and the sentence says who",
    "No checklist is open.": "others begin it",
    "No goals yet.": "others begin it",
    "The checklist starts": "others begin it",
    "No conditions recorded.": "others begin it",
    "Nothing about": "others begin it",
    "Not asked about anything yet.": "others begin it",
    "Nobody has been released yet.": "the sentence says where",
    "Nothing is counted in": "what is signed is counted by itself, and the sentence says so",
    "Nobody yet.": "others begin it",
    "Not asked yet.": "others begin it",
    "Nothing received. A case officer": "others begin it, and the sentence says who",
}
"""Lists that this login cannot fill, by the beginning of their sentence."""
WRITES = {
    "case": ("No goals yet.", "The checklist starts", "Nothing about", "Nobody yet.", "Not asked", "No conditions"),
    "psy": ("No goals yet.", "Nothing about", "Nobody is in"),
    "cha": ("Nothing about",),
}
"""Where this login can: the button must be there."""


@pytest.fixture(scope="module")
def held() -> Iterator[dict[str, object]]:
    held: dict[str, object] = {}
    yield held
    close(held)


def close(held: dict[str, object]) -> None:
    """One desk at a time."""
    for name in tuple(held):
        held.pop(name)[0].__exit__(None, None, None)  # type: ignore[index]  # what `hands_on` gave


def desk(held: dict[str, object], name: str, qtbot: QtBot, factory: pytest.TempPathFactory) -> Hands:
    """`empty`: nobody is registered; `bare`: three people of whom nothing is written."""
    if name not in held:
        close(held)
        context = hands_on(qtbot, factory.mktemp(name), staff=EVERYBODY, people=name == "bare")
        held[name] = (context, context.__enter__())
    hands = held[name][1]  # type: ignore[index]  # as above
    assert isinstance(hands, Hands)
    hands.qtbot = qtbot
    return hands


def sign_in(hands: Hands, role: str) -> None:
    if hands.window.session is not None:
        hands.lock()
    hands.start_again()
    hands.sign_in(role)


def untaught(hands: Hands, role: str) -> list[str]:
    """Lists in sight with nothing in them that neither say nor offer what comes next."""
    found = []
    for box in hands.page.findChildren(QWidget, "empty-list"):
        if not box.isVisible():
            continue
        words = without_isolates(" ".join(label.text() for label in box.findChildren(QLabel)))
        acts = [each for each in box.findChildren(QPushButton) if each.isVisible() and each.isEnabled()]
        able = words.startswith(WRITES.get(role, ()))
        if not words or (not acts and not beside(box) and (able or not words.startswith(tuple(WAITS)))):
            found.append(words or "an empty list without a word")
    views = [each for each in hands.page.findChildren(QAbstractItemView) if each.isVisible()]
    bare = [each.accessibleName() for each in views if each.model() is not None and each.model().rowCount() == 0]
    return [*found, *(f"nothing is in {name}, and nothing says so" for name in bare)]


def beside(box: QWidget) -> list[QPushButton]:
    """Buttons of the card that the empty list stands in, and the main act of its page."""
    card = box.parentWidget()
    while card is not None and not card.property("card"):
        card = card.parentWidget()
    near = [] if card is None else card.findChildren(QPushButton)
    main = [each for each in box.window().findChildren(QPushButton) if each.property("kind") == "primary"]
    return [each for each in (*near, *main) if each.isVisible() and each.isEnabled() and not in_top_bar(each)]


def in_top_bar(button: QPushButton) -> bool:
    parent = button.parentWidget()
    return parent is not None and parent.objectName() == "topbar"


@pytest.mark.parametrize("role", [sign for sign, _ in EVERYBODY])
def test_an_empty_desk(
    held: dict[str, object], qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, role: str
) -> None:
    hands = desk(held, "empty", qtbot, tmp_path_factory)
    sign_in(hands, role)
    wrong = {}
    for name, *_ in hands.session.pages.menu():
        hands.session.open(Route(name=name))
        hands.settle()
        wrong[name] = untaught(hands, role)

    assert len(wrong) > 2
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("role", ["case", "psy", "cha", "sup"])
def test_a_person_of_whom_nothing_is_written(
    held: dict[str, object], qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, role: str
) -> None:
    hands = desk(held, "bare", qtbot, tmp_path_factory)
    sign_in(hands, role)
    person, pages, wrong = hands.people["Idrissa"], hands.session.pages, {}
    tabs = {tab.code for tab in pages._tabs.of(hands.session.services.people.row(person))}
    pages_too = {"case": ("consents", "placements"), "psy": ("consents", "placements"), "cha": ("consents",)}
    for name in PERSON:
        if name in tabs:
            hands.session.open(Route(name="person", person=person, id=name))
        elif name in pages_too.get(role, ()):
            hands.session.open(Route(name=name, person=person))
        else:
            continue
        hands.settle()
        wrong[name] = untaught(hands, role)

    assert len(wrong) > 2
    assert {name: found for name, found in wrong.items() if found} == {}
