"""The plan domains as data, and that nothing in plans or readiness could put persons into an order (G1)."""

import ast
import re
from pathlib import Path

import pytest

from rehabdesk.core import resources
from rehabdesk.core.declared import DeclarationError
from rehabdesk.core.errors import UserError
from rehabdesk.plans.domain_service import FILE, parse_domains
from rehabdesk.plans.progress.progress_model import Word
from tests.plans.cases import DOMAINS

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = re.compile(
    r"score|risk|rank|rating_sum|trend|danger|sincer|deradical|average|points|percent|level|severity|predict(?!able)",
    re.IGNORECASE,
)
FEATURES = ("plans", "readiness")
ALLOWED = {"life_in_danger": "a legal basis of sharing (A7), about a moment and nobody"}


def test_there_are_ten_domains_and_only_faith_is_not_worded() -> None:
    assert [domain.code for domain in DOMAINS.domains] == [f"PD-{number}" for number in range(1, 11)]
    assert [domain.code for domain in DOMAINS.domains if not domain.rated] == ["PD-6"]
    assert [domain.code for domain in DOMAINS.domains if domain.opt_in] == ["PD-6"]
    assert [domain.code for domain in DOMAINS.domains if domain.after_conviction_only] == ["PD-9"]


def test_every_worded_domain_says_what_each_word_means_and_what_is_never_an_indicator() -> None:
    for domain in DOMAINS.domains:
        assert domain.never
        assert domain.never_words
        if domain.rated:
            assert set(domain.anchors) == {str(word) for word in Word} - {Word.NOT_RATED}


def test_an_unknown_domain_is_refused() -> None:
    with pytest.raises(UserError):
        DOMAINS.domain("PD-11")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code = "PD-1"', 'code = "PD-0"'),
        ("rated = true", 'rated = "yes"'),
        ("opening = ", "beginning = "),
        ("never_words = ", "never_word = "),
    ],
)
def test_a_mistake_in_the_file_is_named(old: str, new: str) -> None:
    broken = resources.read_text(FILE).replace(old, new, 1)
    with pytest.raises(DeclarationError, match=r"domains\.toml, line \d+"):
        parse_domains(broken, FILE)


def names_in(file: Path) -> set[str]:
    """Every name that a Python file defines or uses."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        for attribute in ("id", "attr", "name", "arg"):
            if isinstance(value := getattr(node, attribute, None), str):
                found.add(value)
    return found


def _forbidden(key: str) -> bool:
    return key not in ALLOWED and FORBIDDEN.search(key) is not None


def test_a_list_of_the_most_dangerous_cannot_be_made() -> None:
    """Scenario 18: no field, column, code or key by which persons could be scored, ranked or forecast."""
    wrong = []
    for feature in FEATURES:
        room = ROOT / "src/rehabdesk" / feature
        for file in sorted(each for each in room.rglob("*.py") if each.parent.name != "view"):
            wrong += [f"{file.name}: {name}" for name in names_in(file) if FORBIDDEN.search(name)]
            tables = re.findall(r"CREATE TABLE.*?;", file.read_text("utf-8"), re.DOTALL)
            wrong += [f"{file.name}: {table}" for table in tables if FORBIDDEN.search(table)]
            order = re.findall(r"ORDER BY[^\"']*", file.read_text("utf-8"))
            wrong += [f"{file.name}: {by}" for by in order if re.search(r"\b(word|confidence|basis)\b", by)]
    for folder in ("plans", "checklists", "lists"):
        for name in resources.names(folder, ".toml"):
            keys = re.findall(r"^\s*(\w+) =|code = \"([^\"]+)\"", resources.read_text(name), re.MULTILINE)
            wrong += [f"{name}: {key}" for pair in keys for key in pair if key and _forbidden(key)]
    assert wrong == []


def test_the_scan_would_notice(tmp_path: Path) -> None:
    file = tmp_path / "store.py"
    file.write_text("class Row:\n    risk_score: int\n", "utf-8")
    assert [name for name in names_in(file) if FORBIDDEN.search(name)] == ["risk_score"]
