"""Passphrases: generated ones, rules for typed ones, and the words in which fingerprints are compared aloud."""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.resources import read_text
from rehabdesk.core.text import fold

WORDS = 7_776
GENERATED_WORDS = 6
"""Six of 7,776 words are 77 bits, 24 digits are 79: beyond guessing even against a stolen disk (vault.md 4.2)."""
GENERATED_DIGITS = 24
SHORTEST_TYPED = 15
_LEAST_DIFFERENT = 6
_LONGEST_ADDITION = 4
_NAME_WORTH_CHECKING = 3
_NAME_FOUND_ANYWHERE = 5
_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")


@cache
def word_list() -> tuple[str, ...]:
    """The 7,776 words, sorted. Frozen: fingerprints of desks that exist are made of them."""
    return tuple(read_text("words/passphrase-en.txt").split())


@cache
def _common_phrases() -> frozenset[str]:
    lines = read_text("words/common-phrases.txt").splitlines()
    return frozenset(_compact(line) for line in lines if line and not line.startswith("#"))


def generated_words(random: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """A passphrase of six words, with spaces between them."""
    words = word_list()
    return " ".join(words[_below(WORDS, random)] for _ in range(GENERATED_WORDS))


def generated_digits(random: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """A passphrase of 24 digits 0 to 9 without separators; a screen or paper may show them in groups of four."""
    return "".join(str(_below(10, random)) for _ in range(GENERATED_DIGITS))


def spoken_words(digest: bytes, count: int) -> tuple[str, ...]:
    """`count` words (≤ 16) that stand for `digest`, 12.9 bits each: for comparing aloud."""
    if not 1 <= count <= 16 or len(digest) < 32:
        raise ValueError("at most 16 words, of a digest of 32 bytes")
    number, words = int.from_bytes(digest[:32], "big"), []
    for _ in range(count):
        number, index = divmod(number, WORDS)
        words.append(word_list()[index])
    return tuple(words)


def require_passphrase(typed: str, *, names: Iterable[str] = ()) -> str:
    """`typed` itself, if it may protect a login. UserError that says why not.

    At least 15 characters, no common phrase, none of `names` (site, persons, staff, sign-in name). No rule of
    composition and no forced change (NIST SP 800-63B-4). Spaces and any script are welcome.
    """
    normal = unicodedata.normalize("NFKC", typed)
    if any(unicodedata.category(char) in ("Cc", "Cs", "Cn") for char in normal):
        raise _refused(tr("The passphrase holds a character that cannot be typed again reliably. Leave it out."))
    if len(normal) < SHORTEST_TYPED:
        raise _refused(
            tr("The passphrase is too short. Use at least {least} characters, or take the six words that are offered.")
            .format(least=SHORTEST_TYPED)
        )  # fmt: skip
    compact = _compact(normal)
    if _is_common(compact) or _is_pattern(compact):
        raise _refused(
            tr("This passphrase is among the first that anybody would try. Take the six words that are offered.")
        )
    if _holds_name(normal, compact, names):
        raise _refused(
            tr("The passphrase holds a name that belongs to this desk, or your sign-in name. Leave names out.")
        )
    return typed


def _refused(sentence: str) -> UserError:
    return UserError(sentence, field="passphrase")


def _below(limit: int, random: Callable[[int], bytes]) -> int:
    """A number below `limit` (≤ 65,536), each equally likely: what would favour small ones is thrown again."""
    fair = (1 << 16) // limit * limit
    while (number := int.from_bytes(random(2), "big")) >= fair:
        pass
    return number % limit


def _plain_words(text: str) -> list[str]:
    """Small letters and digits, without the marks on letters, cut at everything else."""
    letters = "".join(char for char in unicodedata.normalize("NFKD", fold(text)) if not unicodedata.combining(char))
    return _LETTERS_AND_DIGITS.findall(letters.casefold())


def _compact(text: str) -> str:
    return "".join(_plain_words(text))


def _is_common(compact: str) -> bool:
    """A common phrase, repeated or not, with at most four characters before or after it."""
    for phrase in _common_phrases():
        if phrase in compact and len(compact.replace(phrase, "")) <= _LONGEST_ADDITION:
            return True
    return False


def _is_pattern(compact: str) -> bool:
    """Few different characters, or mostly steps along the alphabet or the digits. Marks and spaces do not count."""
    if len(set(compact)) < _LEAST_DIFFERENT:
        return True
    steps = sum(1 for one, next_one in pairwise(compact) if abs(ord(next_one) - ord(one)) <= 1)
    return steps * 4 >= (len(compact) - 1) * 3


def _holds_name(normal: str, compact: str, names: Iterable[str]) -> bool:
    """A name as a word of its own; from five letters on, anywhere."""
    typed_words = set(_plain_words(normal))
    for name in names:
        for part in (*_plain_words(name), _compact(name)):
            if len(part) >= _NAME_WORTH_CHECKING and part in typed_words:
                return True
            if len(part) >= _NAME_FOUND_ANYWHERE and part in compact:
                return True
    return False
