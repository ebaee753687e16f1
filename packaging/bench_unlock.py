"""One unlock as a person meets it: a process of its own, its lock page in sight for a while, then My day.

`python bench_unlock.py FOLDER` prints the milliseconds from the passphrase to the page, without the time that a
passphrase costs: the desk of the bench has the cheapest one.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_vault import PHRASES, door_to
from event_loop import settle
from PySide6.QtWidgets import QApplication

from rehabdesk.access.threshold_service import Threshold
from rehabdesk.app_session import PLACE
from rehabdesk.app_window import Window, prepare
from rehabdesk.ui.theme import Look

TYPING = 4.0
"""Seconds that somebody takes at the least for a name and a passphrase of six words."""
LOGIN = "psy"


def unlocked_in(folder: Path) -> float:
    """Milliseconds."""
    app = QApplication([])
    prepare(app)
    door = door_to(folder)
    window = Window(app, Threshold.of(door), replace=lambda _words: None, look=Look(), language="en")
    window.resize(1366, 700)
    window.start()
    settle()
    window.load_what_comes_next()
    until = time.monotonic() + TYPING
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.005)
    begin = time.perf_counter()
    desk = door.unlock(LOGIN, PHRASES[LOGIN])
    desk.keep_secret(PLACE, b"{}")  # whoever left on another page would come back to that one
    window.open(desk)
    settle()
    taken = (time.perf_counter() - begin) * 1000
    window.close()
    window.jobs.close()
    return taken


if __name__ == "__main__":
    print(unlocked_in(Path(sys.argv[1])))
