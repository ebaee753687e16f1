"""Names of people as they sound: the same name is found under its usual spellings in Latin and Arabic script.

A word becomes keys: its consonants, and between them the vowels as far as the script tells them. Latin writes every
vowel, Arabic the long ones only; so a name is stored under its own script's keys (`stored_keys`) and asked for under
those of both (`asked_keys`). Two names are alike where these meet. It only finds: nothing is merged, shown or decided
by a key, and every text that is not a name is searched by its words alone (domain.md 5.4). The rules: `name_rules.py`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product

from rehabdesk.core.name_rules import (
    ARABIC,
    ARABIC_VOWELS,
    ARTICLES,
    CONSONANTS,
    FAITH,
    FATHER,
    GROUPS,
    PARTICLES,
    SERVANT,
    SILENT,
    VOWELS,
    WRITTEN,
    A,
    I,
    U,
)
from rehabdesk.core.text import fold

MOST_KEYS = 96
"""Of one word: a name with more readings than this is asked for by the first of them."""
MOST_WORDS = 8
_REMEMBERED = 2_048
LONG_ENOUGH = 3
"""From so many consonants on a name is told by them; shorter ones also by how they begin and end."""

_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHES = re.compile("['’‘ʼʿʾ`´]")
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_MAQSURA = re.compile(r"ى\b")
_IS_ARABIC = re.compile("[\u0600-\u06ff]")
_SOUNDS = sorted(CONSONANTS, key=len, reverse=True)
_SERVANT = re.compile(r"abd(?:e|a|u|ou|oo|i)(?:l|(?=(.)\1))(.{3,})")
_FATHER = re.compile(r"(?:a?bou|abu|aboo)(.{4,})")
_FAITH = re.compile(r"(.{3,}?)(?:e|u|a|o|ou|i)?d?d(?:i|ee)ne?")
_ARTICLE = re.compile(r"[ae]l(?=[^aeiouy])(.{4,})")


@dataclass(frozen=True, slots=True)
class _Heard:
    """A word as it sounds: consonants, each with its readings; `gaps[n]` are the vowels before consonant n."""

    consonants: tuple[tuple[str, ...], ...]
    gaps: tuple[tuple[str, ...], ...]
    ending: tuple[str, ...]
    arabic: bool


def stored_keys(name: str) -> frozenset[str]:
    """The keys under which a name is kept: of each word, and of a joined name (Abdelkader) also of its last part."""
    return frozenset().union(*map(_kept, _words(name)))


def asked_keys(name: str) -> tuple[frozenset[str], ...]:
    """For each word of a name the keys of which one must be stored; () where there is no word that can be a name."""
    return tuple(_asked(word) for word in _words(name)[:MOST_WORDS])


def alike(one: str, other: str) -> bool:
    """Whether every word of the shorter of two names is in the other, in a usual spelling."""
    asked, other_asked = asked_keys(one), asked_keys(other)
    return (bool(asked) and len(asked) <= len(other_asked) and all(keys & stored_keys(other) for keys in asked)) or (
        bool(other_asked) and len(other_asked) <= len(asked) and all(keys & stored_keys(one) for keys in other_asked)
    )


# words and what belongs together


@lru_cache(maxsize=_REMEMBERED)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name in small plain letters; `abd+`, `abu+` and `din+` stand before what they belong to."""
    plain = _plain(name)
    words = [word for word in _WORD.findall(plain) if 1 < len(word) < 60]  # one letter is an initial
    found: list[str] = []
    place = 0
    while place < len(words):
        word, rest = words[place], words[place + 1 :]
        place += 1
        joined = "abd+" if word in SERVANT else "abu+" if word in FATHER else ""
        if joined and rest:
            skipped = 1 if rest[0] in ARTICLES and len(rest) > 1 else 0
            found.append(joined + _without_article(rest[skipped]))
            place += skipped + 1
        elif found and word in FAITH:
            found[-1] = f"din+{found[-1]}"
        elif word in ARTICLES | PARTICLES and len(words) > 1:
            continue
        else:
            found.append(word)
    return tuple(found) or tuple(words)


