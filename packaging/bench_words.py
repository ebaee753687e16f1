"""Invented text for measuring: syllables of three languages, frequencies after Zipf, the same for the same seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

MARKER = "obsidian"
"""A word that stands in ten notes."""
PHRASE = "quarry lantern"
"""Two words that stand side by side in one note of a thousand, and apart in others."""
KNOWN_WORDS = 8_000
"""Different words of one language."""
MEDIAN_WORDS = 215
"""About 1.35 kB of text."""
_SHARES = (("en", 0.60), ("fr", 0.25), ("ar", 0.15))
_SYLLABLES = {
    "en": "ba ker lo min ta ven sor pel gra hin do wis cal tem ru fin mo ster la pon",
    "fr": "cha lé mou ré tien vau pré gne sor té blanc dou fê ri ès mon pla vi ger neu",
    "ar": "با تي كو را سا ما نو دي لا في قا حر شم عل مد بن طا صو هي جل",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    words: Sequence[str]
    weights: Sequence[float]


class Writer:
    """Writes note after note. Every writer knows the same words; `seed` says what it writes with them."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(0)
        self._languages = {code: self._language(code) for code, _ in _SHARES}
        self._chance.seed(seed)

    def note(self, number: int, of: int) -> str:
        """The words of note `number`; ten of all hold the marker."""
        code = self._chance.choices([code for code, _ in _SHARES], [share for _, share in _SHARES])[0]
        language = self._languages[code]
        length = max(20, round(self._chance.lognormvariate(0, 0.5) * MEDIAN_WORDS))
        words = self._chance.choices(language.words, cum_weights=language.weights, k=length)
        if number % max(1, of // 10) == of // 20 % max(1, of // 10):
            words.append(MARKER)
        if number % 1000 == 500:
            words.append(PHRASE)
        elif number % 50 == 7:
            words[3:3], words[9:9] = [PHRASE.split()[1]], [PHRASE.split()[0]]
        return " ".join(words)

    def common(self, rank: int) -> str:
        """The English word of a rank, 0 for the most frequent one."""
        return self._languages["en"].words[rank]

    def _language(self, code: str) -> _Language:
        known: dict[str, None] = {}
        syllables = _SYLLABLES[code].split()
        while len(known) < KNOWN_WORDS:
            known["".join(self._chance.choices(syllables, k=self._chance.choice((2, 3, 3, 4))))] = None
        weights = list(accumulate(1 / (rank + 2) for rank in range(KNOWN_WORDS)))
        return _Language(words=list(known), weights=weights)
