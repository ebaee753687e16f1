"""The simulator itself: what it keeps, what it may lose, and that it recorded what really happened."""

import random
from pathlib import Path

import pytest

from tests.torture.crashsim import KILL, Step, files_after
from tests.torture.recording import Recording

ALL = 1.0


def step(op: str, name: str, file: int, *, offset: int = 0, data: bytes = b"") -> Step:
    return Step(op=op, name=name, offset=offset, data=data, file=file)


MADE = [step("C", "/d/a", 1), step("W", "/d/a", 1, data=b"x" * 2000)]
SYNCED = [*MADE, step("S", "/d/a", 1)]


def lost_everything(steps: list[Step]) -> dict[str, bytes]:
    return files_after(steps, ALL, random.Random(1))


def test_a_kill_loses_nothing_and_the_recording_is_what_happened(recording: Recording) -> None:
    """The replay of all steps is, byte for byte, what the recorded program left on the disk."""
    replayed = files_after(recording.steps, KILL, random.Random(1))
    ledger = recording.root / "ledger"
    there = {str(file): file.read_bytes() for file in recording.root.rglob("*") if file.is_file() and file != ledger}
    assert replayed == there


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        (MADE, {}),
        (SYNCED, {"/d/a": b"x" * 2000}),
        ([*SYNCED, step("U", "/d/a", 1)], {"/d/a": b"x" * 2000}),
        ([*SYNCED, step("U", "/d/a", 1), step("S", "/d", 9)], {}),
        ([*SYNCED, step("R", "/d/a", 1, data=b"/d/b"), step("S", "/d", 9)], {"/d/b": b"x" * 2000}),
        ([*MADE, step("R", "/d/a", 1, data=b"/d/b"), step("S", "/d", 9)], {"/d/b": b""}),
        ([*SYNCED, step("U", "/d/a", 1), step("C", "/d/a", 2), step("S", "/d/a", 2)], {"/d/a": b""}),
        ([*SYNCED, step("T", "/d/a", 1, offset=3)], {"/d/a": b"x" * 2000}),
        ([*SYNCED, step("T", "/d/a", 1, offset=3), step("S", "/d/a", 1)], {"/d/a": b"xxx"}),
    ],
)
def test_what_no_sync_covers_may_go_and_nothing_else(steps: list[Step], left: dict[str, bytes]) -> None:
    assert lost_everything(steps) == left


def test_a_write_is_torn_at_sectors_only() -> None:
    sizes = {len(files_after([*SYNCED[:1], SYNCED[2], MADE[1]], 0.01, random.Random(n))["/d/a"]) for n in range(300)}
    assert {0, 512, 1024, 1536, 2000} <= sizes | {2000}
    assert all(size % 512 == 0 or size == 2000 for size in sizes)


def test_names_of_a_folder_change_in_order() -> None:
    """If an earlier rename is lost, a later unlink of the same folder is lost too."""
    steps = [
        *SYNCED,
        step("C", "/d/z", 3),
        step("S", "/d/z", 3),
        step("R", "/d/a", 1, data=b"/d/b"),
        step("U", "/d/z", 3),
    ]
    for n in range(200):
        left = files_after(steps, 0.5, random.Random(n))
        assert not ("/d/a" in left and "/d/z" not in left)


def test_the_ledger_stands_outside_of_what_is_replayed(recording: Recording, tmp_path: Path) -> None:
    place = recording.lay_state(len(recording.steps), KILL, random.Random(1), tmp_path / "state")
    assert not place.ledger.exists()
    assert recording.promises(len(recording.steps)).saved
