"""What the set-up wizard gathers before anything is on the disk, and what the making of a desk gives back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehabdesk.access.model import Newcomer
from rehabdesk.core.settings import SiteSettings

Making = Callable[[int, int], None]
"""Told as the desk is made: steps done, of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A desk as people want it. `passphrases` stand in the order of `newcomers`; each was typed by one person alone."""

    folder: Path
    settings: SiteSettings
    newcomers: tuple[Newcomer, ...]
    passphrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A recovery card that was made: whose, and its 40 characters; the only copy until it is printed."""

    sign_in: str
    name: str
    characters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What is there after the desk was made. `site_card`: the bytes of the .rdsite file, `digits` its 24 digits."""

    cards: tuple[Card, ...]
    site_card: bytes
    site_card_name: str
    digits: str


Make = Callable[[Wish, Making], Made]


def names_of(newcomers: Sequence[Newcomer]) -> tuple[str, ...]:
    """Names and sign-in names: none of them may stand in a passphrase."""
    return tuple(word for newcomer in newcomers for word in (newcomer.name, newcomer.sign_in))
