"""How a figure comes about: sides in turn, the first round dropped, medians, ratios with their interval."""

import gc
import os
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Act = Callable[[], object]
ROUNDS, LONG_ROUNDS, LONG_MS = 40, 7, 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One act. Times in milliseconds; `ratio` against the limit with its 90 % interval, None where there is none.

    `goal`: of the ratio, or of the median in milliseconds where `ratio` is None. `floor`: what the limit does.
    """

    name: str
    median: float
    p95: float
    rounds: int
    limit: float | None = None
    ratio: tuple[float, float, float] | None = None
    goal: float | None = None
    floor: str = ""

    @property
    def missed(self) -> bool:
        """Only when also the lower end of the interval is above the goal."""
        if self.goal is None:
            return False
        return (self.ratio[1] if self.ratio else self.median) > self.goal

    def line(self) -> str:
        words = f"  {self.name:<28} {self.median:9.2f}  p95 {self.p95:9.2f}"
        if self.ratio and self.limit is not None:
            middle, low, high = self.ratio
            words += f"  limit {self.limit:9.2f}  ratio {middle:5.2f} ({low:.2f} to {high:.2f})"
        if self.goal is not None:
            words += f"  goal {self.goal:g}{'' if self.ratio else ' ms'}  {'MISSED' if self.missed else 'met'}"
        return words


def verdict(figures: Sequence[Figure]) -> str:
    """The end of a report: how many goals are met, which are not, and what each limit does."""
    judged = [each for each in figures if each.goal is not None]
    missed = [each.name.strip() for each in judged if each.missed]
    lines = [f"goals: {len(judged) - len(missed)} met, {len(missed)} missed{': ' if missed else ''}{', '.join(missed)}"]
    floors = {each.floor: each.name.strip() for each in reversed(figures) if each.floor}
    lines += [f"limit of {name!r}: {floor}" for floor, name in reversed(floors.items())]
    return "\n".join(lines)


def against(
    name: str,
    ours: Act,
    limit: Act,
    *,
    goal: float | None,
    rounds: int = ROUNDS,
    long_rounds: int = LONG_ROUNDS,
    floor: str = "",
) -> Figure:
    """Both sides in every round, in turn the one and the other first. `floor`: what `limit` does, in words.

    `long_rounds`: how many, where one takes more than 50 ms.
    """
    ours_ms: list[float] = []
    limit_ms: list[float] = []
    number = 0
    while number <= (long_rounds if ours_ms and statistics.median(ours_ms) > LONG_MS else rounds):
        sides = [(ours, ours_ms), (limit, limit_ms)]
        for act, taken in sides if number % 2 else reversed(sides):
            taken.append(milliseconds(act))
        number += 1
    ours_ms, limit_ms = ours_ms[1:], limit_ms[1:]
    ratios = sorted(mine / its for mine, its in zip(ours_ms, limit_ms, strict=True))
    low, high = interval(len(ratios))
    return Figure(
        name=name,
        median=statistics.median(ours_ms),
        p95=percentile(ours_ms, 0.95),
        rounds=len(ours_ms),
        limit=statistics.median(limit_ms),
        ratio=(statistics.median(ratios), ratios[low], ratios[high]),
        goal=goal,
        floor=floor,
    )


def alone(name: str, act: Act, *, goal: float | None, rounds: int = ROUNDS) -> Figure:
    """An act without a limit to compare with. `goal` in milliseconds."""
    taken: list[float] = []
    while len(taken) <= (LONG_ROUNDS if taken and statistics.median(taken) > LONG_MS else rounds):
        taken.append(milliseconds(act))
    taken = taken[1:]
    return Figure(name=name, median=statistics.median(taken), p95=percentile(taken, 0.95), rounds=len(taken), goal=goal)


def milliseconds(act: Act) -> float:
    """How long an act takes; an act that gives a float tells itself how much of that counts."""
    begin = time.perf_counter()
    counts = act()
    return counts if isinstance(counts, float) else (time.perf_counter() - begin) * 1000


def processor_of(act: Act) -> float:
    """Milliseconds of the processor that an act takes, in this process and in the children that it waits for.

    For what only computes: other programs on the machine lengthen it less than they lengthen the time on the wall.
    The garbage of the act before is taken away first, or the one side would pay for the other.
    """
    gc.collect()
    before = _processor()
    act()
    return _processor() - before


def _processor() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return (own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime) * 1000


def percentile(taken: Sequence[float], share: float) -> float:
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def interval(count: int) -> tuple[int, int]:
    """Places of the ends of the 90 % interval of a median among `count` ordered values (by the sign test)."""
    half = 1.645 * count**0.5 / 2
    return max(0, round(count / 2 - half)), min(count - 1, round(count / 2 + half))


def moved() -> tuple[int, int]:
    """Bytes that this process has read and written so far, by the system's own count; zeros where it does not tell."""
    try:
        lines = Path("/proc/self/io").read_text("ascii").splitlines()
    except OSError:
        return 0, 0
    told = dict(line.split(": ") for line in lines)
    return int(told["rchar"]), int(told["wchar"])


def calibration(folder: Path) -> dict[str, float]:
    """What this machine takes, in milliseconds, for a fixed loop and for one page made durable."""
    file = os.open(folder / "calibration", os.O_CREAT | os.O_RDWR)

    def durable() -> None:
        os.pwrite(file, bytes(4096), 0)
        os.fdatasync(file)

    found = {
        "loop": alone("loop", lambda: sum(range(100_000)), goal=None).median,
        "fdatasync": alone("fdatasync", durable, goal=None).median,
    }
    os.close(file)
    (folder / "calibration").unlink()
    return {name: round(value, 2) for name, value in found.items()}
