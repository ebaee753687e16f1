"""In which language free text seems to be written, and an office reads: what is typed goes out marked, untranslated."""

import re

_ARABIC = re.compile("[\u0600-\u06ff]")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = {
    "fr": frozenset(
        _WORD.findall(
            "le la les un une des du de et est en au aux je il elle nous vous mon ma mes son sa ses pour avec dans sur"
            " qui que ne pas chez à où ou ce cette"
        )
    ),
    "en": frozenset(
        _WORD.findall(
            "the a an of and is are to in at my his her its i he she we you for with who that not from this was it be"
            " by"
        )
    ),
}
"""Words that nearly every sentence of a language has."""


_SPOKEN_IN = {
    "ar": " AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE ",
    "fr": " BE BF BJ CD CF CG CI FR GA GN HT LU MC ML NE SN TD TG ",
    "en": " AU BW GB GH GM IE KE LR MT NA NG NZ SL SS TZ UG US ZM ZW ",
}
"""By country (ISO 3166 alpha-2) the language of this program in which its offices mostly write; others are not here."""


def language_in(country: str) -> str:
    """The language that offices of a country read, or "" where that is not clear."""
    return next((code for code, countries in _SPOKEN_IN.items() if f" {country} " in countries), "")


def language_of(words: str, otherwise: str) -> str:
    """`ar` for Arabic letters, `fr` or `en` where the small words of the one are more than those of the other."""
    if _ARABIC.search(words):
        return "ar"
    found = [word.casefold() for word in _WORD.findall(words)]
    seen = {code: sum(word in small for word in found) for code, small in _SMALL_WORDS.items()}
    if seen["fr"] == seen["en"]:
        return otherwise
    return max(seen, key=lambda code: seen[code])
