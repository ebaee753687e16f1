"""The key file `vault.rdk`, format 1: membership history, slots and wraps (vault.md 4.3). Bytes in, values out."""

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from cryptography.hazmat.primitives.constant_time import bytes_eq

from rehabdesk.core.canon import VAULT_LIMITS, Json, b64, dump, parse, unb64
from rehabdesk.core.errors import FormatError, UserError, WrongKey
from rehabdesk.core.i18n import tr
from rehabdesk.seals.aead import open_blob, seal_blob
from rehabdesk.seals.identity import Identity
from rehabdesk.seals.kdf import RELEASE_BOUNDS, KdfBounds, KdfCost, Purpose, derive, passphrase_key
from rehabdesk.seals.statement import (
    COMPARTMENT,
    UID,
    SignedStatement,
    exact,
    number,
    parse_statement,
    text,
    wrong,
)
from rehabdesk.seals.wrap import Wrap

MAGIC = b"RDKEYS\x00\x01"
_HEAD, _SUM = 12, 32
_MOST_STATEMENTS, _MOST_SLOTS, _MOST_WRAPS = 5_000, 200, 20_000
_SIGNER = re.compile(rf"{UID.pattern}|rec:({COMPARTMENT.pattern})")
_CARD_BITS = 160


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "pass"  # noqa: S105 - the name of a kind
    RECOVERY_CARD = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A login's private keys and the hash of its genesis statement, sealed; `cost` is None for a recovery card."""

    cost: KdfCost | None
    salt: bytes
    com: bytes
    ct: bytes
    ctr: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """The whole content. `vault` is 16 bytes in hex."""

    vault: str
    history: tuple[SignedStatement, ...]
    slots: Mapping[str, Slot]
    recovery_slots: Mapping[str, Slot]
    wraps: tuple[Wrap, ...]

    def dump(self) -> bytes:
        body = dump(
            {
                "v": 1,
                "vault": self.vault,
                "hist": [_plain_step(step) for step in self.history],
                "slots": {uid: _plain_slot(slot) for uid, slot in self.slots.items()},
                "rslots": {uid: _plain_slot(slot) for uid, slot in self.recovery_slots.items()},
                "wraps": [_plain_wrap(wrap) for wrap in self.wraps],
            }
        )
        head = MAGIC + len(body).to_bytes(4, "little") + body
        return head + hashlib.sha256(head).digest()

    def with_slot(self, uid: str, slot: Slot) -> "KeyFile":
        return replace(self, slots={**self.slots, uid: slot})


def parse_key_file(raw: bytes, bounds: KdfBounds = RELEASE_BOUNDS) -> KeyFile:
    """FormatError for anything but a whole key file of version 1."""
    if len(raw) < _HEAD + _SUM or len(raw) > VAULT_LIMITS.max_bytes + _HEAD + _SUM or raw[:7] != MAGIC[:7]:
        raise wrong()
    if raw[7] != MAGIC[7]:
        raise FormatError("The key file was written by a newer RehabDesk. Install that version.")
    if int.from_bytes(raw[8:12], "little") != len(raw) - _HEAD - _SUM:
        raise wrong()
    if not bytes_eq(hashlib.sha256(raw[:-_SUM]).digest(), raw[-_SUM:]):
        raise wrong()
    if not raw[_HEAD:-_SUM].isascii():
        raise wrong()
    fields = exact(parse(raw[_HEAD:-_SUM], VAULT_LIMITS), "v", "vault", "hist", "slots", "rslots", "wraps")
    history, wraps = fields["hist"], fields["wraps"]
    if type(fields["v"]) is not int or fields["v"] != 1 or not isinstance(history, list) or not isinstance(wraps, list):
        raise wrong()
    if not 1 <= len(history) <= _MOST_STATEMENTS or len(wraps) > _MOST_WRAPS:
        raise wrong()
    vault = text(fields["vault"], re.compile(r"[0-9a-f]{32}"))
    steps = tuple(_parse_step(step) for step in history)
    if any(step.statement.vault != vault for step in steps):
        raise wrong()
    return KeyFile(
        vault=vault,
        history=steps,
        slots=_parse_slots(fields["slots"], SlotKind.PASSPHRASE, bounds),
        recovery_slots=_parse_slots(fields["rslots"], SlotKind.RECOVERY_CARD, bounds),
        wraps=tuple(_parse_wrap(wrap) for wrap in wraps),
    )


