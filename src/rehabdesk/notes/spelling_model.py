"""Whose names stand in a text: nobody's name belongs into another person's record (domain.md 7.6, G17)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rehabdesk.core.text import fold

_WORD = re.compile(r"[^\W\d_]+")
_CLITICS = "وفبلك"
"""Arabic letters that are written together with the word that follows them."""
_SHORT = 2
"""Names of so few letters count only as they are written on papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """One way in which a person is written. `near`: somebody of this group, in whatever letters it is typed."""

    person: str
    name: str
    near: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPerson:
    """Who is named, by the words that stand in the text."""

    person: str
    typed: str


class NameBook:
    """Finds names as whole words.

    People of the group are found in any spelling. Everybody else in the register is found where the name is written as
    a name: with a capital letter, or, in scripts without capitals, with two words of it; else half a dictionary is one.
    """

    def __init__(self, spelled: Iterable[Spelled]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Spelled]]] = {}
        for one in spelled:
            words = tuple(_plain(word) for word in _WORD.findall(one.name))
            if words and any(len(word) > 1 for word in words):
                self._by_first.setdefault(words[0], []).append((words, one))

    def named(self, text: str, *, apart_from: str = "") -> tuple[NamedPerson, ...]:
        """Everybody named in the text, in its order; `apart_from` is the person whose own record it is.

        What is also a name of that person is that person's name.
        """
        found = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)]
        named: dict[str, NamedPerson] = {}
        for place, (start, _, typed) in enumerate(found):
            for first in _readings(typed):
                hits = [
                    (len(words), one.person)
                    for words, one in self._by_first.get(first, ())
                    if _fits(words, first, [word for _, _, word in found[place : place + len(words)]])
                    and _counts(words, one, typed)
                ]
                own = max((length for length, person in hits if person == apart_from), default=0)
                for length, person in sorted(hits, reverse=True):
                    if length > own:
                        end = found[place + length - 1][1]
                        named.setdefault(person, NamedPerson(person=person, typed=text[start:end]))
        return tuple(named.values())


def _plain(word: str) -> str:
    """A word without case and marks, as search compares it."""
    bare = unicodedata.normalize("NFKD", fold(word).casefold())
    return "".join(char for char in bare if not unicodedata.combining(char))


def _readings(typed: str) -> Sequence[str]:
    """The word itself, and without an Arabic letter that is written together with it."""
    word = _plain(typed)
    return (word, word[1:]) if word[:1] in _CLITICS and len(word) > _SHORT + 1 else (word,)


def _fits(words: tuple[str, ...], first: str, typed: Sequence[str]) -> bool:
    """Whether the typed words are these; an initial is a capital, else “Omar's” would be Omar S."""
    if any(len(word) == 1 and word.islower() for word in typed[1:]):
        return False
    return len(typed) == len(words) and (first, *(_plain(word) for word in typed[1:])) == words


def _counts(words: tuple[str, ...], one: Spelled, typed: str) -> bool:
    capital = typed[:1].isupper()
    if len(words) == 1 and len(words[0]) <= _SHORT:
        return capital and one.name[:1].isupper()
    if one.near:
        return True
    return capital or (len(words) > 1 and typed[:1].lower() == typed[:1].upper())