def _plain(name: str) -> str:
    """Small letters without accents; Arabic in its plain letters, with the last alef maqsura still to be told."""
    kept = _APOSTROPHES.sub("", name.replace("ç", "s").replace("Ç", "s"))
    if not kept.isascii():
        kept = _MAQSURA.sub("ىى", _MARKS.sub("", kept))  # `fold` makes one letter of it and of yaa
        kept = fold(kept)
        kept = unicodedata.normalize("NFKD", kept)
        kept = "".join(sign for sign in kept if not unicodedata.combining(sign))
    return kept.casefold()


def _without_article(word: str) -> str:
    if word.startswith("ال") and len(word) > 4:
        return word[2:]
    return word


def _readings(word: str) -> tuple[str, ...]:
    """The word itself, and what it is made of where it is written as one."""
    if "+" in word:
        return (word,)
    if _IS_ARABIC.search(word):
        bare = _without_article(word)
        if bare.startswith("عبدال") and len(bare) > 7:
            return (word, f"abd+{bare[5:]}")
        if bare.startswith(("ابو", "ابي")) and len(bare) > 5:
            return (bare, f"abu+{bare[3:]}")
        if bare.endswith("الدين") and len(bare) > 7:
            return (bare, f"din+{bare[:-5]}")
        return (bare,)
    found = [word]
    if match := _SERVANT.fullmatch(word):
        found.append(f"abd+{match[2]}")
        if match[2][0] in "aeiou" and match[1] is None:
            found.append(f"abd+l{match[2]}")
    elif match := _FATHER.fullmatch(word):
        found.append(f"abu+{match[1]}")
    if match := _FAITH.fullmatch(word):
        found.append(f"din+{match[1]}")
    if match := _ARTICLE.fullmatch(word):
        found.append(match[1])
    return tuple(found)


@lru_cache(maxsize=_REMEMBERED)
def _kept(word: str) -> frozenset[str]:
    readings = _readings(word)
    found = _with_group(word, {key for each in readings for key in _keys(each, _own_keys)})
    for each in readings:  # who is written Abdel Kader is also found as Kader
        if "+" in each:
            found |= _kept(each.rpartition("+")[2])
    return found


@lru_cache(maxsize=_REMEMBERED)
def _asked(word: str) -> frozenset[str]:
    readings = _readings(word)
    own = {key for each in readings for key in _keys(each, _same_script_keys)}
    return _with_group(word, own) | {key for each in readings for key in _keys(each, _foreign_keys)}


def _keys(word: str, made: Callable[[str], set[str]]) -> Iterator[str]:
    before, _, last = word.rpartition("+")
    for key in made(last):
        yield f"{key[:2]}{before}+{key[2:]}" if before else key


def _with_group(word: str, own: set[str]) -> frozenset[str]:
    """The keys, and that of the group to which a word belongs as written or as it sounds."""
    written, heard = _groups()
    plain = word.removeprefix("abd+") if word in _GODS else word
    number = written.get(plain, -1)
    groups = {number} if number >= 0 else {heard[key] for key in own if key in heard}
    return frozenset(own | {f"g:{each}" for each in groups})


_GODS = frozenset({"abd+الله", "abd+له", "abd+allah", "abd+lah", "abd+ullah"})


@cache
def _groups() -> tuple[dict[str, int], dict[str, int]]:
    """The number of the group by a word as it is written, and by the keys of its main spellings."""
    written: dict[str, int] = dict.fromkeys(("الله", "allah", "lah", "ullah"), _ABDALLAH)
    heard: dict[str, int] = {}
    for number, (main, others) in enumerate(GROUPS):
        for word in (*main.split(), *others.split()):
            written[_plain(word)] = number
        for word in main.split():
            for each in _readings(_plain(word)):
                if "+" not in each:
                    heard.update(dict.fromkeys(_same_script_keys(each), number))
    return written, heard


