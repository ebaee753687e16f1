"""Where a text names people around the person who were not asked whether it may (domain.md 10.5).

A contact is kept under one name, as somebody typed it. In a text it is found

- whole, and without what stands in brackets or in small letters beside it (`Awa Diop (sister)`);
- by first and last name in either order, with or without what stands between;
- by the kunya that is part of it (`Umm Khalid`);
- by the family name alone: the last word, or the one in capitals (`DIOP Awa`);
- in another spelling or script, where two words beside each other sound like two words of the name;
- by each of its words, for children and for whom a safety note protects (G28, G30).

A hit that is none costs the author a tick, and many of them cost the check its worth. So a family name alone counts
only with a capital and three letters, in Arabic with four; never where the person, a member of staff, or somebody who
stands in the packet by choice bears it too: there it mostly means them. A first name alone is nobody in particular, and
a single word that only sounds alike is too often no name at all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from rehabdesk.core.names import asked_keys, stored_keys
from rehabdesk.core.terms import Terms, is_arabic, name_form, pieces

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SHORTEST, SHORTEST_ARABIC = 3, 4
_KUNYA = frozenset({"abu", "abou", "aboo", "abi", "umm", "oum", "um", "ابو", "ابي", "ابا", "ام"})
_BRACKETS = re.compile(r"[(\[].*?[)\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Somebody around the person. `hidden`: a child, or protected: one word would already tell who it is."""

    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Sounds:
    """The words of one name as they sound, and its kunya."""

    words: tuple[frozenset[str], ...]
    kunya: frozenset[str]


class Circle:
    """`own`: words of the person's own names; `others`: words of names that mean somebody who may be named."""

    def __init__(self, around: Iterable[Around], *, own: Sequence[str], others: Iterable[str]) -> None:
        self._own = frozenset(form for name in own for form in pieces(name))
        self._own_sound = frozenset().union(*(stored_keys(name) for name in own))
        spoken_of = self._own | {form for name in others for form in pieces(name)}
        self._terms: Terms[str] = Terms()
        self._families: Terms[str] = Terms()
        self._sounds: list[_Sounds] = []
        for one in around:
            self._add(one, spoken_of)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """From where to before where, in no order; places may lie within each other."""
        for place in self._terms.places(text):
            yield place.start, place.end
        for place in self._families.places(text):
            if is_arabic(text[place.start]) or text[place.start].isupper():
                yield place.start, place.end
        yield from self._sounding(text)

    def _add(self, one: Around, spoken_of: frozenset[str]) -> None:
        plain = _BRACKETS.sub(" ", one.name)
        every = WORD.findall(plain)
        # small words of a name are particles, unless all of it was typed in small letters
        words = [word for word in every if is_arabic(word) or word[0].isupper()] or every
        known = [one.name, " ".join(words)]
        if len(words) > 1:
            known += [f"{words[0]} {words[-1]}", f"{words[-1]} {words[0]}"]
        kunya = next((f"{a} {b}" for a, b in pairwise(words) if name_form(a) in _KUNYA), "")
        if one.hidden:
            known += [word for word in WORD.findall(one.name) if name_form(word) not in self._own]
        for name in (*known, kunya):
            if len(name.strip()) >= SHORTEST:
                self._terms.add(name, one.name)
        family = _family(words)
        if family and name_form(family) not in spoken_of:
            self._families.add(family, one.name)
        heard = tuple(stored_keys(word) for word in words)
        self._sounds.append(_Sounds(heard, stored_keys(kunya) if kunya else frozenset()))

    def _sounding(self, text: str) -> Iterator[tuple[int, int]]:
        words = [match for match in WORD.finditer(text) if match[0][0].isupper() or is_arabic(match[0])]
        for one, other in pairwise(words):
            if other.start() - one.end() == 1 and self._is_somebody(one[0], other[0]):
                yield one.start(), other.end()

    def _is_somebody(self, one: str, other: str) -> bool:
        first, second = _heard(one), _heard(other)
        if first & self._own_sound and second & self._own_sound:
            return False
        joined = asked_keys(f"{one} {other}") if name_form(one) in _KUNYA else ()
        both = joined[0] if len(joined) == 1 else frozenset()
        return any(
            both & each.kunya or any(first & a and second & b for a, b in permutations(each.words, 2))
            for each in self._sounds
        )


def _family(words: Sequence[str]) -> str:
    """The family name of a name of two words or more, or "" where it is too short to be told from other words."""
    if len(words) < 2:
        return ""
    loud = [word for word in words if len(word) > 1 and word.isupper() and not is_arabic(word)]
    family = loud[0] if len(loud) == 1 else words[-1]
    return family if len(family) >= (SHORTEST_ARABIC if is_arabic(family) else SHORTEST) else ""


def _heard(words: str) -> frozenset[str]:
    return frozenset().union(*asked_keys(words))
