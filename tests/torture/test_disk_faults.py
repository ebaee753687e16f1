"""The disk reports an error at the n-th call, once or for ever (reliability.md F5, and of F6 what a full disk does to
saves and drafts)."""

import errno
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.torture.conftest import Report
from tests.torture.judge import judge
from tests.torture.ledger import read_promises
from tests.torture.load import REFUSED, Place
from tests.torture.writers import Fault, Writers

RUNS, PARTS = 80, 4
ERRORS = (errno.EIO, errno.ENOSPC)
PRIME = 37
"""Steps through the calls in an order that leaves none out over the days."""


@pytest.fixture(scope="module")
def place(session_folder: Path) -> Place:
    """Always the same path: calls fail below its desk only. Ledger and profile lie beside it and are spared."""
    return Place(root=session_folder / "failing")


@pytest.fixture(scope="module")
def writers(preload: Path, place: Place) -> Iterator[Writers]:
    started = Writers({"LD_PRELOAD": str(preload), "IOTRACE_ROOT": str(place.desk)})
    yield started
    started.close()


def sit(writers: Writers, made: Place, place: Place, seed: int, fault: Fault) -> tuple[int, int]:
    """(exit status, calls) of a sitting on a fresh copy of the desk. `seed`: another one than that of the desk."""
    shutil.rmtree(place.root, ignore_errors=True)
    shutil.copytree(made.root, place.root)
    ended = writers.write_with_fault(place.root, seed, fault)
    return ended.status, ended.calls


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_acknowledged_is_lost_when_the_disk_fails(
    part: int, writers: Writers, made: Place, place: Place, seed: int, report: Report
) -> None:
    status, calls = sit(writers, made, place, seed + 1, Fault(at=0, error=0, forever=False))
    assert status == 0
    ended: Counter[int] = Counter()
    for number in range(part * RUNS // PARTS, (part + 1) * RUNS // PARTS):
        fault = Fault(at=1 + (seed + number * PRIME) % calls, error=ERRORS[number % 2], forever=bool(number // 2 % 2))
        status, _ = sit(writers, made, place, seed + 1 + number, fault)
        assert status in (0, REFUSED), f"seed {seed}: {fault} ended otherwise than by a named error"
        ended[status] += 1
        judge(place, read_promises(place.ledger.read_bytes().splitlines()), number)
    report(faults=sum(ended.values()), calls=calls, survived_unnoticed=ended[0], refused_with_a_sentence=ended[REFUSED])
    assert ended[REFUSED] > 0
