"""Words that make a chaplain look again before pastoral text is kept: sealed matters are never entered (G13)."""

from rehabdesk.core.terms import Terms


def sealed_words_in(text: str, words: Terms[str]) -> tuple[str, ...]:
    """Those words of the text that are listed, as they were typed, in any spelling. A warning, no bar."""
    return tuple(text[place.start : place.end] for place in words.places(text))
