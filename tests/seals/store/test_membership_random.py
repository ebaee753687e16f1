"""Random statements and signer sets: accepted exactly when an independent reading of vault.md 4.4 accepts (P2).

The reading below works on the plain JSON form and shares no code with `seals.membership`. The seed comes from
pytest-randomly, whose own seed stands in the head of every run.
"""

import base64
import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from rehabdesk.core.errors import FormatError, Tampered
from rehabdesk.seals.identity import Domain
from rehabdesk.seals.membership import replay
from rehabdesk.seals.statement import Compartment, SignedStatement, parse_statement
from tests.seals.store.small_desk import (
    ADM,
    CHA,
    CO,
    FOUNDERS,
    NEW,
    PSY,
    PSY2,
    SUP,
    compartment,
    genesis,
    identity,
    recovery,
    signed,
    signed_genesis,
    user,
)

CASES = 1_200
Plain: TypeAlias = dict[str, Any]
Step: TypeAlias = tuple[Plain, dict[str, bytes]]


# The independent reading


def canonical(plain: Plain) -> bytes:
    return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()


def verifies(public: str, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public)).verify(signature, b"rd/membership/1\0" + message)
    except (InvalidSignature, ValueError):
        return False
    return True


def members_of(plain: Plain, comp: str) -> set[str]:
    return set(plain["comps"][comp]["members"]) if comp in plain["comps"] else set()


def active_in(plain: Plain) -> set[str]:
    return {uid for uid in plain["users"] if plain["users"][uid]["status"] == "active"}


def state_is_lawful(new: Plain) -> bool:
    admins, active = set(new["admins"]), active_in(new)
    pairs = [(held["x"], held["e"]) for held in new["users"].values()]
    confidential = [comp for comp in new["comps"] if comp.split("-")[0] in ("clinical", "pastoral", "protected")]
    return all(
        (
            admins <= active,
            2 <= new["quorum"] <= len(admins),
            len({x for x, _ in pairs}) == len({e for _, e in pairs}) == len(pairs),
            members_of(new, "vault") == active == members_of(new, "shred"),
            all(comp in new["comps"] and comp not in ("vault", "shred") for comp in new["due"]),
            all(members_of(new, comp) <= set(new["users"]) for comp in new["comps"]),
            all(members_of(new, comp) <= active for comp in new["comps"] if comp not in new["due"]),
            not any(members_of(new, comp) & admins for comp in confidential),
        )
    )


def succession_is_lawful(old: Plain, new: Plain) -> bool:
    if (new["gen"], new["vault"]) != (old["gen"] + 1, old["vault"]):
        return False
    if base64.b64decode(new["prev"]) != hashlib.sha256(canonical(old)).digest():
        return False
    for uid, was in old["users"].items():
        now = new["users"].get(uid)
        if now is None or (was["x"], was["e"]) != (now["x"], now["e"]):
            return False
        if was["status"] == "removed" and now["status"] == "active":
            return False
    inactive = set(new["users"]) - active_in(new)
    for comp in {*old["comps"], *new["comps"]}:
        if comp not in new["comps"]:
            return False
        now = new["comps"][comp]
        if comp not in old["comps"]:
            if now["epoch"] != 1 or not now["members"]:
                return False
            continue
        was = old["comps"][comp]
        rise = now["epoch"] - was["epoch"]
        if rise == 0:
            if (
                was["kc"] != now["kc"]
                or was["letter"] != now["letter"]
                or members_of(old, comp) - members_of(new, comp)
            ):
                return False
        elif rise != 1 or was["kc"] == now["kc"] or was["letter"] == now["letter"]:
            return False
        if (members_of(new, comp) - members_of(old, comp)) & inactive:
            return False
    return True


def signers_by(known: Plain, message: bytes, signatures: dict[str, bytes], *, uids: set[str]) -> set[str]:
    holding = set()
    for signer, signature in signatures.items():
        if signer in uids:
            public = known["users"][signer]["e"]
        elif signer.startswith("rec:") and known["comps"].get(signer[4:], {}).get("rec"):
            public = known["comps"][signer[4:]]["rec"]["e"]
        else:
            continue
        if verifies(public, message, signature):
            holding.add(signer)
    return holding


def is_rotation_by_member(old: Plain, new: Plain, signers: set[str]) -> bool:
    for comp in old["due"]:
        staying = sorted(members_of(old, comp) & active_in(old))
        if not signers & set(staying) or comp not in new["comps"]:
            continue
        undone = json.loads(canonical(new))
        undone["gen"], undone["prev"] = old["gen"], old["prev"]
        undone["due"] = sorted({*new["due"], comp})
        if (
            undone["comps"][comp]["members"] != staying
            or undone["comps"][comp]["epoch"] != old["comps"][comp]["epoch"] + 1
        ):
            continue
        for field in ("members", "epoch", "kc", "letter"):
            undone["comps"][comp][field] = old["comps"][comp][field]
        if undone == old and comp not in new["due"]:
            return True
    return False


