"""A program that unlocks a desk, reads a note, and on a word from outside locks and is replaced by its successor.

It says what it holds as masked needles, one JSON line, and then waits.
"""

import json
import sys
from pathlib import Path

from rehabdesk.core.process import replace_this_process
from tests.desks import passphrase
from tests.torture.load import Place
from tests.torture.memory_scan import masked

SUCCESSOR = "import sys, time; sys.stdin.read(); print('replaced', flush=True); time.sleep(120)"


def hold(place: Place, comp: str, rid: str) -> None:
    site = place.site(1)
    desk = site.open("psy")
    record = desk.read(comp, rid)
    typed, words = passphrase("psy"), str(record.payload["words"])
    _, secret = desk.keys.current(comp)
    private = desk.keys.identity.x_secret()
    needles = {
        "compartment key": secret,
        "private key": private,
        "file key": desk.keys.file_key("vault"),
        "passphrase": typed.encode(),
        "note": words.encode(),
    }
    said = {name: masked(needle).hex() for name, needle in needles.items()}
    wide = {
        f"{name} in hex": masked(needles[name].hex().encode()).hex() for name in ("compartment key", "private key")
    } | {
        f"{name} as UTF-16": masked(needles[name].decode().encode("utf-16-le")).hex() for name in ("passphrase", "note")
    }
    sys.stdout.write(json.dumps({"needles": said, "other forms": wide}) + "\n")
    sys.stdout.flush()
    sys.stdin.readline()
    desk.lock()
    replace_this_process((sys.executable, "-c", SUCCESSOR))


if __name__ == "__main__":
    hold(Place(root=Path(sys.argv[1])), sys.argv[2], sys.argv[3])
