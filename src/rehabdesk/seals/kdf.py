"""Keys from passphrases (Argon2id) and keys from keys (HKDF), with the frozen table of purposes (vault.md 4.1, 4.2)."""

import os
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.i18n import tr

KEY_BYTES = 32
LONGEST_PASSPHRASE_BYTES = 1024


class Purpose(StrEnum):
    """What a derived key is for; frozen: part of every format of version 1."""

    SLOT = "slot"
    COMMIT = "commit"
    PAPER = "paper"
    PIN = "pin"
    OWN = "own"
    FILE = "file"
    BODY = "body"
    KC = "kc"
    LETTER = "letter"
    INDEX = "index"
    INDEX_KEY = "index-key"
    REC_X = "rec-x"
    REC_E = "rec-e"


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfBounds:
    """What a key file may ask for: memory in KiB, rounds, lanes, and memory times rounds in KiB."""

    memory: tuple[int, int] = (64 << 10, 2 << 20)
    rounds: tuple[int, int] = (3, 16)
    lanes: tuple[int, int] = (1, 16)
    work: int = 6 << 20


RELEASE_BOUNDS = KdfBounds()
"""The only bounds of a release; tests pass cheaper ones in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfCost:
    """One slot's Argon2id parameters: `m` KiB of memory, `t` rounds, `p` lanes."""

    m: int = 256 << 10
    t: int = 3
    p: int = 4

    def check(self, bounds: KdfBounds) -> None:
        """FormatError outside the bounds; called before anything is allocated."""
        for value, (least, most) in ((self.m, bounds.memory), (self.t, bounds.rounds), (self.p, bounds.lanes)):
            if not least <= value <= most:
                raise FormatError("The key file asks for a cost of key derivation that is not allowed.")
        if self.m * self.t > bounds.work:
            raise FormatError("The key file asks for a cost of key derivation that is not allowed.")


def derive(secret: bytes, purpose: Purpose, comp: str | None = None, *, salt: bytes | None = None) -> bytes:
    """32 bytes for one purpose, and one compartment where the purpose has one:
    HKDF-SHA256, info `rd/1/<purpose>[/<comp>]`.
    """
    info = f"rd/1/{purpose}" if comp is None else f"rd/1/{purpose}/{comp}"
    return expand(secret, info.encode("ascii"), salt)


def expand(secret: bytes, info: bytes, salt: bytes | None) -> bytes:
    """32 bytes of HKDF-SHA256 (RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(secret)


def passphrase_key(passphrase: str, salt: bytes, cost: KdfCost, bounds: KdfBounds = RELEASE_BOUNDS) -> bytes:
    """The key that a passphrase opens its slot with. UserError for one of more than 1,024 bytes."""
    cost.check(bounds)
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    if len(typed) > LONGEST_PASSPHRASE_BYTES:
        raise UserError(tr("The passphrase is too long."), field="passphrase")
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.t, lanes=cost.p, memory_cost=cost.m)
    return kdf.derive(typed)


def calibrate(
    measure: Callable[[KdfCost], float] | None = None,
    *,
    machine_kib: int | None = None,
    fastest: float = 0.7,
    slowest: float = 2.0,
) -> KdfCost:
    """A cost of `fastest` to `slowest` seconds on this machine, never above a quarter of its memory (vault.md 4.2).

    `measure` gives the seconds of one derivation, `machine_kib` is the machine's memory. Floor: 64 MiB, three rounds.
    """
    seconds = measure or _measure
    quarter = (machine_kib or _machine_memory()) // 4
    sizes = [mib << 10 for mib in (256, 192, 128, 96, 64) if mib << 10 <= quarter] or [64 << 10]
    for size in sizes:
        cost = KdfCost(m=size)
        taken = seconds(cost)
        if taken <= slowest:
            break
    while taken < fastest and (dearer := _next_cost(cost, quarter)) is not None:
        cost = dearer
        taken = seconds(cost)
    return cost


def _next_cost(cost: KdfCost, most_memory: int) -> KdfCost | None:
    """More rounds, then twice the memory with as many rounds as fit; None at the bounds or at `most_memory` KiB."""
    if cost.t < RELEASE_BOUNDS.rounds[1] and cost.m * (cost.t + 1) <= RELEASE_BOUNDS.work:
        return KdfCost(m=cost.m, t=cost.t + 1, p=cost.p)
    memory = cost.m * 2
    rounds = min(cost.t, RELEASE_BOUNDS.work // memory)
    if memory > min(most_memory, RELEASE_BOUNDS.memory[1]) or memory * rounds <= cost.m * cost.t:
        return None
    return KdfCost(m=memory, t=rounds, p=cost.p)


def _measure(cost: KdfCost) -> float:
    begun = time.perf_counter()
    passphrase_key("calibration", b"\0" * 16, cost)
    return time.perf_counter() - begun


def _machine_memory() -> int:
    """KiB of memory of this machine; 4 GiB where it cannot be asked."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024
    except (AttributeError, ValueError, OSError):
        return 4 << 20
