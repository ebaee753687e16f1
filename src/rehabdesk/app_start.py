"""Starts the program with a window. What nobody needs before the lock page is loaded after it stands."""

import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rehabdesk.access.threshold_service import Threshold
from rehabdesk.core import resources
from rehabdesk.core.clock import SystemClock
from rehabdesk.core.errors import StorageError
from rehabdesk.core.i18n import tr, use_language
from rehabdesk.core.process import harden_this_process, own_command, replace_this_process

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from rehabdesk.access.door_service import Door
    from rehabdesk.app_window import Window
    from rehabdesk.core.canon import Json

MOST_WORDS = 8_000_000
"""Bytes of what a process that was locked hands on: the time, and drafts that it could not write, sealed."""
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""One of these says on Linux where a window can be."""


def run_window(folder: Path | None, language: str, *, after_lock: bool) -> int:
    """Shows the window and stays until it is closed; the exit status. At a lock this process ends (vault.md 9)."""
    message = _message_from_before() if after_lock else {}
    use_language(language, resources.path("i18n"))
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        raise StorageError(tr("There is no screen here to open a window on. Start RehabDesk from the desktop."))
    harden_this_process()
    app, window = first_window(folder or _default_vault(), language, message)
    window.load_what_comes_next()
    status = app.exec()
    window.jobs.close()
    return status


def first_window(vault: Path, language: str, message: "Mapping[str, Json]") -> "tuple[QApplication, Window]":
    """The window with its first page. All that the first paint waits for, and nothing else.

    Garbage is not looked for meanwhile: what is loaded stays. The first job, a moment later, begins to (ui/jobs.py).
    """
    gc.disable()
    from rehabdesk.ui.features import leave_features_out

    leave_features_out()
    from rehabdesk.app_window import Window, install_excepthook, look_for, new_application

    app = new_application()
    successor = own_command("--vault", str(vault.absolute()), "--lang", language, "--after-lock")
    window = Window(
        app,
        threshold_of(vault),
        replace=lambda words: replace_this_process(successor, words),
        look=look_for(app, language),
        language=language,
        message=message,
    )
    install_excepthook(window)
    window.start()
    return app, window


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


def _default_vault() -> Path:
    from rehabdesk.access.files_store import default_vault

    return default_vault()


def _message_from_before() -> "dict[str, Json]":
    """What the process before this one, which was locked, says: the time, the line for the paper book. Else nothing."""
    import json

    try:
        found = json.loads(sys.stdin.buffer.read(MOST_WORDS) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
