"""Bytes that are longer than one record may be: cut into parts, and put together again only if they are whole."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypedDict

from rehabdesk.core.canon import b64, sha256_hex, unb64

PART_BYTES = 512 << 10
"""How much one record holds: it stays below 1 MiB as base64."""


class PartFields(TypedDict):
    """What every part says: the hash of the whole, which part of how many it is, from 0, and its bytes as base64."""

    sha256: str
    part: int
    parts: int
    data: str


class OnePart(Protocol):
    """A record that holds a part."""

    @property
    def sha256(self) -> str: ...

    @property
    def parts(self) -> int: ...

    @property
    def data(self) -> str: ...


def in_parts(content: bytes) -> Iterator[PartFields]:
    """`content` in parts that a record can hold, in order."""
    digest = sha256_hex(content)
    pieces = [content[start : start + PART_BYTES] for start in range(0, len(content), PART_BYTES)]
    for place, piece in enumerate(pieces):
        yield PartFields(sha256=digest, part=place, parts=len(pieces), data=b64(piece))


def whole(parts: Sequence[OnePart], sha256: str | None = None) -> bytes | None:
    """The bytes of all `parts`, which are in order; None if one is missing, or if they do not have the hash `sha256`
    (None: that which the parts name).
    """
    if not parts or len(parts) != parts[0].parts:
        return None
    content = b"".join(unb64(part.data) for part in parts)
    return content if sha256_hex(content) == (parts[0].sha256 if sha256 is None else sha256) else None
