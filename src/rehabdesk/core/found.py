"""What a search finds in any feature, and the piece of text that shows why: plain values that pass between rooms."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.text import fold

SNIPPET = 150
_WORD = re.compile(r"\w+")
_CLINGING = re.compile(r"[\w\u0640\u064b-\u065f\u0670\u0300-\u036f]+")
"""Words with what clings to them: vowel marks and tatweel part no Arabic word."""
_PIECE = re.compile(r"[^\W_]+")
"""Words as full-text search cuts them, which takes an underline for a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One record that a search found and this login may see. `kind`: a code that says on which page it opens.

    `at`: when it happened, as far as the feature knows it better than the log; None: when it was recorded. `words`:
    what this login is shown of it, where that is less than what search finds it by; None: all of that.
    """

    rid: str
    comp: str
    kind: str
    title: str
    person: str
    at: datetime | None = None
    id: str = ""
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of a text on one line; `marks` are (start, length) of the words that were looked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def snippet(text: str, query: str, length: int = SNIPPET) -> Snippet:
    """The first place in `text` that holds words of `query` (the last one as a beginning), with what is around it.

    Words are compared as full-text search compares them: without case, accents, Arabic vowel marks and hamza forms.
    """
    flat = " ".join(text.split())
    asked = [_plain(word) for word in _WORD.findall(fold(query))]
    if not flat or not asked:
        return Snippet(text=flat[:length])
    words = _CLINGING.finditer(flat)  # a long text is folded as far as needed only
    first = next((match.span() for match in words if _is_asked(_plain(match[0]), asked)), None)
    if first is None:
        return Snippet(text=flat[:length])
    begin = max(0, first[0] - length // 3)
    if begin:  # not in the middle of a word
        begin = flat.find(" ", begin, first[0]) + 1 or first[0]
    end = min(len(flat), max(begin + length, first[1]))
    if end < len(flat) and (cut := flat.rfind(" ", first[1], end)) > 0:
        end = cut
    spans = [match.span() for match in _CLINGING.finditer(flat, first[0], end) if _is_asked(_plain(match[0]), asked)]
    before, after = "… " if begin else "", " …" if end < len(flat) else ""
    shift = len(before) - begin
    marks = tuple((start + shift, stop - start) for start, stop in spans)
    return Snippet(text=f"{before}{flat[begin:end]}{after}", marks=marks)


def holds(text: str, query: str) -> bool:
    """Whether all words of `query` stand in `text` (the last one as a beginning), compared as in `snippet`."""
    asked = [_plain(word) for word in _PIECE.findall(fold(query))]
    words = {_plain(word) for word in _PIECE.findall(fold(text))}
    if not asked or not words.issuperset(asked[:-1]):
        return False
    return any(word.startswith(asked[-1]) for word in words)


def _is_asked(word: str, asked: list[str]) -> bool:
    return word in asked or word.startswith(asked[-1])


def _plain(word: str) -> str:
    if word.isascii():
        return word.casefold()
    plain = unicodedata.normalize("NFKD", fold(word).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
