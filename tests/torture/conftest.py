"""What the fault tests share: the seed of the day, figures that are printed at the end, folders that are quick."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.torture.load import Load, Place
from tests.torture.recording import Recording, build_preload, record_day

MEMORY_DISK = Path("/dev/shm")
Report = Callable[..., None]


@pytest.fixture(scope="session")
def seed() -> int:
    """Of the day; REHABDESK_SEED repeats another day."""
    return int(os.environ.get("REHABDESK_SEED") or datetime.now(UTC).strftime("%Y%m%d"))


@pytest.fixture
def report(record_property: Callable[[str, object], None], seed: int) -> Report:
    """Seed and counts of a run: printed at the end of the test run, whether it failed or not."""

    def say(**counts: object) -> None:
        said = " · ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts.items())
        record_property("figures", f"seed {seed} · {said}")

    return say


def _quick_folder(factory: pytest.TempPathFactory) -> Path:
    """In memory where the system has such a disk: there a thousand states cost no wear and no waiting for syncs."""
    if MEMORY_DISK.is_dir() and os.access(MEMORY_DISK, os.W_OK):
        return Path(tempfile.mkdtemp(prefix="rehabdesk-", dir=MEMORY_DISK))
    return factory.mktemp("quick")


@pytest.fixture(scope="session")
def session_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = _quick_folder(tmp_path_factory)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def quick_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = _quick_folder(tmp_path_factory)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def preload(session_folder: Path) -> Path:
    return build_preload(session_folder)


@pytest.fixture(scope="session")
def recording(session_folder: Path, preload: Path, seed: int) -> Recording:
    """The whole day, recorded once in each worker."""
    return record_day(session_folder, preload, seed)


@pytest.fixture(scope="session")
def made(session_folder: Path, seed: int) -> Place:
    """A desk with a few records, from which every kill begins."""
    place = Place(root=session_folder / "made")
    place.root.mkdir()
    load = Load(place, seed)
    load.make()
    load.unlock("psy")
    for comp in ("clinical", "team", "clinical"):
        load.save(comp)
    load.lock()
    return place
