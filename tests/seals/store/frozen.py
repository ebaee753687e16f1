"""What the frozen vectors of format 1 are made of. The JSON files beside it were written once and stay as they are.

Whatever depends on given randomness must come out as recorded; HPKE draws its own, so wraps and letters are recorded
once and must open for ever. `python -m tests.seals.store.frozen` (with src on the path) writes files that are missing.
"""

import json
from pathlib import Path
from typing import Any, TypeAlias

from rehabdesk.core.canon import sha256_hex
from rehabdesk.seals.attachment import CONTENT_BYTES, ChunkSealer
from rehabdesk.seals.kdf import KdfBounds, KdfCost
from rehabdesk.seals.keyfile import Slot, make_recovery_slot, make_slot
from rehabdesk.seals.membership import statement_hash
from rehabdesk.seals.record import RecordSealer, index_key, letter_public, own_index_key
from rehabdesk.seals.wrap import commitment
from tests.seals.store.small_desk import (
    ADM,
    CHA,
    FOUNDERS,
    PSY,
    PSY2,
    SUP,
    VAULT,
    admitted,
    after,
    genesis,
    identity,
    random_from,
    removed,
    secret,
    signed,
    wrap,
)

VECTORS = Path(__file__).parent / "vectors"
Frozen: TypeAlias = dict[str, Any]

BOUNDS = KdfBounds(memory=(8, 1 << 10), rounds=(1, 4), lanes=(1, 4))
COST = KdfCost(m=256, t=2, p=2)
PASSPHRASE = "Ｓeven tin roofs — عند الغروب ﬁ"
SID, RID, DID = bytes(range(16)), bytes(range(16, 32)), bytes(range(32, 48))
SALT = bytes(range(64, 96))
SEAL = bytes(range(96, 112))
PAYLOADS = (b"{}", '{"k":"note","t":"الغروب"}'.encode(), b"x" * 251, b"y" * 252, b"z" * 253, bytes(5_000))


def sealer(uid: str = PSY, comps: tuple[str, ...] = ("team", "clinical"), salt: bytes | None = SALT) -> RecordSealer:
    """The sealer of a login that holds `comps` in epochs 1 and 2."""
    return RecordSealer(
        vault=VAULT,
        uid=uid,
        x_secret=identity(uid).x_secret(),
        secrets_of={(comp, epoch): secret(comp, epoch) for comp in comps for epoch in (1, 2)},
        salt_of=lambda sid: salt,
        random=random_from(f"rows of {uid}"),
    )


def slot() -> Frozen:
    digest = statement_hash(genesis())
    made = make_slot(
        vault=VAULT,
        uid=PSY,
        passphrase=PASSPHRASE,
        identity=identity(PSY),
        genesis=digest,
        cost=COST,
        ctr=7,
        bounds=BOUNDS,
        random=random_from("frozen slot"),
    )
    paper, card = make_recovery_slot(
        vault=VAULT, uid=PSY, identity=identity(PSY), genesis=digest, ctr=3, random=random_from("frozen card")
    )
    return {"slot": plain_slot(made), "rslot": plain_slot(paper), "card": card, "content": content_of_slot().hex()}


def content_of_slot() -> bytes:
    return identity(PSY).raw() + statement_hash(genesis())


def plain_slot(made: Slot) -> Frozen:
    return {"salt": made.salt.hex(), "com": made.com.hex(), "ct": made.ct.hex(), "ctr": made.ctr}


def record() -> Frozen:
    made = sealer()
    rows = []
    for ver, payload in enumerate(PAYLOADS, start=1):
        ct = made.seal("clinical", 2, SID, RID, ver, payload)
        rows.append(
            {
                "ver": ver,
                "payload": payload.hex(),
                "ct": ct.hex(),
                "h": made.hash("clinical", 2, SID, RID, ver, ct).hex(),
            }
        )
    return {"comp": "clinical", "epoch": 2, "sid": SID.hex(), "rid": RID.hex(), "salt": SALT.hex(), "rows": rows}


