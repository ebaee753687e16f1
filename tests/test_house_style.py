"""Rules of the house that a linter does not know: sizes, names, and words that may stand in one place only."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_CLASS = 400, 50, 250
GENERATED = {"paper/bidi_data.py"}  # tables written by packaging/make_bidi_data.py, not by hand

EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "handler", "base"}
EMPTY_CLASS_NAME = re.compile(r"(Utils?|Helpers?|Manager|Handler|Base)$")

# Where a failure of any kind may be caught. Parsers of foreign bytes raise anything at all (packet.md 8.1); a lock goes
# on whatever a step of it raises (vault.md 9).
CATCHES_ALL = {"app.py", "app_lock.py", "ui/jobs.py", "__main__.py", "seals/examiner.py", "seals/cards.py"}
# The command line; nobody else speaks to a terminal.
PRINTS = re.compile(r"__main__\.py|demo(_\w+)?\.py|audit/command_service\.py|handover/checking/check_service\.py")
# May name ATTACH: the self-test at each opening, which proves that it is refused.
TRIES_ATTACH = {"db/connection.py"}

SQL = re.compile(
    r"\s*(select\s.*\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(virtual\s+)?table\s)",
    re.IGNORECASE | re.DOTALL,
)
ATTACH = re.compile(r"\s*(attach|detach)\s", re.IGNORECASE)
NEVER = {
    "processEvents": "slow work goes through ui/jobs.py",
    "open_connection": "there is no network in this house",
    "create_connection": "there is no network in this house",
    "set_trace_callback": "it prints keys and texts",
}


def complaints(package: Path) -> list[str]:
    """One line for each breach in the files of `package`."""
    found = []
    style_sheets = []
    for file in sorted(package.rglob("*.py")):
        place = file.relative_to(package).as_posix()
        text = file.read_text("utf-8")
        tree = ast.parse(text)
        found += [
            f"{place}{breach}" for breach in (*names(place, tree), *sizes(place, text, tree), *words(place, tree))
        ]
        style_sheets += [place] * sum(is_named(node, "setStyleSheet") for node in ast.walk(tree))
    if len(style_sheets) > 1:
        found.append(f"setStyleSheet occurs in {', '.join(style_sheets)}; once is enough")
    return found


def names(place: str, tree: ast.Module) -> Iterator[str]:
    """Names that say nothing, each asking where the thing belongs."""
    for part in place.removesuffix(".py").split("/"):
        if EMPTY_NAMES & set(part.split("_")):
            yield f": the name {part} says nothing"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and EMPTY_CLASS_NAME.search(node.name):
            yield f":{node.lineno}: the name {node.name} says nothing"


def sizes(place: str, text: str, tree: ast.Module) -> Iterator[str]:
    """What is too long and wants splitting by subject."""
    lines = text.count("\n")
    if lines > LONGEST_FILE and place not in GENERATED:
        yield f": {lines} lines; at most {LONGEST_FILE}"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            most = LONGEST_CLASS if isinstance(node, ast.ClassDef) else LONGEST_FUNCTION
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > most:
                yield f":{node.lineno}: {node.name} has {lines} lines; at most {most}"


def words(place: str, tree: ast.Module) -> Iterator[str]:
    """Calls, texts and handlers that are forbidden here."""
    for node in ast.walk(tree):
        if reason := forbidden(place, node):
            yield f":{getattr(node, 'lineno', 0)}: {reason}"


def forbidden(place: str, node: ast.AST) -> str | None:
    """Why this piece of the file at `place` may not stand, or None."""
    for name, reason in NEVER.items():
        if is_named(node, name):
            return f"{name}: {reason}"
    match node:
        case ast.ExceptHandler() if catches_all(node) and place not in CATCHES_ALL:
            return "catches every kind of failure, which hides bugs"
        case ast.Call(func=ast.Name(id="print")) if not PRINTS.fullmatch(place):
            return "print outside the command line"
        case ast.Attribute(value=ast.Name(id="QApplication" | "QCoreApplication" | "QGuiApplication"), attr="instance"):
            return "the application is passed in, never looked up"
        case ast.keyword(arg="wordWrap", value=ast.Constant(value="RTL")) | ast.keyword(arg="shaping"):
            return "the library's own right-to-left path; lines come from paper/lines.py"
        case ast.Constant(value=str(text)):
            return forbidden_text(place, text)
    return None


def forbidden_text(place: str, text: str) -> str | None:
    """The same for a text in the program."""
    if ATTACH.match(text) and "database" in text.lower() and place not in TRIES_ATTACH:
        return "ATTACH: one connection, one file"
    is_sql_home = place.startswith("db/") or re.search(r"(^|/|_)store\.py$", place)
    if SQL.match(text) and not is_sql_home:
        return "SQL outside store.py"
    return None


def catches_all(handler: ast.ExceptHandler) -> bool:
    """A bare `except`, Exception or BaseException, alone or in a tuple, unless it always raises again."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    is_broad = any(kind is None or (isinstance(kind, ast.Name) and kind.id in BROAD) for kind in kinds)
    last = handler.body[-1]
    return is_broad and not (isinstance(last, ast.Raise) and last.exc is None)


