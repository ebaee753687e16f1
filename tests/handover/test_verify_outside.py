"""The scenario *verify outside* of domain.md 14: a community officer, with nothing of ours installed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.handover.workplace import Workplace

DIGITS = (
    "import hashlib,sys;print('%024d'%(int.from_bytes(hashlib.sha256(open(sys.argv[1],'rb').read()).digest()[:10],"
    "'big')%10**24))"
)
"""As the guide prints it (packet.md 13)."""


def said(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout + done.stderr


def test_verify_outside(founded: Workplace, tmp_path: Path) -> None:
    """The reader says signed and unchanged, and the code is the one that is said on the phone; one character breaks
    both.
    """
    for program in ("age", "pdfsig", "sha256sum"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed; `packaging/dev.py test` installs it")
    packet = founded.signed(founded.register())
    founded.countersigned(packet)
    with founded.open("green-ferry") as officer:
        sent = officer.packets.seal(packet, founded.outbox)
        by_phone = officer.packets.shelf.code(packet)
    key, opened = tmp_path / "team.agekey", tmp_path / "RD.pdf"
    key.write_text(founded.identity)
    said("age", "-d", "-i", key, "-o", opened, sent.file)
    slip = sent.slip.read_text("utf-8")

    def code(file: Path) -> str:
        digits = said(sys.executable, "-I", "-c", DIGITS, file).strip()
        return "-".join(digits[start : start + 4] for start in range(0, 24, 4))

    shown = said("pdfsig", opened)
    assert shown.count("Signature is Valid.") == 2
    assert "Total document signed" in shown.split("Signature #2")[1]
    assert code(opened) == by_phone
    assert by_phone in slip
    assert said("sha256sum", opened).split()[0] in slip

    raw = opened.read_bytes()
    at = raw.index(b"/Title (") + len(b"/Title (")
    other = tmp_path / "other.pdf"
    other.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    assert "Signature is Valid." not in said("pdfsig", other).split("Signature #2")[0]
    assert code(other) != by_phone
