"""A fresh desk with one login for each role."""

from pathlib import Path

import pytest

from tests.people.cases import CaseDesk


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return CaseDesk(tmp_path / "desk", tmp_path / "profile")
