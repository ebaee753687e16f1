"""Words in a text, and where known terms (names, listed words) stand in it, however they are spelled or accented."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from rehabdesk.core.text import fold

T = TypeVar("T")
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
PIECE = rf"[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}]+[^\W_{_MARKS}]*)*"
"""Letters and digits with the accents and vowel marks that stand on them."""
_PIECE = re.compile(PIECE)
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_PREFIXES = "وفبلك"
"""And, so, by, to, like: written as one word with the name that follows."""
_SHORTEST_AFTER_PREFIX = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Generic[T]):
    """One place of a text, from `start` to before `end`, and everything that the words there stand for."""

    start: int
    end: int
    meanings: frozenset[T]
    pieces: int


def is_arabic(word: str) -> bool:
    """Whether a word is written in Arabic letters."""
    return _ARABIC.search(word) is not None


@lru_cache(maxsize=50_000)
def name_form(word: str) -> str:
    """The form in which spellings of one word meet: folded, without case and accents."""
    if word.isascii():  # nearly every word: six times as fast
        return word.casefold()
    plain = "".join(char for char in unicodedata.normalize("NFD", fold(word)) if not unicodedata.combining(char))
    return plain.casefold()


def pieces(words: str) -> tuple[str, ...]:
    """The words of a name or term in the form in which they are compared."""
    return tuple(name_form(found[0]) for found in _PIECE.finditer(words))


class Terms(Generic[T]):
    """Any number of terms; looking for all of them costs as much as looking for one."""

    def __init__(self) -> None:
        self._meanings: dict[tuple[str, ...], set[T]] = {}
        self._longest: dict[str, int] = {}
        """By first word, the number of words in the longest term that begins with it."""

    def __len__(self) -> int:
        return len(self._meanings)

    def add(self, words: str, meaning: T) -> None:
        """A term of one or more words; one that holds no word is passed over."""
        term = pieces(words)
        if term:
            self._meanings.setdefault(term, set()).add(meaning)
            self._longest[term[0]] = max(len(term), self._longest.get(term[0], 0))

    def places(self, text: str) -> Iterator[Place[T]]:
        """Where terms stand in `text`, in its order; of terms that begin together the longest."""
        found = list(_PIECE.finditer(text))
        forms = [name_form(each[0]) for each in found]
        here = 0
        while here < len(found):
            length, cut = self._length_at(forms, here), 0
            if not length and forms[here][0] in _PREFIXES and len(forms[here]) > _SHORTEST_AFTER_PREFIX:
                whole, forms[here] = forms[here], forms[here][1:]
                length, cut = self._length_at(forms, here), 1
                if not length:
                    forms[here] = whole
            if length:
                meanings = self._meanings[tuple(forms[here : here + length])]
                start, end = found[here].start() + cut, found[here + length - 1].end()
                yield Place(start=start, end=end, meanings=frozenset(meanings), pieces=length)
            here += max(length, 1)

    def _length_at(self, forms: list[str], here: int) -> int:
        most = min(self._longest.get(forms[here], 0), len(forms) - here)
        return next((size for size in range(most, 0, -1) if tuple(forms[here : here + size]) in self._meanings), 0)
