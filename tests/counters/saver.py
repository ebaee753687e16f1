"""Saves notes one after the other with the idle work between them, and writes a mark before and after each.

A program of its own, so that what it asks of the disk can be recorded: `python -m tests.counters.saver FOLDER COUNT`.
"""

import sys
from pathlib import Path

from bench_vault import PHRASES, door_to, save_note
from bench_words import Writer

from rehabdesk.access.idle_service import rest
from rehabdesk.people.service import People

BEFORE, AFTER = b"<", b">"
MARKS = "marks"


def main(folder: Path, count: int) -> None:
    desk = door_to(folder).unlock("psy", PHRASES["psy"])
    writer, people = Writer(11), People(desk).own_cases()
    with (folder / MARKS).open("wb", buffering=0) as marks:
        for number in range(count):
            while rest(desk):
                pass
            marks.write(BEFORE)
            save_note(desk, people[number % len(people)].id, writer.note(1, 10_000))
            marks.write(AFTER)
    desk.lock()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
