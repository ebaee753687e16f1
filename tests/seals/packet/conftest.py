"""One site for the whole run: keys and signatures cost time."""

import pytest

from tests.seals.packet.workshop import Site


@pytest.fixture(scope="session")
def site() -> Site:
    return Site.new()
