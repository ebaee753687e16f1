"""A child process with limits: where foreign bytes are looked at, away from keys (packet.md 8.1)."""

import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import subprocess


class Ended(StrEnum):
    """How a child ended."""

    FINISHED = "finished"
    FAILED = "failed"
    TOO_SLOW = "too_slow"
    TOO_MUCH_OUTPUT = "too_much_output"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildResult:
    """`output` counts only when `ended` is FINISHED."""

    ended: Ended
    status: int
    output: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLimits:
    """Wall seconds (the same for processor seconds), bytes of address space, bytes of output."""

    seconds: int = 20
    memory_bytes: int = 512 << 20
    output_bytes: int = 6 << 20


def own_command(*arguments: str) -> tuple[str, ...]:
    """How this very program is started with `arguments`: as a package, or as the packaged executable."""
    if getattr(sys, "frozen", False):
        return (sys.executable, *arguments)
    return (sys.executable, "-I", "-c", _START.format(path=_import_path()), *arguments)


class StartedChild:
    """`command`, started with an almost empty environment: it waits for its input, and ends by itself if none comes."""

    def __init__(self, command: Sequence[str]) -> None:
        import subprocess

        self._process = subprocess.Popen(  # noqa: S603 - our own program, never a shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            close_fds=True,
            start_new_session=os.name != "nt",
        )

    @property
    def is_there(self) -> bool:
        """False once it has ended, whatever made it."""
        return self._process.poll() is None

    def run(self, stdin: bytes, limits: ChildLimits, waiting: Callable[[], None] | None = None) -> ChildResult:
        """Gives it its one input and ends it when it passes a limit; the seconds count from now.

        The child limits its own memory by `limit_this_process` before it reads. `waiting` is called ten times a second
        while it works; what that raises ends the child and is raised again.
        """
        with self._process as child:
            timer = threading.Timer(limits.seconds, child.kill)
            timer.daemon = True
            timer.start()
            feeder = threading.Thread(target=_feed, args=(child, stdin), daemon=True)
            feeder.start()
            output = _output(child, limits.output_bytes + 1, waiting)
            too_much = len(output) > limits.output_bytes
            if too_much:
                child.kill()
            status = child.wait()
            too_slow = timer.finished.is_set() and status != 0 and not too_much
            timer.cancel()
            feeder.join(timeout=1)
        if too_much:
            return ChildResult(ended=Ended.TOO_MUCH_OUTPUT, status=status, output=b"")
        if too_slow:
            return ChildResult(ended=Ended.TOO_SLOW, status=status, output=b"")
        ended = Ended.FINISHED if status == 0 else Ended.FAILED
        return ChildResult(ended=ended, status=status, output=output)

    def end(self) -> None:
        """Ends it; nobody needs it."""
        with self._process as child:
            child.kill()


def run_limited(
    command: Sequence[str], stdin: bytes, limits: ChildLimits, waiting: Callable[[], None] | None = None
) -> ChildResult:
    """Starts `command`, and then as `StartedChild.run`."""
    return StartedChild(command).run(stdin, limits, waiting)


class ReadyChild:
    """At most one child of `command` that was started before somebody waits for it. Each does one piece of work only.

    May be used from several threads. When this process ends or is replaced, its end of the pipe closes, and so the
    child ends too.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._child: StartedChild | None = None

    def prepare(self) -> None:
        """Starts one, if none waits. OSError as for every start of a process."""
        with self._lock:
            if self._child is None:
                self._child = StartedChild(self._command)

    def run(self, stdin: bytes, limits: ChildLimits, waiting: Callable[[], None] | None = None) -> ChildResult:
        """As `run_limited`, by the child that waits if there is one."""
        child = self._taken()
        if child is not None and not child.is_there:
            child.end()
            child = None
        return (child or StartedChild(self._command)).run(stdin, limits, waiting)

    def end(self) -> None:
        """Nobody waits any more: ends the child that waits."""
        child = self._taken()
        if child is not None:
            child.end()

    def _taken(self) -> StartedChild | None:
        with self._lock:
            child, self._child = self._child, None
        return child


_START = "import sys; sys.path[:0] = {path!r}; from rehabdesk.__main__ import run; run()"


def _import_path() -> list[str]:
    """Isolated mode drops the checkout's src/ folder and PYTHONPATH; the child needs what this process uses."""
    return [entry for entry in sys.path if entry and Path(entry).is_dir()]


