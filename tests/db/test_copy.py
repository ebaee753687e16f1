"""A file under a new key is the file that it was copied from, and opens with that key alone."""

import secrets
from pathlib import Path

import pytest

from rehabdesk.core.errors import StorageError
from rehabdesk.db.connection import FileKind, create_file, open_file
from rehabdesk.db.copy import copy_file

OLD, NEW = secrets.token_bytes(32), secrets.token_bytes(32)


def test_every_row_of_every_table_is_in_the_copy(tmp_path: Path) -> None:
    source = create_file(tmp_path / "vault-000001.db", OLD, FileKind.TRUTH)
    with source.transaction():
        source.run_many(
            "INSERT INTO audit (seq, body, h, sig) VALUES (:n, :body, :h, :h)",
            [{"n": n, "body": f"entry {n}", "h": n.to_bytes(4, "big")} for n in range(1, 2_001)],
        )
        source.run_many(
            """INSERT INTO own (uid, did, kind, sid, made, changed, ct)
            VALUES (:uid, :did, 'draft', :did, 'then', 'now', :did)""",
            [{"uid": uid, "did": n.to_bytes(4, "big")} for uid in ("ua", "ub") for n in range(700)],
        )
    copy_file(source, tmp_path / "vault-000002.db", NEW, FileKind.TRUTH)
    with pytest.raises(StorageError):
        open_file(tmp_path / "vault-000002.db", OLD, FileKind.TRUTH)
    copied = open_file(tmp_path / "vault-000002.db", NEW, FileKind.TRUTH)
    for table, order in (("audit", "seq"), ("own", "uid, did"), ("rec", "seq"), ("branch", "bid, seq")):
        sql = f"SELECT * FROM {table} ORDER BY {order}"
        assert copied.rows(sql) == source.rows(sql)
    assert copied.rows("SELECT count(*) FROM audit") == [(2_000,)]
    assert copied.rows("PRAGMA user_version") == [(1,)]
    with pytest.raises(StorageError, match="there already"):
        copy_file(source, tmp_path / "vault-000002.db", NEW, FileKind.TRUTH)
    copied.close()
    source.close()
