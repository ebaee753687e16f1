"""Records by a second reading of vault.md 4.1 and 5; what binds a row to its place; who can open what."""

import hashlib
import hmac
import json
import os
from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from rehabdesk.core.errors import NoKey, SealBroken, UserError
from rehabdesk.seals.aead import open_blob, pad, padded_size, seal_blob, unpad
from rehabdesk.seals.identity import Identity
from rehabdesk.seals.record import LARGEST_PAYLOAD, RecordSealer, letter_public
from tests.seals.store import frozen
from tests.seals.store.small_desk import CHA, PSY, PSY2, VAULT, identity, secret

SID, RID = frozen.SID, frozen.RID
OTHER = bytes(reversed(range(16)))


def hkdf(ikm: bytes, salt: bytes, info: bytes) -> bytes:
    prk = hmac.digest(salt, ikm, "sha256")
    return hmac.digest(prk, info + b"\x01", "sha256")


def canonical(values: Sequence[object]) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode()


def test_record_by_the_book() -> None:
    ct = frozen.sealer().seal("clinical", 2, SID, RID, 3, b"what was told")
    rnd, place = ct[1:17], ["clinical", 2, SID.hex(), RID.hex(), 3]
    body_key = hkdf(secret("clinical", 2), bytes(32), b"rd/1/body/clinical")
    key = hkdf(body_key, frozen.SALT, canonical(["rec", *place, rnd.hex()]))
    plain = ChaCha20Poly1305(key).decrypt(bytes(12), ct[17:], canonical(place))
    assert ct[:1] == b"\x01"
    assert plain == b"\x0d\0\0\0what was told" + bytes(256 - 17)
    framed = canonical(place)
    framed = len(framed).to_bytes(8, "little") + framed + len(ct).to_bytes(8, "little") + ct
    assert frozen.sealer().hash("clinical", 2, SID, RID, 3, ct) == hashlib.sha256(framed).digest()


def test_own_row_by_the_book() -> None:
    ct = frozen.sealer().seal_own(frozen.DID, "draft", SID, b"{}")
    own_key = hkdf(identity(PSY).x_secret(), bytes(32), b"rd/1/own")
    place = ["own", PSY, frozen.DID.hex(), SID.hex(), "draft"]
    key = hkdf(own_key, frozen.SALT, canonical([*place, ct[:16].hex()]))
    assert ChaCha20Poly1305(key).decrypt(bytes(12), ct[16:], canonical(place))[:6] == b"\x02\0\0\0{}"


@pytest.mark.parametrize(
    ("comp", "epoch", "sid", "rid", "ver"),
    [
        ("team", 1, SID, RID, 1),
        ("clinical", 2, SID, RID, 1),
        ("clinical", 1, OTHER, RID, 1),
        ("clinical", 1, SID, OTHER, 1),
        ("clinical", 1, RID, SID, 1),
        ("clinical", 1, SID, RID, 2),
    ],
)
def test_row_is_bound_to_its_place(comp: str, epoch: int, sid: bytes, rid: bytes, ver: int) -> None:
    login = frozen.sealer()
    ct = login.seal("clinical", 1, SID, RID, 1, b"{}")
    letter = login.seal_letter("clinical", 1, letter_public(secret("clinical"), "clinical"), SID, RID, 1, b"{}")
    for sealed in (ct, letter):
        with pytest.raises(SealBroken):
            login.open(comp, epoch, sid, rid, ver, sealed)


@pytest.mark.parametrize(
    ("did", "kind", "sid"), [(OTHER, "draft", SID), (frozen.DID, "reminder", SID), (frozen.DID, "draft", OTHER)]
)
def test_own_row_is_bound_to_its_place(did: bytes, kind: str, sid: bytes) -> None:
    ct = frozen.sealer().seal_own(frozen.DID, "draft", SID, b"{}")
    with pytest.raises(SealBroken):
        frozen.sealer().open_own(did, kind, sid, ct)


def test_two_seals_of_the_same_differ() -> None:
    login = RecordSealer(
        vault=VAULT,
        uid=PSY,
        x_secret=os.urandom(32),
        secrets_of={("team", 1): os.urandom(32)},
        salt_of=lambda sid: frozen.SALT,
    )
    assert len({login.seal("team", 1, SID, RID, 1, b"{}") for _ in range(100)}) == 100
    assert len({login.seal_own(frozen.DID, "draft", SID, b"{}") for _ in range(100)}) == 100


def test_without_the_compartment_key() -> None:
    ct = frozen.sealer().seal("clinical", 1, SID, RID, 1, b"{}")
    with pytest.raises(NoKey):
        frozen.sealer(CHA, comps=("team", "pastoral")).open("clinical", 1, SID, RID, 1, ct)
    with pytest.raises(NoKey):
        frozen.sealer(CHA, comps=("team",)).seal("clinical", 1, SID, RID, 1, b"{}")
    with pytest.raises(NoKey):
        frozen.sealer().open("clinical", 3, SID, RID, 1, ct)


def test_after_shredding_nobody_opens_it() -> None:
    ct = frozen.sealer().seal("clinical", 1, SID, RID, 1, b"{}")
    shredded = frozen.sealer(salt=None)
    with pytest.raises(NoKey, match="erased"):
        shredded.open("clinical", 1, SID, RID, 1, ct)
    with pytest.raises(SealBroken):
        frozen.sealer(salt=bytes(32)).open("clinical", 1, SID, RID, 1, ct)
    with pytest.raises(NoKey):
        shredded.seal_own(frozen.DID, "draft", SID, b"{}")


