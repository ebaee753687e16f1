"""One encrypted file, opened as vault.md 10 says or not at all:
raw key, every pragma read back, exclusive, no ATTACH.
"""

import contextlib
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

from sqlcipher3 import dbapi2 as engine

from rehabdesk.core.errors import Damaged, Full, Locked, Missing, ReadOnly, StorageError
from rehabdesk.core.i18n import tr

KEY_LITERAL = 67
"""x'…' around 64 hex digits: any other length would silently become a passphrase."""

_PLAIN_HEADER = b"SQLite format 3"
_LOW_BYTE = 0xFF
_ATTACH, _DETACH = 24, 25  # SQLITE_ATTACH, SQLITE_DETACH: action codes of the authorizer

LOG_WORTH_FOLDING = 2 << 20
"""Bytes of write-ahead log below which folding it in is left for later: a log that begins anew costs a sync more."""
_LOG_HEAD, _FRAME = 32, 24 + 4096
"""Bytes of the head of a log, and of one frame: its head and a page."""

_PRAGMAS: Mapping[str, tuple[str, str]] = {
    "cipher_log_level": ("NONE", "NONE"),
    # before the first that reads the file: only then the log's index stays in memory and no -shm file is made
    "locking_mode": ("EXCLUSIVE", "exclusive"),
    "cipher_memory_security": ("OFF", "0"),
    "temp_store": ("MEMORY", "2"),
    "trusted_schema": ("0", "0"),
    "cell_size_check": ("1", "1"),
    "mmap_size": ("0", "0"),
    "foreign_keys": ("1", "1"),
    "fullfsync": ("1", "1"),
    "checkpoint_fullfsync": ("1", "1"),
    "cache_size": ("-16000", "-16000"),
    "secure_delete": ("1", "1"),
}


class IoFailed(StorageError):
    """The disk reported an error; whether a commit took place is unknown until the file was opened again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mode:
    schema: str
    journal: str
    synchronous: str
    wal_autocheckpoint: str


class FileKind(Enum):
    """What a file is, and with that how durable it is kept."""

    TRUTH = _Mode(schema="truth-1.sql", journal="wal", synchronous="2", wal_autocheckpoint="0")
    SHRED = _Mode(schema="shred-1.sql", journal="truncate", synchronous="2", wal_autocheckpoint="0")
    INDEX = _Mode(schema="index-1.sql", journal="wal", synchronous="1", wal_autocheckpoint="0")


class Connection:
    """A connection with the sentences of RehabDesk in the place of SQLite's errors;
    usable from one thread at a time.
    """

    def __init__(self, raw: Any, path: Path) -> None:
        self._raw, self.path = raw, path
        self._lock = threading.RLock()

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                found: list[tuple[Any, ...]] = self._raw.execute(sql, values or {}).fetchall()
            except engine.Error as error:
                _raise(error, self.path)
            return found

    def row(self, sql: str, values: Mapping[str, Any] | None = None) -> tuple[Any, ...] | None:
        with self._lock:
            try:
                found: tuple[Any, ...] | None = self._raw.execute(sql, values or {}).fetchone()
            except engine.Error as error:
                _raise(error, self.path)
            return found

    def run(self, sql: str, values: Mapping[str, Any] | None = None) -> None:
        self.rows(sql, values)

    def run_many(self, sql: str, values: Sequence[Mapping[str, Any]]) -> None:
        with self._lock:
            try:
                self._raw.executemany(sql, values)
            except engine.Error as error:
                _raise(error, self.path)

    def script(self, sql: str) -> None:
        """Several statements of ours, inside the transaction in progress."""
        for statement in sql.split(";\n"):
            if statement.strip().rstrip(";"):
                self.run(statement)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Anything that goes wrong inside rolls back and is raised on."""
        with self._lock:
            self.run("BEGIN IMMEDIATE")
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                with contextlib.suppress(engine.Error):
                    if self._raw.in_transaction:
                        self._raw.execute("ROLLBACK")
                raise

    def changes(self) -> int:
        """Rows changed since the file was opened."""
        found = self.row("SELECT total_changes()")
        return int(found[0]) if found else 0

    def fold_log(self) -> bool:
        """Moves what the write-ahead log holds into the file without waiting for anything; whether it held much.

        The log itself is used again from its beginning: it does not grow while this is done now and then.
        """
        log = self.path.with_name(self.path.name + "-wal")
        if not log.exists() or log.stat().st_size < LOG_WORTH_FOLDING or _waiting_bytes(log) < LOG_WORTH_FOLDING:
            return False
        found = self.row("PRAGMA wal_checkpoint(PASSIVE)")
        return found is not None and found[1] > found[2]

    def checkpoint(self) -> None:
        """Moves what the write-ahead log holds into the file."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def on_progress(self, callback: Any, steps: int) -> None:
        """Calls `callback` every `steps` steps of the engine: for counters and for giving way."""
        self._raw.set_progress_handler(callback, steps)

    def close(self) -> None:
        """Never fails: a close that cannot finish leaves what a crash leaves."""
        with self._lock, contextlib.suppress(engine.Error):
            self._raw.close()


def _waiting_bytes(log: Path) -> int:
    """How much of a write-ahead log belongs to its present round; what lies behind is left from rounds before.

    The file never shrinks while it is open, so its size tells nothing. Frames of the present round carry the two salts
    of the header and come first (https://www.sqlite.org/fileformat2.html#walformat); heads of frames are not encrypted.
    """
    try:
        with log.open("rb") as file:
            salts = file.read(_LOG_HEAD)[16:24]
            first, beyond = 0, (log.stat().st_size - _LOG_HEAD) // _FRAME
            while first < beyond:
                middle = (first + beyond) // 2
                file.seek(_LOG_HEAD + middle * _FRAME + 8)
                if file.read(8) == salts:
                    first = middle + 1
                else:
                    beyond = middle
    except OSError:
        return 0
    return first * _FRAME


def open_file(path: Path, key: bytes, kind: FileKind) -> Connection:
    """Opens an existing file. Missing, Locked, Damaged, ReadOnly or StorageError; nothing is ever created here."""
    if not path.exists():
        raise Missing(
            tr("The file {name} is missing. Nothing was made in its place; look for it in the latest backup.").format(
                name=path.name
            )
        )
    return _open(path, key, kind)


def create_file(path: Path, key: bytes, kind: FileKind, more_ddl: str = "") -> Connection:
    """Makes a new file with its schema in one transaction. StorageError if one of that name is there."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise StorageError(tr("The file {name} is there already.").format(name=path.name)) from None
    except OSError as error:
        raise StorageError(
            tr("The file {name} cannot be made here ({code}).").format(name=path.name, code=error.errno)
        ) from error
    connection = _open(path, key, kind)
    ddl = resources.files("rehabdesk.db.schema").joinpath(kind.value.schema).read_text("utf-8")
    with connection.transaction():
        connection.script(ddl + more_ddl)
    connection.checkpoint()
    _refuse_plain(connection)
    return connection


def _open(path: Path, key: bytes, kind: FileKind) -> Connection:
    uri = f"file:{quote(str(path.absolute()))}?mode=rw"
    try:
        raw = engine.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=0.2)
    except engine.Error as error:
        _raise(error, path)
    connection = Connection(raw, path)
    try:
        _unlock(raw, key)
        _settle(connection, kind.value)
        raw.set_authorizer(_refuse_other_files)
        self_test(connection, kind)
        connection.run("BEGIN IMMEDIATE")
        connection.run("COMMIT")
        if path.stat().st_size:
            _refuse_plain(connection)
    except engine.Error as error:
        connection.close()
        _raise(error, path)
    except StorageError:
        connection.close()
        raise
    return connection


