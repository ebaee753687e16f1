"""The primitives as our modules call them, against published vectors (V1)."""

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from rehabdesk.core.errors import FormatError, SealBroken
from rehabdesk.seals.aead import decrypt
from rehabdesk.seals.identity import Domain, names_nobody, signature_holds
from rehabdesk.seals.kdf import KdfBounds, KdfCost, expand, passphrase_key
from rehabdesk.seals.wrap import hpke_open, hpke_seal

INFO = b"Ode on a Grecian Urn"


def raw(digits: str) -> bytes:
    return bytes.fromhex(digits)


def test_argon2id_rfc_9106_5_3() -> None:
    kdf = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\x04" * 12, secret=b"\x03" * 8
    )
    assert kdf.derive(b"\x01" * 32) == raw("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")


def test_argon2id_of_a_passphrase() -> None:
    """From the reference implementation's test.c: version 0x13, t = 2, m = 64 MiB, p = 1."""
    made = passphrase_key("password", b"somesalt", KdfCost(m=64 << 10, t=2, p=1), KdfBounds(rounds=(2, 16)))
    assert made == raw("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7")


def test_x25519_rfc_7748_6_1() -> None:
    alice = X25519PrivateKey.from_private_bytes(raw("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))
    bob = X25519PrivateKey.from_private_bytes(raw("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"))
    assert alice.public_key().public_bytes_raw() == raw(
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
    )
    shared = raw("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
    assert alice.exchange(bob.public_key()) == bob.exchange(alice.public_key()) == shared


@pytest.mark.parametrize(
    ("private", "public", "message", "signature"),
    [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            (
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe"
                "24655141438e7a100b"
            ),
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            (
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28"
                "dc027beceea1ec40a"
            ),
        ),
    ],
    ids=["7.1 test 1", "7.1 test 3"],
)
def test_ed25519_rfc_8032(private: str, public: str, message: str, signature: str) -> None:
    key = Ed25519PrivateKey.from_private_bytes(raw(private))
    assert key.public_key().public_bytes_raw() == raw(public)
    assert key.sign(raw(message)) == raw(signature)


def test_hkdf_rfc_5869() -> None:
    """The first 32 bytes of cases 1 and 3: longer output only goes on from there."""
    case_1 = expand(b"\x0b" * 22, raw("f0f1f2f3f4f5f6f7f8f9"), raw("000102030405060708090a0b0c"))
    assert case_1 == raw("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf")
    case_3 = expand(b"\x0b" * 22, b"", None)
    assert case_3 == raw("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d")


def test_chacha20_poly1305_rfc_8439_2_8_2() -> None:
    key, nonce = bytes(range(0x80, 0xA0)), raw("070000004041424344454647")
    aad = raw("50515253c0c1c2c3c4c5c6c7")
    sealed = raw(
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b29"
        "05d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b"
        "61161ae10b594f09e26a7e902ecbd0600691"
    )
    plain = (
        b"Ladies and Gentlemen of the class of '99: "
        b"If I could offer you only one tip for the future, sunscreen would be it."
    )
    assert decrypt(key, nonce, sealed, aad) == plain
    for at in range(0, len(sealed), 7):
        with pytest.raises(SealBroken):
            decrypt(key, nonce, sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], aad)


# HPKE: the package seals with fresh keys and takes no AAD, so RFC 9180 is read here once more, checked against its
# vector, and then has to open what the package sealed.


def extract(salt: bytes, suite: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def expand_labelled(prk: bytes, suite: bytes, label: bytes, info: bytes, size: int) -> bytes:
    """One block of HKDF-Expand is enough for 32 bytes."""
    labelled = size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, labelled + b"\x01", "sha256")[:size]


def open_by_the_book(private: bytes, enc: bytes, info: bytes, aad: bytes, ct: bytes) -> bytes:
    """RFC 9180 base mode, DHKEM(X25519, HKDF-SHA256) = 0x0020, HKDF-SHA256 = 1, ChaCha20-Poly1305 = 3."""
    key = X25519PrivateKey.from_private_bytes(private)
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x03"
    eae = extract(b"", kem, b"eae_prk", key.exchange(X25519PublicKey.from_public_bytes(enc)))
    shared = expand_labelled(eae, kem, b"shared_secret", enc + key.public_key().public_bytes_raw(), 32)
    context = b"\x00" + extract(b"", suite, b"psk_id_hash", b"") + extract(b"", suite, b"info_hash", info)
    secret = extract(shared, suite, b"secret", b"")
    aead_key = expand_labelled(secret, suite, b"key", context, 32)
    nonce = expand_labelled(secret, suite, b"base_nonce", context, 12)
    return ChaCha20Poly1305(aead_key).decrypt(nonce, ct, aad)


def test_the_book_is_read_as_rfc_9180_a_2_1_says() -> None:
    opened = open_by_the_book(
        raw("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"),
        raw("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"),
        INFO,
        b"Count-0",
        raw("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"),
    )
    assert opened == b"Beauty is truth, truth beauty"


def test_hpke_of_the_package_is_that_of_the_book() -> None:
    private = hashlib.sha256(b"letter key").digest()
    key = X25519PrivateKey.from_private_bytes(private)
    sealed = hpke_seal(key.public_key().public_bytes_raw(), b"s" * 32, INFO)
    assert open_by_the_book(private, sealed[:32], INFO, b"", sealed[32:]) == b"s" * 32
    assert hpke_open(key, sealed, INFO) == b"s" * 32


def test_hpke_refuses_whatever_was_changed() -> None:
    key = X25519PrivateKey.from_private_bytes(b"k" * 32)
    sealed = hpke_seal(key.public_key().public_bytes_raw(), b"s" * 32, INFO)
    changed = [sealed[:at] + bytes([sealed[at] ^ 4]) + sealed[at + 1 :] for at in range(len(sealed))]
    shorter = [sealed[:size] for size in range(len(sealed))]
    for bad in (*changed, *shorter, sealed + b"\0", bytes(32) + sealed[32:]):
        with pytest.raises(SealBroken):
            hpke_open(key, bad, INFO)
    with pytest.raises(SealBroken):
        hpke_open(key, sealed, INFO + b".")


# Points of small order, found by arithmetic and not by our list

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P


def edwards_add(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    (x1, y1), (x2, y2) = one, other
    common = D * x1 * x2 * y1 * y2
    x3 = (x1 * y2 + x2 * y1) * pow(1 + common, -1, P)
    return x3 % P, (y1 * y2 + x1 * x2) * pow(1 - common, -1, P) % P


def edwards_point(encoded: bytes) -> tuple[int, int] | None:
    y = int.from_bytes(encoded, "little") & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (x, y % P) if x * x % P == square else None


def is_of_small_order(encoded: bytes) -> bool:
    point = edwards_point(encoded)
    if point is None:
        return False
    for _ in range(3):
        point = edwards_add(point, point)
    return point == (0, 1)


def small_order_encodings() -> list[bytes]:
    """0, ±1 and their second spellings below 2^255, and the two points of order eight, which are found by search."""
    found = [value.to_bytes(32, "little") for value in (0, 1, P - 1, P, P + 1)]
    base = edwards_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    assert base is not None
    order = 2**252 + 27742317777372353535851937790883648493
    number = 2
    while len(found) < 7:
        number += 1
        point = edwards_point(number.to_bytes(32, "little"))
        if point is None:
            continue
        torsion, power, bits = (0, 1), point, order
        while bits:
            if bits & 1:
                torsion = edwards_add(torsion, power)
            power, bits = edwards_add(power, power), bits >> 1
        encoded = torsion[1].to_bytes(32, "little")
        if encoded not in found:
            found.append(encoded)
    return found


@pytest.mark.parametrize("sign", [0, 0x80])
def test_signature_keys_of_small_order_are_known(sign: int) -> None:
    """For such a key anybody can make signatures that verify."""
    for encoded in small_order_encodings():
        assert is_of_small_order(encoded)
        assert names_nobody(e=encoded[:-1] + bytes([encoded[-1] | sign]))
    anybody = b"\x01" + bytes(31)
    assert signature_holds(anybody, Domain.WRAP, b"any message", anybody + bytes(32))
    assert names_nobody(e=anybody)


def test_exchange_keys_of_small_order_are_known() -> None:
    order_eight = (
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    )
    edges = [value.to_bytes(32, "little") for value in (0, 1, P - 1, P, P + 1)]
    for public in (*edges, *map(bytes.fromhex, order_eight)):
        with pytest.raises(FormatError):
            hpke_seal(public, b"s" * 32, INFO)
        assert names_nobody(x=public)


def test_ordinary_keys_name_somebody() -> None:
    for number in range(50):
        seed = hashlib.sha256(bytes([number])).digest()
        x = X25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        e = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        assert not names_nobody(x=x, e=e)
