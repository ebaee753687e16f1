"""A whole file under a new key: copied row by row into a new file, which is opened anew and compared (vault.md 8.2).

Nothing is rewritten in place. The new file counts for nothing until the key file names it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rehabdesk.core.errors import Damaged
from rehabdesk.core.i18n import tr
from rehabdesk.db.connection import Connection, FileKind, create_file, open_file

_AT_A_TIME = 1_000


def copy_file(source: Connection, target: Path, key: bytes, kind: FileKind) -> None:
    """Everything in `source` in the new file `target` under `key`. Damaged if the copy is not what was copied.

    `target` must not be there. What a failure leaves is an unfinished file.
    """
    made = create_file(target, key, kind)
    try:
        with made.transaction():
            for table in _tables(source):
                for values in _rows(source, table):
                    made.run_many(_insert(table, len(values[0])), [_named(row) for row in values])
        made.checkpoint()
    finally:
        made.close()
    _compare(source, target, key, kind)


def _compare(source: Connection, target: Path, key: bytes, kind: FileKind) -> None:
    """On a connection of its own, as the next program will open it."""
    again = open_file(target, key, kind)
    try:
        whole = again.rows("PRAGMA cipher_integrity_check") == [] and again.rows("PRAGMA quick_check") == [("ok",)]
        same = _tables(again) == _tables(source) and all(
            left == right
            for table in _tables(source)
            for left, right in zip(_rows(source, table), _rows(again, table), strict=True)
        )
    except ValueError:  # one of them has more rows
        same = False
    finally:
        again.close()
    if not whole or not same:
        raise Damaged(tr("The copy of the desk is not what was copied. Nothing was changed; look at the disk."))


def _tables(connection: Connection) -> list[str]:
    rows = connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return sorted(str(row[0]) for row in rows)


def _rows(connection: Connection, table: str) -> Iterator[list[tuple[Any, ...]]]:
    """In the order of the primary key, a thousand at a time: a desk of ten years does not fit into memory."""
    found = connection.rows(f"PRAGMA table_info({table})")
    keys = [str(row[1]) for row in sorted(found, key=lambda row: int(row[5])) if row[5]]
    names = [str(row[1]) for row in found]
    order, after = ", ".join(keys), ""
    last: dict[str, Any] = {}
    while True:
        sql = f"SELECT {', '.join(names)} FROM {table} {after} ORDER BY {order} LIMIT {_AT_A_TIME}"
        rows = connection.rows(sql, last)
        if rows:
            yield rows
        if len(rows) < _AT_A_TIME:
            return
        last = {f"k{place}": rows[-1][names.index(name)] for place, name in enumerate(keys)}
        after = f"WHERE ({order}) > ({', '.join(f':{name}' for name in last)})"


def _insert(table: str, count: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join(f':c{place}' for place in range(count))})"


def _named(row: tuple[Any, ...]) -> dict[str, Any]:
    return {f"c{place}": value for place, value in enumerate(row)}
