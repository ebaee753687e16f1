"""Key files with one to three nodes changed, checksummed and signed anew, so that the change gets past both (Z2).

A reader either refuses with one of the declared errors, or gets the very keys that were wrapped for it.
"""

import base64
import hashlib
import json
import random
from collections import Counter
from typing import Any, TypeAlias

import pytest

from rehabdesk.core.errors import FormatError, NoKey, SealBroken, Tampered, WrongKey
from rehabdesk.seals.identity import Domain
from rehabdesk.seals.keyfile import MAGIC, make_recovery_slot, open_recovery_slot, open_slot, parse_key_file
from rehabdesk.seals.membership import replay, statement_hash, trusted_epochs
from rehabdesk.seals.wrap import accept_wraps
from tests.seals.store.small_desk import (
    ADM,
    CHA,
    CHEAP_BOUNDS,
    CO,
    NEW,
    PSY,
    PSY2,
    SUP,
    VAULT,
    admitted,
    after,
    genesis,
    identity,
    key_file,
    recovery,
    removed,
    secret,
    signed,
    wrap,
)

CASES = 2_000
Node: TypeAlias = Any
STRANGE: tuple[Node, ...] = (
    None, True, False, 0, -1, 1, 2, 1 << 53, 10**15, 10**16, "", "x", [], {}, [[]], {"a": {}}, "../../x",
    "vault-000009.db",
    ADM, PSY, CO, NEW, "rec:team", "own:x", "clinical", "A" * 44, "A" * 43 + "=", "AQ" + "A" * 41 + "=", "é", "removed",
    "argon2d", "\x00", "9" * 400,
)  # fmt: skip
DECLARED = (FormatError, Tampered, SealBroken, WrongKey, NoKey)


def history_of_three() -> Node:
    """A desk that admitted one person and lost another; its key file as plain JSON."""
    second = after(admitted(genesis(), NEW, ["team", "clinical"]))
    third = after(removed(second, CHA, due=["pastoral"]), second)
    made = key_file(signed(second, ADM, SUP, PSY), signed(third, ADM, SUP, CO))
    plain = json.loads(made.dump()[12:-32])
    for one in (wrap("clinical", 1, NEW, PSY), wrap("team", 2, PSY, CO)):
        one_plain = {"c": one.c, "e": one.e, "to": one.to, "by": one.by}
        plain["wraps"].append({**one_plain, "ct": encoded(one.ct), "sig": encoded(one.sig)})
    return plain


def encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def places(node: Node) -> list[tuple[Node, Node]]:
    """(container, key) of every node below."""
    found: list[tuple[Node, Node]] = []
    waiting = [node]
    while waiting:
        container = waiting.pop()
        keys: list[Node] = list(container) if isinstance(container, dict) else list(range(len(container)))
        for key in keys:
            found.append((container, key))
            if isinstance(container[key], dict | list):
                waiting.append(container[key])
    return found


def mutate(chance: random.Random, body: Node) -> None:
    container, key = chance.choice(places(body))
    match chance.randrange(6):
        case 0 if isinstance(container, dict):
            container[chance.choice(["x", "extra", key + "2", PSY, "rec:vault", "protected"])] = chance.choice(STRANGE)
        case 0 | 1:
            del container[key]
        case 2 if isinstance(container, list):
            container.append(json.loads(json.dumps(container[key])))
        case 3:
            other, from_key = chance.choice(places(body))
            container[key] = json.loads(json.dumps(other[from_key]))
        case 4 if isinstance(container[key], str) and container[key]:
            text = container[key]
            at = chance.randrange(len(text))
            container[key] = text[:at] + chance.choice("Aab9=/-\u0661") + text[at + 1 :]
        case _:
            container[key] = chance.choice(STRANGE)


