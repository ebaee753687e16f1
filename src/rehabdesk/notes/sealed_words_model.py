"""Words that make a chaplain look again before pastoral text is kept: sealed matters are never entered (G13)."""

import unicodedata
from collections.abc import Sequence

from rehabdesk.core.text import fold


def sealed_words_in(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Those of `words` that stand in the text, in any spelling of case, accents or vowel signs. A warning, no bar.

    A listed word is found as a whole word, and at the beginning of a longer one from five letters on.
    """
    typed = _plain(text).split()
    stripped = [word.strip("\"'.,;:!?()[]«»“”‘’…،؛؟-") for word in typed]
    found = []
    for word in words:
        folded = _plain(word)
        if " " in folded:
            hit = folded in " ".join(stripped)
        else:
            hit = any(one == folded or (len(folded) >= 5 and one.startswith(folded)) for one in stripped)
        if hit:
            found.append(word)
    return tuple(found)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", fold(text).casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
