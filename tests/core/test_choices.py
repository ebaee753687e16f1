"""Choice lists: stable codes, translatable texts."""

import pytest

from rehabdesk.core.choices import load_choice_lists, parse_choice_list
from rehabdesk.core.declared import DeclarationError
from rehabdesk.core.errors import UserError

TEXT = """code = "A99"
title = "Weather"
choices = [
    { code = "sun", text = "Sun" },
    { code = "snow", text = "Snow", retired = true },
]
"""


def test_a_retired_choice_is_read_but_no_longer_offered() -> None:
    weather = parse_choice_list(TEXT, "lists/weather.toml")
    assert weather.text("snow") == "Snow"
    assert [choice.code for choice in weather.offered] == ["sun"]


def test_an_unknown_code_is_refused_beside_its_field() -> None:
    with pytest.raises(UserError) as refused:
        parse_choice_list(TEXT, "lists/weather.toml").require("hail", "weather")
    assert refused.value.field == "weather"


@pytest.mark.parametrize(
    ("broken", "line", "key"),
    [
        (TEXT.replace('"snow"', '"sun"'), 5, "code"),
        (TEXT.replace(', text = "Sun"', ""), 4, "text"),
        (TEXT.replace("retired", "old"), 5, "old"),
        (TEXT.replace('title = "Weather"\n', ""), 1, "title"),
        ('code = "A99"\ntitle = "Weather"\n', 1, "choices"),
    ],
)
def test_a_broken_list_is_named_by_file_line_and_key(broken: str, line: int, key: str) -> None:
    with pytest.raises(DeclarationError) as refused:
        parse_choice_list(broken, "lists/weather.toml")
    assert (refused.value.line, refused.value.key) == (line, key)


def test_the_lists_that_come_with_the_program_are_whole() -> None:
    lists = load_choice_lists()
    assert {"A11", "A12"} <= set(lists)
