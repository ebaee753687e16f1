"""Small sealed blobs (slots, pins) and the padding of records."""

import secrets
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from rehabdesk.core.errors import SealBroken

NONCE_BYTES = 12
TAG_BYTES = 16
SHORTEST_PADDED = 256


def seal_blob(key: bytes, plain: bytes, aad: bytes, random: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """nonce ‖ ChaCha20-Poly1305: for what is sealed rarely under one key."""
    nonce = random(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, aad)


def open_blob(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """What `seal_blob` sealed. SealBroken if it does not authenticate."""
    if len(sealed) < NONCE_BYTES + TAG_BYTES:
        raise SealBroken("A sealed part of a file is too short.")
    return decrypt(key, sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)


def decrypt(key: bytes, nonce: bytes, ct: bytes, aad: bytes) -> bytes:
    """SealBroken if it does not authenticate."""
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, ct, aad)
    except InvalidTag:
        raise SealBroken("A sealed part of a file does not open with its key.") from None


def padded_size(size: int) -> int:
    """Padmé: at most 12 % more, so that sizes tell little (at least 256 bytes)."""
    if size <= SHORTEST_PADDED:
        return SHORTEST_PADDED
    exponent = size.bit_length() - 1
    keep = exponent.bit_length()
    mask = (1 << (exponent - keep)) - 1
    return (size + mask) & ~mask


def pad(payload: bytes) -> bytes:
    """u32 LE length ‖ payload ‖ zeros."""
    body = len(payload).to_bytes(4, "little") + payload
    return body.ljust(padded_size(len(body)), b"\0")


def unpad(plain: bytes) -> bytes:
    """The payload. SealBroken for any other padding than `pad` makes."""
    size = int.from_bytes(plain[:4], "little")
    payload = plain[4 : 4 + size]
    if len(plain) < 4 or len(payload) != size or pad(payload) != plain:
        raise SealBroken("The padding of a record is not as it was written.")
    return payload
