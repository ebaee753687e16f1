"""What is final is asked for by name, with Back at hand; the rest is taken back by Ctrl+Z (interface.md 16.35, 36)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from rehabdesk.core.text import without_isolates
from rehabdesk.plans.model import GoalStatus
from rehabdesk.readiness.model import Item, ItemStatus
from rehabdesk.ui.page import Page
from tests.notes.sessions import SESSION
from tests.ui.every_screen import Walk
from tests.ui.seeded import seeded_hands
from tests.ui.states import Open, goal_removal, inner, main_act, note_read, person, press, route, waiver_strip
from tests.windows import CTRL, Hands

ROOT = Path(__file__).resolve().parents[2]
NAMED = r"\{(name|names|group|file|wrong)\b|\b(group|name)=isolate|\bgroup=|_question"
"""The place of a person, a group or a file in the sentence; alerts make theirs in `_question`."""
NAMES_NOBODY = {
    "src/rehabdesk/access/settings_view.py": "the own recovery card",
    "src/rehabdesk/ui/page.py": "hands the sentence on",
}
"""Files whose strips are about nobody else and no file."""


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with seeded_hands(qtbot, tmp_path) as ready:
        yield ready


# what is final


def strike(hands: Hands) -> None:
    note_read("Entered in error")(hands)
    hands.type("Two files were open.")
    hands.press(Qt.Key.Key_Return, CTRL)


def draft_note(hands: Hands) -> None:
    notes, now = hands.session.services.notes, hands.site.clock.now()
    draft = notes.start("psychologist_session", hands.people["Idrissa"], occurred_at=now, answers=SESSION)
    route("note", draft)(hands)


def deleting(before: Open) -> Open:
    def opened(hands: Hands) -> None:
        before(hands)
        press(hands, "Delete draft")

    return opened


FINAL: dict[str, tuple[str, Open]] = {
    "signing a note": ("psy", main_act(draft_note)),
    "striking a note": ("psy", strike),
    "deleting a note": ("psy", deleting(draft_note)),
    "deleting a plan": ("case", deleting(route("plan_write", "next"))),
    "deleting a packet": ("case", deleting(route("packet", ""))),
    "waiving an item": ("sup", waiver_strip),
}


@pytest.mark.parametrize("act", list(FINAL))
def test_it_names_the_person_and_enter_does_nothing(walk: Walk, act: str) -> None:
    role, opened = FINAL[act]
    walk.open(role, "settings")
    hands = walk.hands
    opened(hands)
    page = inner(hands)
    strip = next(each.strip for each in (page, hands.page) if each.strip.is_open())

    assert "Idrissa K." in without_isolates(strip.sentence)
    focus = QApplication.focusWidget()
    assert focus in (strip.phrase_field, strip._back)
    hands.press(Qt.Key.Key_Return)

    if strip.phrase_field is not None and isinstance(focus, QLineEdit):
        assert strip.is_open(), "Enter without a passphrase leaves the question"
        assert not strip.phrase_field.text()
        return
    assert not strip.is_open(), "Back is the answer at hand"
    assert inner(hands) is page, "nothing was done"


def test_every_question_in_the_source_has_a_place_for_a_name() -> None:
    nameless, found = [], 0
    for file in sorted((ROOT / "src").rglob("*.py")):
        place = file.relative_to(ROOT).as_posix()
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in ast.walk(function):
                if asks(call) and place not in NAMES_NOBODY:
                    found += 1
                    if not re.search(NAMED, words_of(call, function)):
                        nameless.append(f"{place}:{call.lineno}")  # type: ignore[attr-defined]  # a call
    assert found > 20
    assert nameless == []


def asks(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("ask", "ask_with_proof")
        and len(node.args) >= 3
    )


def words_of(call: ast.AST, function: ast.FunctionDef) -> str:
    """The sentence of a question: what is written there, or what the variable was given in this function."""
    assert isinstance(call, ast.Call)
    first = call.args[0]
    said = ast.unparse(first)
    used = {node.id for node in ast.walk(first) if isinstance(node, ast.Name)}
    assigned = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    for _ in range(2):  # a sentence, and what it was made of
        for node in assigned:
            if any(ast.unparse(target) in used for target in node.targets):
                said += ast.unparse(node.value)
                used |= {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
    return said


# what is not


def back(hands: Hands) -> str:
    hands.press(Qt.Key.Key_Z, CTRL)
    return hands.session.frame.toast.words


def item_in_hand(hands: Hands, code: str) -> Item:
    readiness = hands.session.services.releases.of_person(hands.people["Idrissa"])
    assert readiness is not None
    return readiness.item(code)


def test_an_item_of_the_list_gets_its_status_and_day_back(hands: Hands) -> None:
    hands.sign_in("case")
    person("release", "Update item")(hands)
    tab = inner(hands)
    code = tab._code  # type: ignore[attr-defined]  # the tab of the list
    before = item_in_hand(hands, code)
    hands.type("1")  # in progress
    hands.fill("Comment", "Asked twice.")
    day = hands.to("Due")
    assert isinstance(day, QLineEdit)
    day.setText("3 Dec 2026")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert item_in_hand(hands, code).status is ItemStatus.IN_PROGRESS
    assert item_in_hand(hands, code).due == QDate(2026, 12, 3).toPython()
    press(hands, "Update item")
    hands.type("2")  # done
    hands.fill("Evidence", "The paper is in the file.")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert item_in_hand(hands, code).status is ItemStatus.DONE

    assert "Taken back" in back(hands)

    after = item_in_hand(hands, code)
    assert (after.status, after.comment, after.evidence) == (ItemStatus.IN_PROGRESS, "Asked twice.", before.evidence)
    assert back(hands) == hands.session.frame.toast.words, "once only"
    assert item_in_hand(hands, code).status is ItemStatus.IN_PROGRESS


def test_a_moved_release_moves_back(hands: Hands) -> None:
    hands.sign_in("case")
    releases, idrissa = hands.session.services.releases, hands.people["Idrissa"]
    before = releases.of_person(idrissa)
    assert before is not None
    person("release", "Move the date")(hands)
    day = hands.focus
    assert isinstance(day, QLineEdit)
    day.setText("15 Feb 2027")
    hands.press(Qt.Key.Key_Return, CTRL)
    moved = releases.of_person(idrissa)
    assert moved is not None
    assert moved.checklist.anchor != before.checklist.anchor

    assert "Taken back" in back(hands)

    after = releases.of_person(idrissa)
    assert after is not None
    assert after.checklist.anchor == before.checklist.anchor
    assert [item.due for item in after.items] == [item.due for item in before.items]


def test_a_removed_goal_is_taken_up_again(hands: Hands) -> None:
    hands.sign_in("case")
    plans, idrissa = hands.session.services.plans, hands.people["Idrissa"]
    goal_removal(hands)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return, CTRL)

    def status() -> GoalStatus:
        stored = plans.in_force(idrissa)
        assert stored is not None
        return stored.plan.goal("g1").status

    assert status() is GoalStatus.REMOVED
    back(hands)
    assert status() is GoalStatus.ACTIVE
    page = hands.page
    assert isinstance(page, Page)
    assert [each for each in page.findChildren(QPushButton) if each.isVisible()]
