"""What is loaded before the lock page is painted, and what is not (performance.md 2.1, 3 act 13, 4 Start)."""

import json
import subprocess
import sys

import pytest

from rehabdesk.access.door_service import Door
from tests.torture.recording import ROOT, child_environment

MOST_MODULES = 230
LATER = (
    "pyhanko",
    "pyhanko_certvalidator",
    "reportlab",
    "cryptography.x509",
    "uharfbuzz",
    "babel",
    "pypdfium2",
    "asn1crypto",
    "PIL",
    "segno",
    "msgspec",
    "rehabdesk.notes",
    "rehabdesk.handover",
    "rehabdesk.plans",
    "rehabdesk.readiness",
    "hunspell",
    "rehabdesk.ui.writing",
    "rehabdesk.ui.speller",
    "rehabdesk.access.writing_service",
    "rehabdesk.people",
)
"""Nothing of these before somebody has unlocked."""
PROGRAM = """
import json, sys
from pathlib import Path
bare = set(sys.modules)
from PySide6.QtWidgets import QApplication
from rehabdesk.app_start import threshold_of
from rehabdesk.app_window import Window, look_for, prepare
app = QApplication([])
prepare(app)
window = Window(app, threshold_of(Path(sys.argv[1])), replace=print, look=look_for(app, "en"), language="en")
window.start()
app.processEvents()
window.grab()
print(json.dumps(sorted(set(sys.modules) - bare)))
"""


@pytest.fixture(scope="module")
def loaded(door: Door) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(door.folder)],
        env=child_environment(),
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_the_first_paint_needs_few_modules(loaded: list[str]) -> None:
    assert "rehabdesk.app_window" in loaded
    assert len(loaded) <= MOST_MODULES


@pytest.mark.parametrize("name", LATER)
def test_what_only_an_open_desk_needs_is_not_loaded_before(loaded: list[str], name: str) -> None:
    assert [each for each in loaded if each == name or each.startswith(f"{name}.")] == []
