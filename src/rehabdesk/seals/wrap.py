"""Secrets wrapped to one holder by HPKE, and which wraps count (vault.md 4.1, 4.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.constant_time import bytes_eq

from rehabdesk.core.canon import b64, dump
from rehabdesk.core.errors import FormatError, SealBroken
from rehabdesk.seals.identity import Domain, Identity, signature_holds
from rehabdesk.seals.kdf import Purpose, derive

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
HPKE_OVERHEAD = 48
"""Bytes that HPKE adds: 32 of the encapsulated key, 16 of the tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """The secret of compartment `c`, epoch `e`, sealed to `to` (uid or `rec:<c>`) by `by`, who signs it."""

    c: str
    e: int
    to: str
    by: str
    ct: bytes
    sig: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedEpoch:
    """What signed statements say of one epoch: the commitment, and who may wrap its secret.

    `wrappers` holds public Ed25519 keys by uid or `rec:<c>`; a recovery key may have been renewed, hence several.
    """

    kc: bytes
    wrappers: Mapping[str, frozenset[bytes]]


class WhyIgnored(StrEnum):
    """Why a wrap does not count; codes, for the log."""

    UNKNOWN_EPOCH = "unknown_epoch"
    SENDER_NOT_MEMBER = "sender_not_member"
    SIGNATURE = "signature"
    DOES_NOT_OPEN = "does_not_open"
    COMMITMENT = "commitment"


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoredWrap:
    """A wrap that does not count; reported, never an error that locks the owner out."""

    c: str
    e: int
    by: str
    why: WhyIgnored


def hpke_seal(public_x: bytes, secret: bytes, info: bytes) -> bytes:
    """`secret` sealed to the holder of `public_x`. FormatError for a key that nothing can be sealed to."""
    try:
        return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public_x), info=info)
    except ValueError:
        raise FormatError("A public key of this desk is not usable.") from None


def hpke_open(private_x: X25519PrivateKey, sealed: bytes, info: bytes) -> bytes:
    """SealBroken if it was not sealed to this key with this info."""
    try:
        return _SUITE.decrypt(sealed, private_x, info=info)
    except (InvalidTag, ValueError):
        raise SealBroken("A key that was wrapped for this login does not open.") from None


def make_wrap(
    *, vault: str, comp: str, epoch: int, to: str, public_x: bytes, secret: bytes, by: str, signer: Identity
) -> Wrap:
    ct = hpke_seal(public_x, secret, _info(vault, comp, epoch, to))
    sig = signer.sign(Domain.WRAP, _message(vault, comp, epoch, to, by, ct))
    return Wrap(c=comp, e=epoch, to=to, by=by, ct=ct, sig=sig)


def commitment(secret: bytes, comp: str) -> bytes:
    """kc: stands in the signed statement, so that nobody can hand out another secret for the epoch."""
    return derive(secret, Purpose.KC, comp)


def accept_wraps(
    wraps: Iterable[Wrap],
    *,
    vault: str,
    to: str,
    private_x: X25519PrivateKey,
    epochs: Mapping[tuple[str, int], TrustedEpoch],
) -> tuple[dict[tuple[str, int], bytes], tuple[IgnoredWrap, ...]]:
    """The secrets by (compartment, epoch) that count for `to`, and the wraps to it that were ignored (vault.md 4.5).

    `epochs` must come from a history that was replayed (`membership.trusted_epochs`).
    """
    secrets: dict[tuple[str, int], bytes] = {}
    ignored: list[IgnoredWrap] = []
    for wrap in wraps:
        if wrap.to != to:
            continue
        judged = _judge(wrap, vault, private_x, epochs.get((wrap.c, wrap.e)))
        if isinstance(judged, WhyIgnored):
            ignored.append(IgnoredWrap(c=wrap.c, e=wrap.e, by=wrap.by, why=judged))
        else:
            secrets[wrap.c, wrap.e] = judged
    return secrets, tuple(ignored)


def _judge(wrap: Wrap, vault: str, private_x: X25519PrivateKey, epoch: TrustedEpoch | None) -> bytes | WhyIgnored:
    """The secret, if the wrap counts. What is looked up is refused when absent, then compared."""
    if epoch is None:
        return WhyIgnored.UNKNOWN_EPOCH
    keys = epoch.wrappers.get(wrap.by)
    if not keys:
        return WhyIgnored.SENDER_NOT_MEMBER
    message = _message(vault, wrap.c, wrap.e, wrap.to, wrap.by, wrap.ct)
    if not any(signature_holds(key, Domain.WRAP, message, wrap.sig) for key in keys):
        return WhyIgnored.SIGNATURE
    try:
        secret = hpke_open(private_x, wrap.ct, _info(vault, wrap.c, wrap.e, wrap.to))
    except SealBroken:
        return WhyIgnored.DOES_NOT_OPEN
    if not bytes_eq(commitment(secret, wrap.c), epoch.kc):
        return WhyIgnored.COMMITMENT
    return secret


def _info(vault: str, comp: str, epoch: int, to: str) -> bytes:
    return dump(["rd/wrap/1", vault, comp, epoch, to])


def _message(vault: str, comp: str, epoch: int, to: str, by: str, ct: bytes) -> bytes:
    return dump([vault, comp, epoch, to, by, b64(ct)])
