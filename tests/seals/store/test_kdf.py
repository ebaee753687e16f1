"""Bounds before anything is allocated, calibration without waiting, and the frozen table of purposes."""

import hmac

import pytest

from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.seals.kdf import RELEASE_BOUNDS, KdfCost, Purpose, calibrate, derive, passphrase_key
from tests.seals.store.small_desk import CHEAP, CHEAP_BOUNDS

MIB = 1 << 10
SALT = b"\x05" * 16


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(m=64 * MIB - 1),
        KdfCost(m=2048 * MIB + 1),
        KdfCost(m=64 * MIB, t=2),
        KdfCost(m=64 * MIB, t=17),
        KdfCost(m=64 * MIB, p=0),
        KdfCost(m=64 * MIB, p=17),
        KdfCost(m=2048 * MIB, t=4),
        KdfCost(m=512 * MIB, t=13),
        KdfCost(m=1 << 40),
        KdfCost(m=-1, t=-1, p=-1),
    ],
    ids=str,
)
def test_cost_outside_the_bounds_is_refused_before_deriving(cost: KdfCost) -> None:
    with pytest.raises(FormatError):
        passphrase_key("seven tin roofs", SALT, cost)


@pytest.mark.parametrize(
    "cost", [KdfCost(), KdfCost(m=64 * MIB), KdfCost(m=2048 * MIB, t=3, p=16), KdfCost(m=384 * MIB, t=16)], ids=str
)
def test_cost_within_the_bounds(cost: KdfCost) -> None:
    cost.check(RELEASE_BOUNDS)


def test_cheap_cost_of_tests_is_outside_those_of_a_release() -> None:
    with pytest.raises(FormatError):
        CHEAP.check(RELEASE_BOUNDS)


def test_longest_passphrase() -> None:
    """1,024 bytes after NFKC: the count is of what is derived from."""
    passphrase_key("a" * 1_024, SALT, CHEAP, CHEAP_BOUNDS)
    passphrase_key("é" * 512, SALT, CHEAP, CHEAP_BOUNDS)
    for typed in ("a" * 1_025, "é" * 513, "\ufdfa" * 40):
        with pytest.raises(UserError) as refused:
            passphrase_key(typed, SALT, CHEAP, CHEAP_BOUNDS)
        assert refused.value.field == "passphrase"


def test_any_characters_give_a_key() -> None:
    """Half of a surrogate pair, NUL, nothing at all: wrong perhaps, never an unexpected error."""
    keys = {passphrase_key(typed, SALT, CHEAP, CHEAP_BOUNDS) for typed in ("", "\0", "\ud800", "a\0b", "a")}
    assert len(keys) == 5


def test_labels_are_frozen() -> None:
    assert [str(purpose) for purpose in Purpose] == [
        "slot", "commit", "paper", "pin", "own", "file", "body", "kc", "letter", "index", "index-key", "rec-x", "rec-e",
    ]  # fmt: skip
    secret = bytes(range(32))
    for purpose in Purpose:
        for comp, label in ((None, f"rd/1/{purpose}"), ("team", f"rd/1/{purpose}/team")):
            prk = hmac.digest(SALT, secret, "sha256")
            assert derive(secret, purpose, comp, salt=SALT) == hmac.digest(prk, label.encode() + b"\x01", "sha256")


# Calibration: a machine is a function from cost to seconds


def machine(gib_per_second: float, *, memory_gib: float = 16) -> KdfCost:
    return calibrate(lambda cost: cost.m * cost.t / (1 << 20) / gib_per_second, machine_kib=int(memory_gib * (1 << 20)))


@pytest.mark.parametrize(
    ("speed", "memory", "expected"),
    [
        (0.8, 16, KdfCost(m=256 * MIB, t=3)),
        (0.3, 16, KdfCost(m=192 * MIB, t=3)),
        (0.2, 16, KdfCost(m=128 * MIB, t=3)),
        (0.15, 16, KdfCost(m=96 * MIB, t=3)),
        (0.01, 16, KdfCost(m=64 * MIB, t=3)),
        (2.0, 16, KdfCost(m=256 * MIB, t=6)),
        (8.0, 16, KdfCost(m=512 * MIB, t=12)),
        (100.0, 16, KdfCost(m=512 * MIB, t=12)),
        (100.0, 1, KdfCost(m=256 * MIB, t=16)),
        (0.8, 0.5, KdfCost(m=128 * MIB, t=5)),
        (0.8, 0.1, KdfCost(m=64 * MIB, t=9)),
    ],
)
def test_calibration(speed: float, memory: float, expected: KdfCost) -> None:
    made = machine(speed, memory_gib=memory)
    assert made == expected
    made.check(RELEASE_BOUNDS)


def test_calibration_stays_in_a_quarter_of_the_memory() -> None:
    for memory in (0.25, 0.5, 1, 2, 4, 8, 64):
        for speed in (0.05, 0.5, 5, 50):
            made = machine(speed, memory_gib=memory)
            made.check(RELEASE_BOUNDS)
            assert made.m <= max(64 * MIB, memory * (1 << 20) / 4)
