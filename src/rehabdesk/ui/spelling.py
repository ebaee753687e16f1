"""Which words of a paragraph are spelled wrong, and the wavy lines below them. It looks things up and asks nobody."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from rehabdesk.core.terms import PIECE, is_arabic, name_form
from rehabdesk.core.text import nfc

LONGEST_PARAGRAPH = 20_000
"""Characters; what is longer was pasted from somewhere, and is not checked."""
ENOUGH_WORDS = 5
"""Fewer do not tell in which language a paragraph is written."""
MOSTLY, AHEAD = 0.6, 0.25
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(rf"{PIECE}(?:['’\-‐‑]{PIECE})*")
_NO_WORDS = re.compile(r"[@\\]|://|www\.|\w\.\w", re.IGNORECASE)
"""In a run of signs without a blank: it is a number, a code, an address or a path."""
_LONGEST_CODE = 6
_VOWEL_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_POSSESSIVE = re.compile(r"['’]s?$")
RightIn = Callable[[str], "frozenset[str] | None"]
"""In which languages a word is right; None while that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word at its place in a paragraph; `form` is how it is looked up."""

    start: int
    end: int
    form: str


def words_to_check(paragraph: str) -> Iterator[Word]:
    """Its words, without numbers, codes, addresses and words with digits."""
    if len(paragraph) > LONGEST_PARAGRAPH:
        return
    for chunk in _CHUNK.finditer(paragraph):
        if _NO_WORDS.search(chunk[0]) or any(char.isdigit() for char in chunk[0]):
            continue
        for found in _WORD.finditer(chunk[0]):
            word = found[0]
            is_code = word.isupper() and len(word) <= _LONGEST_CODE
            if len(word) > 1 and not is_code and "_" not in word:
                start = chunk.start() + found.start()
                yield Word(start=start, end=start + len(word), form=_VOWEL_MARKS.sub("", nfc(word)))


def language_of(words: Sequence[Word], right_in: RightIn) -> str | None:
    """The language in Latin letters that a paragraph is written in; None while that cannot be told."""
    known = [found for word in words if not is_arabic(word.form) and (found := right_in(word.form)) is not None]
    if len(known) < ENOUGH_WORDS:
        return None
    counts = {code: sum(code in found for found in known) for code in sorted(frozenset().union(*known))}
    best = max(counts, key=lambda code: counts[code], default=None)
    if best is None or counts[best] < MOSTLY * len(known):
        return None
    others = max((count for code, count in counts.items() if code != best), default=0)
    return best if counts[best] - others >= AHEAD * len(known) else None


def wrong_words(
    paragraph: str, right_in: RightIn, is_known: Callable[[str], bool], *, caret: int | None = None
) -> Iterator[Word]:
    """The words that are wrong, but for the one in which the caret stands: it may not be finished.

    A paragraph that is plainly in one language is judged by it; in another, a word that is right in any language is
    right. `is_known`: a name, or one of the person's own words.
    """
    words = list(words_to_check(paragraph))
    language = language_of(words, right_in)
    for word in words:
        if caret is not None and word.start <= caret <= word.end:
            continue
        right = right_in(word.form)
        if right is None:
            continue
        judged_by_language = language is not None and not is_arabic(word.form)
        if (language in right) if judged_by_language else right:
            continue
        if not is_known(word.form):
            yield word


def forms_of(word: str) -> tuple[str, ...]:
    """The forms under which a word may be known as a name: as it stands, its parts, and without `'s`."""
    plain = _POSSESSIVE.sub("", word)
    return tuple(dict.fromkeys(name_form(each) for each in (word, plain, *re.split(r"['’\-‐‑]", plain)) if each))


class Marks(QSyntaxHighlighter):
    """Draws what `wrong` says of a paragraph at a position of the document."""

    def __init__(
        self, document: QTextDocument, form: QTextCharFormat, wrong: Callable[[str, int], Iterator[Word]]
    ) -> None:
        super().__init__(document)
        self._form, self._wrong = form, wrong

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        for word in self._wrong(text, self.currentBlock().position()):
            start = units(text, word.start)
            self.setFormat(start, units(text, word.end) - start, self._form)


def units(text: str, place: int) -> int:
    """A place in Python's characters as Qt counts: signs beyond the basic plane are two."""
    return place + sum(char > "\uffff" for char in text[:place])


def signs(text: str, place: int) -> int:
    """A place as Qt counts in Python's characters."""
    counted = 0
    for number, char in enumerate(text):
        if counted >= place:
            return number
        counted += 2 if char > "\uffff" else 1
    return len(text)
