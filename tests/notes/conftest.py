"""A fresh desk with one login for each role."""

from pathlib import Path

import pytest

from tests.people.desks import TestDesk


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    return TestDesk(tmp_path / "desk", tmp_path / "profile")
