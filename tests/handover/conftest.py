"""One site for the whole run: keys and signatures cost time."""

import pytest

from tests.handover.made import MadeSite


@pytest.fixture(scope="session")
def made() -> MadeSite:
    return MadeSite.new()