def sign_anew(body: Node) -> None:
    """Numbers each statement after the one before; everybody who signed it signs again, as far as that is left."""
    previous = b""
    steps = body.get("hist")
    for step in steps if isinstance(steps, list) else []:
        if not isinstance(step, dict) or not isinstance(step.get("st"), dict) or not isinstance(step.get("sig"), dict):
            continue
        if previous:
            step["st"]["prev"] = encoded(hashlib.sha256(previous).digest())
        previous = canonical(step["st"])
        for signer in step["sig"]:
            keys = recovery(signer[4:]) if signer.startswith("rec:") else identity(signer)
            step["sig"][signer] = encoded(keys.sign(Domain.MEMBERSHIP, previous))
    wraps = body.get("wraps")
    for one in wraps if isinstance(wraps, list) else []:
        if isinstance(one, dict) and {"c", "e", "to", "by", "ct"} <= set(one) and isinstance(one["by"], str):
            keys = recovery(one["by"][4:]) if one["by"].startswith("rec:") else identity(one["by"])
            message = canonical([body.get("vault"), one["c"], one["e"], one["to"], one["by"], one["ct"]])
            one["sig"] = encoded(keys.sign(Domain.WRAP, message))


def canonical(value: Node) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def framed(body: bytes) -> bytes:
    head = MAGIC + len(body).to_bytes(4, "little") + body
    return head + hashlib.sha256(head).digest()


def read_as_psychologist(raw: bytes) -> set[tuple[str, int]]:
    """What unlocking does with the bytes; the compartments and epochs whose true keys came out."""
    read = parse_key_file(raw, CHEAP_BOUNDS)
    if PSY not in read.slots:
        raise NoKey("no slot")
    keys, digest = open_slot(
        read.slots[PSY], vault=read.vault, uid=PSY, passphrase=f"seven tin roofs of {PSY}", bounds=CHEAP_BOUNDS
    )
    assert keys.raw() == identity(PSY).raw()
    statement = replay(read.history, digest)
    assert digest == statement_hash(genesis())
    assert read.history[0].statement == genesis()
    assert (statement.users[PSY].x, statement.users[PSY].e) == (keys.x, keys.e)
    accepted, _ = accept_wraps(
        read.wraps, vault=read.vault, to=PSY, private_x=keys.private_x, epochs=trusted_epochs(read.history)
    )
    for (comp, epoch), found in accepted.items():
        assert found == secret(comp, epoch)
    return set(accepted)


def test_declared_errors_or_the_true_keys() -> None:
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    original = json.dumps(history_of_three())
    whole = read_as_psychologist(framed(canonical(json.loads(original))))
    assert whole == {("vault", 1), ("shred", 1), ("team", 1), ("team", 2), ("clinical", 1)}
    outcomes: Counter[str] = Counter()
    for case in range(CASES):
        body = json.loads(original)
        for _ in range(chance.choice([1, 1, 2, 3])):
            mutate(chance, body)
        sign_anew(body)
        try:
            accepted = read_as_psychologist(framed(canonical(body)))
        except DECLARED as error:
            outcomes[type(error).__name__] += 1
            if not error.sentence:
                raise AssertionError(f"seed {seed}, case {case}: no sentence") from error
        except Exception as error:
            raise AssertionError(f"seed {seed}, case {case}: {error!r}") from error
        else:
            outcomes["accepted"] += 1
            assert accepted <= whole, f"seed {seed}, case {case}"
    assert outcomes["FormatError"] > CASES // 4, outcomes
    assert outcomes["Tampered"] > CASES // 50, outcomes
    assert outcomes["accepted"] > CASES // 50, outcomes


def test_slot_of_a_recovery_card_under_another_name() -> None:
    slot, card = make_recovery_slot(
        vault=VAULT, uid=PSY, identity=identity(PSY), genesis=statement_hash(genesis()), ctr=1
    )
    for uid in (PSY2, CO):
        with pytest.raises(SealBroken):
            open_recovery_slot(slot, vault=VAULT, uid=uid, card=card)
