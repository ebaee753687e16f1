"""Words that occur nowhere else, by which everything that was typed can be told, and what may hold them.

Each text of a caseload gets a word of its own in Latin or Arabic letters, or one in each.
"""

import random
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

_BEGIN, _MIDDLE, _VOWELS = "zxqvwj", "bdfgkmprtvz", "aeiou"
_ARABIC = "بجدرسشصضطعفقكمنه"
"""Without alef and lam, which are joined to one sign, and without marks."""
_UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """`kind`: what it was typed into. `sections`: the sections of a packet about `person` that hold it, none where it
    stays. `sure`: it is there whenever such a section is.
    """

    word: str
    person: str
    kind: str
    sections: tuple[str, ...] = ()
    sure: bool = True


@dataclass(kw_only=True)
class Marks:
    """The words of one caseload."""

    chance: random.Random
    all: list[Mark] = field(default_factory=list)
    _given: set[str] = field(default_factory=set)

    def stays(self, person: str, kind: str) -> str:
        """A sentence that is in no packet."""
        return self.goes(person, kind)

    def goes(self, person: str, kind: str, *sections: str, sure: bool = True) -> str:
        """A sentence that is in the packets about `person` that have one of these sections, and in nothing else."""
        shape = self.chance.choice(("latin", "arabic", "both"))
        words = [make() for each, make in (("latin", self._latin), ("arabic", self._arabic)) if shape in (each, "both")]
        self._keep(words, person, kind, sections, sure)
        return " — ".join(words)

    def name(self, person: str, kind: str, *sections: str, sure: bool = True) -> str:
        """A word that looks like a name."""
        word = self._latin().capitalize()
        self._keep([word], person, kind, sections, sure)
        return word

    def _keep(self, words: list[str], person: str, kind: str, sections: tuple[str, ...], sure: bool) -> None:
        self.all += [Mark(word=word, person=person, kind=kind, sections=sections, sure=sure) for word in words]

    def _latin(self) -> str:
        draw = self.chance.choice
        return self._new(lambda: draw(_BEGIN) + "".join(draw(_VOWELS) + draw(_MIDDLE) for _ in range(4)))

    def _arabic(self) -> str:
        return self._new(lambda: "".join(self.chance.sample(_ARABIC, 6)))

    def _new(self, make: object) -> str:
        assert callable(make)
        while (word := str(make())) in self._given or word[::-1] in self._given:
            pass
        self._given.add(word)
        return word


def squeezed(text: str) -> str:
    """For searching: letters in their plain form, without what is not seen, without any blank or line break."""
    plain = unicodedata.normalize("NFKC", text).translate(_UNSEEN).casefold()
    return "".join(plain.split())


def holds(squeezed_text: str, word: str) -> bool:
    """Whether the word stands there, in whichever order its letters were taken out of a page."""
    letters = squeezed(word)
    return letters in squeezed_text or letters[::-1] in squeezed_text


def wrong(
    marks: Collection[Mark],
    texts: Mapping[str, str],
    person: str,
    sections: Collection[str],
    *,
    whole: Collection[str] = (),
    named: Collection[str] = (),
) -> Iterator[str]:
    """A line for each word that is where it must not be, or missing in one of the texts called `whole`.

    `sections`: what the paper about `person` has. `named`: names that somebody chose to write in it.
    """
    ready, chosen = {name: squeezed(text) for name, text in texts.items()}, {*" ".join(named).split()}
    for mark in marks:
        may = mark.person == person and bool(set(mark.sections) & set(sections))
        for name, text in ready.items():
            there = holds(text, mark.word)
            if there and not may and mark.word not in chosen:
                yield f"{mark.kind} ({mark.word}) is in {name}"
            if may and mark.sure and name in whole and not there:
                yield f"{mark.kind} ({mark.word}) is missing in {name}"
