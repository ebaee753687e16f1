"""One desk of 10,000 notes, made once per run: counters on it gate every change (performance.md 2.1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench_vault import PHRASES, SIZES, door_to, make

from rehabdesk.access.door_service import Door
from rehabdesk.access.service import Desk


@pytest.fixture(scope="session")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    """The door to the desk of 10,000 notes. Whoever writes to it leaves one note more, and nothing else."""
    folder: Path = tmp_path_factory.mktemp("counted")
    make(folder, SIZES["small"], lambda _words: None)
    return door_to(folder)


@pytest.fixture
def cold(door: Door) -> Iterator[Desk]:
    """The psychologist's desk, just opened: nothing in its caches but what opening it read."""
    desk = door.unlock("psy", PHRASES["psy"])
    yield desk
    desk.lock()
