"""Attachments on the disk: sealed into chunks before the record that names them, opened again, and leftovers removed.

The chunks are called after their record, and every login sees which records there are: so any login finds what belongs
to none without a key, and never takes another compartment's chunks for it.
"""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from rehabdesk.access.attach_store import AttachFiles
from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json, sha256_hex
from rehabdesk.core.errors import Damaged, SealBroken, StorageError
from rehabdesk.core.i18n import tr
from rehabdesk.db.chain import Entry
from rehabdesk.db.projection import Record
from rehabdesk.db.shred import Shred
from rehabdesk.db.truth import Truth
from rehabdesk.seals.attachment import CONTENT_BYTES, RND_BYTES, SEALED_BYTES, ChunkSealer, chunks_of

ATTACH_DEED = "attach"
LEFT_ALONE = timedelta(days=7)
"""A chunk without a record is left alone so long: where an older copy of the log was put back by mistake, the newer one
may name it, and the paper book, which is compared weekly, tells before it is gone (vault.md 6.3).
"""
LOOKED_AT_ALWAYS, PARTS_OF_OLD = timedelta(days=30), 32

Report = Callable[[int, int], None]
"""(chunks done, chunks in all)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What was written: what a record keeps of it, and what the log keeps (`extra`: a count and a digest)."""

    rid: str
    seal: str
    size: int
    sha256: str
    chunks: int
    digest: str

    @property
    def extra(self) -> dict[str, Json]:
        return {"chunks": self.chunks, "digest": self.digest}