def signatures_suffice(old: Plain, new: Plain, signatures: dict[str, bytes]) -> bool:
    message = canonical(new)
    signers = signers_by(old, message, signatures, uids=active_in(old))
    newcomers = set(new["users"]) - set(old["users"])
    founders = signers_by(new, message, {uid: signatures[uid] for uid in newcomers & set(signatures)}, uids=newcomers)
    for comp, was in old["comps"].items():
        now = new["comps"][comp]
        if f"rec:{comp}" in signers and (now["epoch"] == was["epoch"] or not now["rec"] or now["rec"] == was["rec"]):
            return False
    if is_rotation_by_member(old, new, signers):
        return True
    if len(signers & set(old["admins"])) < old["quorum"]:
        return False
    for comp, now in new["comps"].items():
        if comp not in old["comps"]:
            if members_of(new, comp) - (signers | founders):
                return False
        elif comp not in ("vault", "shred") and now != old["comps"][comp]:
            consenting = signers & (members_of(old, comp) | {f"rec:{comp}"})
            if not consenting:
                return False
    return True


def lawful(old: Plain, new: Plain, signatures: dict[str, bytes]) -> bool:
    return succession_is_lawful(old, new) and state_is_lawful(new) and signatures_suffice(old, new, signatures)


# Random desks: mostly honest deeds, a few attacks, signers with gaps

Deed: TypeAlias = Callable[[random.Random, Plain], set[str]]
"""Changes a plain statement; returns the signers that an honest desk would have for it, besides administrators."""


def some(chance: random.Random, plain: Plain, comp: str) -> set[str]:
    present = sorted(members_of(plain, comp) & active_in(plain))
    return {chance.choice(present)} if present else set()


def renew(chance: random.Random, plain: Plain, comp: str, *, recovery_too: bool = False) -> None:
    held = plain["comps"][comp]
    fresh = compartment(comp, [], held["epoch"] + 1, held["epoch"] + 1)
    plain_fresh = {"kc": base64.b64encode(fresh.kc).decode(), "letter": base64.b64encode(fresh.letter).decode()}
    held.update(plain_fresh, epoch=held["epoch"] + 1)
    if recovery_too and fresh.rec is not None:
        held["rec"] = {"x": base64.b64encode(fresh.rec.x).decode(), "e": base64.b64encode(fresh.rec.e).decode()}


def plain_compartment(held: Compartment) -> Plain:
    plain: Plain = json.loads(replace(genesis(), comps={"team": held}).canonical())["comps"]["team"]
    return plain


def rotate(chance: random.Random, plain: Plain) -> set[str]:
    comp = chance.choice(sorted(plain["comps"]))
    signers = some(chance, plain, comp)
    renew(chance, plain, comp)
    return signers


def recover(chance: random.Random, plain: Plain) -> set[str]:
    comp = chance.choice(sorted(plain["comps"]))
    renew(chance, plain, comp, recovery_too=chance.random() < 0.8)
    return {f"rec:{comp}"}


def admit(chance: random.Random, plain: Plain) -> set[str]:
    uid = chance.choice([uid for uid in (NEW, "unewtwoa", "unewtri2") if uid not in plain["users"]] or [CO])
    comps = chance.sample(["team", "clinical", "pastoral"], chance.randint(0, 2))
    signers = set().union(*(some(chance, plain, comp) for comp in comps))
    fresh = user(uid)
    plain["users"][uid] = {
        "sign": fresh.sign,
        "card": base64.b64encode(fresh.card).decode(),
        "x": base64.b64encode(fresh.x).decode(),
        "e": base64.b64encode(fresh.e).decode(),
        "status": "active",
    }
    for comp in ("vault", "shred", *comps):
        plain["comps"][comp]["members"] = sorted({*plain["comps"][comp]["members"], uid})
    return signers


def remove(chance: random.Random, plain: Plain) -> set[str]:
    uid = chance.choice(sorted(set(plain["users"]) - {ADM, SUP}))
    signers: set[str] = set()
    plain["users"][uid]["status"] = "removed"
    for comp, held in plain["comps"].items():
        if uid not in held["members"]:
            continue
        if comp not in ("vault", "shred") and chance.random() < 0.5:
            plain["due"] = sorted({*plain["due"], comp})
            continue
        held["members"] = [member for member in held["members"] if member != uid]
        signers |= some(chance, plain, comp)
        renew(chance, plain, comp)
    return signers


def rotate_due(chance: random.Random, plain: Plain) -> set[str]:
    if not plain["due"]:
        return remove(chance, plain)
    comp = chance.choice(plain["due"])
    held = plain["comps"][comp]
    held["members"] = sorted(members_of(plain, comp) & active_in(plain))
    plain["due"].remove(comp)
    renew(chance, plain, comp)
    return {*some(chance, plain, comp), "alone"}


def found(chance: random.Random, plain: Plain) -> set[str]:
    comp = chance.choice(["protected", "pastoral-2", "pastoral-3"])
    members = chance.sample([PSY, PSY2, CHA, CO, SUP], chance.randint(0, 2))
    if comp in plain["comps"]:
        return rotate(chance, plain)
    fresh = compartment(comp, members, chance.choice([1, 1, 1, 2]))
    plain["comps"][comp] = plain_compartment(fresh)
    return set(members)


