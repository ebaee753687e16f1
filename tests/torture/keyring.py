"""Everything that one login can derive from its passphrase, tried on everything that lies in the folder.

A second reading of vault.md 4.1: what the product's sealer would refuse for good manners is tried here all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from sqlcipher3 import dbapi2 as engine

from rehabdesk.access.keys_service import Keys
from rehabdesk.core.canon import dump
from rehabdesk.core.errors import SealBroken
from rehabdesk.db.connection import FileKind, open_file
from rehabdesk.db.projection import CLINICAL, HOUSE, PASTORAL, PROTECTED, TEAM, own_comp
from rehabdesk.seals.kdf import Purpose, derive, expand
from rehabdesk.seals.wrap import hpke_open

COMPS = (TEAM, CLINICAL, PASTORAL, PROTECTED, HOUSE, "shred")
LETTER, LETTER_HEAD = 2, 19
_NONCE = bytes(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedRow:
    """A row of `rec`, or an own row (then `uid` and `kind` say whose)."""

    comp: str
    epoch: int
    sid: bytes
    rid: bytes
    ver: int
    ct: bytes
    salt: bytes
    uid: str = ""
    kind: str = ""


class Keyring:
    """All 32-byte strings within reach of a login: secrets, private keys, and every derivation of each."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        raw = keys.identity.raw()
        roots = [*keys.secrets.values(), raw[:32], raw[32:]]
        derived = [derive(root, purpose, comp) for root in roots for purpose in Purpose for comp in (None, *COMPS)]
        combined = [
            derive(raw[:32] + derive(secret, Purpose.INDEX, comp), Purpose.INDEX_KEY, comp)
            for secret in keys.secrets.values()
            for comp in COMPS
        ]
        own, own_key = own_comp(keys.uid), derive(raw[:32], Purpose.OWN)
        combined.append(derive(raw[:32] + derive(own_key, Purpose.INDEX, own), Purpose.INDEX_KEY, own))
        self.everything = tuple(dict.fromkeys([*roots, *derived, *combined]))
        letters = [derive(root, Purpose.LETTER, comp) for root in (*roots, own_key) for comp in (*COMPS, own)]
        self._private = [X25519PrivateKey.from_private_bytes(one) for one in (*roots, *letters)]
        self.tries = 0

    def open_row(self, row: SealedRow) -> bytes | None:
        """The plaintext of a row, by whatever key; None if none of them opens it."""
        if row.uid:
            return self._open_own(row)
        aad = dump([row.comp, row.epoch, row.sid.hex(), row.rid.hex(), row.ver])
        rnd, sealed = row.ct[1:17], row.ct[17:]
        bases = self.everything
        if row.ct[0] == LETTER:
            size = int.from_bytes(row.ct[17:LETTER_HEAD], "little")
            wrapped, sealed = row.ct[LETTER_HEAD : LETTER_HEAD + size], row.ct[LETTER_HEAD + size :]
            bases = (*self.everything, *self._letter_secrets(row, wrapped))
        info = dump(["rec", row.comp, row.epoch, row.sid.hex(), row.rid.hex(), row.ver, rnd.hex()])
        return self._decrypt(bases, info, row.salt, sealed, aad)

    def foreign_wraps(self) -> list[str]:
        """Wraps addressed to others that a private key of this login opens all the same: must be none."""
        vault = self.keys.vault
        opened = []
        for wrap in self.keys.key_file.wraps:
            if wrap.to == self.keys.uid:
                continue
            for to in (wrap.to, self.keys.uid):
                self.tries += 1
                try:
                    hpke_open(self.keys.identity.private_x, wrap.ct, dump(["rd/wrap/1", vault, wrap.c, wrap.e, to]))
                except SealBroken:
                    continue
                opened.append(f"{wrap.c} {wrap.e} of {wrap.to}")
        return opened

    def _open_own(self, row: SealedRow) -> bytes | None:
        rnd, sealed = row.ct[:16], row.ct[16:]
        plain = [row.uid, row.rid.hex(), row.sid.hex(), row.kind]
        return self._decrypt(self.everything, dump(["own", *plain, rnd.hex()]), row.salt, sealed, dump(["own", *plain]))

    def _letter_secrets(self, row: SealedRow, wrapped: bytes) -> Iterator[bytes]:
        info = dump(["rd/letter/1", self.keys.vault, row.comp, row.rid.hex()])
        for private in self._private:
            self.tries += 1
            try:
                yield hpke_open(private, wrapped, info)
            except SealBroken:
                continue

    def _decrypt(self, bases: tuple[bytes, ...], info: bytes, salt: bytes, sealed: bytes, aad: bytes) -> bytes | None:
        for base in bases:
            for key in (expand(base, info, salt), base):
                self.tries += 1
                try:
                    return ChaCha20Poly1305(key).decrypt(_NONCE, sealed, aad)
                except InvalidTag:
                    continue
        return None


def sealed_rows(folder: Path, keys: Keys) -> list[SealedRow]:
    """All records and own rows, read past the product with the file keys that every login holds. The desk is closed."""
    shred = open_file(folder / keys.statement.shred, keys.file_key("shred"), FileKind.SHRED)
    salts = {bytes(sid): bytes(salt) for sid, salt in shred.rows("SELECT sid, salt FROM salt")}
    shred.close()
    truth = open_file(folder / keys.statement.db, keys.file_key(HOUSE), FileKind.TRUTH)
    records = truth.rows("SELECT comp, epoch, sid, rid, ver, ct FROM rec")
    own = truth.rows("SELECT uid, did, kind, sid, ct FROM own")
    truth.close()
    return [
        *(
            SealedRow(
                comp=comp,
                epoch=epoch,
                sid=bytes(sid),
                rid=bytes(rid),
                ver=ver,
                ct=bytes(ct),
                salt=salts[bytes(sid)],
            )
            for comp, epoch, sid, rid, ver, ct in records
        ),
        *(
            SealedRow(
                comp="own",
                epoch=0,
                sid=bytes(sid),
                rid=bytes(did),
                ver=0,
                ct=bytes(ct),
                salt=salts[bytes(sid)],
                uid=uid,
                kind=kind,
            )
            for uid, did, kind, sid, ct in own
        ),
    ]


def readable_bytes(folder: Path, ring: Keyring) -> Iterator[tuple[str, bytes]]:
    """(where, plain bytes) of everything a login can read in the folder with a database browser and its own keys."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        yield f"{path.name} as it is", path.read_bytes()
        if path.suffix == ".db":
            yield from ((f"{path.name} opened", dumped) for dumped in _dumped(path, ring))
    yield from readable_rows(folder, ring)


def readable_rows(folder: Path, ring: Keyring) -> Iterator[tuple[str, bytes]]:
    """As `readable_bytes`, of the sealed rows only."""
    for row in sealed_rows(folder, ring.keys):
        opened = ring.open_row(row)
        if opened is not None:
            yield f"{row.comp} {row.rid.hex()}", opened


def _dumped(path: Path, ring: Keyring) -> Iterator[bytes]:
    """The content of a database file under every key of the ring that opens it."""
    for key in ring.everything:
        ring.tries += 1
        connection = engine.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        try:
            connection.set_key(bytearray(b"x'" + key.hex().encode() + b"'"))
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            for table in tables:
                for row in connection.execute(f"SELECT * FROM {table}"):
                    yield b" ".join(_as_bytes(value) for value in row)
        except engine.DatabaseError:
            continue  # not with this key
        finally:
            connection.close()


def _as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes) else str(value).encode()
