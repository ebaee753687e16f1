"""The lock never waits (16.8): every dialog, menu and pop-up that the program opens, and the idle timer."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMenu, QTextEdit
from pytestqt.qtbot import QtBot

from rehabdesk.access.lock_view import LockPage
from rehabdesk.core.errors import StorageError
from rehabdesk.plans.model import Agreement
from rehabdesk.ui.fields import DateField
from tests.plans.cases import draft_plan
from tests.ui.states import person, plain, route
from tests.windows import Hands, hands_on

SOON_MS = 60


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def file_to_open(hands: Hands) -> None:
    hands.window.files.choose_file(hands.window, "Choose a file", "*.csv")


def file_to_save(hands: Hands) -> None:
    hands.window.files.save_file(hands.window, "card.pdf", b"words")


def calendar(hands: Hands) -> None:
    route("note", "form:keywork")(hands)
    hands.page.findChildren(DateField)[0]._open_calendar()


def combo(hands: Hands) -> None:
    route("note", "form:keywork")(hands)
    next(each for each in hands.page.findChildren(QComboBox) if each.isVisible()).showPopup()


def menu_of_a_text(hands: Hands) -> None:
    route("note", "form:keywork")(hands)
    area = next(each for each in hands.page.findChildren(QTextEdit) if each.isVisible())
    menu = area.createStandardContextMenu()
    menu.exec(hands.window.mapToGlobal(hands.window.rect().center()))


def menu_of_a_button(hands: Hands) -> None:
    plain("people", "Saved filters")(hands)


def menu_of_a_goal(hands: Hands) -> None:
    desk = hands.session.services
    rid = desk.plans.propose(desk.plans.start(hands.people["Idrissa"], draft_plan())).rid
    desk.plans.record_agreement(rid, Agreement.AGREED, words="Yes.")
    desk.plans.activate(rid)
    person("plan", "More about this goal")(hands)


def storage_failure(hands: Hands) -> None:
    hands.window.say_storage_failure(StorageError("The disk is full. Free some room."))


OPENS: dict[str, Callable[[Hands], None]] = {
    "a file to open": file_to_open,
    "a file to save": file_to_save,
    "the calendar": calendar,
    "a list that opens": combo,
    "the menu of a text": menu_of_a_text,
    "the menu of a button": menu_of_a_button,
    "the menu of a goal": menu_of_a_goal,
    "a failing store": storage_failure,
}


@pytest.mark.parametrize("what", list(OPENS))
def test_the_idle_lock_stands_over_it(hands: Hands, what: str) -> None:
    hands.sign_in("case")
    seen: list[str] = []
    after: list[object] = []

    def time_is_up() -> None:
        """Runs inside the dialog's own loop, as the watch does."""
        popup = QApplication.activePopupWidget()
        modal = QApplication.activeModalWidget()
        if popup is None and modal is None:
            return
        timer.stop()
        seen.extend(type(each).__name__ for each in (popup, modal) if each is not None)
        hands.pass_time(5 * 60 + 1)
        watch = hands.window._watch
        assert watch is not None
        watch.look()
        after.append(hands.window.centralWidget())
        after.extend(others())

    timer = QTimer(hands.window)
    timer.timeout.connect(time_is_up)
    timer.start(SOON_MS)
    OPENS[what](hands)
    hands.wait(lambda: bool(after))

    assert seen, "nothing was open"
    assert isinstance(after[0], LockPage), "before the next event"
    assert after[1:] == []
    assert hands.window.session is None
    assert len(hands.ended) == 1
    assert others() == []


def others() -> list[str]:
    """Windows in sight besides the one."""
    return [
        type(each).__name__
        for each in QApplication.topLevelWidgets()
        if (each.isVisible() and isinstance(each, QFileDialog | QMenu)) or (each.isVisible() and each.isModal())
    ]


def test_no_dialog_is_left_out() -> None:
    """What else opens a window of its own must stand in OPENS."""
    root = Path(__file__).resolve().parents[2] / "src"
    opening = ("QFileDialog", "QMessageBox", "QMenu(", "QPrintDialog", "QDialog(", "QInputDialog", "QCalendarWidget")
    found = {
        file.relative_to(root / "rehabdesk").as_posix()
        for file in root.rglob("*.py")
        if any(word in file.read_text("utf-8") for word in opening)
    }
    assert found == {
        "access/setup_steps_view.py",  # before there is a desk, so nothing locks
        "app_window.py",
        "ui/fields.py",
        "ui/files.py",  # choosing a printer opens only where there is one
        "ui/menu.py",
        "ui/saved_filters.py",
        "ui/writing.py",
    }
