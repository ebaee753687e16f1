"""How the demo says what it does: each step with its time, progress where a terminal can show it."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Narrator:
    """Says each step with its time; progress where a terminal can show it."""

    def __init__(self, *, quiet_stdout: bool) -> None:
        self._out = sys.stderr if quiet_stdout else sys.stdout

    @contextmanager
    def step(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """Names a step, runs it, says how long it took. The value shows progress: (done, of how many)."""
        begun = time.perf_counter()
        live = self._out.isatty()

        def progress(done: int, total: int) -> None:
            if live:
                print(f"\r        {what} … {done} / {total}", end="", file=self._out, flush=True)

        if live:
            print(f"        {what} …", end="", file=self._out, flush=True)
        yield progress
        start, end = ("\r", " " * 16) if live else ("", "")
        print(f"{start}{time.perf_counter() - begun:6.1f} s {what}{end}", file=self._out, flush=True)

    def say(self, line: str = "") -> None:
        print(line, file=self._out, flush=True)
