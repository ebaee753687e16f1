"""Pins: what a login saw last, sealed to itself in two copies, against truncated logs and rolled-back files
(vault.md 6.3).
"""

from dataclasses import dataclass
from datetime import datetime

from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.keys_service import Keys, require_gone_on
from rehabdesk.core.canon import dump, parse_object
from rehabdesk.core.errors import FormatError, SealBroken, Tampered
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.db.chain import Head
from rehabdesk.db.truth import Truth
from rehabdesk.seals.aead import open_blob, seal_blob


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Generation and statement, end of the chain, counter of the own slot, time;
    `checked` = last entry of a full check. `known` = latest time that counts of the entries up to `n`; None in pins
    that an earlier version wrote.
    """

    gen: int
    st: str
    n: int
    h: str
    ctr: int
    at: datetime
    checked: int = 0
    known: datetime | None = None


def keep_pin(
    files: DeskFiles, keys: Keys, head: Head, at: datetime, *, known: datetime | None, checked: int | None = None
) -> None:
    """Writes both copies. `checked` is kept from the last pin where it is not given."""
    older = read_pin(files, keys)
    pin = Pin(
        gen=keys.statement.gen,
        st=keys.statement_digest(),
        n=head.n,
        h=head.h.hex(),
        ctr=keys.key_file.slots[keys.uid].ctr,
        at=at,
        checked=checked if checked is not None else (older.checked if older else 0),
        known=known,
    )
    files.write_pins(keys.vault, keys.uid, seal_blob(keys.pin_key(), dump(to_payload(pin)), _aad(keys)))


def read_pin(files: DeskFiles, keys: Keys) -> Pin | None:
    """The newest readable copy; None where there is none. A copy that does not open is as good as missing."""
    found = []
    for sealed in files.read_pins(keys.vault, keys.uid):
        try:
            found.append(from_payload(Pin, parse_object(open_blob(keys.pin_key(), sealed, _aad(keys)))))
        except (SealBroken, FormatError):
            continue
    return max(found, key=lambda pin: (pin.n, pin.ctr), default=None)


def check_pin(pin: Pin, keys: Keys, truth: Truth) -> None:
    """Tampered if history, slot or log is older than what this login saw."""
    require_gone_on(keys, pin.gen, pin.st)
    if keys.key_file.slots[keys.uid].ctr < pin.ctr:
        raise Tampered(
            tr("The key file holds an older passphrase of yours. An older copy was put back; call two administrators.")
        )
    found = truth.entry_hash_at(pin.n)
    if found is None or found.hex() != pin.h:
        raise Tampered(
            tr(
                "The log is shorter than when you last saw it. Either the disk lost writes or an older copy was "
                "put back. Compare with a backup; nothing is repaired by itself."
            )
        )


def _aad(keys: Keys) -> bytes:
    return dump(["rd/pin/1", keys.vault, keys.uid])
