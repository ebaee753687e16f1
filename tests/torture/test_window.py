"""A program with a window that is killed, or locks itself: what was typed is kept, what was read is gone."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rehabdesk.app import PROJECTIONS
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.service import Notes
from rehabdesk.people.service import People
from tests.desks import Site, passphrase
from tests.torture.memory_scan import count_in_memory, masked
from tests.windows import register_people

ROOT = Path(__file__).resolve().parents[2]
KILLS = 5
LONGEST_LOSS = 2.0
"""Seconds of typing that may be lost at a kill (interface.md 6), besides the tick of the machine."""


@contextmanager
def typing(site: Site, what: str, said: Path) -> Iterator["subprocess.Popen[bytes]"]:
    phrase = site.folder.parent / "phrase"
    phrase.write_text(passphrase("psy"), "utf-8")
    command = [sys.executable, "-m", "tests.torture.window_child", site.folder, site.profile, "psy", phrase, what, said]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen([str(part) for part in command], env=environment, cwd=ROOT)
    try:
        yield child
    finally:
        child.kill()
        child.wait()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(folder=tmp_path / "vault", profile=tmp_path / "profile", projections=PROJECTIONS).create()
    register_people(made)
    return made


def until(happened: object, seconds: float = 30) -> None:
    assert callable(happened)
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def lines(said: Path) -> list[str]:
    return said.read_text("utf-8").splitlines() if said.exists() else []


def test_a_kill_loses_no_more_than_two_seconds_of_typing(site: Site, tmp_path: Path) -> None:
    seed = int(os.environ.get("REHABDESK_SEED", random.SystemRandom().randrange(1 << 30)))
    chance = random.Random(seed)
    for number in range(KILLS):
        said = tmp_path / f"said{number}"
        with typing(site, "type", said) as child:
            until(lambda file=said: len(lines(file)) > 5)
            time.sleep(chance.uniform(2.5, 4.0))  # beyond the longest loss: else nothing would be old enough
            killed = time.monotonic()
            child.send_signal(signal.SIGKILL)
            child.wait()
        old_enough = "".join(
            f"{line.split()[1]} " for line in lines(said) if float(line.split()[0]) < killed - LONGEST_LOSS - 0.3
        )
        desk = site.open("psy")
        notes = Notes(desk, People(desk), load_forms())
        kept = [str(draft.answers.get("psy.P3.free", "")) for draft in notes.drafts()]
        assert not old_enough or any(text.startswith(old_enough.rstrip()) for text in kept), (
            seed,
            number,
            old_enough[-60:],
            [text[-60:] for text in kept],
        )
        for draft in notes.drafts():
            notes.drop_draft(draft.id)
        site.close()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of another process through /proc")
def test_after_a_lock_the_same_process_holds_no_word(site: Site, tmp_path: Path) -> None:
    said = tmp_path / "said"
    words = "w00007 w00008"
    needles = {"typed": masked(words.encode("utf-16-le")), "saved": masked(words.encode("ascii"))}
    with typing(site, "lock", said) as child:
        until(lambda: len(lines(said)) > 20)
        before = count_in_memory(child.pid, needles)
        until(lambda: b"--after-lock" in Path(f"/proc/{child.pid}/cmdline").read_bytes())
        time.sleep(2.5)
        assert child.poll() is None, "the lock page stands, in the same process"
        after = count_in_memory(child.pid, needles)
    assert before["typed"] > 0, "the search finds what is there"
    assert sum(after.values()) == 0
