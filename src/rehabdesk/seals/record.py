"""Sealing and opening of records, letters and own rows (vault.md 3.3, 4.1, 5). The one place that knows their bytes."""

import secrets
from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from rehabdesk.core.canon import H, dump
from rehabdesk.core.errors import NoKey, SealBroken, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.seals.aead import decrypt, pad, padded_size, unpad
from rehabdesk.seals.kdf import Purpose, derive, expand
from rehabdesk.seals.wrap import HPKE_OVERHEAD, hpke_open, hpke_seal

RECORD, LETTER = 1, 2
"""First byte of a sealed row: the format, never negotiated."""

LARGEST_PAYLOAD = 1 << 20
LARGEST_ROW = 1 + 16 + 2 + 80 + padded_size(LARGEST_PAYLOAD + 4) + 16
_RND = 16
_ZERO_NONCE = bytes(12)
"""Safe: a record key seals one plaintext only, for it depends on 16 fresh random bytes."""


class RecordSealer:
    """Seals and opens with the keys of one login. `repr` shows nothing of them.

    `secrets_of` holds S[c, epoch] by (compartment, epoch); `salt_of` gives the 32-byte salt of a sid, or None if
    it was shredded.
    """

    def __init__(
        self,
        *,
        vault: str,
        uid: str,
        x_secret: bytes,
        secrets_of: Mapping[tuple[str, int], bytes],
        salt_of: Callable[[bytes], bytes | None],
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._vault, self._uid, self._secrets, self._salt_of, self._random = vault, uid, secrets_of, salt_of, random
        self._x_secret = x_secret
        self._own_key = derive(x_secret, Purpose.OWN)
        self._body_keys: dict[tuple[str, int], bytes] = {}

    def __repr__(self) -> str:
        return "RecordSealer(…)"

    def seal(self, comp: str, epoch: int, sid: bytes, rid: bytes, ver: int, payload: bytes) -> bytes:
        """A record row. NoKey without the compartment's key, or when the sid was shredded."""
        rnd = self._random(_RND)
        key = self._record_key(self._body_key(comp, epoch), comp, epoch, sid, rid, ver, rnd)
        return bytes([RECORD]) + rnd + _encrypt(key, payload, _record_aad(comp, epoch, sid, rid, ver))

    def open(self, comp: str, epoch: int, sid: bytes, rid: bytes, ver: int, ct: bytes) -> bytes:
        """The payload of a record or letter row. NoKey where this login may not read, SealBroken where it is
        not whole.
        """
        if len(ct) < 1 + _RND or ct[0] not in (RECORD, LETTER):
            raise SealBroken("A record is of a form that this version does not know.")
        if len(ct) > LARGEST_ROW:
            raise SealBroken("A record is larger than any that is written.")
        rnd, rest = ct[1 : 1 + _RND], ct[1 + _RND :]
        if ct[0] == LETTER:
            base, rest = self._letter_secret(comp, epoch, rid, rest)
        else:
            base = self._body_key(comp, epoch)
        key = self._record_key(base, comp, epoch, sid, rid, ver, rnd)
        return unpad(decrypt(key, _ZERO_NONCE, rest, _record_aad(comp, epoch, sid, rid, ver)))

    def seal_letter(
        self, comp: str, epoch: int, letter_key: bytes, sid: bytes, rid: bytes, ver: int, payload: bytes
    ) -> bytes:
        """A row that its author cannot open again: sealed to the public letter key of a compartment or login."""
        rnd, secret = self._random(_RND), self._random(32)
        key = self._record_key(secret, comp, epoch, sid, rid, ver, rnd)
        wrapped = hpke_seal(letter_key, secret, self._letter_info(comp, rid))
        head = bytes([LETTER]) + rnd + len(wrapped).to_bytes(2, "little") + wrapped
        return head + _encrypt(key, payload, _record_aad(comp, epoch, sid, rid, ver))

    def attachment_key(self, comp: str, epoch: int, sid: bytes, rid: bytes, rnd: bytes) -> bytes:
        """The key of one attachment's chunks, which dies with the salt of its record (`attachment.ChunkSealer`).

        `rnd` is 16 fresh random bytes, kept in the record. NoKey as `seal`.
        """
        info = dump(["attach", comp, epoch, sid.hex(), rid.hex(), rnd.hex()])
        return expand(self._body_key(comp, epoch), info, self._salt(sid))

    def hash(self, comp: str, epoch: int, sid: bytes, rid: bytes, ver: int, ct: bytes) -> bytes:
        """h of the row, the same in the row and in its audit entry."""
        return H(_record_aad(comp, epoch, sid, rid, ver), ct)

    def seal_own(self, did: bytes, kind: str, sid: bytes, payload: bytes) -> bytes:
        """A draft or other row that only this login opens."""
        rnd = self._random(_RND)
        return rnd + _encrypt(self._own_row_key(did, kind, sid, rnd), payload, self._own_aad(did, kind, sid))

    def open_own(self, did: bytes, kind: str, sid: bytes, ct: bytes) -> bytes:
        rnd, rest = ct[:_RND], ct[_RND:]
        return unpad(decrypt(self._own_row_key(did, kind, sid, rnd), _ZERO_NONCE, rest, self._own_aad(did, kind, sid)))

    def _body_key(self, comp: str, epoch: int) -> bytes:
        found = self._body_keys.get((comp, epoch))
        if found is None:
            found = self._body_keys[comp, epoch] = derive(self._secret(comp, epoch), Purpose.BODY, comp)
        return found

    def _secret(self, comp: str, epoch: int) -> bytes:
        found = self._secrets.get((comp, epoch))
        if found is None:
            raise NoKey("This login holds no key for that compartment.")
        return found

    def _salt(self, sid: bytes) -> bytes:
        salt = self._salt_of(sid)
        if salt is None:
            raise NoKey("This record was erased; nobody can open it.")
        return salt

    def _record_key(self, base: bytes, comp: str, epoch: int, sid: bytes, rid: bytes, ver: int, rnd: bytes) -> bytes:
        info = dump(["rec", comp, epoch, sid.hex(), rid.hex(), ver, rnd.hex()])
        return expand(base, info, self._salt(sid))

    def _letter_secret(self, comp: str, epoch: int, rid: bytes, rest: bytes) -> tuple[bytes, bytes]:
        size = int.from_bytes(rest[:2], "little")
        if size != 32 + HPKE_OVERHEAD or len(rest) < 2 + size:
            raise SealBroken("A letter is not of the form that this version knows.")
        if comp == f"own:{self._uid}":
            private = X25519PrivateKey.from_private_bytes(self._x_secret)
        else:
            private = letter_private(self._secret(comp, epoch), comp)
        return hpke_open(private, rest[2 : 2 + size], self._letter_info(comp, rid)), rest[2 + size :]

    def _letter_info(self, to: str, rid: bytes) -> bytes:
        return dump(["rd/letter/1", self._vault, to, rid.hex()])

    def _own_aad(self, did: bytes, kind: str, sid: bytes) -> bytes:
        return dump(["own", self._uid, did.hex(), sid.hex(), kind])

    def _own_row_key(self, did: bytes, kind: str, sid: bytes, rnd: bytes) -> bytes:
        info = dump(["own", self._uid, did.hex(), sid.hex(), kind, rnd.hex()])
        return expand(self._own_key, info, self._salt(sid))


def letter_private(secret: bytes, comp: str) -> X25519PrivateKey:
    """The private letter key of a compartment's epoch; its public half stands in the statement."""
    return X25519PrivateKey.from_private_bytes(derive(secret, Purpose.LETTER, comp))


def letter_public(secret: bytes, comp: str) -> bytes:
    return letter_private(secret, comp).public_key().public_bytes_raw()


def index_key(x_secret: bytes, secret: bytes, comp: str) -> bytes:
    """The raw key of one login's index of one compartment and epoch (vault.md 4.1)."""
    return derive(x_secret + derive(secret, Purpose.INDEX, comp), Purpose.INDEX_KEY, comp)


def own_index_key(x_secret: bytes, uid: str) -> bytes:
    """The raw key of a login's index of the letters to it: its own key stands where a compartment has its secret."""
    return index_key(x_secret, derive(x_secret, Purpose.OWN), f"own:{uid}")


def is_letter(ct: bytes) -> bool:
    """Whether a row was sealed for its readers only."""
    return ct[:1] == bytes([LETTER])


def _record_aad(comp: str, epoch: int, sid: bytes, rid: bytes, ver: int) -> bytes:
    return dump([comp, epoch, sid.hex(), rid.hex(), ver])


def _encrypt(key: bytes, payload: bytes, aad: bytes) -> bytes:
    if len(payload) > LARGEST_PAYLOAD:
        raise UserError(tr("This is too long to be kept as one record. Divide it into several."))
    return ChaCha20Poly1305(key).encrypt(_ZERO_NONCE, pad(payload), aad)
