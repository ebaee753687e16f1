"""One real store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.stores import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.make(tmp_path)
    yield made
    made.close()
