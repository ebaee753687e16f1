"""A packet from draft to sealed file, as a program of its own whose every write is recorded. Ends as a crash does."""

import dataclasses
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.desks import keep_no_moulds
from tests.handover import sample
from tests.handover.workplace import Workplace

SHORTEST_SENTENCE = 12


def sentences(value: object) -> Iterator[str]:
    """Every text of some length inside the sections of a packet."""
    if isinstance(value, str):
        if len(value) >= SHORTEST_SENTENCE and " " in value:
            yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from sentences(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from sentences(getattr(value, field.name))


def _run(folder: Path, words: Path) -> None:
    folder.mkdir(exist_ok=True)
    place = Workplace(folder)
    place.found()
    packet = place.signed(place.register())
    place.countersigned(packet)
    with place.open("green-ferry") as officer:
        officer.packets.seal(packet, place.outbox)
    typed = dict.fromkeys(sentences(sample.whole_sections()), "a sentence of the packet")
    words.write_text(json.dumps(typed))
    os._exit(0)


if __name__ == "__main__":
    keep_no_moulds()
    _run(Path(sys.argv[1]), Path(sys.argv[2]))
