"""Starts the program with a window. What nobody needs before the lock page is loaded after it stands."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rehabdesk.access.files_store import default_vault
from rehabdesk.access.threshold_service import Threshold
from rehabdesk.core import resources
from rehabdesk.core.clock import SystemClock
from rehabdesk.core.errors import StorageError
from rehabdesk.core.i18n import tr, use_language
from rehabdesk.core.process import harden_this_process, own_command, replace_this_process

if TYPE_CHECKING:
    from rehabdesk.access.door_service import Door
    from rehabdesk.core.canon import Json

MOST_WORDS = 8_000_000
"""Bytes of what a process that was locked hands on: the time, and drafts that it could not write, sealed."""
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""One of these says on Linux where a window can be."""


def run_window(folder: Path | None, language: str, *, after_lock: bool) -> int:
    """Shows the window and stays until it is closed; the exit status. At a lock this process ends (vault.md 9)."""
    message = _message_from_before() if after_lock else {}
    code = language
    use_language(code, resources.path("i18n"))
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        raise StorageError(tr("There is no screen here to open a window on. Start RehabDesk from the desktop."))
    from PySide6.QtWidgets import QApplication

    from rehabdesk.app_window import Window, install_excepthook, look_for, prepare

    harden_this_process()
    vault = folder or default_vault()
    app = QApplication([sys.argv[0]])
    prepare(app)
    successor = own_command("--vault", str(vault.absolute()), "--lang", code, "--after-lock")
    window = Window(
        app,
        threshold_of(vault),
        replace=lambda words: replace_this_process(successor, words),
        look=look_for(app, code),
        language=code,
        message=message,
    )
    install_excepthook(window)
    window.start()
    window.load_what_comes_next()
    status = app.exec()
    window.jobs.close()
    return status


def threshold_of(vault: Path) -> Threshold:
    """Before the desk of a folder; what opens it is loaded when somebody comes in, or after the lock page stands."""
    clock = SystemClock()

    def make() -> "Door":
        from rehabdesk.access.door_service import Door
        from rehabdesk.access.unlock_service import Means
        from rehabdesk.app import PROJECTIONS
        from rehabdesk.core.ids import SystemIds

        return Door(vault, Means(clock=clock, ids=SystemIds(clock), projections=PROJECTIONS))

    return Threshold(vault, clock, make)


def _message_from_before() -> "dict[str, Json]":
    """What the process before this one, which was locked, says: the time, the line for the paper book. Else nothing."""
    try:
        found = json.loads(sys.stdin.buffer.read(MOST_WORDS) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