def child_environment() -> dict[str, str]:
    """The almost empty environment of a child."""
    kept = ("SYSTEMROOT", "LANG", "LC_ALL")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _feed(child: "subprocess.Popen[bytes]", stdin: bytes) -> None:
    assert child.stdin is not None  # noqa: S101 - for the type checker: it was asked for as a pipe
    try:
        child.stdin.write(stdin)
        child.stdin.close()
    except OSError:
        pass  # the child ended without reading everything; its status says why


def _output(child: "subprocess.Popen[bytes]", most: int, waiting: Callable[[], None] | None) -> bytes:
    """What the child says, at most `most` bytes of it."""
    stdout = child.stdout
    assert stdout is not None  # noqa: S101 - for the type checker: it was asked for as a pipe
    if waiting is None:
        return stdout.read(most)
    said: list[bytes] = []
    reader = threading.Thread(target=lambda: said.append(stdout.read(most)), daemon=True)
    reader.start()
    try:
        while reader.is_alive():
            reader.join(0.1)
            waiting()
    except BaseException:
        child.kill()
        raise
    return said[0] if said else b""


def limit_this_process(limits: ChildLimits) -> None:
    """Called by the child itself, before it looks at a foreign byte: memory, processor time, no files, no core dump.

    On Windows only the parent's limits hold until the job object is there.
    """
    if sys.platform == "win32":
        return
    import resource

    os.nice(5)
    for what, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (value, value))


def harden_this_process() -> None:
    """No core dumps, and no other process of the same user reads this one's memory (vault.md 9). Linux and macOS.

    To be called again after each replacement: the kernel forgets it at exec.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        set_dumpable = 4
        ctypes.CDLL(None).prctl(set_dumpable, 0, 0, 0, 0)


PIPE_BYTES = 60_000
"""What every system's pipe holds before anybody reads from it."""
_WINDOW_SYSTEM = (
    *("DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "XAUTHORITY", "QT_QPA_PLATFORM", "HOME", "XDG_STATE_HOME"),
    *("XDG_DATA_HOME", "LOCALAPPDATA", "USERPROFILE", "TZ"),
    *("DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON"),
    *("QT_IM_MODULE", "XMODIFIERS", "QT_SCALE_FACTOR", "QT_FONT_DPI", "XDG_CURRENT_DESKTOP"),
)
"""What a successor with a window needs besides: where the screen and this user's folders are, the way to a screen
reader and to input methods, and how large and in which colours this user sees things.
"""


def replace_this_process(command: Sequence[str], message: bytes = b"") -> NoReturn:
    """Ends this process and starts `command` in its place: the only way to wipe Python's memory (vault.md 1.2, R3).

    The successor gets a clean environment and `message` on its standard input: what fits a pipe, on Linux and Windows
    more (8 MB). OSError, ValueError where it cannot be: this process goes on then.
    """
    if len(message) > (8_000_000 if sys.platform in ("linux", "win32") else PIPE_BYTES):
        raise ValueError("more than can be handed on")
    environment = child_environment() | {name: os.environ[name] for name in _WINDOW_SYSTEM if name in os.environ}
    if sys.platform == "win32":
        # execv there leaves the caller waiting on a dead handle: spawn and end instead
        import subprocess

        subprocess.Popen(command, stdin=subprocess.PIPE, env=environment).communicate(message)  # noqa: S603
        os._exit(0)
    if sys.platform == "linux" and len(message) > PIPE_BYTES:
        reading = os.memfd_create("message")  # in memory only, like a pipe
        with open(reading, "wb", closefd=False) as file:
            file.write(message)
        os.lseek(reading, 0, os.SEEK_SET)
    else:
        reading, writing = os.pipe()
        os.write(writing, message)
        os.close(writing)
    os.dup2(reading, 0)
    os.execve(command[0], list(command), environment)  # noqa: S606 - our own program, never a shell
