"""Dates in sentences: the name of a month has its own direction, so that no date is forced from left to right."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"
DATES = {"day_text", "time_text", "month_text"}


def turned(tree: ast.AST) -> Iterator[int]:
    """Lines where `isolate_ltr` is given a date with the name of a month, directly or by a variable."""
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef):
            continue
        dated = {
            target.id
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and called(node.value) in DATES
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and called(node) == "isolate_ltr":
                inside = [part for argument in node.args for part in ast.walk(argument)]
                if any(
                    (isinstance(part, ast.Call) and called(part) in DATES)
                    or (isinstance(part, ast.Name) and part.id in dated)
                    for part in inside
                ):
                    yield node.lineno


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def test_no_date_with_a_month_in_words_is_forced_from_left_to_right() -> None:
    found = [
        f"{file.relative_to(SOURCE)}:{line}"
        for file in sorted(SOURCE.rglob("*.py"))
        for line in turned(ast.parse(file.read_text("utf-8")))
    ]
    assert found == [], "use isolate: in Arabic the month is an Arabic word, and the date runs from the right"


@pytest.mark.parametrize(
    "body",
    ["isolate_ltr(day_text(on))", "isolate_ltr(f'{day_text(on)}, 9:00')", "day = day_text(on); isolate_ltr(day)"],
)
def test_it_would_be_found(body: str) -> None:
    assert list(turned(ast.parse(f"def said(on):\n    {body}"))) == [2]
