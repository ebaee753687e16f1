"""Acceptance scenarios of domain.md 14 are tests by their names, wherever they stand: those that are built."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
SCENARIOS = (
    "shared_laptop",
    "governor_curiosity",
    "honest_mistake",
    "confession",
    "child",
    "paper_day",
    "lost_psychologist",
    "verify_outside",
    "short_notice",
    "feedback",
    "acquittal",
    "release_without_readiness",
    "three_languages",
    "disagreement",
    "bias_prompt",
    "scoring_request",
    "prison_to_prison",
)


def test_each_scenario_is_a_test_by_its_name() -> None:
    tests = "\n".join(file.read_text("utf-8") for file in TESTS.rglob("test_*.py"))
    found = set(re.findall(r"^def test_(\w+)\(", tests, re.MULTILINE))
    assert set(SCENARIOS) <= found
