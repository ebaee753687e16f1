"""The file `site-root.rdk`: the private key of the site root, opened only by two people's secrets (packet.md 7.1).

Sealed under HKDF(a ‖ b); `a` is wrapped to every administrator, `b` to every supervisor, both drawn anew each time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from rehabdesk.core import canon
from rehabdesk.core.canon import Json, b64, unb64
from rehabdesk.core.errors import FormatError, NoKey, SealBroken, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.seals import certificates
from rehabdesk.seals.certificates import KeyPair

_MAGIC = b"RDROOT\x00\x01"  # the last byte is the format version, as in the key file
_LIMITS = canon.Limits(max_bytes=1 << 20, max_depth=4, max_items=1000)
_SECRET_BYTES = 32
_NONCE_BYTES = 12

Unwrap = Callable[[bytes, bytes], bytes]
"""Opens one wrapped half with a login's own key: (ciphertext, info) -> secret. NoKey or SealBroken when it cannot."""


class Half(StrEnum):
    """Which of the two secrets: administrators hold one, supervisors the other."""

    ADMINISTRATOR = "a"
    SUPERVISOR = "b"


def seal_root(
    root: KeyPair, *, vault: str, administrators: Mapping[str, bytes], supervisors: Mapping[str, bytes]
) -> bytes:
    """The content of the file. Both mappings: uid to raw X25519 public key (32 bytes); nobody may be in both."""
    if not administrators or not supervisors or set(administrators) & set(supervisors):
        raise UserError(
            tr("The site root is kept by at least one administrator and one supervisor, who must be different people.")
        )
    holders = {Half.ADMINISTRATOR: administrators, Half.SUPERVISOR: supervisors}
    secrets = {half: os.urandom(_SECRET_BYTES) for half in Half}
    halves: dict[str, Json] = {
        half: {uid: b64(_wrap(secrets[half], public, _info(vault, half, uid))) for uid, public in holders[half].items()}
        for half in Half
    }
    key = _key(secrets[Half.ADMINISTRATOR], secrets[Half.SUPERVISOR])
    content: dict[str, Json] = {
        "vault": vault,
        "certificate": b64(root.certificate),
        "halves": halves,
        "key": b64(_seal(key, root.private, _bound(vault, root.certificate))),
    }
    return _MAGIC + canon.dump(content)


def root_certificate(content: bytes, *, vault: str) -> bytes:
    """The root's certificate (DER), which is no secret."""
    return unb64(_parse(content, vault)["certificate"])


def holders(content: bytes, *, vault: str) -> frozenset[str]:
    """Everybody (uid) to whom a half is wrapped."""
    halves = _parse(content, vault)["halves"]
    found = [halves.get(half) for half in Half] if isinstance(halves, dict) else []
    return frozenset(uid for wrapped in found if isinstance(wrapped, dict) for uid in wrapped)


def open_root(
    content: bytes, *, vault: str, administrator: tuple[str, Unwrap], supervisor: tuple[str, Unwrap]
) -> KeyPair:
    """The root, for as long as two people need it. Each of the two is (uid, unwrap with this login's own key).

    NoKey when one of them holds no half; SealBroken when the file was changed; FormatError when it is none.
    """
    found = _parse(content, vault)
    secrets = [
        _unwrap(found, vault, half, uid, unwrap)
        for half, (uid, unwrap) in ((Half.ADMINISTRATOR, administrator), (Half.SUPERVISOR, supervisor))
    ]
    certificate = unb64(found["certificate"])
    private = _open(_key(*secrets), unb64(found["key"]), _bound(vault, certificate))
    if certificates.facts(certificate).key_sha256 != canon.sha256_hex(certificates.public_key(private)):
        raise SealBroken(tr("The two parts of the site root's key do not belong together."))
    return KeyPair(private=private, certificate=certificate)


def unwrap_with(private: bytes) -> Unwrap:
    """How a login with this raw X25519 private key (32 bytes) opens its half."""

    def unwrap(wrapped: bytes, info: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        try:
            opened: bytes = _suite().decrypt(wrapped, X25519PrivateKey.from_private_bytes(private), info=info)
        except (ValueError, InvalidTag):
            raise SealBroken(tr("The site root's file does not open with this login's key.")) from None
        return opened

    return unwrap


def _parse(content: bytes, vault: str) -> dict[str, Json]:
    if content[:7] == _MAGIC[:7] and content[:8] != _MAGIC:
        raise FormatError(tr("The site root's file was written by a newer RehabDesk. Update this computer first."))
    if content[:8] != _MAGIC:
        raise FormatError(tr("This is not a site root's file."))
    found = canon.parse_object(content[8:], _LIMITS)
    if set(found) != {"vault", "certificate", "halves", "key"}:
        raise FormatError(tr("The site root's file is not of the form that RehabDesk writes."))
    if found["vault"] != vault:
        raise SealBroken(tr("The site root's file belongs to another desk."))
    return found


def _unwrap(found: dict[str, Json], vault: str, half: Half, uid: str, unwrap: Unwrap) -> bytes:
    halves = found["halves"]
    holders = halves.get(half) if isinstance(halves, dict) else None
    wrapped = holders.get(uid) if isinstance(holders, dict) else None
    if wrapped is None:
        raise NoKey(
            tr("This login does not keep a half of the site root. An administrator and a supervisor open it together.")
        )
    secret = unwrap(unb64(wrapped), _info(vault, half, uid))
    if len(secret) != _SECRET_BYTES:
        raise SealBroken(tr("A half of the site root has the wrong length."))
    return secret


def _info(vault: str, half: Half, uid: str) -> bytes:
    return canon.dump(["rd/root/1", vault, half.value, uid])


def _bound(vault: str, certificate: bytes) -> bytes:
    """What the sealed key is tied to, so that it cannot be moved into another desk's or another root's file."""
    return canon.dump(["rd/root/1", vault, canon.sha256_hex(certificate)])


def _key(a: bytes, b: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"rd/1/root").derive(a + b)


def _seal(key: bytes, plain: bytes, bound: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, bound)


def _open(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):
        raise SealBroken(tr("The site root's file was changed. Take it from the last backup.")) from None


def _wrap(secret: bytes, public: bytes, info: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    wrapped: bytes = _suite().encrypt(secret, X25519PublicKey.from_public_bytes(public), info=info)
    return wrapped


def _suite() -> Any:
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
