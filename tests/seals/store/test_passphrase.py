"""Generated passphrases are strong and drawn evenly; typed ones are refused with a reason, or left as they are."""

import hashlib
import math
import re
from collections import Counter

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.seals.passphrase import (
    GENERATED_DIGITS,
    GENERATED_WORDS,
    WORDS,
    generated_digits,
    generated_words,
    require_passphrase,
    spoken_words,
    word_list,
)


class Counting:
    """Bytes from a hash in counter mode: the same in every run."""

    def __init__(self) -> None:
        self._n = 0

    def __call__(self, size: int) -> bytes:
        self._n += 1
        return hashlib.shake_256(self._n.to_bytes(8, "big")).digest(size)


def test_list_has_different_short_plain_words() -> None:
    words = word_list()
    assert len(words) == len(set(words)) == WORDS
    assert list(words) == sorted(words)
    assert all(re.fullmatch(r"[a-z]{3,9}", word) for word in words)


def test_list_is_the_frozen_one() -> None:
    """Fingerprints of existing desks are made of it."""
    assert hashlib.sha256("\n".join(word_list()).encode()).hexdigest() == (
        "8c27f303baab38805e84785601beaeaf46388150a66664acdbbf3f385fb5bd78"
    )


def test_six_words_are_77_bits_and_24_digits_79() -> None:
    assert GENERATED_WORDS * math.log2(WORDS) > 77
    assert GENERATED_DIGITS * math.log2(10) > 79


def test_generated_ones_pass_the_rules_for_typed_ones() -> None:
    random = Counting()
    for _ in range(200):
        for made in (generated_words(random), generated_digits(random)):
            assert require_passphrase(made, names=["hawa.two"]) == made
    assert len(generated_words(random).split(" ")) == 6
    assert re.fullmatch(r"[0-9]{24}", generated_digits(random))


def test_generated_ones_differ_without_given_randomness() -> None:
    assert len({generated_words() for _ in range(50)}) == 50
    assert len({generated_digits() for _ in range(50)}) == 50


def test_every_digit_is_equally_likely() -> None:
    random = Counting()
    seen = Counter("".join(generated_digits(random) for _ in range(500)))
    assert set(seen) == set("0123456789")
    assert all(1_050 < number < 1_350 for number in seen.values())


def test_what_would_favour_small_numbers_is_drawn_again() -> None:
    """65,535 lies beyond the last whole multiple of 7,776."""
    draws = iter([b"\xff\xff", *[b"\x00\x01"] * 6])
    assert generated_words(lambda size: next(draws)) == " ".join([word_list()[1]] * 6)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", "too short"),
        ("fourteen chars", "too short"),
        ("this is my password", "first that anybody"),
        ("This Is My Password!", "first that anybody"),
        ("correct horse battery staple", "first that anybody"),
        ("Correct-Horse-Battery-Staple-99", "first that anybody"),
        ("aaaaaaaaaaaaaaaaaaaa", "first that anybody"),
        ("abababababababababab", "first that anybody"),
        ("abcdefghijklmnopqrst", "first that anybody"),
        ("9876543210987654321098", "first that anybody"),
        ("                    ", "first that anybody"),
        ("password password password", "first that anybody"),
        ("بسم الله الرحمن الرحيم", "first that anybody"),
        ("my cat amina sleeps all day", "holds a name"),
        ("my cat AMÍNA sleeps all day", "holds a name"),
        ("every morning with tariqdesk", "holds a name"),
        ("lamp42 is on the window", "holds a name"),
        ("tabs\tare hard to type again", "cannot be typed"),
        ("half a pair \ud800 is no character", "cannot be typed"),
    ],
)
def test_typed_ones_that_are_refused(typed: str, word: str) -> None:
    with pytest.raises(UserError, match=word) as refused:
        require_passphrase(typed, names=["Amina Tariq", "lamp42"])
    assert refused.value.field == "passphrase"


@pytest.mark.parametrize(
    "typed",
    [
        "rain on seven tin roofs",
        "الجمل يشرب الماء عند الغروب",
        "trois bateaux gris dans la brume",
        "ZZ9 plural alpha: no composition rule",
        "the man in the moon",
        "日本語の長い合言葉でもよいですよね",
    ],
)
def test_typed_ones_that_are_welcome(typed: str) -> None:
    assert require_passphrase(typed, names=["Al", "M."]) == typed


def test_short_name_counts_only_as_a_word() -> None:
    assert require_passphrase("seven remarkable lamps", names=["Mark"])
    with pytest.raises(UserError):
        require_passphrase("mark the seven lamps", names=["Mark"])


def test_spoken_words_are_the_same_for_the_same_digest_only() -> None:
    one, other = hashlib.sha256(b"1").digest(), hashlib.sha256(b"2").digest()
    assert spoken_words(one, 8) == spoken_words(one, 8) != spoken_words(other, 8)
    assert spoken_words(one, 8)[:4] == spoken_words(one, 4)
    assert set(spoken_words(one, 16)) <= set(word_list())


@pytest.mark.parametrize(("digest", "count"), [(b"\0" * 32, 0), (b"\0" * 32, 17), (b"\0" * 31, 4)])
def test_spoken_words_need_a_whole_digest(digest: bytes, count: int) -> None:
    with pytest.raises(ValueError, match="at most 16 words"):
        spoken_words(digest, count)
