"""Records one day of `load.py` under the preload library, and gives the state of any moment of it."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.torture.crashsim import KILL, POWER_CUT_CHANCES, Step, files_after, lay_out, read_log
from tests.torture.ledger import Promises, read_promises
from tests.torture.load import Place

SOURCE = Path(__file__).with_name("iotrace.c")
ROOT = Path(__file__).parents[2]


def build_preload(folder: Path) -> Path:
    """Compiles the preload library. Without a C compiler the crash tests fail: they are not to be passed over."""
    library = folder / "iotrace.so"
    compiler = shutil.which("gcc") or shutil.which("cc")
    assert compiler is not None, "the crash tests need a C compiler: apt install gcc"
    command = [compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", str(library), str(SOURCE)]
    subprocess.run([*command, "-ldl", "-lpthread"], check=True)
    return library


def child_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a program of these tests is started with: it finds the product and the tests."""
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", **(more or {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The steps below `root`, and where each line of the ledger stands among them."""

    root: Path
    steps: tuple[Step, ...]
    lines: tuple[tuple[int, bytes], ...]

    @property
    def first_moment(self) -> int:
        """Before the desk was acknowledged there is nothing to judge."""
        return next(at for at, line in self.lines if read_promises([line]).made)

    def promises(self, moment: int) -> Promises:
        """What had been acknowledged once the first `moment` steps were done."""
        return read_promises(line for at, line in self.lines if at <= moment)

    def lay_state(self, moment: int, chance: float, rng: random.Random, root: Path) -> Place:
        """The folder as a crash after `moment` steps could leave it, made afresh at `root`."""
        shutil.rmtree(root, ignore_errors=True)
        lay_out(files_after(self.steps[:moment], chance, rng), self.root, root)
        return Place(root=root)


def record_day(folder: Path, library: Path, seed: int, mutation: str = "") -> Recording:
    """Runs the day in a process of its own, below `folder`."""
    root, log = folder / "recorded", folder / "log"
    root.mkdir()
    trace = {"LD_PRELOAD": str(library), "IOTRACE_ROOT": str(root), "IOTRACE_LOG": str(log)}
    command = [sys.executable, "-m", "tests.torture.load", "record", str(root), str(seed)]
    subprocess.run([*command, *([mutation] if mutation else [])], env=child_environment(trace), check=True, cwd=ROOT)
    steps = read_log(log)
    ledger = str(Place(root=root).ledger)
    desk_only = tuple(step for step in steps if step.name != ledger)
    lines, before = [], 0
    for step in steps:
        if step.name != ledger:
            before += 1
        elif step.op == "W":
            lines.append((before, step.data))
    return Recording(root=root, steps=desk_only, lines=tuple(lines))


def draw_chance(rng: random.Random, *, power: bool) -> float:
    return rng.choice(POWER_CUT_CHANCES) if power else KILL
