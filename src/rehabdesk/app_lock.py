"""The steps of a lock, each of which may fail alone: the record is covered and the process ends in any case."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.core.errors import RehabDeskError

if TYPE_CHECKING:  # what nobody needs before the lock page stands
    from rehabdesk.access.own_service import Unwritten
    from rehabdesk.core.canon import Json

RESCUE = "rescue"
"""Name in that message of the drafts that could not be written, sealed to their authors."""


def attempt(step: Callable[[], object]) -> bool:
    """Does one step; whether it worked. A failure of any kind is no reason to leave out the next step of a lock: a
    record that stays on the screen is worse than any bug, which leaves a line without data.
    """
    try:
        step()
    except RehabDeskError:
        return False
    except Exception as error:  # noqa: BLE001 - see above
        say_bug(type(error), error.__traceback__)
        return False
    return True


def say_bug(kind: type[BaseException], trace: object) -> None:
    """One line about an error of our own: its kind and place, never a value."""
    place = "an unknown place"
    while trace is not None:
        frame = getattr(trace, "tb_frame", None)
        if frame is not None:
            place = f"{Path(frame.f_code.co_filename).name}, line {getattr(trace, 'tb_lineno', 0)}"
        trace = getattr(trace, "tb_next", None)
    if sys.stderr is not None:  # a windowed program has none
        sys.stderr.write(f"RehabDesk met an error of its own ({kind.__name__} in {place}).\n")


def close_all_but(window: QWidget) -> None:
    """Menus, pop-ups and dialogs go, whatever they ask."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        popup.deleteLater()
        if QApplication.activePopupWidget() is popup:
            break
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isWindow() and other.isVisible():
            other.close()
            other.deleteLater()


def sealed_words(unwritten: "Sequence[Unwritten]") -> "list[Json]":
    """Sealed drafts as they go to the successor, the smallest first."""
    from rehabdesk.core.canon import b64

    return [[each.uid, each.did, b64(each.sealed)] for each in sorted(unwritten, key=lambda one: len(one.sealed))]


def end_with(message: "Mapping[str, Json]", replace: Callable[[bytes], None]) -> bool:
    """Ends this process with a message to the successor; whether that worked.

    Where a message is more than the system hands on, drafts are left out, the largest first.
    """
    import json

    kept = message.get(RESCUE)
    rescue = list(kept) if isinstance(kept, list) else []
    while True:
        words = {name: value for name, value in message.items() if name != RESCUE} | (
            {RESCUE: rescue} if rescue else {}
        )
        if attempt(lambda words=words: replace(json.dumps(words).encode("utf-8"))):  # type: ignore[misc]
            return True
        if not rescue:
            return False
        rescue.pop()


def put_into_rescue(folder: Path, message: "Mapping[str, Json]") -> "list[Json]":
    """What the process before could not write goes into `rescue/`, where its author's unlock finds it (vault.md 9).

    Gives what this process could not write either; what is not of that form is left out.
    """
    kept = message.get(RESCUE)
    return [each for each in kept if not _is_put(folder, each)] if isinstance(kept, list) else []


def _is_put(folder: Path, one: "Json") -> bool:
    from rehabdesk.access.files_store import DeskFiles
    from rehabdesk.core.canon import unb64

    match one:
        case [str(uid), str(did), str(sealed)] if f"{uid}{did}".isascii() and uid.isalnum() and did.isalnum():
            return attempt(lambda: DeskFiles(folder).keep_rescue(uid, did, unb64(sealed)))
    return True