class SealedFiles:
    """The attachments of one unlocked desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._files = desk, AttachFiles(desk.files.folder)

    def begin(self, comp: str, person: str, kind: str) -> "Attaching":
        """Makes ready to seal for a new record of `kind` about `person`, who has records in `comp` already.

        NoKey where this login does not hold `comp`.
        """
        index = self._desk.index_file(comp)
        sid = index.known_sid(person, index.retention_of(kind))
        if sid is None:
            raise ValueError("an attachment belongs to a record that is there")
        epoch, _ = self._desk.keys.current(comp)
        rid, rnd = self._desk.ids(), secrets.token_bytes(RND_BYTES)
        key = self._desk.sealer.attachment_key(comp, epoch, sid, bytes.fromhex(rid), rnd)

        def sealer(chunks: int) -> ChunkSealer:
            return ChunkSealer(key, comp=comp, epoch=epoch, sid=sid, rid=bytes.fromhex(rid), chunks=chunks)

        return Attaching(self._files, rid=rid, rnd=rnd, sealer=sealer)

    def opening(self, record: Record, *, seal: str, size: int, sha256: str, chunks: int) -> "Opening":
        """Makes ready to open what `record` names. NoKey where it was erased or this login may not."""
        rid = bytes.fromhex(record.rid)
        key = self._desk.sealer.attachment_key(record.comp, record.epoch, record.sid, rid, bytes.fromhex(seal))
        sealer = ChunkSealer(key, comp=record.comp, epoch=record.epoch, sid=record.sid, rid=rid, chunks=chunks)
        return Opening(self._files, record.rid, sealer, size=size, sha256=sha256)


class Attaching:
    """Content on its way into the folder. Holds a key and no open file of the desk: a job can run `write`."""

    def __init__(self, files: AttachFiles, *, rid: str, rnd: bytes, sealer: Callable[[int], ChunkSealer]) -> None:
        self._files, self.rid, self._rnd, self._sealer = files, rid, rnd, sealer

    def write(self, content: bytes, report: Report | None = None) -> Sealed:
        """Seals and writes every chunk, durably. After any failure, and when `report` raises, none of it is there."""
        chunks = chunks_of(len(content))
        sealer, digest = self._sealer(chunks), hashlib.sha256()
        try:
            self._files.make()
            for number in range(chunks):
                if report is not None:
                    report(number, chunks)
                sealed = sealer.seal(number, content[number * CONTENT_BYTES : (number + 1) * CONTENT_BYTES])
                self._files.write(self.rid, number, sealed)
                digest.update(sealed)
            self._files.sync()
            if report is not None:
                report(chunks, chunks)
        except BaseException:
            self.drop()
            raise
        return Sealed(
            rid=self.rid,
            seal=self._rnd.hex(),
            size=len(content),
            sha256=sha256_hex(content),
            chunks=chunks,
            digest=digest.hexdigest(),
        )

    def drop(self) -> None:
        """Nothing came of it. What cannot be removed now goes at an unlock."""
        with suppress(StorageError):
            self._files.drop(self.rid)


class Opening:
    """An attachment that may be opened. A job can run `read`."""

    def __init__(self, files: AttachFiles, rid: str, sealer: ChunkSealer, *, size: int, sha256: str) -> None:
        self._files, self._rid, self._sealer, self._size, self._sha256 = files, rid, sealer, size, sha256

    def read(self, report: Report | None = None) -> bytes:
        """The whole content. Missing, or Damaged where it is not exactly what was attached."""
        parts = []
        try:
            for number in range(self._sealer.chunks):
                if report is not None:
                    report(number, self._sealer.chunks)
                parts.append(self._sealer.open(number, self._files.read(self._rid, number, SEALED_BYTES + 1)))
        except SealBroken:
            raise _damaged() from None
        content = b"".join(parts)
        if len(content) != self._size or sha256_hex(content) != self._sha256:
            raise _damaged()
        return content


def remove_leftovers(files: DeskFiles, truth: Truth, shred: Shred, now: datetime) -> int:
    """Removes chunks that no record names, once they are old enough, or whose record was erased; of how many records.

    Nothing is removed while another copy of the log waits to be merged: its records may name them. So that unlocking
    does not slow down over the years, of what is older than `LOOKED_AT_ALWAYS` a part is looked at each day.
    """
    held, removed = AttachFiles(files.folder), 0
    rids = held.rids()
    if not rids or truth.has_branches():
        return 0
    recent, part = _rid_at(now - LOOKED_AT_ALWAYS), now.toordinal() % PARTS_OF_OLD
    for rid in sorted(rids):
        if rid < recent and int(rid[-2:], 16) % PARTS_OF_OLD != part:
            continue
        row = truth.newest(rid)
        if row is not None and not shred.is_gone(row.sid):
            continue
        if row is not None or all(_old_enough(chunk.changed, now) for chunk in held.held(rid)):
            with suppress(StorageError):  # at the next unlock then
                held.drop(rid)
                removed += 1
    return removed


def chunk_fault(desk: Desk, entry: Entry, *, contents: bool) -> str | None:
    """What is wrong with the chunks that an entry speaks of: `attachment_missing`, `attachment_damaged`, or None.

    Needs no key to the compartment. `contents`: every byte is compared with the digest in the entry, else sizes only.
    """
    row, chunks, digest = desk.truth.row_of(entry), entry.x.get("chunks"), entry.x.get("digest")
    if row is None or desk.shred.is_gone(row.sid):
        return None
    if type(chunks) is not int or not 0 < chunks < 10_000:
        return "attachment_damaged"
    held, seen = AttachFiles(desk.files.folder), hashlib.sha256()
    sizes = [held.size(entry.r, number) for number in range(chunks)]
    if None in sizes:
        return "attachment_missing"
    if contents:
        for number in range(chunks):
            seen.update(held.content(entry.r, number, SEALED_BYTES))
    whole = all(size == SEALED_BYTES for size in sizes) and (not contents or seen.hexdigest() == digest)
    return None if whole else "attachment_damaged"


def stray_chunks(desk: Desk, named: dict[str, int]) -> tuple[str, ...]:
    """Names of old files in the folder that belong to no record; `named`: how many chunks each record has."""
    now = desk.clock.now()
    return tuple(
        chunk.name
        for chunk in AttachFiles(desk.files.folder).held()
        if not 0 <= chunk.number < named.get(chunk.rid, 0) and _old_enough(chunk.changed, now)
    )


def _rid_at(moment: datetime) -> str:
    """The beginning of ids made at that moment (UUIDv7): earlier ones are smaller."""
    return f"{int(moment.timestamp() * 1000):012x}"


def _old_enough(changed: float, now: datetime) -> bool:
    return now.timestamp() - changed > LEFT_ALONE.total_seconds()


def _damaged() -> Damaged:
    return Damaged(tr("The attachment is damaged and is not shown. Look for the folder attach in the latest backup."))
