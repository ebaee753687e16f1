"""Kill and power cut while files are attached: what was signed is whole, what was not leaves nothing behind."""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehabdesk.core.errors import RehabDeskError
from tests.torture.attachment_day import MADE, judge
from tests.torture.conftest import Report
from tests.torture.crashsim import Step, files_after, lay_out, read_log
from tests.torture.judge import Lost
from tests.torture.load import Place
from tests.torture.recording import ROOT, child_environment, draw_chance

STATES, MUTATED_STATES = 80, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """The recorded steps, and what had been acknowledged after how many of them."""

    root: Path
    steps: tuple[Step, ...]
    lines: tuple[tuple[int, object], ...]

    @property
    def first_moment(self) -> int:
        return next(at for at, said in self.lines if said == MADE)

    def promised(self, moment: int) -> dict[str, str]:
        said = [line for at, line in self.lines if at <= moment]
        return {str(line[0]): str(line[1]) for line in said if isinstance(line, list)}


def record(folder: Path, library: Path, seed: int, mutation: str = "") -> Attached:
    root, log = folder / f"attached-{mutation}", folder / f"attached-{mutation}.log"
    root.mkdir()
    trace = {"LD_PRELOAD": str(library), "IOTRACE_ROOT": str(root), "IOTRACE_LOG": str(log)}
    command = [sys.executable, "-m", "tests.torture.attachment_day", str(root), str(seed), mutation]
    subprocess.run(command, env=child_environment(trace), check=True, cwd=ROOT)
    ledger, steps, lines = str(Place(root=root).ledger), [], []
    for step in read_log(log):
        if step.name != ledger:
            steps.append(step)
        elif step.op == "W":
            lines.append((len(steps), json.loads(step.data)))
    return Attached(root=root, steps=tuple(steps), lines=tuple(lines))


def judged(recorded: Attached, seed: int, states: int, folder: Path) -> Iterator[tuple[int, int]]:
    """One state after another, odd ones after a power cut. Lost names the state."""
    for number in range(states):
        rng = random.Random(f"{seed} {number}")
        chance = draw_chance(rng, power=number % 2 == 1)
        moment = rng.randrange(recorded.first_moment, len(recorded.steps) + 1)
        state = folder / "state"
        shutil.rmtree(state, ignore_errors=True)
        lay_out(files_after(recorded.steps[:moment], chance, rng), recorded.root, state)
        try:
            yield judge(Place(root=state), recorded.promised(moment), number)
        except (Lost, RehabDeskError) as lost:
            raise Lost(f"{lost} (seed {seed}, state {number}, step {moment}, chance {chance})") from lost


def test_nothing_signed_is_lost_and_nothing_half_done_stays(
    preload: Path, seed: int, quick_folder: Path, report: Report
) -> None:
    recorded = record(quick_folder, preload, seed)
    found = list(judged(recorded, seed, STATES, quick_folder))
    removed = sum(leftovers for _, leftovers in found)
    report(states=len(found), attachments_read=sum(whole for whole, _ in found), leftover_chunks_removed=removed)
    assert removed > 0, "no state fell between chunks and row"


@pytest.mark.parametrize("mutation", ["chunks_not_synced", "row_first"])
def test_the_wrong_order_is_noticed(mutation: str, preload: Path, seed: int, quick_folder: Path) -> None:
    recorded = record(quick_folder, preload, seed, mutation)
    with pytest.raises(Lost):
        list(judged(recorded, seed, MUTATED_STATES, quick_folder))
