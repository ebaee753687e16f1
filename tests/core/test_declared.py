"""Our own data files are read strictly; mistakes are named by file, line and key."""

from collections.abc import Callable

import pytest

from rehabdesk.core.declared import DeclarationError, Table, read_declared

FILE = "lists/a_list.toml"
TEXT = """# A list.
title = "A list"
size = 3
open = true
names = ["a", "b"]

[place]
room = "12"

[[item]]
code = "x"

[[item]]
code = "y"
"""


def table(text: str = TEXT) -> Table:
    return read_declared(text, FILE)


def test_what_is_declared_is_read() -> None:
    found = table()
    assert found.text("title") == "A list"
    assert found.integer("size", least=1, most=9) == 3
    assert found.flag("open") is True
    assert found.texts("names") == ("a", "b")
    place = found.table("place")
    assert place is not None
    assert place.text("room") == "12"
    assert [item.text("code") for item in found.tables("item")] == ["x", "y"]
    found.finish()


def test_what_is_left_out_has_its_default() -> None:
    found = table()
    assert (found.optional_text("hint"), found.flag("shut"), found.texts("others"), found.table("home")) == (
        "",
        False,
        (),
        None,
    )
    assert found.integer("width", least=1, most=9, default=5) == 5
    assert found.one_of("kind", ["a"], default="a") == "a"


@pytest.mark.parametrize(
    ("read", "line", "key"),
    [
        (lambda found: found.text("name"), 1, "name"),
        (lambda found: found.text("title", longest=3), 2, "title"),
        (lambda found: found.text("title", pattern="[a-z]+"), 2, "title"),
        (lambda found: found.one_of("title", ["Another"]), 2, "title"),
        (lambda found: found.integer("size", least=4, most=9), 3, "size"),
        (lambda found: found.integer("open", least=0, most=9), 4, "open"),
        (lambda found: found.flag("size"), 3, "size"),
        (lambda found: found.texts("names", allowed=["a"]), 5, "names"),
        (lambda found: found.tables("names"), 5, "names"),
        (lambda found: found.table("size"), 3, "size"),
        (lambda found: found.tables("item")[1].text("text"), 13, "text"),
        (lambda found: found.tables("item")[1].finish(), 14, "code"),
        (lambda found: found.finish(), 2, "title"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(read: Callable[[Table], object], line: int, key: str) -> None:
    with pytest.raises(DeclarationError) as broken:
        read(table())
    assert (broken.value.file, broken.value.line, broken.value.key) == (FILE, line, key)


def test_what_is_no_toml_names_its_line() -> None:
    with pytest.raises(DeclarationError) as broken:
        table('title = "A list"\nsize = \n')
    assert broken.value.line == 2
