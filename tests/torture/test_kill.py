"""A writing program killed at random moments (reliability.md F1), once with the truth file's log at work, once with the
shred file's journal."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.torture.conftest import Report
from tests.torture.judge import judge
from tests.torture.ledger import read_promises
from tests.torture.load import Place
from tests.torture.writers import Writers

WAL_KILLS, TRUNCATE_KILLS, PARTS = 70, 30, 2
LONGEST_SECONDS = 0.25
"""From the start of the writer to its end: unlocking, some tens of deeds, locking and unlocking again fall into it."""


@pytest.fixture(scope="module")
def writers() -> Iterator[Writers]:
    started = Writers()
    yield started
    started.close()


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
    assert logs_left > 0, "no kill fell into the work"


def _is_filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
