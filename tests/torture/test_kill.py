"""A writing program killed at random moments (reliability.md F1), once with the truth file's log at work, once with the
shred file's journal."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from os import kill
from pathlib import Path

import pytest

from tests.torture.conftest import Report
from tests.torture.judge import judge
from tests.torture.ledger import read_promises
from tests.torture.load import Load, Place
from tests.torture.recording import ROOT, child_environment

WAL_KILLS, TRUNCATE_KILLS, PARTS = 70, 30, 2
LONGEST_SECONDS = 0.25
"""From the start of the writer to its end: unlocking, some tens of deeds, locking and unlocking again fall into it."""


class Writers:
    """The server of `load.py`: one program that forks a writer for each order."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.torture.load", "serve"]
        self._server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=child_environment(), cwd=ROOT, text=True
        )

    def write_and_kill(self, root: Path, seed: int, *, loose: bool, after_seconds: float) -> None:
        """Starts a writer on `root` and ends it without a word."""
        writer = int(self._ask({"root": str(root), "seed": seed, "loose": loose}))
        time.sleep(after_seconds)
        kill(writer, signal.SIGKILL)
        assert self._answer() == "ended"

    def close(self) -> None:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.wait(timeout=20)
        self._server.stdout.close()

    def _ask(self, order: dict[str, object]) -> str:
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline().strip()


@pytest.fixture(scope="module")
def writers() -> Iterator[Writers]:
    started = Writers()
    yield started
    started.close()


@pytest.fixture(scope="module")
def made(session_folder: Path, seed: int) -> Place:
    """A desk with a few records, from which every kill begins."""
    place = Place(root=session_folder / "made")
    place.root.mkdir()
    load = Load(place, seed)
    load.make()
    load.unlock("psy")
    for comp in ("clinical", "team", "clinical"):
        load.save(comp)
    load.lock()
    return place


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("loose", [False, True], ids=["wal", "truncate"])
def test_kill_at_random_moments_loses_nothing(
    loose: bool, part: int, writers: Writers, made: Place, seed: int, tmp_path: Path, report: Report
) -> None:
    kills = (TRUNCATE_KILLS if loose else WAL_KILLS) // PARTS
    rng = random.Random(f"{seed} {loose} {part}")
    acknowledged = logs_left = journals_left = 0
    for number in range(kills):
        place = Place(root=tmp_path / f"kill-{number}")  # on the real disk, where a sync takes its time
        shutil.copytree(made.root, place.root)
        after = rng.uniform(0.0, LONGEST_SECONDS)
        writers.write_and_kill(place.root, rng.randrange(1 << 30), loose=loose, after_seconds=after)
        logs_left += _is_filled(place.desk / "vault-000001.db-wal")
        journals_left += _is_filled(place.desk / "shred-000001.db-journal")
        promises = read_promises(place.ledger.read_bytes().splitlines())
        acknowledged += len(promises.heads)
        judge(place, promises, number)
        shutil.rmtree(place.root)
    report(kills=kills, acknowledged=acknowledged, logs_left=logs_left, journals_left=journals_left)
    assert logs_left > kills // 4, "too few kills fell into the work"


def _is_filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
