"""Ways to weaken durability: under each the crash tests must fail, or they prove nothing (reliability.md F3)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rehabdesk.core import files
from rehabdesk.db.connection import Connection, FileKind
from rehabdesk.db.shred import SALT_BYTES, SID_BYTES, Shred
from rehabdesk.db.truth import Truth


def truth_not_synced() -> None:
    """The truth file at `synchronous=NORMAL`: a commit waits for no sync."""
    FileKind.TRUTH._value_ = replace(FileKind.TRUTH.value, synchronous="1")


def small_files_not_synced() -> None:
    """Key file and pins are replaced before their bytes are on the disk."""
    files._sync = lambda handle: None


def acknowledged_from_index() -> None:
    """A save is reported once the index has it; the truth is committed when the next one begins."""
    begin, run, close = "BEGIN IMMEDIATE", Connection.run, Connection.close

    def run_late(self: Connection, sql: str, values: Mapping[str, Any] | None = None) -> None:
        is_truth = self.path.name.startswith("vault-")
        if is_truth and sql == "COMMIT" and not _is_lock_test(self):
            return
        if is_truth and sql == begin and self._raw.in_transaction:
            run(self, "COMMIT")
        run(self, sql, values)

    def close_late(self: Connection) -> None:
        if self._raw.in_transaction:
            run(self, "COMMIT")
        close(self)

    Connection.run = run_late  # type: ignore[method-assign]  # that is what a mutation is
    Connection.close = close_late  # type: ignore[method-assign]  # that is what a mutation is


def _is_lock_test(connection: Connection) -> bool:
    """The empty transaction by which a file is locked when it is opened."""
    return int(connection._raw.total_changes) == 0


def salt_after_record() -> None:
    """The record is committed first, the salt that opens it afterwards."""
    waiting: list[tuple[Shred, bytes, bytes]] = []
    commit = Truth.commit

    def new_sid(self: Shred, tag: bytes = b"") -> bytes:
        sid, salt = self._random(SID_BYTES), self._random(SALT_BYTES)
        self._known[sid] = salt
        waiting.append((self, sid, salt))
        return sid

    def commit_then_salt(self: Truth, *arguments: Any, **named: Any) -> Any:
        written = commit(self, *arguments, **named)
        while waiting:
            shred, sid, salt = waiting.pop(0)
            with shred._connection.transaction():
                shred._connection.run(
                    "INSERT INTO salt (sid, salt, tag) VALUES (:sid, :salt, x'')", {"sid": sid, "salt": salt}
                )
        return written

    Shred.new_sid = new_sid  # type: ignore[method-assign]  # that is what a mutation is
    Truth.commit = commit_then_salt  # type: ignore[method-assign]  # that is what a mutation is


MUTATIONS: Mapping[str, Callable[[], None]] = {
    "truth_not_synced": truth_not_synced,
    "small_files_not_synced": small_files_not_synced,
    "acknowledged_from_index": acknowledged_from_index,
    "salt_after_record": salt_after_record,
}
"""Key file before new files, and salts before the shred entry, come with rotation and shredding."""