def tamper(chance: random.Random, plain: Plain) -> set[str]:
    comp = chance.choice(sorted(plain["comps"]))
    held = plain["comps"][comp]
    uid = chance.choice(sorted(plain["users"]))
    match chance.randrange(13):
        case 0:
            plain["quorum"] = chance.choice([1, 2, 3])
        case 1:
            plain["admins"] = sorted(chance.sample(sorted(plain["users"]), chance.randint(1, 3)))
        case 2:
            held["members"] = sorted(chance.sample(sorted(plain["users"]), chance.randint(0, 3)))
        case 3:
            held["epoch"] += chance.choice([-1, 1, 2])
        case 4:
            held["kc"] = base64.b64encode(chance.randbytes(32)).decode()
        case 5:
            plain["users"][uid]["e"] = base64.b64encode(identity(NEW).e).decode()
        case 6:
            plain["users"][uid]["x"] = plain["users"][chance.choice(sorted(plain["users"]))]["x"]
        case 7:
            plain["users"][uid]["status"] = chance.choice(["active", "removed"])
        case 8:
            del plain["users"][uid]
        case 9:
            del plain["comps"][comp]
        case 10:
            plain["due"] = sorted(chance.sample(sorted(plain["comps"]), chance.randint(0, 2)))
        case 11:
            plain["gen"] += chance.choice([-1, 1])
        case _:
            held["rec"] = chance.choice(
                [{}, {"x": base64.b64encode(identity(NEW).x).decode(), "e": base64.b64encode(identity(NEW).e).decode()}]
            )
    return set()


def change_of_cards(chance: random.Random, plain: Plain) -> set[str]:
    plain["users"][chance.choice(sorted(plain["users"]))]["card"] = base64.b64encode(chance.randbytes(32)).decode()
    return set()


HONEST: tuple[Deed, ...] = (rotate, recover, admit, remove, rotate_due, rotate_due, found, change_of_cards)


def random_step(chance: random.Random, old: Plain) -> Step:
    new = json.loads(canonical(old))
    new["gen"] += 1
    new["prev"] = base64.b64encode(hashlib.sha256(canonical(old)).digest()).decode()
    wanted: set[str] = set()
    for _ in range(chance.choice([1, 1, 1, 2])):
        wanted |= chance.choice(HONEST)(chance, new)
    if chance.random() < 0.3:
        tamper(chance, new)
    wanted |= set(old["admins"]) if "alone" not in wanted or chance.random() < 0.3 else set()
    if chance.random() < 0.3 and wanted:
        wanted.discard(chance.choice(sorted(wanted)))
    wanted |= set(chance.sample(sorted(FOUNDERS), chance.choice([0, 0, 0, 1, 3])))
    if chance.random() < 0.05:
        wanted |= {"rec:clinical"}
    message = canonical(new)
    signatures = {}
    for signer in wanted - {"alone"}:
        comp = signer.removeprefix("rec:")
        if signer.startswith("rec:"):
            keys = recovery(comp, old["comps"].get(comp, {"epoch": 1})["epoch"])
        else:
            keys = identity(signer if chance.random() > 0.03 else NEW)
        signatures[signer] = keys.sign(Domain.MEMBERSHIP, message)
    return new, signatures


def test_accepted_exactly_when_the_independent_reading_accepts() -> None:
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for case in range(CASES):
        if case % 12 == 0:
            history, digest = [signed_genesis()], hashlib.sha256(canonical(genesis().plain())).digest()
        old = json.loads(history[-1].statement.canonical())
        new, signatures = random_step(chance, old)
        try:
            step = SignedStatement(statement=parse_statement(new), signatures=signatures)
        except FormatError:
            outcomes["not a statement"] += 1
            assert any(held["epoch"] < 1 for held in new["comps"].values()), f"seed {seed} case {case}"
            continue
        expected = lawful(old, new, signatures)
        try:
            replay([*history, step], digest)
            accepted = True
        except Tampered:
            accepted = False
        assert accepted == expected, f"seed {seed} case {case}: {new} signed by {sorted(signatures)}"
        outcomes["accepted" if accepted else "refused"] += 1
        if accepted:
            outcomes["by a member alone"] += not {ADM, SUP} <= set(signatures)
            history.append(step)
    assert outcomes["accepted"] >= CASES // 6
    assert outcomes["refused"] >= CASES // 6
    assert outcomes["by a member alone"] >= 5


def test_genesis_is_accepted_exactly_when_everybody_in_it_signed() -> None:
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    digest = hashlib.sha256(canonical(genesis().plain())).digest()
    for _ in range(60):
        signers = chance.sample(
            FOUNDERS, chance.choice([len(FOUNDERS), len(FOUNDERS), chance.randrange(len(FOUNDERS))])
        )
        if set(signers) == set(FOUNDERS):
            replay([signed(genesis(), *signers)], digest)
        else:
            with pytest.raises(Tampered):
                replay([signed(genesis(), *signers)], digest)
