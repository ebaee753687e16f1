"""A fresh desk with one login for each role, and one person in its register."""

from pathlib import Path

import pytest

from tests.plans.cases import PlanDesk


@pytest.fixture
def desk(tmp_path: Path) -> PlanDesk:
    return PlanDesk(tmp_path / "desk", tmp_path / "profile")


@pytest.fixture
def person(desk: PlanDesk) -> str:
    return desk.register()
