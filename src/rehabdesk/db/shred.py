"""The shred file: one salt per sid, without which nobody opens the records of that sid again (vault.md 5, 8.3)."""

import secrets
from collections.abc import Callable

from rehabdesk.db.connection import Connection

SID_BYTES, SALT_BYTES = 16, 32


class Shred:
    """Salts and tombstones. A salt is durable before the record that needs it; a salt without records is harmless."""

    def __init__(self, connection: Connection, random: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._connection, self._random = connection, random
        self._known: dict[bytes, bytes] = {}

    def salt(self, sid: bytes) -> bytes | None:
        """The salt of a sid; None when it was shredded or never was."""
        found = self._known.get(sid)
        if found is None:
            row = self._connection.row("SELECT salt FROM salt WHERE sid = :sid", {"sid": sid})
            if row is None:
                return None
            found = self._known[sid] = bytes(row[0])
        return found

    def new_sid(self, tag: bytes = b"") -> bytes:
        """A new sid with its salt on the disk. `tag` says, to the recovery key only, who stands behind it."""
        sid, salt = self._random(SID_BYTES), self._random(SALT_BYTES)
        with self._connection.transaction():
            self._connection.run(
                "INSERT INTO salt (sid, salt, tag) VALUES (:sid, :salt, :tag)", {"sid": sid, "salt": salt, "tag": tag}
            )
        self._known[sid] = salt
        return sid

    def new_sids(self, count: int) -> list[bytes]:
        """As many new sids, their salts on the disk at once."""
        made = {self._random(SID_BYTES): self._random(SALT_BYTES) for _ in range(count)}
        if made:
            with self._connection.transaction():
                self._connection.run_many(
                    "INSERT INTO salt (sid, salt, tag) VALUES (:sid, :salt, :tag)",
                    [{"sid": sid, "salt": salt, "tag": b""} for sid, salt in made.items()],
                )
            self._known.update(made)
        return list(made)

    def is_gone(self, sid: bytes) -> bool:
        """Whether a tombstone stands for it."""
        return self._connection.row("SELECT 1 FROM gone WHERE sid = :sid", {"sid": sid}) is not None

    def close(self) -> None:
        self._known.clear()
        self._connection.close()
