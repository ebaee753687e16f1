"""Packet numbers `RD-{SITE}-{YYYY}-{DNNNNN}-{C}` and their check character (packet.md 2)."""

import re
from dataclasses import dataclass

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr

DEMO_SITE = "DEMO"
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FORM = re.compile(r"RD-([A-Z]{3,6})-([0-9]{4})-([0-9])([0-9]{5})-([0-9A-Z])")
_LAST = 99_999


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36 over upper-case letters and digits. ValueError for any other character."""
    product = 36
    for char in text:
        total = (product + _ALPHABET.index(char)) % 36 or 36
        product = total * 2 % 37
    return _ALPHABET[(37 - product) % 36]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketNumber:
    """`installation` 0 to 9 keeps two laptops of one site apart; `count` 1 to 99999 rises on each of them."""

    site: str
    year: int
    installation: int
    count: int

    def __post_init__(self) -> None:
        fits = re.fullmatch("[A-Z]{3,6}", self.site) and 2000 <= self.year <= 9999 and 0 <= self.installation <= 9
        if not fits or not 1 <= self.count <= _LAST:
            raise UserError(
                tr("There is no packet number left for this site and year. Give this computer another number.")
            )

    def __str__(self) -> str:
        tail = f"{self.installation}{self.count:05d}"
        check = check_character(f"RD{self.site}{self.year}{tail}")
        return f"RD-{self.site}-{self.year}-{tail}-{check}"


def parse_number(text: str) -> PacketNumber:
    """The number that a person typed: any case, dashes optional inside, O for 0 and I for 1 in digit places.

    UserError when it is none, or when the check character does not fit.
    """
    plain = re.sub(r"[\s-]", "", text).upper()
    found = re.fullmatch(r"RD([A-Z]{3,6}?)([0-9OI]{4})([0-9OI])([0-9OI]{5})([0-9A-Z])", plain)
    if found is not None:
        year, installation, count = (_digits(found[place]) for place in (2, 3, 4))
        if int(count) > 0 and check_character(f"RD{found[1]}{year}{installation}{count}") == found[5]:
            return PacketNumber(site=found[1], year=int(year), installation=int(installation), count=int(count))
    raise UserError(tr("This is not a packet number. Compare it with page 1 of the packet."), field="number")


def is_number(text: str) -> bool:
    """Whether `text` is a packet number in its one written form."""
    found = _FORM.fullmatch(text)
    return found is not None and check_character(f"RD{found[1]}{found[2]}{found[3]}{found[4]}") == found[5]


def _digits(typed: str) -> str:
    return typed.replace("O", "0").replace("I", "1")
