"""`vault.rdk`: comes back whole, and anything that is not exactly of the form is refused with one kind of error."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from rehabdesk.core.errors import FormatError, UserError, WrongKey
from rehabdesk.seals.keyfile import MAGIC, KeyFile, make_slot, open_recovery_slot, open_slot, parse_key_file
from rehabdesk.seals.membership import replay, statement_hash
from tests.seals.store.small_desk import (
    ADM,
    CHEAP,
    CHEAP_BOUNDS,
    CO,
    NEW,
    PSY,
    SUP,
    VAULT,
    admitted,
    after,
    genesis,
    identity,
    key_file,
    signed,
)


def read(raw: bytes) -> KeyFile:
    return parse_key_file(raw, CHEAP_BOUNDS)


def framed(body: bytes, magic: bytes = MAGIC) -> bytes:
    """A body with a right length and checksum: only the form of the body is wrong."""
    head = magic + len(body).to_bytes(4, "little") + body
    return head + hashlib.sha256(head).digest()


MADE = key_file()


def with_change(change: Callable[[Any], object]) -> bytes:
    plain = json.loads(MADE.dump()[12:-32])
    change(plain)
    return framed(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode("ascii"))


def test_comes_back_whole() -> None:
    later = signed(after(admitted(genesis(), NEW, ["team"])), ADM, SUP)
    made = key_file(later)
    assert read(made.dump()) == made
    assert read(made.dump()).dump() == made.dump()
    assert replay(read(made.dump()).history, statement_hash(genesis())) == later.statement


def test_size_is_what_the_design_says() -> None:
    """About 22 kB for seven logins and four compartments."""
    assert len(key_file().dump()) < 24_000


def test_every_flipped_byte_is_refused() -> None:
    raw = key_file().dump()
    for at in range(len(raw)):
        bad = bytearray(raw)
        bad[at] ^= 1 << at % 8
        with pytest.raises(FormatError):
            read(bytes(bad))


def test_every_truncation_and_addition_is_refused() -> None:
    raw = key_file().dump()
    for size in (*range(64), *range(64, len(raw), 97), len(raw) - 1):
        with pytest.raises(FormatError):
            read(raw[:size])
    for more in (b"\0", raw, b"\n" * 44):
        with pytest.raises(FormatError):
            read(raw + more)


def test_newer_format_says_so() -> None:
    with pytest.raises(FormatError, match="newer RehabDesk"):
        read(framed(b"{}", MAGIC[:7] + b"\x02"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"1",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"v":' + b"9" * 500_000 + b"}",
        b'{"v":1.0}',
        b'{"v":NaN}',
        b'{"v":1,"v":1}',
        b'{"v": 1}',
        b"\xff\xfe",
        '{"v":"é"}'.encode(),
        b'{"v":"\\ud800"}',
        b"\0" * 1_000,
        b'{"hist":[],"rslots":{},"slots":{},"v":1,"vault":"0123456789abcdef0123456789abcdef","wraps":[]}',
    ],
    ids=lambda body: repr(body[:24]),
)
def test_hostile_bodies(body: bytes) -> None:
    with pytest.raises(FormatError):
        read(framed(body))


def test_too_large_to_be_read() -> None:
    with pytest.raises(FormatError):
        read(framed(b" " * ((4 << 20) + 1)))


MANY_UIDS = [f"u{number:07}".translate(str.maketrans("0189", "abcd")) for number in range(201)]
CHANGES: dict[str, Callable[[Any], object]] = {
    "version": lambda body: body.update(v=2),
    "version true": lambda body: body.update(v=True),
    "unknown field": lambda body: body.update(note="x"),
    "missing field": lambda body: body.pop("wraps"),
    "vault upper case": lambda body: body.update(vault=VAULT.upper()),
    "vault of another desk": lambda body: body.update(vault="f" * 32),
    "non-ASCII sign-in": lambda body: body["hist"][0]["st"]["users"][PSY].update(sign="lämp"),
    "long sign-in": lambda body: body["hist"][0]["st"]["users"][PSY].update(sign="l" * 33),
    "status": lambda body: body["hist"][0]["st"]["users"][PSY].update(status="Active"),
    "status list": lambda body: body["hist"][0]["st"]["users"][PSY].update(status=["active"]),
    "uid form": lambda body: body["hist"][0]["st"]["users"].update({"u1234567": {}}),
    "file name": lambda body: body["hist"][0]["st"].update(db="../../../etc/x.db"),
    "file of the other kind of digits": lambda body: body["hist"][0]["st"].update(db="vault-00000\u0661.db"),
    "admins unsorted": lambda body: body["hist"][0]["st"]["admins"].reverse(),
    "admins twice": lambda body: body["hist"][0]["st"].update(admins=[ADM, ADM]),
    "members text": lambda body: body["hist"][0]["st"]["comps"]["team"].update(members=PSY),
    "epoch zero": lambda body: body["hist"][0]["st"]["comps"]["team"].update(epoch=0),
    "epoch true": lambda body: body["hist"][0]["st"]["comps"]["team"].update(epoch=True),
    "recovery key half": lambda body: body["hist"][0]["st"]["comps"]["team"].update(rec={"x": ""}),
    "recovery key list": lambda body: body["hist"][0]["st"]["comps"]["team"].update(rec=[]),
    "prev of 5 bytes": lambda body: body["hist"][0]["st"].update(prev="AAAAAAA="),
    "key not canonical": lambda body: body["hist"][0]["st"]["users"][PSY].update(x="A" * 42 + "B="),
    "key of small order": lambda body: body["hist"][0]["st"]["users"][PSY].update(e="AQ" + "A" * 41 + "="),
    "letter key of small order": lambda body: body["hist"][0]["st"]["comps"]["team"].update(letter="A" * 43 + "="),
    "signer form": lambda body: body["hist"][0]["sig"].update({"rec:own": "A" * 86 + "=="}),
    "signature short": lambda body: body["hist"][0]["sig"].update({PSY: "AAAA"}),
    "slot of nobody's form": lambda body: body["slots"].update({"admin": body["slots"][PSY]}),
    "slot without cost": lambda body: body["slots"][PSY].pop("kdf"),
    "card slot with cost": lambda body: body["rslots"][PSY].update(kdf=body["slots"][PSY]["kdf"]),
    "another algorithm": lambda body: body["slots"][PSY]["kdf"].update(a="argon2i"),
    "cost text": lambda body: body["slots"][PSY]["kdf"].update(m="64"),
    "cost true": lambda body: body["slots"][PSY]["kdf"].update(t=True),
    "cost too high": lambda body: body["slots"][PSY]["kdf"].update(m=1 << 30),
    "cost too low": lambda body: body["slots"][PSY]["kdf"].update(m=1),
    "cost field unknown": lambda body: body["slots"][PSY]["kdf"].update(s=1),
    "counter zero": lambda body: body["slots"][PSY].update(ctr=0),
    "salt short": lambda body: body["slots"][PSY].update(salt="AAAA"),
    "sealed part short": lambda body: body["slots"][PSY].update(ct=body["slots"][PSY]["salt"]),
    "wrap of no compartment": lambda body: body["wraps"][0].update(c="own"),
    "wrap of epoch 0": lambda body: body["wraps"][0].update(e=0),
    "wrap to nobody's form": lambda body: body["wraps"][0].update(to="rec:"),
    "too many statements": lambda body: body.update(hist=[{}] * 5_001),
    "too many slots": lambda body: body.update(slots=dict.fromkeys(MANY_UIDS, body["slots"][PSY])),
    "too many wraps": lambda body: body.update(wraps=[{}] * 20_001),
    "history of null": lambda body: body.update(hist=[None]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_exact_fields_types_and_bounds(change: str) -> None:
    with pytest.raises(FormatError):
        read(with_change(CHANGES[change]))


def test_only_the_changes_are_refused() -> None:
    unchanged = with_change(lambda body: None)
    assert read(unchanged).dump() == unchanged


def test_slots_of_a_release_are_the_only_ones_that_a_release_reads() -> None:
    with pytest.raises(FormatError, match="cost"):
        parse_key_file(key_file().dump())


def test_founders_open_their_own_slots_only() -> None:
    made = read(key_file().dump())
    opened, digest = open_slot(
        made.slots[CO], vault=VAULT, uid=CO, passphrase=f"seven tin roofs of {CO}", bounds=CHEAP_BOUNDS
    )
    assert (opened.raw(), digest) == (identity(CO).raw(), statement_hash(genesis()))
    with pytest.raises(WrongKey):
        open_slot(made.slots[PSY], vault=VAULT, uid=PSY, passphrase=f"seven tin roofs of {CO}", bounds=CHEAP_BOUNDS)


def test_change_of_passphrase() -> None:
    made = key_file()
    slot = make_slot(
        vault=VAULT,
        uid=CO,
        passphrase="eight tin roofs",
        identity=identity(CO),
        genesis=statement_hash(genesis()),
        cost=CHEAP,
        ctr=made.slots[CO].ctr + 1,
        bounds=CHEAP_BOUNDS,
    )
    changed = read(made.with_slot(CO, slot).dump())
    assert replace(changed, slots={}) == replace(made, slots={})
    assert open_slot(changed.slots[CO], vault=VAULT, uid=CO, passphrase="eight tin roofs", bounds=CHEAP_BOUNDS)
    with pytest.raises(WrongKey):
        open_slot(changed.slots[CO], vault=VAULT, uid=CO, passphrase=f"seven tin roofs of {CO}", bounds=CHEAP_BOUNDS)


@pytest.mark.parametrize("card", ["", "A" * 40, "A" * 39, "é" * 40, "AAAA-AAAA", "0" * 40, "\ud800" * 40, "A" * 4_000])
def test_mistyped_recovery_card(card: str) -> None:
    with pytest.raises(UserError) as refused:
        open_recovery_slot(key_file().recovery_slots[PSY], vault=VAULT, uid=PSY, card=card)
    assert refused.value.field == "card"


def test_kinds_of_slots_are_not_mixed_up() -> None:
    with pytest.raises(FormatError):
        open_slot(key_file().recovery_slots[PSY], vault=VAULT, uid=PSY, passphrase="x", bounds=CHEAP_BOUNDS)
