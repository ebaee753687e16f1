#!/usr/bin/env python3
"""One command for everything that is done in a checkout: demo, run, test, check. Standard library only.

It makes .venv, installs what packaging/*.lock pins, and the Debian packages that tests need; then it gets out of the
way: the exit status is that of the program it started. What it says itself goes to standard error.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
RUNTIME = (ROOT / "packaging" / "runtime.lock",)
EVERYTHING = (*RUNTIME, ROOT / "packaging" / "test.lock")
OLDEST, NEWEST = (3, 11), (3, 13)

HELP = """\
demo [ARGS]   the whole main job with invented people; ARGS as for `rehabdesk demo`
run [ARGS]    the program from the checkout; ARGS as for `rehabdesk`
test [ARGS]   the test suite on two processes; ARGS as for pytest
check         style (ruff) and types (mypy)
bench [ARGS]  how long people wait; --size demo, small, site or large, --only start, engine, window or packet, --json
torture       the fault tests in their long form; --hours H, --seed N, --only X1|caseloads|tests, --into FOLDER
shots FOLDER  every screen as a picture; --only light,dark and --roles CO,PSY make fewer
"""

COULD_NOT = 2
"""Exit status when nothing could be started."""

LIBRARIES = "/usr/lib/*/"
DEBIAN_FOR_TESTS = {
    # package: the program, or the file, by which one sees that it is there
    "age": "age",
    "poppler-utils": "pdfsig",
    "mupdf-tools": "mutool",
    "qpdf": "qpdf",
    "libnss3-tools": "certutil",
    "openssl": "openssl",
    "zbar-tools": "zbarimg",
    "gcc": "gcc",
    "libc6-dev": "/usr/include/stdio.h",
    "unicode-data": "/usr/share/unicode/BidiTest.txt*",
    # what Qt asks of the system, even without a screen
    "libgl1": LIBRARIES + "libGL.so.1",
    "libegl1": LIBRARIES + "libEGL.so.1",
    "libxkbcommon0": LIBRARIES + "libxkbcommon.so.0",
    "libfontconfig1": LIBRARIES + "libfontconfig.so.1",
    "libdbus-1-3": LIBRARIES + "libdbus-1.so.3",
    "libglib2.0-0": LIBRARIES + "libglib-2.0.so.0",
    # a screen that nobody sees, what Qt asks of it, and a screen reader's side of it; the rest comes with these
    "xvfb": "Xvfb",
    "libx11-xcb1": LIBRARIES + "libX11-xcb.so.1",
    "libxcb-cursor0": LIBRARIES + "libxcb-cursor.so.0",
    "libxcb-icccm4": LIBRARIES + "libxcb-icccm.so.4",
    "libxcb-keysyms1": LIBRARIES + "libxcb-keysyms.so.1",
    "libxcb-randr0": LIBRARIES + "libxcb-randr.so.0",
    "libxcb-shape0": LIBRARIES + "libxcb-shape.so.0",
    "libxcb-sync1": LIBRARIES + "libxcb-sync.so.1",
    "libxcb-xfixes0": LIBRARIES + "libxcb-xfixes.so.0",
    "libxkbcommon-x11-0": LIBRARIES + "libxkbcommon-x11.so.0",
    "dbus-daemon": "dbus-run-session",
    "at-spi2-core": "/usr/libexec/at-spi-bus-launcher",
    "python3-pyatspi": "/usr/lib/python3/dist-packages/pyatspi",
}
DEBIAN_FOR_VENV = "python3-venv"


class CannotStart(Exception):
    """Why nothing can be started, and what to do: one sentence for the person at the keyboard."""


def main(arguments: Sequence[str]) -> int:
    """Runs one sub-command; 2 when it could not even be started, else its own exit status."""
    start: dict[str, Callable[[Sequence[str]], int]] = {
        "demo": demo,
        "run": run,
        "test": test,
        "check": check,
        "shots": shots,
        "bench": bench,
        "torture": torture,
    }
    parser = argparse.ArgumentParser(
        prog="packaging/dev.py", formatter_class=argparse.RawDescriptionHelpFormatter, description=HELP
    )
    parser.add_argument("command", choices=start, metavar="demo | run | test | check | shots | bench | torture")
    command = parser.parse_args(arguments[:1]).command  # the rest belongs to the program that it starts
    try:
        if not OLDEST <= sys.version_info[:2] <= NEWEST:
            raise CannotStart(f"This is Python {sys.version.split()[0]}; RehabDesk needs 3.11, 3.12 or 3.13.")
        return start[command](arguments[1:])
    except CannotStart as problem:
        say(str(problem))
        return COULD_NOT
    except OSError as problem:
        say(f"The computer refused: {problem}. Mend that, then start again.")
        return COULD_NOT
    except KeyboardInterrupt:
        say("Stopped. Start again to go on.")
        return 130


# the sub-commands


def demo(arguments: Sequence[str]) -> int:
    """Runs the main job with invented people; in a fresh folder outside the checkout when none is named."""
    python = ready(RUNTIME)
    if not names_folder(arguments):
        folder = tempfile.mkdtemp(prefix="rehabdesk-demo-")
        say(f"The demo goes into {folder}")
        arguments = [folder, *arguments]
    # once there are windows, this is where one opens on the folder if there is a display
    return start_and_wait([python, "-m", "rehabdesk", "demo", *arguments])


def run(arguments: Sequence[str]) -> int:
    """Runs `rehabdesk` from the checkout."""
    return start_and_wait([ready(RUNTIME), "-m", "rehabdesk", *arguments])


def test(arguments: Sequence[str]) -> int:
    """Runs pytest on two processes, each file in one of them: what its tests share is made once (tests/conftest.py)."""
    need_debian(DEBIAN_FOR_TESTS)
    python = ready(EVERYTHING)
    quiet = [] if writable(ROOT) else ["-p", "no:cacheprovider"]
    return start_and_wait([python, "-m", "pytest", "-n", "2", "--dist", "loadscope", *quiet, *arguments], folder=ROOT)


def check(arguments: Sequence[str]) -> int:
    """Runs ruff and mypy, all of them even if one complains; the first bad exit status counts."""
    if arguments:
        raise CannotStart("check takes no arguments: it always looks at everything.")
    python = ready(EVERYTHING)
    statuses = []
    for words in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]):
        say(" ".join(words))
        statuses.append(start_and_wait([python, "-m", *words], folder=ROOT))
    return next((status for status in statuses if status), 0)


def bench(arguments: Sequence[str]) -> int:
    """Measures on a desk with invented words; no display is needed."""
    return start_and_wait([ready(RUNTIME), ROOT / "packaging" / "bench.py", *arguments])


def torture(arguments: Sequence[str]) -> int:
    """The fault tests in their long form (tests/torture/long_form.py): before a release, after a library changed."""
    need_debian(DEBIAN_FOR_TESTS)
    return start_and_wait([ready(EVERYTHING), "-m", "tests.torture.long_form", *arguments], folder=ROOT)


def shots(arguments: Sequence[str]) -> int:
    """Writes every screen as PNG into a folder, from a demo desk with invented people; no display is needed."""
    return start_and_wait([ready(RUNTIME), ROOT / "packaging" / "shots.py", *arguments])


def names_folder(arguments: Sequence[str]) -> bool:
    """Whether these arguments of `rehabdesk demo` name a folder, or ask for help and so need none."""
    if {"-h", "--help"} & set(arguments):
        return True
    before = [""]
    before.extend(arguments)
    return any(
        not word.startswith("-") and previous not in ("--people", "--lang")
        for previous, word in zip(before, arguments, strict=False)
    )


def start_and_wait(command: Sequence[str | Path], *, folder: Path | None = None) -> int:
    """Starts a program, waits for its end (also after Ctrl+C, which it gets too) and gives its exit status."""
    environment = dict(os.environ)
    if writable(ROOT):  # tests start hundreds of programs: each would compile what it loads anew
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
    else:
        cache = venv_folder()
        environment.update(
            PYTHONDONTWRITEBYTECODE="1",
            MYPY_CACHE_DIR=str(cache / "mypy_cache"),
            RUFF_CACHE_DIR=str(cache / "ruff_cache"),
            HYPOTHESIS_STORAGE_DIRECTORY=str(cache / "hypothesis"),
        )
    sys.stderr.flush()
    with subprocess.Popen([str(word) for word in command], cwd=folder, env=environment) as child:
        while True:
            try:
                status = child.wait()
            except KeyboardInterrupt:
                continue
            return status if status >= 0 else 128 - status


# the Python environment


def ready(locks: Sequence[Path]) -> Path:
    """The Python that has everything of these lock files installed; makes and mends .venv until it has.

    A stamp, written last, says which lock files an environment holds. Without the right one it is made anew from
    nothing: that also repairs whatever an interruption left behind.
    """
    venv = venv_folder()
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if is_stamped(venv, locks):
        return python
    with one_at_a_time(venv):
        if is_stamped(venv, locks):
            return python
        if not (is_stamped(venv, RUNTIME) and python.exists()):
            make_venv(venv)
            locks_to_do = tuple(locks)
        else:
            locks_to_do = tuple(lock for lock in locks if lock not in RUNTIME)
        stamp_of(venv).unlink(missing_ok=True)
        install(python, locks_to_do)
        point_to_source(venv)
        stamp_of(venv).write_text("".join(f"{fingerprint(lock)}\n" for lock in locks), encoding="ascii")
    return python


def venv_folder() -> Path:
    """.venv in the checkout; where nothing may be written there, a folder in the user's cache."""
    if writable(ROOT):
        return ROOT / ".venv"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "rehabdesk" / f"venv-{hashlib.sha256(bytes(ROOT)).hexdigest()[:12]}"


def writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def stamp_of(venv: Path) -> Path:
    return venv / "installed.txt"


def is_stamped(venv: Path, locks: Sequence[Path]) -> bool:
    try:
        held = stamp_of(venv).read_text(encoding="ascii").split()
    except OSError:
        return False
    return {fingerprint(lock) for lock in locks} <= set(held)


def fingerprint(lock: Path) -> str:
    """Changes with the content of the lock file, the Python and the place of the checkout."""
    parts = (lock.read_bytes(), sys.version.encode(), sys.base_prefix.encode(), bytes(ROOT))
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


@contextlib.contextmanager
def one_at_a_time(venv: Path) -> Iterator[None]:
    """Two starts at once do not install into each other's way. On Windows that is left to the person."""
    venv.parent.mkdir(parents=True, exist_ok=True)
    if os.name == "nt":
        yield
        return
    import fcntl

    with open(venv.with_name(venv.name + ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_venv(venv: Path) -> None:
    """Makes an empty environment; whatever was there before is removed."""
    need_ensurepip()
    say(f"Making the Python environment {venv}")
    shutil.rmtree(venv, ignore_errors=True)
    python = getattr(sys, "_base_executable", sys.executable)  # not the one that was just removed
    if subprocess.call([python, "-m", "venv", str(venv)], stdout=sys.stderr):
        raise CannotStart(f"The Python environment {venv} could not be made; the reason stands above.")


def install(python: Path, locks: Sequence[Path]) -> None:
    """Installs exactly what the lock files pin, from wherever this machine's pip is told to look."""
    wanted = [word for lock in locks for word in ("-r", str(lock))]
    say(f"Installing the packages of {' and '.join(lock.name for lock in locks)} (once; some minutes, some 150 MB)")
    bar = "on" if sys.stderr.isatty() else "off"
    command = [str(python), "-m", "pip", "install", "--require-hashes", "--no-deps", "--progress-bar", bar]
    if subprocess.call(
        [*command, "--disable-pip-version-check", "--no-warn-script-location", *wanted], stdout=sys.stderr
    ):
        raise CannotStart(
            "The packages could not be installed; what pip said stands above. Make sure that this machine reaches a "
            "package index (python3 -m pip config list shows which), then start again."
        )


def point_to_source(venv: Path) -> None:
    """Lets the environment import src/ in place; needs neither network nor a build."""
    pattern = "Lib/site-packages" if os.name == "nt" else "lib/python3*/site-packages"
    for folder in venv.glob(pattern):
        (folder / "rehabdesk-checkout.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")


# Debian packages


def need_ensurepip() -> None:
    """Debian keeps what makes environments in a package of its own."""
    import importlib.util

    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    if not install_debian([DEBIAN_FOR_VENV]):
        raise CannotStart(f"This Python cannot make environments. Type: {apt_line([DEBIAN_FOR_VENV])}")
    importlib.invalidate_caches()


def need_debian(wanted: dict[str, str]) -> None:
    """Installs the missing ones of these packages, or says how; never stops, since many tests need none of them."""
    missing = [package for package, sign in wanted.items() if not is_there(sign)]
    if missing and not install_debian(missing):
        say(f"Programs are missing; tests that need them will fail. To install them type: {apt_line(missing)}")


def is_there(sign: str) -> bool:
    return any(Path("/").glob(sign[1:])) if sign.startswith("/") else shutil.which(sign) is not None


def install_debian(packages: Sequence[str]) -> bool:
    """Installs them if this user may and this system has apt-get; whether that was done."""
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installing the Debian packages {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with one_at_a_time(Path(tempfile.gettempdir()) / "rehabdesk-apt"):
        for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            # a failing update is no reason to stop: the lists at hand may do
            status = subprocess.call(["apt-get", "-q", *words], stdout=sys.stderr, env=environment)
    return status == 0


def apt_line(packages: Sequence[str]) -> str:
    return f"sudo apt-get install --no-install-recommends {' '.join(packages)}"


def say(sentence: str) -> None:
    print(f"dev.py: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
