"""Lists that people read in one line bear the comma of their language (core/text.join_words), never a fixed one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "rehabdesk"
COMMAS = {", ", "; ", "، ", "؛ "}
"""A comma without a space is for machines."""
NOT_READ = {
    "core/declared.py": "said of a data file, to whoever wrote it",
    "core/text.py": "the one place",
    "handover/after/feedback_form_model.py": "a file for any text editor, with fixed words",
    "handover/checking/report_service.py": "codes, on a terminal",
    "handover/trust/view/digits_line.py": "digits, one after the other, for those who hear them",
    "plans/reviews/review_rule_service.py": "said of a data file, to whoever wrote it",
    "readiness/template_service.py": "a data file",
}


def fixed_commas(tree: ast.AST) -> Iterator[int]:
    """Lines where words are joined with a comma of one language. Codes in one left-to-right isolate may be."""
    codes = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isolate_ltr"
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(
            isinstance(part, ast.Constant) and part.value in COMMAS for part in node.values
        ):
            yield node.lineno
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "join"
            and isinstance(node.func.value, ast.Constant)
            and node.func.value.value in COMMAS
            and id(node) not in codes
        ):
            yield node.lineno


def test_no_list_has_a_comma_that_is_fixed() -> None:
    found = {
        str(file.relative_to(SOURCE)): list(fixed_commas(ast.parse(file.read_text("utf-8"))))
        for file in sorted(SOURCE.rglob("*.py"))
    }
    assert {place: lines for place, lines in found.items() if lines and place not in NOT_READ} == {}
    assert [place for place in NOT_READ if place not in found or not (found[place] or place == "core/text.py")] == []


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ('", ".join(names)', [1]),
        ("f\"{'; '.join(names)}\"", [1]),
        ('"، ".join(names)', [1]),
        ('f"{name}, {role}"', [1]),
        ('isolate_ltr(", ".join(codes))', []),
        ('" · ".join(names)', []),
    ],
)
def test_it_would_be_found(body: str, lines: list[int]) -> None:
    assert list(fixed_commas(ast.parse(body))) == lines