_ABDALLAH = next(number for number, (main, _) in enumerate(GROUPS) if main.startswith("abdallah"))


# sounds


def _own_keys(word: str) -> set[str]:
    """The keys under which a word is kept, in its own script; what Arabic must write stays marked."""
    heard = _heard(word)
    if not heard.consonants:
        return {f"v:{word}"}
    if heard.arabic:
        return _spelled("r:", heard, _begins(heard, always=True), heard.gaps[1:], heard.ending)
    return _spelled("l:", heard, _begins(heard), heard.gaps[1:], _bare(heard.ending))


def _same_script_keys(word: str) -> set[str]:
    """The keys by which a word is asked for in its own script: long or short, a vowel is the same to who types it."""
    heard = _heard(word)
    if not heard.consonants or heard.arabic:
        return _own_keys(word)
    gaps = [tuple(each for vowel in _bare(gap) for each in _lengths(vowel)) for gap in heard.gaps[1:]]
    return _spelled("l:", heard, _begins(heard), gaps, _bare(heard.ending))


def _begins(heard: _Heard, *, always: bool = False) -> tuple[str, ...]:
    """How a name that begins with a vowel is marked."""
    told = heard.gaps[0] != ("",) and (always or len(heard.consonants) < LONG_ENOUGH)
    return ("a",) if told else ("",)


def _bare(gap: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(vowel.removesuffix(WRITTEN) for vowel in gap))


def _lengths(vowel: str) -> tuple[str, ...]:
    return (vowel, vowel + WRITTEN) if vowel in (I, U) else (vowel,)


def _foreign_keys(word: str) -> set[str]:
    """The keys that a word may have in the other script."""
    heard = _heard(word)
    if not heard.consonants:
        return set()
    vowel_first, inner = heard.gaps[0] != ("",), heard.gaps[1:]
    if heard.arabic:
        guessed = [_guessed(gap, first=place == 0, vowel_first=vowel_first) for place, gap in enumerate(inner)]
        return _spelled("l:", heard, _begins(heard), guessed, heard.ending)
    cluster = bool(inner) and inner[0] == ("",) and len(heard.consonants) >= LONG_ENOUGH
    begins = ("", "a") if cluster and not vowel_first else _begins(heard, always=True)
    unwritten = [_unwritten(gap, first=place == 0) for place, gap in enumerate(inner)]
    return _spelled("r:", heard, begins, unwritten, _bare(heard.ending))


def _spelled(
    script: str, heard: _Heard, begins: Sequence[str], gaps: Sequence[Sequence[str]], ending: Sequence[str]
) -> set[str]:
    ends = tuple(ending)
    if len(heard.consonants) >= LONG_ENOUGH:  # Idrissa is Idriss, but Kadri is not Kader
        ends = tuple(dict.fromkeys(I if vowel == I else "" for vowel in ends))
    slots: list[Sequence[str]] = [begins, heard.consonants[0]]
    for gap, consonant in zip(gaps, heard.consonants[1:], strict=True):
        slots += [gap, consonant]
    return {script + "".join(parts) for parts in islice(product(*slots, ends), MOST_KEYS)}


def _guessed(gap: Sequence[str], *, first: bool, vowel_first: bool) -> tuple[str, ...]:
    """What Latin writes where Arabic writes `gap`: a short u only near the beginning, nothing long unwritten."""
    if gap != ("",):
        return tuple(each for vowel in gap for each in _lengths(vowel))
    if first and vowel_first:
        return ("",)
    return ("", A, I, U) if first else ("", A, I)


def _unwritten(gap: Sequence[str], *, first: bool) -> tuple[str, ...]:
    """What Arabic writes where Latin writes `gap`: short vowels may be left out."""
    if any(vowel and not vowel.endswith(WRITTEN) and (vowel != U or first) for vowel in gap):
        return (*_bare(gap), "")
    return _bare(gap)