BROAD = {"Exception", "BaseException"}


def is_named(node: ast.AST, name: str) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == name) or (isinstance(node, ast.Name) and node.id == name)


def test_the_source_keeps_the_house_style() -> None:
    if found := complaints(ROOT / "src" / "rehabdesk"):
        pytest.fail("\n".join(found))


def test_the_tools_are_no_longer_than_the_program() -> None:
    for file in (ROOT / "packaging").glob("*.py"):
        text = file.read_text("utf-8")
        assert list(sizes(file.name, text, ast.parse(text))) == []


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("notes/utils.py", ""),
        ("core/text_helpers.py", ""),
        ("base/model.py", ""),
        ("notes/service.py", "class NoteManager:\n    pass\n"),
        ("notes/service.py", "x = 1\n" * 401),
        ("notes/service.py", "def long():\n" + "    x = 1\n" * 50),
        ("notes/service.py", "class Long:\n" + "    x = 1\n" * 250),
        ("notes/service.py", "try:\n    pass\nexcept Exception:\n    pass\n"),
        ("notes/service.py", "try:\n    pass\nexcept:\n    pass\n"),
        ("notes/service.py", "try:\n    pass\nexcept (ValueError, BaseException):\n    pass\n"),
        ("notes/service.py", "print('x')\n"),
        ("notes/service.py", "QUERY = 'SELECT rid FROM notes'\n"),
        ("notes/service.py", "QUERY = f'delete from {table}'\n"),
        ("notes/store.py", "QUERY = 'ATTACH DATABASE :file AS other'\n"),
        ("db/index.py", "connection.set_trace_callback(print)\n"),
        ("ui/jobs.py", "application.processEvents()\n"),
        ("ui/window.py", "QApplication.instance()\n"),
        ("paper/pages.py", "ParagraphStyle('x', wordWrap='RTL')\n"),
        ("paper/pages.py", "canvas.drawString(0, 0, 'x', shaping=True)\n"),
        ("ui/window.py", "a.setStyleSheet('')\nb.setStyleSheet('')\n"),
    ],
)
def test_a_breach_is_named(tmp_path: Path, place: str, content: str) -> None:
    file = tmp_path / place
    file.parent.mkdir(parents=True)
    file.write_text(content, encoding="utf-8")

    assert len(complaints(tmp_path)) == 1


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("notes/service.py", "x = 1\n" * 400),
        ("notes/store.py", "QUERY = 'SELECT rid FROM notes'\n"),
        ("notes/service.py", "try:\n    pass\nexcept BaseException:\n    clean()\n    raise\n"),
        ("ui/jobs.py", "try:\n    pass\nexcept Exception:\n    pass\n"),
        ("ui/window.py", "a.setStyleSheet('')\n"),
        ("__main__.py", "print('x')\n"),
    ],
)
def test_what_is_allowed_is_not_complained_about(tmp_path: Path, place: str, content: str) -> None:
    file = tmp_path / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")

    assert complaints(tmp_path) == []
