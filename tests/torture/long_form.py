"""The long form of the fault tests (reliability.md 4): more of everything, for as long as somebody lets it run.

Run it as `python3 packaging/dev.py torture [--hours H] [--seed N] [--only X1|caseloads|tests] [--into FOLDER]`. Row X1
attacks finished packets, `caseloads` looks for what must not leave in packets of random caseloads; the other rows are
those of tests/torture, again and again with another seed. What it found stands
in FOLDER as one page of text and one JSON file; a file that was judged wrongly is kept beside them. Exit status 0 only
if everything held.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from tests.seals.packet.workshop import Site
from tests.torture import caseloads
from tests.torture import packet_attacks as attacks

ROOT = Path(__file__).resolve().parents[2]

ROWS = ("X1", "caseloads", "tests")
FLIPS, CUTS, LONGER, TAKEN_APART = 10_000, 200, 200, 5_000
CASELOADS = 40
PIECE = 500
"""Files in one task of a worker."""


@dataclass(slots=True, kw_only=True)
class Row:
    """What one kind of attack came to. `worst`: seconds of the slowest file. `faults`: what was wrong, how often."""

    name: str
    tried: int = 0
    worst: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)

    def line(self) -> str:
        said = ", ".join(f"{many} {what}" for what, many in self.faults.items()) or "all held"
        return f"{self.name:<34} {self.tried:>7} tried   worst {self.worst:5.2f} s   {said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A part of a row: `name` says what is done, `seed` and `part` with which of the chances."""

    name: str
    site: Site
    packet: bytes
    seed: int
    keep: Path
    part: int = 0
    count: int = 0


def main() -> int:
    """Prints the page and gives the exit status."""
    parser = argparse.ArgumentParser(description="The long form of the fault tests.")
    parser.add_argument("--hours", type=float, default=0.0, help="how long the tests are repeated; at least once")
    parser.add_argument("--seed", type=int, default=int(datetime.now(UTC).strftime("%Y%m%d")))
    parser.add_argument("--only", choices=ROWS, help="one part")
    parser.add_argument("--into", type=Path, help="where the report goes; a new folder when none is named")
    chosen = parser.parse_args()
    folder = chosen.into or Path(tempfile.mkdtemp(prefix="rehabdesk-torture-"))
    folder.mkdir(parents=True, exist_ok=True)
    say(f"seed {chosen.seed}; the report goes into {folder}")
    rows: list[Row] = []
    if chosen.only in (None, "X1"):
        rows += shown(attack(chosen.seed, folder))
    if chosen.only in (None, "caseloads"):
        rows += shown(hand_over(chosen.seed))
    if chosen.only in (None, "tests"):
        rows += shown(run_tests(chosen.seed, chosen.hours))
    report(folder, chosen.seed, rows)
    return 1 if any(row.faults for row in rows) else 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def shown(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        say(row.line())
        yield row


# X1: packets


def attack(seed: int, folder: Path) -> Iterator[Row]:
    """Every byte of the smallest packet, and all that is done to a large one."""
    site, small = attacks.smallest()
    big = attacks.large(site)
    say(f"the smallest packet has {len(small)} bytes, the large one {len(big)}")
    plan = (
        ("every byte of the smallest", small, len(small)),
        ("flips of the large", big, FLIPS),
        ("cuts of the large", big, CUTS),
        ("bytes behind and before", small, LONGER),
        ("containers taken apart", small, TAKEN_APART),
    )
    with ProcessPoolExecutor(initializer=attacks.limit_memory) as workers:
        for name, packet, count in plan:
            row, whole = Row(name=f"X1 {name}"), Task(name=name, site=site, packet=packet, seed=seed, keep=folder)
            parts = [replace(whole, part=at, count=min(PIECE, count - at)) for at in range(0, count, PIECE)]
            for part in workers.map(done, parts):
                row.tried += part.tried
                row.worst = max(row.worst, part.worst)
                for what, many in part.faults.items():
                    row.faults[what] = row.faults.get(what, 0) + many
            yield row


def done(task: Task) -> Row:
    """One task, in a worker."""
    row = Row(name=task.name)
    for number, spoiled in enumerate(spoiled_by(task)):
        begin = time.monotonic()
        fault = attacks.fault(task.site, spoiled)
        row.tried += 1
        row.worst = max(row.worst, time.monotonic() - begin)
        if fault:
            row.faults[fault] = row.faults.get(fault, 0) + 1
            (task.keep / f"{task.name.replace(' ', '-')}-{task.seed}-{task.part + number}.pdf").write_bytes(spoiled)
    return row


def spoiled_by(task: Task) -> Iterator[bytes]:
    chance = random.Random(f"{task.seed} {task.name} {task.part}")
    match task.name.split()[0]:
        case "every":
            for at in range(task.part, task.part + task.count):
                yield attacks.flip(task.packet, at, chance.randrange(8))
        case "flips":
            yield from attacks.flips(task.packet, chance, task.count)
        case "cuts":
            yield from attacks.cuts(task.packet, chance, task.count)
        case "bytes":
            yield from attacks.lengthened(task.packet, chance, task.count)
        case "containers":
            yield from attacks.containers(task.packet, chance, task.count)


# caseloads


def hand_over(seed: int) -> Iterator[Row]:
    """Packets of one caseload after the other. A fault names the seed of its caseload, which `--seed` repeats."""
    row = Row(name="what never leaves")
    with ProcessPoolExecutor() as workers:
        for part in workers.map(looked_through, range(seed, seed + CASELOADS)):
            row.tried += part.tried
            row.worst = max(row.worst, part.worst)
            row.faults |= part.faults
    yield row


def looked_through(seed: int) -> Row:
    """The packets of one caseload, in a worker."""
    row, begin = Row(name="what never leaves", tried=caseloads.packets()), time.monotonic()
    for fault in caseloads.faults(seed):
        what = f"with seed {seed}: {fault}"
        row.faults[what] = row.faults.get(what, 0) + 1
    row.worst = time.monotonic() - begin
    return row


# the other rows


def run_tests(seed: int, hours: float) -> Iterator[Row]:
    """tests/torture and the attacks of tests/seals, once and then until the hours are over."""
    until, run = time.monotonic() + hours * 3600, 0
    while run == 0 or time.monotonic() < until:
        row, begin = Row(name=f"tests with seed {seed + run}", tried=1), time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", "tests/torture"]
        told = {**os.environ, "REHABDESK_SEED": str(seed + run), "QT_QPA_PLATFORM": "offscreen"}
        ended = subprocess.run([*command, "tests/seals/packet"], cwd=ROOT, env=told, check=False)
        if ended.returncode:
            row.faults["failed; what failed stands above"] = 1
        row.worst = time.monotonic() - begin
        run += 1
        yield row


def report(folder: Path, seed: int, rows: list[Row]) -> None:
    """One page of text, and the same for machines."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    machine = f"Python {sys.version.split()[0]}, {os.cpu_count()} processors"
    head = [f"RehabDesk torture, {at}", f"seed {seed}, {machine}", ""]
    (folder / "torture.txt").write_text("\n".join([*head, *(row.line() for row in rows), ""]), "utf-8")
    told = {"at": at, "seed": seed, "rows": [asdict(row) for row in rows]}
    (folder / "torture.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
