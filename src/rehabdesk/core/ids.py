"""Ids of records and persons: UUIDv7 as 32 lower-case hex digits, so that newer ids sort last."""

import random
import secrets
from collections.abc import Callable

from rehabdesk.core.clock import Clock

Ids = Callable[[], str]
"""Gives a new id at every call."""


class SystemIds:
    """UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then version, variant and 74 random bits.

    An id is a name, never a secret.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __call__(self) -> str:
        return _uuid7(int(self._clock.now().timestamp() * 1000), secrets.randbits(74))


class SeededIds:
    """The same ids in every run, rising: for tests and vectors."""

    def __init__(self, seed: int, first_ms: int = 1_800_000_000_000) -> None:
        self._random = random.Random(seed)  # noqa: S311 - an id is not a secret
        self._ms = first_ms

    def __call__(self) -> str:
        self._ms += 1
        return _uuid7(self._ms, self._random.getrandbits(74))


def is_id(text: str) -> bool:
    """Whether `text` has the form of an id."""
    return len(text) == 32 and all(c in "0123456789abcdef" for c in text)


def _uuid7(ms: int, tail: int) -> str:
    value = (ms & (1 << 48) - 1) << 80 | 7 << 76 | (tail >> 62) << 64 | 2 << 62 | tail & (1 << 62) - 1
    return f"{value:032x}"
