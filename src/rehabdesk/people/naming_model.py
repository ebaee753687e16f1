"""The names by which people on this desk may be meant in a text, and where a text names somebody (domain.md G17)."""

from collections.abc import Iterator
from dataclasses import dataclass

from rehabdesk.core.terms import Terms, is_arabic, pieces
from rehabdesk.people.model import PersonDetails, PersonName, Sex

SHORTEST_ALONE = 3
SHORTEST_ARABIC_ALONE = 4
"""Letters of a name that is taken for one without another beside it. Shorter ones are mostly plain words."""
_INITIAL_DOT = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A person of the register under one spelling; `whole`: at least two names together, or the display name."""

    person_id: str
    sex: Sex
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody else in a text, from `start` to before `end`. `sex` is None where several people may be meant."""

    start: int
    end: int
    sex: Sex | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One way in which a person is written."""

    words: str
    whole: bool


def spellings(details: PersonDetails) -> Iterator[Spelling]:
    """Every way in which a text may name the person; in Arabic letters a given name alone is a plain word too often."""
    yield Spelling(words=details.display_alias, whole=len(pieces(details.display_alias)) > 1)
    for name in details.names:
        for words in _whole(name):
            yield Spelling(words=words, whole=len(pieces(words)) > 1)
        alone = [name.family, *(each for each in (name.given, *name.variants) if not is_arabic(each))]
        yield from (Spelling(words=each, whole=False) for each in alone if len(pieces(each)) == 1)


def _whole(name: PersonName) -> Iterator[str]:
    yield name.full
    for other in (name.father, name.family):
        if other:
            yield f"{name.given} {other}"
    if name.family:
        yield f"{name.family} {name.given}"
    yield from (words for words in (name.kunya, *name.variants) if len(pieces(words)) > 1)


class KnownNames:
    """All names of a desk, put together once; a look through a note then costs the same for ten people and 2,000."""

    def __init__(self) -> None:
        self._people: Terms[Meant] = Terms()
        self._contacts: Terms[str] = Terms()
        self._own: dict[str, set[str]] = {}
        self._pieces: set[str] = set()
        self._staff: set[str] = set()

    def add_person(self, person_id: str, details: PersonDetails) -> None:
        """Somebody of the register, in every spelling."""
        own = self._own.setdefault(person_id, set())
        for spelling in spellings(details):
            meant = Meant(person_id=person_id, sex=details.sex, whole=spelling.whole)
            self._people.add(spelling.words, meant)
            own.update(pieces(spelling.words))
        for name in details.names:
            own.update(pieces(f"{name.given} {name.father}"))
        self._pieces |= own

    def add_staff(self, words: str) -> None:
        """A member of staff: never taken for somebody in care."""
        self._staff.update(pieces(words))
        self._pieces.update(pieces(words))

    def add_contact(self, person_id: str, words: str) -> None:
        """Somebody around a person: in a note about that person the name means them."""
        self._own.setdefault(person_id, set()).update(pieces(words))
        self._pieces.update(pieces(words))
        if len(pieces(words)) > 1:
            self._contacts.add(words, person_id)

    @property
    def staff_words(self) -> frozenset[str]:
        """Folded words of the names of staff."""
        return frozenset(self._staff)

    def is_name(self, form: str) -> bool:
        """Whether a folded word is part of a name on this desk."""
        return form in self._pieces

    def others_in(self, text: str, person_id: str) -> tuple[Named, ...]:
        """Where `text`, written about one person, names other people of the register."""
        own = self._own.get(person_id, set())
        found = []
        for place in self._people.places(text):
            words = text[place.start : place.end]
            meant = {each.person_id: each for each in place.meanings}
            if person_id in meant or self._only_a_word(words, place.pieces, own, place.meanings):
                continue
            sex = next(iter(meant.values())).sex if len(meant) == 1 else None
            found.append(Named(start=place.start, end=_with_dot(text, place.end, words), sex=sex))
        return tuple(found)

    def contacts_of_others(self, text: str, person_id: str) -> Iterator[tuple[int, int]]:
        """From where to where `text`, written about one person, names somebody around another one, by a whole name."""
        for place in self._contacts.places(text):
            if person_id not in place.meanings:
                yield place.start, place.end

    def _only_a_word(self, words: str, count: int, own: set[str], meanings: frozenset[Meant]) -> bool:
        """Whether what looks like a name is none: staff, the person's own circle, or a plain word."""
        forms = set(pieces(words))
        if forms <= self._staff:
            return True
        if count > 1 and any(each.whole for each in meanings):
            return False
        if forms & (own | self._staff):
            return True
        if is_arabic(words):
            return len(words) < SHORTEST_ARABIC_ALONE
        return len(words) < SHORTEST_ALONE or not words[0].isupper()


def _with_dot(text: str, end: int, words: str) -> int:
    """`Daniel O.` ends behind its dot, unless that is the end of the sentence."""
    is_initial = len(words) > 1 and not words[-2].isalnum()
    rest = text[end:]
    if not is_initial or not rest.startswith(_INITIAL_DOT):
        return end
    following = rest[1:].lstrip(" ")
    return end + 1 if following and not following[0].isupper() and following[0] != "\n" else end
