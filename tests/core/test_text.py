"""Folding for search, isolates for mixed directions, and what no field may hold."""

import pytest

from rehabdesk.core import resources
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import speaking
from rehabdesk.core.text import (
    fold,
    forbidden_character,
    isolate,
    isolate_ltr,
    join_words,
    numbers_kept,
    require_text,
    typed_words,
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("أحمد", "احمد"),
        ("إدريس", "ادريس"),
        ("مؤسّسة", "مؤسسه"),
        ("مُصْطَفىٰ", "مصطفي"),
        ("كتـــاب", "كتاب"),
        ("٤٤٧١", "4471"),
        ("۱۲", "12"),
        ("\ufefb", "لا"),
    ],
)
def test_arabic_forms_meet(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(folded) == folded


def test_names_and_numbers_are_isolated() -> None:
    assert isolate("Awa") == "\u2068Awa\u2069"
    assert isolate_ltr("4471-22") == "\u20664471-22\u2069"
    assert forbidden_character(isolate("Awa")) is None


@pytest.mark.parametrize(
    "bad", ["\x00", "\x1b", "\u202e", "\ue000", "\ufdd0", "\U0001ffff", "\u2066open", "\u2069", "\ud800"]
)
def test_forbidden_characters(bad: str) -> None:
    with pytest.raises(UserError) as refused:
        require_text(f"a{bad}b", field="body", label="Text", longest=50)
    assert refused.value.field == "body"


def test_length_and_emptiness() -> None:
    assert require_text("  a\r\nb ", field="f", label="Text", longest=3) == "a\nb"
    for text in ("", "   ", "x" * 1_000_000):
        with pytest.raises(UserError):
            require_text(text, field="f", label="Text", longest=600)
    assert require_text(" ", field="f", label="Text", longest=3, empty_allowed=True) == ""


@pytest.mark.parametrize("nothing", ["\u200b", "\u200d \u200b", "\u2060"])
def test_a_text_that_nobody_sees_is_empty(nothing: str) -> None:
    with pytest.raises(UserError, match="Fill in"):
        require_text(nothing, field="name", label="Name", longest=20)
    assert require_text(nothing, field="name", label="Name", longest=20, empty_allowed=True) == ""
    assert require_text("می\u200cرود", field="name", label="Name", longest=20) == "می\u200cرود"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("بيت رقم 4471-22", "بيت رقم \u20664471-22\u2069"),
        ("هاتف +000 20 555 010.", "هاتف \u2066+000 20 555 010\u2069."),
        ("3 times, at 14:30", "3 times, at \u206614:30\u2069"),
        ("no number", "no number"),
    ],
)
def test_numbers_in_parts_are_read_as_they_were_typed(typed: str, kept: str) -> None:
    assert numbers_kept(typed) == kept


@pytest.mark.parametrize(("lang", "line"), [("en", "Awa, Sira"), ("fr", "Awa, Sira"), ("ar", "Awa، Sira")])
def test_a_list_bears_the_comma_of_its_language(lang: str, line: str) -> None:
    with speaking(lang, resources.path("i18n")):
        assert join_words(["Awa", "Sira"]) == line
        assert typed_words(line) == ("Awa", "Sira")


def test_a_list_is_read_with_the_commas_of_any_language() -> None:
    assert typed_words(" Awa ,Sira،  Ali؛Omar;; ") == ("Awa", "Sira", "Ali", "Omar")
    assert typed_words(" ، ") == ()
