"""After lock no live process holds a key, a passphrase or the text of a record (reliability.md F14, vault.md 9)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rehabdesk.db.projection import CLINICAL, NewRecord
from tests.torture.conftest import Report
from tests.torture.load import JOTTING, STAFF, Place
from tests.torture.memory_scan import count_in_memory, masked
from tests.torture.recording import ROOT, child_environment

WORDS = "Slept badly after the visit; the small window helps. نام بعد الزيارة قليلا"


@pytest.mark.skipif(sys.platform != "linux", reason="memory of another process is read through /proc")
def test_nothing_is_left_in_memory_after_lock(tmp_path: Path, report: Report) -> None:
    place = Place(root=tmp_path)
    site = place.site(5).create(STAFF)
    note = NewRecord(comp=CLINICAL, kind=JOTTING, pv=1, person="p1", payload={"words": WORDS})
    (saved,) = site.open("psy").commit("jot", [note])
    site.close()
    command = [sys.executable, "-m", "tests.torture.memory_holder", str(place.root), CLINICAL, saved.rid]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=child_environment(), cwd=ROOT
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        try:
            said = json.loads(holder.stdout.readline())
            plain = {name: bytes.fromhex(needle) for name, needle in said["needles"].items()}
            everything = plain | {name: bytes.fromhex(needle) for name, needle in said["other forms"].items()}
            unlocked = count_in_memory(holder.pid, everything)
            holder.stdin.write(b"lock\n")
            holder.stdin.flush()
            assert holder.stdout.readline() == b"replaced\n"
            locked = count_in_memory(holder.pid, everything)
        finally:
            holder.kill()
    report(unlocked=unlocked, locked=locked)
    for name in ("compartment key", "private key", "passphrase", "note"):
        assert unlocked[name] > 0, f"{name}: the scanner does not see what is there"
    assert set(locked.values()) == {0}


def test_the_scanner_counts_copies_and_does_not_find_its_own_needle() -> None:
    holder = "import sys; kept = [('needle' + '-%d' % n).encode() for n in range(3)]; print('x', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        try:
            assert child.stdout is not None
            child.stdout.readline()
            found = count_in_memory(child.pid, {"there": masked(b"needle-2"), "not there": masked(b"needle-7")})
        finally:
            child.kill()
    assert found["there"] >= 1
    assert found["not there"] == 0
