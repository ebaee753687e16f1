"""Terms in a text: found in every spelling, at their place, and for 2,000 people as fast as for ten."""

from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.core.terms import Terms, is_arabic, name_form, pieces


def found(text: str, *terms: str) -> list[str]:
    known: Terms[str] = Terms()
    for term in terms:
        known.add(term, term)
    return [text[place.start : place.end] for place in known.places(text)]


def test_a_term_is_found_without_case_and_accents() -> None:
    assert found("amélie and AMELIE, not amelies", "Amelie") == ["amélie", "AMELIE"]


def test_a_term_in_arabic_is_found_with_vowel_marks_hamza_and_a_joined_prefix() -> None:
    assert found("قال أَحْمَد لأحمد، واحمد", "احمد") == ["أَحْمَد", "أحمد", "احمد"]


def test_the_longest_term_counts() -> None:
    assert found("Omar Sall and Omar", "Omar", "Omar Sall") == ["Omar Sall", "Omar"]


def test_a_part_of_a_word_is_no_term() -> None:
    assert found("Omarska, xOmar, Oma", "Omar") == []


def test_hyphens_and_isolates_separate_words() -> None:
    assert found("Ould-Ahmed and \u2068Ould Ahmed\u2069", "Ould Ahmed") == ["Ould-Ahmed", "Ould Ahmed"]


def test_a_term_without_a_word_is_passed_over() -> None:
    known: Terms[str] = Terms()
    known.add(" – ", "dash")

    assert len(known) == 0


def test_scripts_are_told_apart() -> None:
    assert is_arabic("كتاب")
    assert not is_arabic("book")
    assert pieces("Jean-Éric d'Arc") == ("jean", "eric", "d", "arc")


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=12), max_size=8))
def test_what_is_found_lies_in_order_and_reads_like_a_term(text: str, terms: list[str]) -> None:
    known: Terms[str] = Terms()
    for term in terms:
        known.add(term, term)

    last = 0
    for place in known.places(text):
        assert last <= place.start < place.end <= len(text)
        last = place.end
        read = pieces(text[place.start : place.end])
        assert any(pieces(term) == read for term in place.meanings) or len(read) == place.pieces


@given(st.text(max_size=40))
def test_the_form_of_a_form_is_itself(word: str) -> None:
    assert name_form(name_form(word)) == name_form(word)
