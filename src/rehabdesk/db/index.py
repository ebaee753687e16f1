"""One login's index of one compartment: ordinary tables and full-text search, made from the records it may read.

Disposable: on any doubt it is deleted and built again from the truth; never migrated, never repaired (vault.md 7).
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from rehabdesk.core.canon import VAULT_LIMITS, Json, dump, parse_object
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import FormatError, Locked, NoKey, SealBroken, StorageError, UserError
from rehabdesk.core.files import storage_error
from rehabdesk.core.text import FOLDING_VERSION
from rehabdesk.db.chain import Entry, parse_entry
from rehabdesk.db.connection import Connection, FileKind, create_file, open_file
from rehabdesk.db.fulltext import Matched, index_text, match_recorded, match_rows, merge
from rehabdesk.db.projection import Projection, Record, SearchText, family_of
from rehabdesk.db.truth import Row, Sealer, Truth

_BATCH = 2_000
SINGLE = "single"
"""Class of sids that serve one record only."""


Progress = Callable[[int, int], None]
"""(entries done, entries in all) while an index is brought up to date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A row that is in the truth and not in the index, and who wrote it: reported, never a lock-out."""

    rid: str
    ver: int
    author: str
    why: str


class IndexFile:
    """Implements `projection.Index` for the stores, and keeps itself in step with the truth for the engine."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        comp: str,
        projections: Sequence[Projection],
        truth: Truth,
        sealer: Sealer,
        trusted_author: Callable[[Entry, bytes, bytes], bool],
        progress: Progress | None = None,
    ) -> None:
        """Opens or builds the file and catches up. `trusted_author` says whether an entry's signature is its
        author's.
        """
        self._path, self._key, self.comp = path, key, comp
        self._projections = tuple(one for one in projections if family_of(comp) in one.comps)
        self._by_kind = {kind: one for one in self._projections for kind in one.kinds}
        self._truth, self._sealer, self._trusted_author = truth, sealer, trusted_author
        self.quarantined: list[Quarantined] = []
        self.dirty = False
        self._connection = self._open()
        self.catch_up(progress)

    # what stores use

    def run(self, sql: str, values: Mapping[str, Any] | None = None) -> None:
        self._connection.run(sql, values)

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        return self._connection.rows(sql, values)

    def row(self, sql: str, values: Mapping[str, Any] | None = None) -> tuple[Any, ...] | None:
        return self._connection.row(sql, values)

    def match(self, query: str, *, scope: Sequence[str] = (), limit: int = 50, before: int | None = None) -> list[str]:
        """Ids of records that hold all words of `query` (the last one as a beginning), newest first."""
        return [rid for _, rid in self.match_rows(query, scope=scope, limit=limit, before=before)]

    def match_rows(
        self, query: str, *, scope: Sequence[str] = (), limit: int = 50, before: int | None = None
    ) -> list[tuple[int, str]]:
        """As `match`, with the row ids by which a list is continued."""
        return match_rows(self._connection, query, scope=scope, limit=limit, before=before)

    def match_recorded(
        self, query: str, *, narrow: Sequence[Sequence[str]] = (), limit: int, before: int | None = None
    ) -> list[Matched]:
        """What holds all words of `query` and a term of each group in `narrow`, newest first, with author and time."""
        return match_recorded(self._connection, query, narrow=narrow, limit=limit, before=before)

    def words_of(self, record: Record) -> SearchText | None:
        """What full-text search finds the record by."""
        return self._by_kind[record.kind].search(record)

    # what the engine uses

    def known_sid(self, person: str, retention: str) -> bytes | None:
        found = self._connection.row(
            "SELECT sid FROM sids WHERE person = :person AND class = :class", {"person": person, "class": retention}
        )
        return None if found is None else bytes(found[0])

    def retention_of(self, kind: str) -> str:
        return self._by_kind[kind].retention[kind]

    def knows(self, kind: str) -> bool:
        return kind in self._by_kind

    def seen(self, rid: str, ver: int) -> tuple[bytes, str, str] | None:
        """(h, author, stamp) of an applied version; None for one that this index does not hold."""
        found = self._connection.row(
            "SELECT h, author, at FROM seen WHERE rid = :rid AND ver = :ver", {"rid": rid, "ver": ver}
        )
        return None if found is None else (bytes(found[0]), str(found[1]), str(found[2]))

    def opened(self, row: Row, author: str, at: str) -> Record:
        """The record of a row. NoKey, SealBroken or FormatError; the hash is compared first."""
        rid = bytes.fromhex(row.rid)
        if self._sealer.hash(row.comp, row.epoch, row.sid, rid, row.ver, row.ct) != row.h:
            raise SealBroken("A record is not the one that its entry speaks of.")
        payload = parse_object(self._sealer.open(row.comp, row.epoch, row.sid, rid, row.ver, row.ct), VAULT_LIMITS)
        kind, pv, person = payload.pop("k", None), payload.pop("pv", None), payload.pop("person", None)
        if not isinstance(kind, str) or type(pv) is not int or not (person is None or isinstance(person, str)):
            raise FormatError("A record is not of the form that this version knows.")
        return Record(
            rid=row.rid,
            ver=row.ver,
            seq=row.seq,
            comp=row.comp,
            epoch=row.epoch,
            sid=row.sid,
            h=row.h,
            kind=kind,
            pv=pv,
            person=person,
            payload=payload,
            author=author,
            recorded_at=parse_stamp(at),
        )

    def apply(self, written: Sequence[tuple[Row, Entry]]) -> tuple[Record, ...]:
        """Puts what was just committed into the tables. An engine error sets `dirty` and is not raised: it is saved."""
        records = tuple(self.opened(row, entry.u, entry.t) for row, entry in written if row.comp == self.comp)
        if self.dirty:
            self.catch_up()
            return records
        try:
            with self._connection.transaction():
                for record in records:
                    self._apply(record)
                self._mark_position()
        except StorageError:
            self.dirty = True
        return records

    def catch_up(self, progress: Progress | None = None) -> None:
        """Applies what the truth holds and the index does not. StorageErrors leave it dirty, with what it had."""
        try:
            position = self._position()
            total = self._truth.head().n - position
            for batch in _batches(self._truth.raw_entries(after=position), _BATCH):
                with self._connection.transaction():
                    for _, body, h, sig in batch:
                        self._apply_entry(body, h, sig)
                    last, _, head, _ = batch[-1]
                    self._set_position(last, head)
                if progress is not None:
                    progress(last - position, total)
            self.dirty = False
        except Locked:
            raise
        except StorageError:
            self.dirty = True

    def close(self) -> None:
        with suppress(StorageError):
            self._connection.checkpoint()
        self._connection.close()

    def rest(self) -> bool:
        """One slice of what is done while nobody types (performance.md 4); whether more is left. Takes under 50 ms."""
        if self.dirty:
            return False
        return merge(self._connection) or self._connection.fold_log()

    # keeping in step

    def _open(self) -> Connection:
        try:
            connection = open_file(self._path, self._key, FileKind.INDEX)
        except Locked:
            raise
        except StorageError:
            return self._build()
        if _fits(connection, self._truth, self._projections):
            return connection
        connection.close()
        return self._build()

    def _build(self) -> Connection:
        beginning = self._truth.entry_hash_at(0) or b""
        return build_file(self._path, self._key, self._projections, beginning)

    def _position(self) -> int:
        found = self._connection.row("SELECT v FROM st WHERE k = 'n'")
        return int(found[0]) if found else 0

    def _mark_position(self) -> None:
        head = self._truth.head()
        self._set_position(head.n, head.h)

    def _set_position(self, n: int, h: bytes) -> None:
        for k, v in (("n", n), ("h", h)):
            self._connection.run("UPDATE st SET v = :v WHERE k = :k", {"k": k, "v": v})

    def _apply_entry(self, body: bytes, h: bytes, sig: bytes) -> None:
        entry = parse_entry(body)
        if entry.c != self.comp or not entry.h:
            return
        why = ""
        row = self._truth.row_of(entry)
        if row is None:
            why = "missing"
        elif not self._trusted_author(entry, h, sig):
            why = "signature"
        else:
            self._connection.run("SAVEPOINT one")
            try:
                self._apply(self.opened(row, entry.u, entry.t))
            except NoKey:
                pass  # erased, or of an epoch before this login joined: not its business
            except (SealBroken, FormatError, UserError):  # UserError: it breaks a rule of its own feature
                why = "unreadable"
                self._connection.run("ROLLBACK TO one")
            self._connection.run("RELEASE one")
        if why:
            self.quarantined.append(Quarantined(rid=entry.r, ver=entry.v, author=entry.u, why=why))

    def _apply(self, record: Record) -> None:
        first_time = self.seen(record.rid, record.ver) is None
        projection = self._by_kind.get(record.kind)
        if projection is None or record.pv not in projection.kinds[record.kind]:
            self._connection.run(
                "INSERT OR REPLACE INTO later (rid, ver, k, pv) VALUES (:rid, :ver, :k, :pv)",
                {"rid": record.rid, "ver": record.ver, "k": record.kind, "pv": record.pv},
            )
            self._note_seen(record, None)
            return
        retention = projection.retention[record.kind]
        if retention != SINGLE:
            self._connection.run(
                "INSERT OR IGNORE INTO sids (person, class, sid) VALUES (:person, :class, :sid)",
                {"person": record.person or "", "class": retention, "sid": record.sid},
            )
        projection.apply(self, record)
        old = self.row("SELECT doc FROM seen WHERE rid = :rid AND doc IS NOT NULL", {"rid": record.rid})
        doc = index_text(
            self._connection,
            record.rid,
            projection.search(record),
            old=None if old is None else int(old[0]),
            first_time=first_time,
        )
        if old is not None:
            self.run("UPDATE seen SET doc = NULL WHERE rid = :rid AND doc IS NOT NULL", {"rid": record.rid})
        self._note_seen(record, doc)

    def _note_seen(self, record: Record, doc: int | None) -> None:
        self._connection.run(
            """INSERT OR REPLACE INTO seen (rid, ver, h, sid, author, at, doc)
            VALUES (:rid, :ver, :h, :sid, :author, :at, :doc)""",
            {
                "rid": record.rid,
                "ver": record.ver,
                "h": record.h,
                "sid": record.sid,
                "author": record.author,
                "at": stamp(record.recorded_at),
                "doc": doc,
            },
        )


