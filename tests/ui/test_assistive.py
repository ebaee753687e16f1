"""The real program on a real screen, heard and used by AT-SPI alone, as with a screen reader (interface.md 16.26)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import dev
import pytest

from rehabdesk.access.members_service import create_desk
from rehabdesk.access.model import Role
from rehabdesk.access.unlock_service import Means
from rehabdesk.app import PROJECTIONS
from rehabdesk.core.clock import SystemClock
from rehabdesk.core.ids import SystemIds
from rehabdesk.seals.kdf import RELEASE_BOUNDS, KdfCost
from tests.desks import SITE, founder, passphrase

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
"""Which has Debian's pyatspi."""
NEEDED = (
    "xvfb",
    "dbus-daemon",
    "at-spi2-core",
    "python3-pyatspi",
    *(each for each in dev.DEBIAN_FOR_TESTS if "xcb" in each),
)
MISSING = [package for package in NEEDED if not dev.is_there(dev.DEBIAN_FOR_TESTS[package])]
FLOOR = KdfCost(m=RELEASE_BOUNDS.memory[0], t=RELEASE_BOUNDS.rounds[0])
"""The cheapest that the real program opens."""

LOCK_PAGE = {
    ("text", "Sign-in name"),
    ("password text", "Passphrase"),
    ("push button", "Unlock"),
    ("push button", "Forgot passphrase"),
    ("push button", "Check a packet"),
}
"""Role and name of all that takes the focus there."""
REGISTER = {
    *(("page tab", name) for name in ("My day", "People", "Releases", "Packets", "Settings")),
    *(("push button", name) for name in ("Find a person or do something", "Safety alert", "Lock", "New note")),
    ("text", "Given name"),
    ("combo box", "Language"),
    ("radio button", "Young adult"),
    ("check box", "Interpreter needed"),
    ("push button", "Add the person"),
}
"""Frame and form: some of every kind."""

pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"a screen and a reader of it are missing here. Type: {dev.apt_line(MISSING)}"
)


@dataclass(kw_only=True)
class Reader:
    """One who hears the program and has no eyes on it."""

    asked: IO[str]
    said: IO[str]

    def ask(self, *deed: str) -> object:
        self.asked.write(json.dumps(deed) + "\n")
        self.asked.flush()
        answer = self.said.readline()
        assert answer, "the reader gave up; why stands in its errors"
        return json.loads(answer)

    def shown(self) -> list[tuple[str, str, bool]]:
        """Role, name, whether it takes the focus."""
        answer = self.ask("shown")
        assert isinstance(answer, list)
        return [(role, name, focusable) for role, name, focusable in answer]

    def controls(self) -> set[tuple[str, str]]:
        """Role and name of what takes the focus."""
        return {(role, name) for role, name, focusable in self.shown() if focusable}


@pytest.fixture
def screen() -> Iterator[str]:
    """A display that nobody sees; the server takes the first free number."""
    asked, told = os.pipe()
    command = ["Xvfb", "-displayfd", str(told), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(told,), stderr=subprocess.DEVNULL) as server:
        os.close(told)
        with os.fdopen(asked) as said:
            number = said.readline().strip()
        yield f":{number}"
        server.terminate()


@pytest.fixture
def reader(screen: str, tmp_path: Path) -> Iterator[Reader]:
    clock = SystemClock()
    means = Means(clock=clock, ids=SystemIds(clock), projections=PROJECTIONS)
    founders = [founder("adm", Role.ADM), founder("sup", Role.SUP), founder("case", Role.CO)]
    create_desk(tmp_path / "desk", SITE, founders, means, FLOOR, profile=tmp_path / "state" / "rehabdesk" / "pins")
    program = [sys.executable, "-m", "rehabdesk", "--vault", str(tmp_path / "desk")]
    said, answers = os.pipe()
    hears = [SYSTEM_PYTHON, str(Path(__file__).with_name("screen_reader.py")), str(answers)]
    process = subprocess.Popen(
        ["dbus-run-session", "--", *hears, *program],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        pass_fds=(answers,),
        text=True,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT / "src"),
            "DISPLAY": screen,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        },
    )
    os.close(answers)
    with process, os.fdopen(said, encoding="utf-8") as heard:
        assert process.stdin is not None
        yield Reader(asked=process.stdin, said=heard)


def test_who_cannot_see_signs_in_adds_a_person_hears_what_is_missing_and_locks(reader: Reader) -> None:
    assert reader.ask("type", "Sign-in name", "case")
    assert reader.ask("type", "Passphrase", passphrase("case"))
    assert reader.ask("text", "Passphrase") == "●" * len(passphrase("case"))
    assert reader.controls() == LOCK_PAGE

    assert reader.ask("press", "Unlock")
    assert reader.ask("press", "People")
    assert reader.ask("press", "Add the first person")
    assert reader.ask("type", "Given name", "Idrissa")
    assert reader.controls() >= REGISTER

    assert reader.ask("press", "Add the person")
    assert reader.ask("press", "Fill in: Case number.")
    assert ("panel", "There is a problem") in reader.controls()
    assert reader.ask("text", "Given name") == "Idrissa"
    assert all(name for _role, name in reader.controls())

    assert reader.ask("press", "Lock")
    assert reader.ask("type", "Sign-in name", "")
    assert reader.controls() == LOCK_PAGE
    assert not [name for _role, name, _focusable in reader.shown() if "Idrissa" in name or "Name of case" in name]
