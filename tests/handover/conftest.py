"""One site for the whole run: keys and signatures cost time."""

from pathlib import Path

import pytest

from tests.handover.made import MadeSite
from tests.handover.workplace import Workplace


@pytest.fixture(scope="session")
def made() -> MadeSite:
    return MadeSite.new()


@pytest.fixture(scope="session")
def founded_once(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """A founded site that nobody changes: tests take `founded`."""
    place = Workplace(tmp_path_factory.mktemp("founded"))
    place.found()
    return place


@pytest.fixture
def founded(founded_once: Workplace, tmp_path: Path) -> Workplace:
    """A copy of the founded site, to do with as one likes."""
    return founded_once.copied_to(tmp_path)