def _unlock(raw: Any, key: bytes) -> None:
    literal = bytearray(b"x'" + key.hex().encode("ascii") + b"'")
    if len(literal) != KEY_LITERAL:
        raise ValueError("a raw key has 32 bytes")
    raw.set_key(literal)
    for at in range(len(literal)):
        literal[at] = 0


def _settle(connection: Connection, mode: _Mode) -> None:
    for name, (value, _) in _PRAGMAS.items():
        connection.rows(f"PRAGMA {name}={value}")
    connection.rows("SELECT count(*) FROM sqlite_schema")
    connection.rows(f"PRAGMA journal_mode={mode.journal}")
    connection.rows(f"PRAGMA synchronous={mode.synchronous}")
    connection.rows(f"PRAGMA wal_autocheckpoint={mode.wal_autocheckpoint}")


def self_test(connection: Connection, kind: FileKind) -> None:
    """Every setting read back, and ATTACH refused (reliability.md S2).

    StorageError at the first that is not as pinned.
    """
    expected = {name: shown for name, (_, shown) in _PRAGMAS.items()} | {
        "journal_mode": kind.value.journal,
        "synchronous": kind.value.synchronous,
        "wal_autocheckpoint": kind.value.wal_autocheckpoint,
    }
    for name, shown in expected.items():
        found = connection.row(f"PRAGMA {name}")
        if found is None or str(found[0]) != shown:
            raise StorageError(
                tr("The database engine is not set as it must be ({name}). Install RehabDesk again.").format(name=name)
            )
    try:
        connection.rows("ATTACH DATABASE ':memory:' AS other")
    except engine.Error:
        return
    raise StorageError(tr("The database engine opens other files. Install RehabDesk again."))


def _refuse_other_files(action: int, *_: object) -> int:
    return int(engine.SQLITE_DENY if action in (_ATTACH, _DETACH) else engine.SQLITE_OK)


def _refuse_plain(connection: Connection) -> None:
    with connection.path.open("rb") as file:
        if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            raise Damaged(tr("{name} is not encrypted and was not opened.").format(name=connection.path.name))


def _raise(error: Exception, path: Path) -> NoReturn:
    """The StorageError for an engine error; what is no storage matter is a bug and passes as it is."""
    code = getattr(error, "sqlite_errorcode", None)
    places: Mapping[int, tuple[type[StorageError], str]] = {
        5: (Locked, tr("The desk is open in another window or program. Close it there, then try again.")),
        6: (Locked, tr("The desk is open in another window or program. Close it there, then try again.")),
        8: (ReadOnly, tr("{name} cannot be written. Check the rights of the folder and of the disk.")),
        10: (IoFailed, tr("The disk reported an error at {name}. Try again, then use a backup.")),
        11: (Damaged, tr("{name} is damaged. Nothing was changed; use the latest backup.")),
        13: (Full, tr("The disk is full: {name} could not be written. Free some space, then try again.")),
        14: (StorageError, tr("{name} cannot be opened. Check the rights of the folder.")),
        26: (
            Damaged,
            tr("{name} is damaged or belongs to another key file. Nothing was changed; use the latest backup."),
        ),
    }
    if code is not None and (code & _LOW_BYTE) in places:
        kind, sentence = places[code & _LOW_BYTE]
        raise kind(sentence.format(name=path.name)) from error
    raise error
