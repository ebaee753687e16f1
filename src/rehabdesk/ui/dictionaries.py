"""The dictionaries of the spell-checker, as its child process holds them (packaging/decisions/spelling.md). No Qt.

The only importer of hunspell (chunspell), which holds the interpreter while it works: it never runs beside the window.
"""

from collections.abc import Sequence
from typing import Any

from rehabdesk.core import resources
from rehabdesk.core.terms import is_arabic
from rehabdesk.core.text import forbidden_character

FILES = {"en": "en_GB", "fr": "fr", "ar": "ar"}
"""Languages that can be checked, and the names of their files."""
MOST_SUGGESTIONS = 5
LONGEST_WORD = 60
"""What is longer is no word that somebody misspelt."""


class Dictionaries:
    """Loads each language with the first word that needs it."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def right_in(self, word: str, languages: Sequence[str]) -> tuple[str, ...]:
        """In which of the languages the word is spelled right; those of another script are not asked."""
        if len(word) > LONGEST_WORD or forbidden_character(word) is not None:
            return tuple(languages)
        return tuple(code for code in fitting(word, languages) if self._right(code, word))

    def suggest(self, word: str, language: str) -> tuple[str, ...]:
        """At most five words that may be meant, the likeliest first."""
        if len(word) > LONGEST_WORD or forbidden_character(word) is not None:
            return ()
        found = dict.fromkeys(self._dictionary(language).suggest(word.replace("’", "'")))
        return tuple(found)[:MOST_SUGGESTIONS]

    def _right(self, code: str, word: str) -> bool:
        dictionary = self._dictionary(code)
        plain = word.replace("’", "'").replace("‐", "-").replace("‑", "-")
        if dictionary.spell(plain):
            return True
        parts = plain.split("-")
        return len(parts) > 1 and all(dictionary.spell(part) for part in parts)

    def _dictionary(self, code: str) -> Any:
        if code not in self._loaded:
            from hunspell import Hunspell

            self._loaded[code] = Hunspell(
                FILES[code], hunspell_data_dir=str(resources.path("spelling")), system_encoding="UTF-8"
            )
        return self._loaded[code]


def fitting(word: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Those of the languages that are written in the script of the word."""
    return tuple(code for code in languages if (code == "ar") == is_arabic(word))
