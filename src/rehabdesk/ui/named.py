"""Other people's names in the texts of a note: where they stand, and the texts with a role in their place (G17)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rehabdesk.core.terms import pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThere:
    """Somebody else of the register in a text, from `start` to before `end`; `instead` are words for a role."""

    start: int
    end: int
    instead: str


Find = Callable[[str], "Sequence[NamedThere] | None"]
"""Who else is named in a text; None while the names of the desk are not known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """One name, as it is written first, with every place of it by field."""

    words: str
    instead: str
    places: Mapping[str, tuple[tuple[int, int], ...]]

    @property
    def key(self) -> str:
        """The same name in another spelling of case or accents has the same key."""
        return " ".join(pieces(self.words))


def names_in(texts: Mapping[str, str], find: Find, kept: frozenset[str]) -> tuple[NameHit, ...] | None:
    """The names in the texts of a note (by field), but for those that the author keeps; None while nobody knows."""
    hits: dict[str, NameHit] = {}
    for field, text in texts.items():
        found = find(text)
        if found is None:
            return None
        for each in found:
            words = text[each.start : each.end]
            hit = NameHit(words=words, instead=each.instead, places={field: ((each.start, each.end),)})
            if hit.key in kept:
                continue
            older = hits.get(hit.key)
            hits[hit.key] = hit if older is None else _joined(older, hit)
    return tuple(hits.values())


def replaced(text: str, places: Sequence[tuple[int, int]], instead: str) -> str:
    """The text with `instead` at the places, which lie apart; a sentence still begins with a capital."""
    for start, end in sorted(places, reverse=True):
        text = text[:start] + fitting_in(text, instead, start) + text[end:]
    return text


def fitting_in(text: str, words: str, start: int) -> str:
    """The words as they stand at a place: with a capital where a sentence begins."""
    before = text[:start].rstrip(" \t«“\"'(\u2066\u2067\u2068")
    begins = not before or before[-1] in ".!?\n؟"
    return words[:1].upper() + words[1:] if begins else words


def _joined(one: NameHit, other: NameHit) -> NameHit:
    places = dict(one.places)
    for field, more in other.places.items():
        places[field] = (*places.get(field, ()), *more)
    return NameHit(words=one.words, instead=one.instead, places=places)
