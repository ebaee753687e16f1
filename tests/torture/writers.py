"""Starts writers of `load.py` on a desk, kills them, or lets their disk fail."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from os import kill
from pathlib import Path

from tests.torture.recording import ROOT, child_environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """The `at`-th call on the desk's files fails with that error number; `forever`: all later ones too."""

    at: int
    error: int
    forever: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """How a writer ended whose disk failed: exit status, and how many calls it made on the desk's files."""

    status: int
    calls: int


class Writers:
    """The server of `load.py`: one program that forks a writer for each order."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.load", "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=child_environment(environment),
            cwd=ROOT,
            text=True,
        )

    def write_and_kill(self, root: Path, seed: int, *, loose: bool, after_seconds: float) -> None:
        """Starts a writer on `root` and ends it without a word."""
        writer = int(self._ask({"root": str(root), "seed": seed, "loose": loose}))
        time.sleep(after_seconds)
        kill(writer, signal.SIGKILL)
        assert self._answer() == f"ended {-signal.SIGKILL}"

    def write_with_fault(self, root: Path, seed: int, fault: Fault) -> Sitting:
        """A sitting on `root` during which the disk fails. The server must run under the preload library."""
        order = {"fail_at": fault.at, "error": fault.error, "forever": int(fault.forever)}
        said = [self._ask({"root": str(root), "seed": seed, **order})]
        while not said[-1].startswith("ended"):
            said.append(self._answer())
        calls = next((int(line.split()[1]) for line in said if line.startswith("calls")), 0)
        return Sitting(status=int(said[-1].split()[1]), calls=calls)

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
