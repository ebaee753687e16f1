"""What a screen reader does, by AT-SPI alone: hears what is shown, types into fields, presses. For test_assistive.py.

It runs on Debian's Python, which has pyatspi. Arguments: the pipe for answers, and the command that starts the program.
Each line on standard input is a deed, `["shown"]`, `["type", name, words]`, `["press", name]` or `["text", name]`; its
answer is one line of JSON. Standard output belongs to the daemons of the bus.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi  # type: ignore[import-not-found]  # Debian's, not of our environment
from gi.repository import GLib  # type: ignore[import-not-found]  # as above

PATIENCE = 20
"""Seconds until what is waited for must be there."""


def everything(one: Any) -> Iterator[Any]:
    """The part and all below it that are shown."""
    yield one
    for place in range(one.childCount):
        child = one.getChildAtIndex(place)
        if child is not None and child.getState().contains(pyatspi.STATE_SHOWING):
            yield from everything(child)


def shown() -> list[Any]:
    return [part for program in pyatspi.Registry.getDesktop(0) for part in everything(program)]


def of_name(name: str) -> Any:
    """The control of that name; waits for it."""
    end = time.monotonic() + PATIENCE
    while True:
        names = []
        try:
            for part in shown():
                if part.getState().contains(pyatspi.STATE_FOCUSABLE) and part.name == name:
                    return part
                names.append(part.name)
        except (LookupError, GLib.Error):  # a part, or the program, went while it was asked
            pass
        if time.monotonic() > end:
            sys.exit(f"no control {name!r} among {names}")
        time.sleep(0.05)


def told() -> list[list[object]]:
    """Role, name and whether it takes the focus, of everything shown."""
    return [[part.getRoleName(), name_of(part), part.getState().contains(pyatspi.STATE_FOCUSABLE)] for part in shown()]


def name_of(part: Any) -> str:
    """Its name; of a list that opens, which bears its value as name, that of its label."""
    labels = (each for each in part.getRelationSet() if each.getRelationType() == pyatspi.RELATION_LABELLED_BY)
    label = next(labels, None) if part.getRole() == pyatspi.ROLE_COMBO_BOX else None
    return str(part.name if label is None else label.getTarget(0).name)


def fill(name: str, words: str) -> bool:
    return bool(of_name(name).queryEditableText().setTextContents(words))


def press(name: str) -> bool:
    return bool(of_name(name).queryAction().doAction(0))


def text(name: str) -> str:
    return str(of_name(name).queryText().getText(0, -1))


DEEDS: dict[str, Callable[..., object]] = {"shown": told, "type": fill, "press": press, "text": text}


def main(answers: int, command: list[str]) -> None:
    with open(answers, "w", encoding="utf-8") as said, subprocess.Popen(command) as program:
        try:
            for line in sys.stdin:
                deed, *details = json.loads(line)
                print(json.dumps(DEEDS[deed](*details)), file=said, flush=True)
        finally:
            program.kill()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
