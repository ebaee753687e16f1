"""Snippets show why something was found, in the words as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.core.found import SNIPPET, snippet


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("He finished the second pattern.", "pattern", ["pattern"]),
        ("He finished the second pattern.", "SECOND patt", ["second", "pattern"]),
        ("Écrit à l'école", "ecole ecrit", ["Écrit", "école"]),
        ("قَالَ إنَّ المدرسةَ قريبة", "المدرسه", ["المدرسةَ"]),
        ("أحمد ذهب", "احمد", ["أحمد"]),
        ("١٢ شهرا", "12", ["١٢"]),
        ("nothing of it", "other", []),
        ("straße", "strasse", ["straße"]),
    ],
)
def test_words_are_marked_as_they_stand(text: str, query: str, marked: list[str]) -> None:
    found = snippet(text, query)

    assert [found.text[start : start + length] for start, length in found.marks] == marked


def test_a_place_deep_in_a_long_text_is_shown_with_what_is_around_it() -> None:
    found = snippet("before " * 200 + "sewing" + " after" * 200, "sewing")

    assert found.text.startswith("… before")
    assert found.text.endswith("after …")
    assert "sewing" in found.text
    assert len(found.text) <= SNIPPET + 4


@given(st.text(max_size=400), st.text(max_size=20))
def test_marks_lie_inside_the_text(text: str, query: str) -> None:
    found = snippet(text, query)

    assert "\n" not in found.text
    assert all(start >= 0 and start + length <= len(found.text) for start, length in found.marks)
    assert all(found.text[start : start + length].strip() for start, length in found.marks)
