"""A whole program with a window, in a process of its own: it types, and then is killed or locks itself.

Arguments: vault, profile, sign-in name, passphrase file, what to do (`type` or `lock`), file for what it says.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.access.door_service import Door
from rehabdesk.access.keys_service import Cost
from rehabdesk.access.threshold_service import Threshold
from rehabdesk.access.unlock_service import Means
from rehabdesk.app import PROJECTIONS
from rehabdesk.app_window import Window, prepare
from rehabdesk.core.clock import SystemClock
from rehabdesk.core.ids import SystemIds
from rehabdesk.core.process import own_command, replace_this_process
from rehabdesk.ui.page import Route
from rehabdesk.ui.theme import Look
from tests.desks import CHEAP, CHEAP_BOUNDS


def focus() -> QWidget:
    widget: QWidget | None = QApplication.focusWidget()
    assert widget is not None
    return widget


def main() -> None:
    vault, profile, sign_in, phrase_file, what, said = sys.argv[1:7]
    app = QApplication([])
    prepare(app)
    clock = SystemClock()
    means = Means(clock=clock, ids=SystemIds(clock), projections=PROJECTIONS, cost=Cost(bounds=CHEAP_BOUNDS))
    door = Door(Path(vault), means, profile=Path(profile), cost=CHEAP)
    successor = own_command("--vault", vault, "--after-lock")
    window = Window(
        app,
        Threshold.of(door),
        replace=lambda words: replace_this_process(successor, words),
        look=Look(),
        language="en",
    )
    window.start()
    window.activateWindow()
    desk = door.unlock(sign_in, Path(phrase_file).read_text("utf-8"))
    window.open(desk)
    session = window.session
    if session is None:
        return
    row = session.services.people.own_cases()[0]
    session.open(Route(name="note", person=row.id, id="form:psychologist_session"))
    typed: list[str] = []

    def one_more() -> None:
        word = f"w{len(typed):05d} "
        QTest.keyClicks(focus(), word)
        typed.append(word)
        with Path(said).open("a", encoding="utf-8") as file:
            file.write(f"{time.monotonic():.4f} {word}\n")
        if what == "lock" and len(typed) == 30:
            QTest.keyClick(focus(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    timer = QTimer()
    timer.timeout.connect(one_more)
    timer.start(15)
    app.exec()


if __name__ == "__main__":
    main()