def test_author_of_a_letter_cannot_open_it() -> None:
    author = frozen.sealer(CHA, comps=("team", "pastoral"))
    letter = author.seal_letter("clinical", 1, letter_public(secret("clinical"), "clinical"), SID, RID, 1, b"told")
    with pytest.raises(NoKey):
        author.open("clinical", 1, SID, RID, 1, letter)
    assert frozen.sealer(PSY2).open("clinical", 1, SID, RID, 1, letter) == b"told"


def test_letter_to_a_login_opens_for_it_alone() -> None:
    letter = frozen.sealer(CHA).seal_letter(f"own:{PSY}", 1, identity(PSY).x, SID, RID, 1, b"told")
    assert frozen.sealer(PSY).open(f"own:{PSY}", 1, SID, RID, 1, letter) == b"told"
    with pytest.raises(NoKey):
        frozen.sealer(PSY2).open(f"own:{PSY}", 1, SID, RID, 1, letter)
    with pytest.raises(SealBroken):
        frozen.sealer(PSY2).open(f"own:{PSY2}", 1, SID, RID, 1, letter)


def test_letter_of_another_epoch() -> None:
    letter = frozen.sealer(CHA).seal_letter(
        "clinical", 2, letter_public(secret("clinical", 2), "clinical"), SID, RID, 1, b"told"
    )
    assert frozen.sealer().open("clinical", 2, SID, RID, 1, letter) == b"told"
    with pytest.raises(SealBroken):
        frozen.sealer().open("clinical", 1, SID, RID, 1, letter)


def test_record_is_no_letter_and_a_letter_no_record() -> None:
    login = frozen.sealer()
    ct = login.seal("clinical", 1, SID, RID, 1, b"{}")
    letter = login.seal_letter("clinical", 1, letter_public(secret("clinical"), "clinical"), SID, RID, 1, b"{}")
    for sealed in (b"\x02" + ct[1:], b"\x01" + letter[1:], b"\x03" + ct[1:], b"", b"\x01", b"\x02" * 40):
        with pytest.raises(SealBroken):
            login.open("clinical", 1, SID, RID, 1, sealed)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 31, 32])
def test_short_own_rows(size: int) -> None:
    with pytest.raises(SealBroken):
        frozen.sealer().open_own(frozen.DID, "draft", SID, bytes(size))


def test_largest_payload_and_one_byte_more() -> None:
    login = frozen.sealer()
    ct = login.seal("team", 1, SID, RID, 1, bytes(LARGEST_PAYLOAD))
    assert login.open("team", 1, SID, RID, 1, ct) == bytes(LARGEST_PAYLOAD)
    key = letter_public(secret("team"), "team")
    letter = login.seal_letter("team", 1, key, SID, RID, 1, bytes(LARGEST_PAYLOAD))
    assert login.open("team", 1, SID, RID, 1, letter) == bytes(LARGEST_PAYLOAD)
    with pytest.raises(UserError, match="too long"):
        login.seal("team", 1, SID, RID, 1, bytes(LARGEST_PAYLOAD + 1))
    with pytest.raises(UserError, match="too long"):
        login.seal_own(frozen.DID, "draft", SID, bytes(LARGEST_PAYLOAD + 1))
    with pytest.raises(SealBroken, match="larger"):
        login.open("team", 1, SID, RID, 1, ct + bytes(200_000))


# Padding


def test_padding_tells_little_and_costs_little() -> None:
    sizes = [*range(600), *(10**power + more for power in range(3, 7) for more in (-1, 0, 1, 77))]
    for size in sizes:
        padded = padded_size(size)
        assert padded >= max(size, 256)
        assert padded <= max(256, size * 1.12)
    assert len({padded_size(size) for size in range(1 << 16)}) < 150
    assert all(padded_size(size) <= padded_size(size + 1) for size in range(5_000))


@pytest.mark.parametrize("size", [0, 1, 251, 252, 253, 1_000, 70_000])
def test_padding_comes_off(size: int) -> None:
    payload = os.urandom(size)
    assert unpad(pad(payload)) == payload


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"\0\0\0",
        bytes(255),
        bytes(257),
        bytes(255) + b"\1",
        b"\xfd" + bytes(255),
        b"\xff\xff\xff\xff" + bytes(252),
        b"\xff" + bytes(1_000),
    ],
)
def test_other_padding_is_refused(plain: bytes) -> None:
    with pytest.raises(SealBroken):
        unpad(plain)


def test_blobs() -> None:
    sealed = seal_blob(bytes(32), b"pin", b"aad")
    assert open_blob(bytes(32), sealed, b"aad") == b"pin"
    for bad, aad in (
        (sealed, b"aax"),
        (sealed[:-1], b"aad"),
        (sealed[:27], b"aad"),
        (b"", b"aad"),
        (sealed + b"\0", b"aad"),
    ):
        with pytest.raises(SealBroken):
            open_blob(bytes(32), bad, aad)
    assert len({seal_blob(bytes(32), b"pin", b"") for _ in range(50)}) == 50


def test_identity_made_without_given_randomness_is_new_each_time() -> None:
    assert len({Identity.make().raw() for _ in range(20)}) == 20
