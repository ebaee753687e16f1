"""Chunks of attachments by a second reading of vault.md 4.1; whatever is changed, moved, cut or mixed is refused."""

import itertools

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from rehabdesk.core.errors import NoKey, SealBroken
from rehabdesk.seals.attachment import CONTENT_BYTES, SEALED_BYTES, ChunkSealer, chunks_of
from tests.seals.store import frozen
from tests.seals.store.small_desk import CHA, secret
from tests.seals.store.test_record import canonical, hkdf

FULL = b"f" * CONTENT_BYTES
OTHER = bytes(reversed(range(16)))


def test_a_chunk_by_the_book() -> None:
    sealed = frozen.chunks(2).seal(1, b"the end")
    place = ["attach", "clinical", 2, frozen.SID.hex(), frozen.RID.hex()]
    body_key = hkdf(secret("clinical", 2), bytes(32), b"rd/1/body/clinical")
    key = hkdf(body_key, frozen.SALT, canonical([*place, frozen.SEAL.hex()]))
    nonce = b"\x01" + bytes(11)
    plain = ChaCha20Poly1305(key).decrypt(nonce, sealed[1:], canonical([*place, 1, 2]))
    assert sealed[:1] == b"\x01"
    assert plain == b"\x07\0\0\0the end" + bytes(CONTENT_BYTES - 7)


def test_every_chunk_has_the_same_size() -> None:
    made = frozen.chunks(2)
    assert {len(made.seal(0, FULL)), len(made.seal(1, b"")), len(made.seal(1, FULL))} == {SEALED_BYTES}


@pytest.mark.parametrize(
    ("size", "count"),
    [(0, 1), (1, 1), (CONTENT_BYTES - 1, 1), (CONTENT_BYTES, 1), (CONTENT_BYTES + 1, 2), (3 * CONTENT_BYTES, 3)],
)
def test_how_many_chunks_hold_it(size: int, count: int) -> None:
    assert chunks_of(size) == count


def test_every_changed_byte_and_every_other_length_is_refused() -> None:
    sealed = frozen.chunks(1).seal(0, b"what was scanned")
    places = [*range(64), *range(64, SEALED_BYTES - 64, 61), *range(SEALED_BYTES - 64, SEALED_BYTES)]
    for at in places:
        with pytest.raises(SealBroken):
            frozen.chunks(1).open(0, sealed[:at] + bytes([sealed[at] ^ 1 << (at % 8)]) + sealed[at + 1 :])
    for other in (b"", sealed[:1], sealed[:-1], sealed[: SEALED_BYTES // 2], sealed + b"\0"):
        with pytest.raises(SealBroken):
            frozen.chunks(1).open(0, other)
    assert frozen.chunks(1).open(0, sealed) == b"what was scanned"


def test_chunks_are_bound_to_their_place() -> None:
    made = frozen.chunks(3)
    sealed = [made.seal(0, FULL), made.seal(1, FULL), made.seal(2, b"end")]
    for number, at in itertools.permutations(range(3), 2):
        with pytest.raises(SealBroken):
            made.open(at, sealed[number])


def test_the_number_of_chunks_is_bound_too() -> None:
    """A shorter attachment whose last chunk is full, and one that goes on after its last chunk, are no attachments."""
    sealed = frozen.chunks(2).seal(0, FULL)
    for count in (1, 3):
        with pytest.raises(SealBroken):
            frozen.chunks(count).open(0, sealed)


@pytest.mark.parametrize("other", [{"rid": OTHER}, {"sid": OTHER}, {"epoch": 1}, {"comp": "team"}])
def test_a_chunk_of_another_attachment_is_refused(other: dict[str, bytes]) -> None:
    """Also where the key is the same: what it belongs to is bound by itself."""
    key = bytes(32)
    place = {"comp": "clinical", "epoch": 2, "sid": frozen.SID, "rid": frozen.RID}
    sealed = ChunkSealer(key, chunks=1, **place).seal(0, b"x")  # type: ignore[arg-type]  # names of different types
    with pytest.raises(SealBroken):
        ChunkSealer(key, chunks=1, **{**place, **other}).open(0, sealed)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("other", [{"rid": OTHER}, {"sid": OTHER}, {"epoch": 1}, {"comp": "team"}, {"rnd": OTHER}])
def test_every_attachment_has_a_key_of_its_own(other: dict[str, bytes]) -> None:
    place = {"comp": "clinical", "epoch": 2, "sid": frozen.SID, "rid": frozen.RID, "rnd": frozen.SEAL}
    made = frozen.sealer()
    key = made.attachment_key(**place)  # type: ignore[arg-type]  # names of different types
    assert made.attachment_key(**{**place, **other}) != key  # type: ignore[arg-type]  # as above


def test_nobody_else_has_the_key_and_erasing_the_salt_takes_it_away() -> None:
    for stranger in (frozen.sealer(CHA, ("team", "pastoral")), frozen.sealer(salt=None)):
        with pytest.raises(NoKey):
            stranger.attachment_key("clinical", 2, frozen.SID, frozen.RID, frozen.SEAL)


@pytest.mark.parametrize(
    ("number", "content"), [(0, b"short"), (0, FULL + b"x"), (1, FULL + b"x"), (2, b""), (-1, FULL)]
)
def test_only_the_last_chunk_may_hold_less(number: int, content: bytes) -> None:
    with pytest.raises(ValueError, match="last chunk"):
        frozen.chunks(2).seal(number, content)


def test_the_sealer_shows_nothing() -> None:
    assert repr(frozen.chunks()) == "ChunkSealer(…)"
