"""Secrets wrapped to one holder by HPKE, and which wraps count (vault.md 4.1, 4.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.constant_time import bytes_eq

from rehabdesk.core.canon import b64, dump
from rehabdesk.core.errors import SealBroken
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
    """What signed statements say of one epoch: commitment, who may wrap it (public Ed25519 keys by uid or
    `rec:<c>`).
    """

    kc: bytes
    wrappers: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoredWrap:
    """A wrap that does not count; reported, never an error that locks the owner out."""

    c: str
    e: int
    by: str
    why: str


def hpke_seal(public_x: bytes, secret: bytes, info: bytes) -> bytes:
    return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public_x), info=info)


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
    """The secrets by (compartment, epoch) that count for `to`, and the wraps that were ignored and why (4.5)."""
    secrets: dict[tuple[str, int], bytes] = {}
    ignored: list[IgnoredWrap] = []
    for wrap in wraps:
        if wrap.to != to:
            continue
        why = ""
        epoch = epochs.get((wrap.c, wrap.e))
        sender = None if epoch is None else epoch.wrappers.get(wrap.by)
        if epoch is None:
            why = "unknown_epoch"
        elif sender is None:  # looked up, absence refused, then compared (reliability.md, trap 6)
            why = "sender_not_member"
        elif not signature_holds(sender, Domain.WRAP, _message(vault, wrap.c, wrap.e, to, wrap.by, wrap.ct), wrap.sig):
            why = "signature"
        else:
            try:
                secret = hpke_open(private_x, wrap.ct, _info(vault, wrap.c, wrap.e, to))
            except SealBroken:
                why = "does_not_open"
            else:
                if bytes_eq(commitment(secret, wrap.c), epoch.kc):
                    secrets[wrap.c, wrap.e] = secret
                else:
                    why = "commitment"
        if why:
            ignored.append(IgnoredWrap(c=wrap.c, e=wrap.e, by=wrap.by, why=why))
    return secrets, tuple(ignored)


def _info(vault: str, comp: str, epoch: int, to: str) -> bytes:
    return dump(["rd/wrap/1", vault, comp, epoch, to])


def _message(vault: str, comp: str, epoch: int, to: str, by: str, ct: bytes) -> bytes:
    return dump([vault, comp, epoch, to, by, b64(ct)])
