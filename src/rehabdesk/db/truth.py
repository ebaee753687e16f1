"""The truth file: sealed record versions and the signed chain, only ever added to, both in one transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from rehabdesk.core.canon import Json
from rehabdesk.core.clock import Clock, stamp
from rehabdesk.core.errors import Full, StorageError
from rehabdesk.core.i18n import tr
from rehabdesk.db.chain import Entry, Head, entry_hash, genesis, parse_entry
from rehabdesk.db.connection import Connection, IoFailed
from rehabdesk.db.own import OwnSealer, OwnTable

WAL_CAP_BYTES = 64 << 20


class Sealer(OwnSealer, Protocol):
    """What seals and opens rows with this login's keys (`seals.record.RecordSealer`)."""

    def seal(self, comp: str, epoch: int, sid: bytes, rid: bytes, ver: int, payload: bytes) -> bytes: ...
    def open(self, comp: str, epoch: int, sid: bytes, rid: bytes, ver: int, ct: bytes) -> bytes: ...
    def hash(self, comp: str, epoch: int, sid: bytes, rid: bytes, ver: int, ct: bytes) -> bytes: ...
    def seal_letter(
        self, comp: str, epoch: int, letter_key: bytes, sid: bytes, rid: bytes, ver: int, payload: bytes
    ) -> bytes: ...