def _fits(connection: Connection, truth: Truth, projections: Sequence[Projection]) -> bool:
    """Made by this very code, and not ahead of the truth or of another one."""
    try:
        if connection.row("SELECT 1 FROM sqlite_schema WHERE name = 'st'") is None:
            return False  # a crash left the file without its schema
        state = {str(k): v for k, v in connection.rows("SELECT k, v FROM st")}
        at = truth.entry_hash_at(int(state.get("n", -1)))
        return state.get("marker") == marker_of(projections) and at is not None and at == bytes(state.get("h", b""))
    except (StorageError, TypeError, ValueError):
        return False


def build_file(path: Path, key: bytes, projections: Sequence[Projection], beginning: bytes) -> Connection:
    """A new index file in the place of whatever lies there; `beginning` is h_0 of the chain it will follow."""
    try:
        for suffix in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, path.name) from error
    connection = create_file(path, key, FileKind.INDEX, "".join(f"{one.ddl.rstrip()}\n" for one in projections))
    with connection.transaction():
        for k, v in (("marker", marker_of(projections)), ("n", 0), ("h", beginning)):
            connection.run("INSERT INTO st (k, v) VALUES (:k, :v)", {"k": k, "v": v})
    return connection


def marker_of(projections: Sequence[Projection]) -> str:
    """What an index was made by; another value means: delete and build again."""
    digest = hashlib.sha256()
    digest.update(resources.files("rehabdesk.db.schema").joinpath(FileKind.INDEX.value.schema).read_bytes())
    described: Json = [[one.feature, one.version, one.ddl] for one in projections]
    digest.update(dump([FOLDING_VERSION, described]))
    return digest.hexdigest()


def _batches(
    entries: Iterable[tuple[int, bytes, bytes, bytes]], size: int
) -> Iterator[list[tuple[int, bytes, bytes, bytes]]]:
    batch: list[tuple[int, bytes, bytes, bytes]] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