def own_row() -> Frozen:
    made = sealer()
    rows = [
        {"kind": kind, "payload": payload.hex(), "ct": made.seal_own(DID, kind, SID, payload).hex()}
        for kind, payload in zip(("draft", "reminder", "place"), PAYLOADS, strict=False)
    ]
    return {"uid": PSY, "did": DID.hex(), "sid": SID.hex(), "salt": SALT.hex(), "rows": rows}


def statement() -> Frozen:
    first = genesis()
    second = after(admitted(first, "unewtwoa", ["clinical"]))
    third = after(removed(second, PSY2, due=["clinical"]), second)
    steps = [signed(first, *FOUNDERS), signed(second, ADM, SUP, PSY), signed(third, ADM, SUP)]
    return {
        "steps": [
            {
                "canonical": step.statement.canonical().decode("ascii"),
                "hash": statement_hash(step.statement).hex(),
                "signatures": {signer: signature.hex() for signer, signature in step.signatures.items()},
            }
            for step in steps
        ]
    }


def derived() -> Frozen:
    """Everything that HKDF gives for a compartment and a login."""
    x = identity(PSY).x_secret()
    return {
        comp: {
            "secret": secret(comp).hex(),
            "kc": commitment(secret(comp), comp).hex(),
            "letter": letter_public(secret(comp), comp).hex(),
            "index": index_key(x, secret(comp), comp).hex(),
        }
        for comp in ("team", "clinical", "pastoral")
    }


def own_index() -> Frozen:
    """The key of the index in which the letters to a login lie."""
    return {uid: own_index_key(identity(uid).x_secret(), uid).hex() for uid in (PSY, CHA)}


def chunks(count: int = 2) -> ChunkSealer:
    """The sealer of an attachment of `count` chunks; its key was drawn with fixed randomness."""
    key = sealer().attachment_key("clinical", 2, SID, RID, SEAL)
    return ChunkSealer(key, comp="clinical", epoch=2, sid=SID, rid=RID, chunks=count)


def attachment() -> Frozen:
    """Chunks are long: their hashes are recorded."""
    parts = (bytes(range(256)) * (CONTENT_BYTES // 256), b"the end")
    sealed = [chunks().seal(number, part) for number, part in enumerate(parts)]
    return {
        "seal": SEAL.hex(),
        "key": sealer().attachment_key("clinical", 2, SID, RID, SEAL).hex(),
        "chunks": [{"begins": each[:33].hex(), "sha256": sha256_hex(each)} for each in sealed],
    }


def wraps() -> Frozen:
    made = [wrap("clinical", 1, PSY, PSY2), wrap("pastoral", 1, "rec:pastoral", CHA), wrap("vault", 1, ADM, SUP)]
    return {
        "wraps": [
            {"c": one.c, "e": one.e, "to": one.to, "by": one.by, "ct": one.ct.hex(), "sig": one.sig.hex()}
            for one in made
        ]
    }


def letters() -> Frozen:
    author = sealer(CHA, comps=("pastoral",))
    to_comp = author.seal_letter("clinical", 1, letter_public(secret("clinical"), "clinical"), SID, RID, 1, PAYLOADS[1])
    to_login = author.seal_letter(f"own:{PSY}", 1, identity(PSY).x, SID, RID, 2, PAYLOADS[1])
    return {"to_compartment": to_comp.hex(), "to_login": to_login.hex(), "payload": PAYLOADS[1].hex()}


EXACT = {
    "slot": slot,
    "record": record,
    "own_row": own_row,
    "attachment": attachment,
    "statement": statement,
    "derived": derived,
    "own_index": own_index,
}
OPENED = {"wrap": wraps, "letter": letters}


def load(name: str) -> Frozen:
    content: Frozen = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))
    return content


if __name__ == "__main__":
    for name, make in {**EXACT, **OPENED}.items():
        file = VECTORS / f"{name}.json"
        if not file.exists():
            file.write_text(json.dumps({"format": 1, **make()}, indent=1, ensure_ascii=False) + "\n", "utf-8")
