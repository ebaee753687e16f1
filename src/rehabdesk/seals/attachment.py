"""Chunks of attachments: sealed, opened, and nothing else (vault.md 2.1, 4.1). The one place that knows their bytes.

A chunk is `01 ‖ ChaCha20-Poly1305(u32 LE length ‖ content ‖ zeros)`, all of one size. The key is the attachment's own
(`RecordSealer.attachment_key`), the nonce the number of the chunk, and the AAD binds what it belongs to, its number and
how many there are: none can be changed, swapped, left out, added, or taken from another attachment.
"""

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from rehabdesk.core.canon import dump
from rehabdesk.core.errors import SealBroken
from rehabdesk.seals.aead import NONCE_BYTES, TAG_BYTES, decrypt

CHUNK = 1
"""First byte of a sealed chunk: the format, never negotiated."""
CONTENT_BYTES = 128 << 10
"""Of content in a chunk; the last one may hold less, which its size does not tell."""
SEALED_BYTES = 1 + 4 + CONTENT_BYTES + TAG_BYTES
RND_BYTES = 16


def chunks_of(size: int) -> int:
    """How many chunks hold `size` bytes: at least one."""
    return max(1, -(-size // CONTENT_BYTES))


class ChunkSealer:
    """Seals and opens the chunks of one attachment. `repr` shows nothing of its key."""

    def __init__(self, key: bytes, *, comp: str, epoch: int, sid: bytes, rid: bytes, chunks: int) -> None:
        self._aead, self._key, self.chunks = ChaCha20Poly1305(key), key, chunks
        self._place = (comp, epoch, sid.hex(), rid.hex())

    def __repr__(self) -> str:
        return "ChunkSealer(…)"

    def seal(self, number: int, content: bytes) -> bytes:
        """Chunk `number` (from 0). Every one but the last must be full: else ValueError."""
        if not self._fits(number, len(content)):
            raise ValueError("only the last chunk may hold less")
        plain = len(content).to_bytes(4, "little") + content.ljust(CONTENT_BYTES, b"\0")
        return bytes([CHUNK]) + self._aead.encrypt(_nonce(number), plain, self._aad(number))

    def open(self, number: int, sealed: bytes) -> bytes:
        """The content of chunk `number`. SealBroken if it is not exactly what was sealed there."""
        if len(sealed) != SEALED_BYTES or sealed[0] != CHUNK:
            raise SealBroken("A piece of an attachment is not of the form that this version knows.")
        plain = decrypt(self._key, _nonce(number), sealed[1:], self._aad(number))
        size = int.from_bytes(plain[:4], "little")
        content = plain[4 : 4 + size]
        if not self._fits(number, size) or any(plain[4 + size :]):
            raise SealBroken("The padding of an attachment is not as it was written.")
        return content

    def _fits(self, number: int, size: int) -> bool:
        last = number == self.chunks - 1
        return 0 <= number < self.chunks and (size <= CONTENT_BYTES if last else size == CONTENT_BYTES)

    def _aad(self, number: int) -> bytes:
        return dump(["attach", *self._place, number, self.chunks])


def _nonce(number: int) -> bytes:
    """Safe: the key seals one attachment only, for it depends on 16 fresh random bytes."""
    return number.to_bytes(NONCE_BYTES, "little")