@lru_cache(maxsize=_REMEMBERED)
def _heard(word: str) -> _Heard:
    return _heard_arabic(word) if _IS_ARABIC.search(word) else _heard_latin(word)


def _heard_arabic(word: str) -> _Heard:
    consonants: list[tuple[str, ...]] = []
    gaps: list[tuple[str, ...]] = [("",)]
    maqsura = word.endswith("يي")
    letters = word[:-1] if maqsura else word
    for place, letter in enumerate(letters):
        following = letters[place + 1 : place + 2]
        glide = letter in "وي" and (following in ("ا", "و", "ي") if following else False)
        if letter in "وي" and (place == 0 or glide):
            consonants.append(("w",) if letter == "و" else ("y",))
            gaps.append(("",))
        elif letter in ARABIC:
            consonants.append(ARABIC[letter])
            gaps.append(("",))
        elif letter in ARABIC_VOWELS:
            gaps[-1] = (ARABIC_VOWELS[letter],) if gaps[-1] == ("",) or letter != "ا" else gaps[-1]
        elif letter in SILENT and not consonants:
            gaps[-1] = (A,)
    return _ended(word, consonants, gaps, maqsura=maqsura)


def _ended(word: str, consonants: list[tuple[str, ...]], gaps: list[tuple[str, ...]], *, maqsura: bool) -> _Heard:
    ending = gaps.pop()
    if maqsura:
        ending = (A, I)
    elif word.endswith("ه") and len(consonants) > 1:  # taa marbuta, or a haa that Latin may leave out
        consonants.pop()
        before = gaps.pop()
        ending = (A,) if before == ("",) else before
    return _Heard(tuple(consonants), tuple(gaps), ending, arabic=True)


def _heard_latin(word: str) -> _Heard:
    consonants: list[tuple[str, ...]] = []
    gaps: list[tuple[str, ...]] = [("",)]
    run, place = "", 0
    while place < len(word):
        sound, length = _sound_at(word, place, run)
        if length == 0:
            run += {"y": "i", "w": "u"}.get(word[place], word[place])
            place += 1
            continue
        place += length
        if run:
            gaps[-1] = VOWELS.get(run, (_class(run[-1]),))
            run = ""
        if consonants and gaps[-1] == ("",) and consonants[-1] == sound:
            continue  # doubled
        consonants.append(sound)
        gaps.append(("",))
    ending: tuple[str, ...] = ("",)
    if run == "e":
        ending = ("", I)
    elif run:
        ending = VOWELS.get(run, (_class(run[-1]),))
    if not run and word.endswith("h") and len(consonants) > 1 and consonants[-1] == ("h",) and gaps[-2] != ("",):
        gaps.pop()
        ending = gaps.pop()
        consonants.pop()
        return _Heard(tuple(consonants), tuple(gaps), ending, arabic=False)
    gaps.pop()
    return _Heard(tuple(consonants), tuple(gaps), ending, arabic=False)


def _class(letter: str) -> str:
    return {"a": A, "e": A, "i": I}.get(letter, U)


def _sound_at(word: str, place: int, run: str) -> tuple[tuple[str, ...], int]:
    """The consonant that begins here and how many letters it has; 0 where a vowel stands."""
    for sound in _SOUNDS:
        if word.startswith(sound, place):
            return CONSONANTS[sound], len(sound)
    letter, following = word[place], word[place + 1 : place + 2]
    if place == 0 and word.startswith("ou") and word[2:3] in tuple("aei"):
        return ("w",), 2
    if letter in "yw":
        opens = following in tuple("aeiou") if following else False
        if opens and (not run or (following in tuple("aou") if letter == "y" else following in tuple("aei"))):
            return (letter,), 1
        return ("",), 0
    if letter in "aeiou":
        return ("",), 0
    if letter == "c":
        return (("s",) if following in tuple("eiy") else ("k",)), 1
    if letter == "g" and following in tuple("eiy"):
        return ("g", "j"), 1
    return (letter,), 1