class Signer(Protocol):
    """Who signs entries."""

    @property
    def uid(self) -> str: ...

    def sign(self, entry: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One version to be written: the next of `rid`. `letter_key` seals it for others only."""

    comp: str
    epoch: int
    sid: bytes
    rid: str
    payload: bytes
    letter_key: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A sealed version as it lies in the file."""

    seq: int
    rid: str
    ver: int
    comp: str
    epoch: int
    sid: bytes
    h: bytes
    ct: bytes


_ROW = "SELECT seq, rid, ver, comp, epoch, sid, h, ct FROM rec"


class Truth:
    """One login's hold on the truth file."""

    def __init__(
        self,
        reopen: Callable[[], Connection],
        *,
        vault: str,
        sealer: Sealer,
        signer: Signer,
        clock: Clock,
        generation: tuple[int, str],
    ) -> None:
        """`reopen` opens the file; `generation` is (gen, statement hash in hex) of the membership in force."""
        self._reopen, self._vault, self._sealer, self._signer, self._clock = reopen, vault, sealer, signer, clock
        self._generation, self._generation_named = generation, False
        self.connection = reopen()
        self.own = OwnTable(lambda: self.connection, uid=signer.uid, sealer=sealer, clock=clock)
        self._head = self._read_head()

    # reading

    def head(self) -> Head:
        return self._head

    def newest(self, rid: str) -> Row | None:
        found = self.connection.row(f"{_ROW} WHERE rid = :rid ORDER BY ver DESC LIMIT 1", {"rid": bytes.fromhex(rid)})
        return None if found is None else _row(found)

    def version(self, rid: str, ver: int) -> Row | None:
        found = self.connection.row(f"{_ROW} WHERE rid = :rid AND ver = :ver", {"rid": bytes.fromhex(rid), "ver": ver})
        return None if found is None else _row(found)

    def row_of(self, entry: Entry) -> Row | None:
        """The row that an entry speaks of."""
        found = self.connection.row(
            f"{_ROW} WHERE rid = :rid AND ver = :ver AND h = :h",
            {"rid": bytes.fromhex(entry.r), "ver": entry.v, "h": bytes.fromhex(entry.h)},
        )
        return None if found is None else _row(found)

    def raw_entries(self, after: int = 0) -> Iterator[tuple[int, bytes, bytes, bytes]]:
        """(n, body, h, sig) of every entry after number `after`, in order, read in pages."""
        while True:
            page = self.connection.rows(
                "SELECT seq, body, h, sig FROM audit WHERE seq > :after ORDER BY seq LIMIT 1000", {"after": after}
            )
            for n, body, h, sig in page:
                yield n, body.encode("utf-8"), bytes(h), bytes(sig)
            if len(page) < 1000:
                return
            after = page[-1][0]

    def entry_hash_at(self, n: int) -> bytes | None:
        """The hash of entry `n`; that of entry 0 is the chain's beginning."""
        if n == 0:
            return genesis(self._vault)
        found = self.connection.row("SELECT h FROM audit WHERE seq = :n", {"n": n})
        return None if found is None else bytes(found[0])

    def rows_after(self, seq: int) -> Iterator[Row]:
        """Every row after `seq`, in order, read in pages."""
        while True:
            page = self.connection.rows(f"{_ROW} WHERE seq > :seq ORDER BY seq LIMIT 500", {"seq": seq})
            yield from map(_row, page)
            if len(page) < 500:
                return
            seq = page[-1][0]

    def has_branches(self) -> bool:
        """Whether the tail of another copy of the log lies here (vault.md 8.5)."""
        return self.connection.row("SELECT 1 FROM branch LIMIT 1") is not None

    # writing

    def commit(
        self,
        deed: str,
        items: Sequence[Item] = (),
        *,
        drop_own: Sequence[str] = (),
        extra: Mapping[str, Json] | None = None,
        comp: str = "",
        rid: str = "",
    ) -> tuple[tuple[Row, Entry], ...]:
        """Seals and writes `items`, an entry for each (one without record where there are none), and drops own rows.

        When this returns, all of it is on the disk. StorageError: none of it is. `comp` and `rid` name what an entry
        without record is about.
        """
        before = self._head
        try:
            return self._commit(deed, items, drop_own, extra or {}, comp, rid)
        except (IoFailed, Full) as error:
            return self._find_out(before, error)

    def _commit(
        self,
        deed: str,
        items: Sequence[Item],
        drop_own: Sequence[str],
        extra: Mapping[str, Json],
        comp: str,
        rid: str,
    ) -> tuple[tuple[Row, Entry], ...]:
        written: list[tuple[Row, Entry]] = []
        head, at = self._head, self._moment()
        with self.connection.transaction():
            for item in items:
                row = self._insert(item)
                head, entry = self._append(head, deed, item.comp, item.rid, row.ver, row.h.hex(), extra, at)
                written.append((row, entry))
            if not items:
                head, _ = self._append(head, deed, comp, rid, 0, "", extra, at)
            for did in drop_own:
                self.own.delete(did)
        self._head, self._generation_named = head, True
        self._cap_log()
        return tuple(written)

    def _insert(self, item: Item) -> Row:
        rid = bytes.fromhex(item.rid)
        highest = self.connection.row("SELECT max(ver) FROM rec WHERE rid = :rid", {"rid": rid})
        ver = 1 + ((highest[0] if highest else 0) or 0)
        if item.letter_key is None:
            ct = self._sealer.seal(item.comp, item.epoch, item.sid, rid, ver, item.payload)
        else:
            ct = self._sealer.seal_letter(item.comp, item.epoch, item.letter_key, item.sid, rid, ver, item.payload)
        h = self._sealer.hash(item.comp, item.epoch, item.sid, rid, ver, ct)
        self.connection.run(
            "INSERT INTO rec (rid, ver, comp, epoch, sid, h, ct) VALUES (:rid, :ver, :comp, :epoch, :sid, :h, :ct)",
            {"rid": rid, "ver": ver, "comp": item.comp, "epoch": item.epoch, "sid": item.sid, "h": h, "ct": ct},
        )
        seq = self.connection.row("SELECT last_insert_rowid()")
        return Row(
            seq=seq[0] if seq else 0, rid=item.rid, ver=ver, comp=item.comp, epoch=item.epoch, sid=item.sid, h=h, ct=ct
        )

    def _moment(self) -> tuple[str, int]:
        """Time and monotonic ms. Every entry of one commit has the same: so a log tells one deed from two."""
        return stamp(self._clock.now()), self._clock.monotonic_ms()

    def _append(
        self,
        head: Head,
        deed: str,
        comp: str,
        rid: str,
        ver: int,
        h: str,
        extra: Mapping[str, Json],
        at: tuple[str, int],
    ) -> tuple[Head, Entry]:
        gen, statement = self._generation
        if self._first_of_generation(head):
            extra = {**extra, "st": statement}
        entry = Entry(
            n=head.n + 1,
            t=at[0],
            m=at[1],
            u=self._signer.uid,
            a=deed,
            c=comp,
            r=rid,
            v=ver,
            h=h,
            g=gen,
            p=head.h.hex(),
            x=extra,
        )
        body = entry.body()
        following = entry_hash(head.h, body)
        self.connection.run(
            "INSERT INTO audit (seq, body, h, sig) VALUES (:n, :body, :h, :sig)",
            {"n": entry.n, "body": body.decode("utf-8"), "h": following, "sig": self._signer.sign(following)},
        )
        return Head(n=entry.n, h=following), entry

    def _first_of_generation(self, head: Head) -> bool:
        if self._generation_named or head.n == 0:
            return head.n == 0
        found = self.connection.row("SELECT body FROM audit WHERE seq = :n", {"n": head.n})
        return found is None or parse_entry(found[0].encode("utf-8")).g < self._generation[0]

    def _find_out(self, before: Head, failure: StorageError) -> tuple[tuple[Row, Entry], ...]:
        """After an I/O error a commit's state is unknown: open again, look, then tell (vault.md 10)."""
        self.connection.close()
        try:
            self.connection = self._reopen()
            self._head = self._read_head()
        except StorageError as error:
            raise StorageError(
                tr(
                    "The disk failed while saving, and it cannot be found out whether it was saved. "
                    "Open the desk again and look."
                )
            ) from error
        if self._head.n == before.n:
            if isinstance(failure, Full):
                raise failure
            raise StorageError(tr("The disk failed: this was not saved. What you typed is still here; try again."))
        saved = []
        for _, body, _, _ in self.raw_entries(after=before.n):
            entry = parse_entry(body)
            row = self.row_of(entry) if entry.r and entry.h else None
            if row is not None:
                saved.append((row, entry))
        return tuple(saved)

    def _cap_log(self) -> None:
        log = self.connection.path.with_name(self.connection.path.name + "-wal")
        with suppress(StorageError, OSError):  # it is saved already; the log is folded in at another time
            if log.stat().st_size > WAL_CAP_BYTES:
                self.connection.checkpoint()

    def _read_head(self) -> Head:
        found = self.connection.row("SELECT seq, h FROM audit ORDER BY seq DESC LIMIT 1")
        return Head(n=0, h=genesis(self._vault)) if found is None else Head(n=found[0], h=bytes(found[1]))

    def change_generation(self, generation: tuple[int, str]) -> None:
        """The membership went on: entries carry the new generation from now on."""
        self._generation, self._generation_named = generation, False

    def rest(self) -> bool:
        """One slice of what is done while nobody types; whether more is left."""
        return self.connection.fold_log()

    def close(self) -> None:
        with suppress(StorageError):
            self.connection.checkpoint()
        self.connection.close()


def _row(found: tuple[object, ...]) -> Row:
    seq, rid, ver, comp, epoch, sid, h, ct = found
    return Row(
        seq=int(str(seq)),
        rid=bytes(rid).hex(),  # type: ignore[call-overload]  # a blob column
        ver=int(str(ver)),
        comp=str(comp),
        epoch=int(str(epoch)),
        sid=bytes(sid),  # type: ignore[call-overload]  # a blob column
        h=bytes(h),  # type: ignore[call-overload]  # a blob column
        ct=bytes(ct),  # type: ignore[call-overload]  # a blob column
    )
