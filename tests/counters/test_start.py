"""What is loaded before the lock page is painted, and what is not (performance.md 2.1, 3 act 13, 4 Start)."""

import json
import subprocess
import sys
from typing import Any

import pytest

from rehabdesk.access.door_service import Door
from tests.torture.recording import ROOT, child_environment

MOST_MODULES = 180
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
    "rehabdesk.access.files_store",
    "rehabdesk.ui.accessible",
    "tomllib",
    "sqlcipher3",
)
"""Nothing of these before somebody has unlocked."""
PROGRAM = """
import json, sys
bare = set(sys.modules)
from pathlib import Path
from rehabdesk.app_start import first_window
app, window = first_window(Path(sys.argv[1]), "en", {})
app.processEvents()
window.grab()
kept = sys.modules["linecache"].cache if "linecache" in sys.modules else {}
print(json.dumps({"modules": sorted(set(sys.modules) - bare), "sources": sorted(kept)}))
"""


@pytest.fixture(scope="module")
def started(door: Door) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(door.folder)],
        env=child_environment(),
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def loaded(started: dict[str, Any]) -> list[str]:
    modules: list[str] = started["modules"]
    return modules


def test_the_first_paint_needs_few_modules(loaded: list[str]) -> None:
    assert "rehabdesk.app_window" in loaded
    assert len(loaded) <= MOST_MODULES


@pytest.mark.parametrize("name", LATER)
def test_what_only_an_open_desk_needs_is_not_loaded_before(loaded: list[str], name: str) -> None:
    assert [each for each in loaded if each == name or each.startswith(f"{name}.")] == []


def test_no_source_is_read_for_spellings_that_nobody_uses(started: dict[str, Any]) -> None:
    """PySide would read that of every module that is loaded after it (ui/features.py)."""
    assert [file for file in started["sources"] if "rehabdesk" in file] == []
