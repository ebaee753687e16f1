"""A login's two key pairs: X25519 to receive secrets, Ed25519 to sign; in memory only while it is unlocked."""

import hashlib
import secrets
from collections.abc import Callable
from enum import StrEnum

import cryptography.hazmat.backends.openssl  # noqa: F401 - the first X25519 key would load it while somebody waits
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from rehabdesk.core.canon import sha256_hex
from rehabdesk.seals.passphrase import spoken_words

SIGNATURE_BYTES = 64
FINGERPRINT_WORDS = 8

_ENDS_OF_FIELD = (
    "00" * 32,
    "01" + "00" * 31,
    "ec" + "ff" * 30 + "7f",
    "ed" + "ff" * 30 + "7f",
    "ee" + "ff" * 30 + "7f",
)
_SMALL_ORDER_E = frozenset(
    bytes.fromhex(point)
    for point in (
        *_ENDS_OF_FIELD,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )
)
_SMALL_ORDER_X = frozenset(
    bytes.fromhex(point)
    for point in (
        *_ENDS_OF_FIELD,
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    )
)


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
    """32 hex digits over both public keys, for paper."""
    return sha256_hex(public_x + public_e)[:32]


def fingerprint_words(public_x: bytes, public_e: bytes) -> str:
    """Eight words over both public keys (103 bits), for comparing aloud at enrolment (vault.md 8.1)."""
    return " ".join(spoken_words(hashlib.sha256(public_x + public_e).digest(), FINGERPRINT_WORDS))


def names_nobody(*, x: bytes | None = None, e: bytes | None = None) -> bool:
    """Whether a public key is one of the points of small order: for such an `e` anybody can make a signature that
    verifies, and nothing can be sealed to such an `x`.
    """
    return (x is not None and _without_sign(x) in _SMALL_ORDER_X) or (
        e is not None and _without_sign(e) in _SMALL_ORDER_E
    )


def _without_sign(point: bytes) -> bytes:
    return point[:-1] + bytes([point[-1] & 0x7F])


def _framed(domain: Domain, message: bytes) -> bytes:
    return domain.encode("ascii") + b"\0" + message
