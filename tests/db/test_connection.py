"""S2 of reliability.md, and every way in which a file must not be opened."""

import sqlite3
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as engine

from rehabdesk.core.errors import Damaged, Locked, Missing, StorageError
from rehabdesk.db import connection as under_test
from rehabdesk.db.connection import Connection, FileKind, create_file, open_file, self_test

KEY = bytes(range(32))


@pytest.fixture(params=list(FileKind), ids=lambda kind: str(kind.name))
def kind(request: pytest.FixtureRequest) -> FileKind:
    found: FileKind = request.param
    return found


@pytest.fixture
def path(tmp_path: Path, kind: FileKind) -> Path:
    made = tmp_path / "a file.db"
    create_file(made, KEY, kind).close()
    return made


def test_every_setting_is_as_pinned(path: Path, kind: FileKind) -> None:
    connection = open_file(path, KEY, kind)
    self_test(connection, kind)
    assert connection.row("PRAGMA synchronous") == ((1 if kind is FileKind.INDEX else 2),)
    assert connection.row("PRAGMA journal_mode") == (("truncate" if kind is FileKind.SHRED else "wal"),)
    connection.close()


CHANGED = (
    "temp_store=FILE",
    "trusted_schema=1",
    "cell_size_check=0",
    "foreign_keys=0",
    "fullfsync=0",
    "checkpoint_fullfsync=0",
    "cache_size=-100",
    "secure_delete=0",
    "synchronous=OFF",
    "wal_autocheckpoint=1000",
    # not cipher_log_level and cipher_memory_security: they belong to the whole process. The first crashes the engine at
    # the next key, the second cannot be taken back.
)


@pytest.mark.parametrize("changed", CHANGED)
def test_a_setting_that_is_not_as_pinned_is_found(path: Path, kind: FileKind, changed: str) -> None:
    connection = open_file(path, KEY, kind)
    connection.rows(f"PRAGMA {changed}")
    with pytest.raises(StorageError, match=changed.partition("=")[0]):
        self_test(connection, kind)
    connection.close()


def test_a_file_whose_settings_do_not_hold_is_closed_again(
    path: Path, kind: FileKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(under_test, "_PRAGMAS", {**under_test._PRAGMAS, "temp_store": ("FILE", "2")})
        with pytest.raises(StorageError, match="temp_store"):
            open_file(path, KEY, kind)
    open_file(path, KEY, kind).close()


@pytest.mark.parametrize("statement", ["ATTACH DATABASE ':memory:' AS other", "DETACH DATABASE main", "VACUUM"])
def test_no_second_file_in_one_connection(path: Path, kind: FileKind, statement: str) -> None:
    connection = open_file(path, KEY, kind)
    with pytest.raises(engine.Error, match="authoriz"):
        connection.run(statement)
    connection.close()


def test_a_missing_file_is_not_made(tmp_path: Path, kind: FileKind) -> None:
    with pytest.raises(Missing):
        open_file(tmp_path / "gone.db", KEY, kind)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_made_again(path: Path, kind: FileKind) -> None:
    before = path.read_bytes()
    with pytest.raises(StorageError):
        create_file(path, KEY, kind)
    assert path.read_bytes() == before


def test_nothing_opens_with_another_key(path: Path, kind: FileKind) -> None:
    before = path.read_bytes()
    with pytest.raises(StorageError):
        open_file(path, bytes(32), kind)
    assert path.read_bytes() == before


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33), b"a passphrase"])
def test_only_a_key_of_32_bytes_is_a_key(path: Path, kind: FileKind, key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_file(path, key, kind)


def test_a_plain_database_is_refused_and_left_alone(tmp_path: Path, kind: FileKind) -> None:
    path = tmp_path / "plain.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE rec (seq INTEGER PRIMARY KEY)")
    plain.commit()
    plain.close()
    before = path.read_bytes()
    with pytest.raises(StorageError):
        open_file(path, KEY, kind)
    assert path.read_bytes() == before


def test_no_file_shows_what_is_in_it(path: Path, kind: FileKind) -> None:
    raw = path.read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert b"CREATE" not in raw


def test_a_second_opening_is_refused_at_once(path: Path, kind: FileKind) -> None:
    first = open_file(path, KEY, kind)
    with pytest.raises(Locked):
        open_file(path, KEY, kind)
    first.close()
    open_file(path, KEY, kind).close()


@pytest.mark.parametrize("page", [0, 1])
def test_a_flipped_bit_is_found(path: Path, kind: FileKind, page: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[page * 4096 + 100] ^= 1
    path.write_bytes(raw)
    with pytest.raises((Damaged, StorageError)):
        _read_all(open_file(path, KEY, kind))


@pytest.mark.parametrize("kept", [15, 512, 4095])
def test_a_file_cut_within_its_first_page_is_found(path: Path, kind: FileKind, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(StorageError):
        _read_all(open_file(path, KEY, kind))


def test_an_unfinished_transaction_leaves_nothing(path: Path, kind: FileKind) -> None:
    with pytest.raises(ZeroDivisionError):
        _half_a_transaction(open_file(path, KEY, kind))


def _half_a_transaction(connection: Connection) -> None:
    try:
        with connection.transaction():
            connection.run("CREATE TABLE half (a)")
            raise ZeroDivisionError
    finally:
        assert connection.row("SELECT 1 FROM sqlite_schema WHERE name = 'half'") is None
        connection.close()


def _read_all(connection: Connection) -> None:
    try:
        if connection.rows("PRAGMA integrity_check") != [("ok",)]:
            raise Damaged("found by the check of the pages")
        for (table,) in connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"):
            connection.rows(f"SELECT * FROM {table}")
    finally:
        connection.close()