def make_slot(
    *,
    vault: str,
    uid: str,
    passphrase: str,
    identity: Identity,
    genesis: bytes,
    cost: KdfCost,
    ctr: int,
    bounds: KdfBounds = RELEASE_BOUNDS,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> Slot:
    """The slot that `passphrase` opens; `ctr` rises with every change, so that an older slot is noticed."""
    salt = random(16)
    kek = passphrase_key(passphrase, salt, cost, bounds)
    return _slot(vault, uid, SlotKind.PASSPHRASE, kek, salt, cost, identity.raw() + genesis, ctr, random)


def open_slot(
    slot: Slot, *, vault: str, uid: str, passphrase: str, bounds: KdfBounds = RELEASE_BOUNDS
) -> tuple[Identity, bytes]:
    """The identity and the genesis hash. WrongKey for another passphrase; SealBroken for a damaged slot."""
    if slot.cost is None:
        raise wrong()
    return _open(slot, vault, uid, SlotKind.PASSPHRASE, passphrase_key(passphrase, slot.salt, slot.cost, bounds))


def make_recovery_slot(
    *,
    vault: str,
    uid: str,
    identity: Identity,
    genesis: bytes,
    ctr: int,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> tuple[Slot, str]:
    """The slot, and the 40 characters for the printed card: 160 random bits and a 40-bit check, base32."""
    card, salt = random(_CARD_BITS // 8), random(16)
    kek = derive(card, Purpose.PAPER, salt=salt)
    slot = _slot(vault, uid, SlotKind.RECOVERY_CARD, kek, salt, None, identity.raw() + genesis, ctr, random)
    return slot, base64.b32encode(card + hashlib.sha256(card).digest()[:5]).decode("ascii")


def open_recovery_slot(slot: Slot, *, vault: str, uid: str, card: str) -> tuple[Identity, bytes]:
    """UserError for characters that were mistyped, WrongKey for the card of another login."""
    typed = "".join(card.split()).replace("-", "").upper()
    try:
        raw = base64.b32decode(typed)
    except ValueError:
        raw = b""
    bits, check = raw[: _CARD_BITS // 8], raw[_CARD_BITS // 8 :]
    if len(raw) != 25 or not bytes_eq(hashlib.sha256(bits).digest()[:5], check):
        raise UserError(tr("The characters are not those of a recovery card. Check them one by one."), field="card")
    return _open(slot, vault, uid, SlotKind.RECOVERY_CARD, derive(bits, Purpose.PAPER, salt=slot.salt))


def _slot(
    vault: str,
    uid: str,
    kind: SlotKind,
    kek: bytes,
    salt: bytes,
    cost: KdfCost | None,
    content: bytes,
    ctr: int,
    random: Callable[[int], bytes],
) -> Slot:
    return Slot(
        cost=cost,
        salt=salt,
        com=derive(kek, Purpose.COMMIT),
        ct=seal_blob(derive(kek, Purpose.SLOT), content, _slot_aad(vault, uid, kind, cost, ctr), random),
        ctr=ctr,
    )


def _open(slot: Slot, vault: str, uid: str, kind: SlotKind, kek: bytes) -> tuple[Identity, bytes]:
    if not bytes_eq(derive(kek, Purpose.COMMIT), slot.com):
        raise WrongKey(tr("That is not right. Check the sign-in name and the passphrase, then try again."))
    content = open_blob(derive(kek, Purpose.SLOT), slot.ct, _slot_aad(vault, uid, kind, slot.cost, slot.ctr))
    if len(content) != 96:
        raise wrong()
    return Identity(content[:32], content[32:64]), content[64:]


def _slot_aad(vault: str, uid: str, kind: SlotKind, cost: KdfCost | None, ctr: int) -> bytes:
    return dump(["rd/slot/1", vault, uid, str(kind), _plain_cost(cost), ctr])


def _plain_cost(cost: KdfCost | None) -> Json:
    return {} if cost is None else {"a": "argon2id", "m": cost.m, "t": cost.t, "p": cost.p}


def _plain_slot(slot: Slot) -> Json:
    plain: dict[str, Json] = {"salt": b64(slot.salt), "com": b64(slot.com), "ct": b64(slot.ct), "ctr": slot.ctr}
    if slot.cost is not None:
        plain["kdf"] = _plain_cost(slot.cost)
    return plain


def _plain_step(step: SignedStatement) -> Json:
    return {
        "st": step.statement.plain(),
        "sig": {signer: b64(signature) for signer, signature in step.signatures.items()},
    }


def _plain_wrap(wrap: Wrap) -> Json:
    return {"c": wrap.c, "e": wrap.e, "to": wrap.to, "by": wrap.by, "ct": b64(wrap.ct), "sig": b64(wrap.sig)}


def _parse_step(value: Json) -> SignedStatement:
    fields = exact(value, "st", "sig")
    if not isinstance(fields["sig"], dict):
        raise wrong()
    signatures = {text(signer, _SIGNER): unb64(signature, 64) for signer, signature in fields["sig"].items()}
    return SignedStatement(statement=parse_statement(fields["st"]), signatures=signatures)


def _parse_slots(value: Json, kind: SlotKind, bounds: KdfBounds) -> dict[str, Slot]:
    if not isinstance(value, dict) or len(value) > _MOST_SLOTS:
        raise wrong()
    return {text(uid, UID): _parse_slot(slot, kind, bounds) for uid, slot in value.items()}


def _parse_slot(value: Json, kind: SlotKind, bounds: KdfBounds) -> Slot:
    names = ("salt", "com", "ct", "ctr")
    fields = exact(value, *names, "kdf") if kind is SlotKind.PASSPHRASE else exact(value, *names)
    return Slot(
        cost=_parse_cost(fields["kdf"], bounds) if kind is SlotKind.PASSPHRASE else None,
        salt=unb64(fields["salt"], 16),
        com=unb64(fields["com"], 32),
        ct=unb64(fields["ct"], 12 + 96 + 16),
        ctr=number(fields["ctr"], 1, 10**9),
    )


def _parse_cost(value: Json, bounds: KdfBounds) -> KdfCost:
    fields = exact(value, "a", "m", "t", "p")
    if fields["a"] != "argon2id":
        raise wrong()
    most = 1 << 40
    cost = KdfCost(m=number(fields["m"], 1, most), t=number(fields["t"], 1, most), p=number(fields["p"], 1, most))
    cost.check(bounds)
    return cost


def _parse_wrap(value: Json) -> Wrap:
    fields = exact(value, "c", "e", "to", "by", "ct", "sig")
    return Wrap(
        c=text(fields["c"], COMPARTMENT),
        e=number(fields["e"], 1, 5_000),
        to=text(fields["to"], _SIGNER),
        by=text(fields["by"], _SIGNER),
        ct=unb64(fields["ct"], 80),
        sig=unb64(fields["sig"], 64),
    )
