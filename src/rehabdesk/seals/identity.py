"""A login's two key pairs: X25519 to receive secrets, Ed25519 to sign; in memory only while it is unlocked."""

import secrets
from collections.abc import Callable
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from rehabdesk.core.canon import sha256_hex

SIGNATURE_BYTES = 64


class Domain(StrEnum):
    """What a signature is about; it covers `domain ‖ 00 ‖ message` (vault.md 4.1)."""

    MEMBERSHIP = "rd/membership/1"
    WRAP = "rd/wrap/1"
    AUDIT = "rd/audit/1"
    BACKUP = "rd/backup/1"
    ORDER = "rd/order/1"


class Identity:
    """Private keys. Nothing of them shows in `repr`."""

    __slots__ = ("_e", "_x", "e", "x")

    def __init__(self, x: bytes, e: bytes) -> None:
        """`x` and `e`: 32 raw private bytes each; the attributes `x` and `e` are the public halves."""
        self._x = X25519PrivateKey.from_private_bytes(x)
        self._e = Ed25519PrivateKey.from_private_bytes(e)
        self.x = self._x.public_key().public_bytes_raw()
        self.e = self._e.public_key().public_bytes_raw()

    @classmethod
    def make(cls, random: Callable[[int], bytes] = secrets.token_bytes) -> "Identity":
        return cls(random(32), random(32))

    def __repr__(self) -> str:
        return "Identity(…)"

    def raw(self) -> bytes:
        """The 64 private bytes x ‖ e, for a slot only."""
        return self._x.private_bytes_raw() + self._e.private_bytes_raw()

    @property
    def private_x(self) -> X25519PrivateKey:
        return self._x

    def x_secret(self) -> bytes:
        """The raw private X25519 key, from which pin key, own key and index keys are derived."""
        return self._x.private_bytes_raw()

    def sign(self, domain: Domain, message: bytes) -> bytes:
        return self._e.sign(_framed(domain, message))


def signature_holds(public_e: bytes, domain: Domain, message: bytes, signature: bytes) -> bool:
    """Whether the holder of `public_e` signed `message` in this domain."""
    try:
        Ed25519PublicKey.from_public_bytes(public_e).verify(signature, _framed(domain, message))
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public_x: bytes, public_e: bytes) -> str:
    """32 hex digits over both public keys, for comparing aloud."""
    return sha256_hex(public_x + public_e)[:32]


def _framed(domain: Domain, message: bytes) -> bytes:
    return domain.encode("ascii") + b"\0" + message
