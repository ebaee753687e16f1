"""The site's own words that make the signer of a packet look again, and the forms in which words are found (10.5)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.terms import is_arabic, pieces
from rehabdesk.core.text import isolate, require_text

LANGUAGES = ("en", "fr", "ar")
MOST_WORDS, LONGEST, FEWEST_LETTERS = 500, 60, 3
"""Words in one language, and signs in one word or phrase; shorter ones are in every sentence."""
_LONG_ENOUGH = 5
"""Letters of a word that may have a feminine form: a shorter one would become another word (HIV, hive)."""
_BETWEEN = re.compile(r"[\n\t;؛,،]+")
_BULLET = re.compile(r"^\s*(?:[-–—*•·]|\d{1,3}[.)])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWords:
    """Words and short phrases by their language, as they were typed, without those that come with the program."""

    en: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()
    ar: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for language in LANGUAGES:
            if len(self.of(language)) > MOST_WORDS:
                sentence = tr("These are too many words for one language: {most} at most. Take some out.")
                raise UserError(sentence.format(most=MOST_WORDS), field=language)

    def of(self, language: str) -> tuple[str, ...]:
        return {"en": self.en, "fr": self.fr, "ar": self.ar}[language]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.en, *self.fr, *self.ar)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was typed or pasted: the words, and how many stood there twice or come with the program anyway."""

    words: tuple[str, ...]
    known: int


def read_words(typed: str, language: str, supplied: tuple[str, ...]) -> Read:
    """One word or phrase a line; pasted lists may have commas, semicolons, tabs or bullets between them.

    UserError names the word that cannot be looked for, with `language` as its field.
    """
    seen = {pieces(word) for word in supplied}
    found: list[str] = []
    known = 0
    for part in _BETWEEN.split(typed.replace("\r\n", "\n").replace("\r", "\n")):
        word = " ".join(_BULLET.sub("", part).split())
        if not word:
            continue
        word = require_text(word, field=language, label=tr("A word or phrase"), longest=LONGEST, empty_allowed=True)
        form = pieces(word)
        if sum(len(each) for each in form) < FEWEST_LETTERS:
            sentence = tr("“{word}” is too short: it would be found in nearly every text. Give at least three letters.")
            raise UserError(sentence.format(word=isolate(word)), field=language)
        if form in seen:
            known += 1
            continue
        seen.add(form)
        found.append(word)
        if len(found) > MOST_WORDS:
            break  # a whole book was pasted: `SiteWords` refuses it
    return Read(words=tuple(found), known=known)


def forms_of(word: str) -> frozenset[str]:
    """Other forms of a word or phrase that mean the same: plural and feminine, in Arabic also with the article.

    Accents, vowel marks, forms of alef, and one-letter words joined in front are the matter of `core.terms`.
    """
    words = pieces(word)
    if not words:
        return frozenset()
    if any(is_arabic(each) for each in words):
        return frozenset(_arabic(words)) - {" ".join(words)}
    *before, last = words
    found = {(*before, form) for form in _latin(last)}
    if len(before) == 1:  # its two words may agree: témoin protégé, témoins protégés
        found |= {(form, other) for form in _latin(before[0]) for other in (last, *_latin(last))}
    return frozenset(" ".join(each) for each in found)


def _latin(word: str) -> Iterator[str]:
    """Of the last word: victim, victims; dangereux, dangereuse; informateur, informatrice; diagnosis, diagnoses."""
    yield word + "s"
    for ending, others in _LATIN.items():
        if word.endswith(ending):
            yield from (word[: -len(ending)] + other for other in others)
    if len(word) >= _LONG_ENOUGH and word[-1] not in "aeiou":
        yield from (word + ending for ending in ("e", "es"))


_LATIN: Mapping[str, tuple[str, ...]] = {
    "y": ("ies",),
    "sis": ("ses",),
    "al": ("aux", "ale", "ales"),
    "eau": ("eaux",),
    "eux": ("euse", "euses"),
    "teur": ("trice", "trices", "teuse", "teuses"),
    "eur": ("euse", "euses"),
    "f": ("ve", "ves"),
    "en": ("enne", "ennes"),
}


_ARTICLES = ("ال", "بال", "كال", "لل")
"""With and for the article is one word; one letter more may stand before it."""


def _arabic(words: tuple[str, ...]) -> Iterator[str]:
    """The phrase without and with its article, each with its endings."""
    bare = tuple(each[2:] if each.startswith("ال") and len(each) > 4 else each for each in words)
    *before, last = bare
    stem = last.removesuffix("ه") if len(last) > FEWEST_LETTERS else last
    endings = {last, stem, *(stem + ending for ending in ("ه", "ات", "ين", "ون", "يه"))}
    for ending in endings:
        if len(ending) < FEWEST_LETTERS:
            continue
        first, *rest = (*before, ending)
        yield " ".join((first, *rest))
        for article in _ARTICLES:
            yield " ".join((article + first, *rest))
            yield " ".join((article + first, *("ال" + each for each in rest)))


def same_words(one: SiteWords, other: SiteWords) -> bool:
    """Whether both find the same, however they are spelled and in whatever order."""
    return all(
        {pieces(word) for word in one.of(language)} == {pieces(word) for word in other.of(language)}
        for language in LANGUAGES
    )
