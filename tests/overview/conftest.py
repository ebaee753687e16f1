"""A fresh desk that knows every feature."""

from pathlib import Path

import pytest

from tests.plans.cases import PlanDesk


@pytest.fixture
def desk(tmp_path: Path) -> PlanDesk:
    return PlanDesk(tmp_path / "desk", tmp_path / "profile")
