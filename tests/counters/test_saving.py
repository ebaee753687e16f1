"""A saved note is on the disk with one sync and few bytes (performance.md 2.1, 3 act 9)."""

import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from bench_vault import save_note
from bench_words import Writer

from rehabdesk.access.door_service import Door
from rehabdesk.access.service import Desk
from rehabdesk.db.projection import CLINICAL
from rehabdesk.people.service import People
from tests.counters.meters import counting
from tests.counters.saver import AFTER, BEFORE, MARKS
from tests.torture.crashsim import Step, read_log
from tests.torture.recording import ROOT, build_preload, child_environment

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the recorder of file operations is a Linux preload library"
)

NOTES = 30
TRUTH = "vault-000001.db-wal"


@pytest.fixture(scope="module")
def saves(door: Door, tmp_path_factory: pytest.TempPathFactory) -> list[list[Step]]:
    """What each of thirty saved notes asked of the disk."""
    folder = tmp_path_factory.mktemp("traced")
    root, log = door.folder.parent, folder / "log"
    trace = {"LD_PRELOAD": str(build_preload(folder)), "IOTRACE_ROOT": str(root), "IOTRACE_LOG": str(log)}
    more = {"PYTHONPATH": f"{child_environment()['PYTHONPATH']}:{ROOT / 'packaging'}"}
    subprocess.run(
        [sys.executable, "-m", "tests.counters.saver", str(root), str(NOTES)],
        env=child_environment(trace | more),
        check=True,
        cwd=ROOT,
    )
    return _between_marks(read_log(log), root / MARKS)


def test_a_save_waits_for_the_disk_once(saves: list[list[Step]]) -> None:
    """A log that begins anew after it was folded in is synced once more by the engine; that of the truth seldom is."""
    assert len(saves) == NOTES
    synced = [[Path(step.name).name for step in steps if step.op == "S"] for steps in saves]

    assert all(TRUTH in names for names in synced)
    assert sum(names.count(TRUTH) > 1 for names in synced) <= NOTES // 10
    assert sum(len(names) > 1 for names in synced) <= NOTES // 2


def test_a_save_writes_little(saves: list[list[Step]]) -> None:
    truth = [sum(len(step.data) for step in steps if step.op == "W" and step.name.endswith(TRUTH)) for steps in saves]
    written = [sum(len(step.data) for step in steps if step.op == "W") for steps in saves]

    assert min(truth) > 4_096
    assert statistics.median(truth) <= 40_000
    assert statistics.median(written) <= 140_000


def test_a_save_makes_no_file_and_takes_none_away(saves: list[list[Step]]) -> None:
    assert {step.op for steps in saves for step in steps} <= {"W", "S", "T"}


def test_a_save_asks_the_index_fifteen_things_and_one_for_each_word(cold: Desk) -> None:
    person, note = People(cold).own_cases()[0].id, Writer(11).note(1, 10_000)
    save_note(cold, person, note)

    with counting(cold.index_file(CLINICAL)) as counted:
        save_note(cold, person, note)

    of_words = [sql for sql in counted.questions if "INTO terms" in sql]
    assert len(of_words) == len(set(note.split()))
    assert len(counted.questions) - len(of_words) <= 15


def _between_marks(steps: list[Step], marks: Path) -> list[list[Step]]:
    found: list[list[Step]] = []
    inside = False
    for step in steps:
        if step.name == str(marks):
            inside = step.data == BEFORE or (inside and step.data != AFTER)
            if step.data == BEFORE:
                found.append([])
        elif inside:
            found[-1].append(step)
    return found
