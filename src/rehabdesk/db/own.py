"""Own rows: drafts and small secrets, sealed to one login; the only writing in the truth file that may change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from rehabdesk.core.clock import Clock, stamp
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.connection import Connection


class OwnSealer(Protocol):
    """What seals and opens own rows with this login's key."""

    def seal_own(self, did: bytes, kind: str, sid: bytes, payload: bytes) -> bytes: ...
    def open_own(self, did: bytes, kind: str, sid: bytes, ct: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """An own row of this login, opened. Times are stamps."""

    did: str
    kind: str
    payload: bytes
    made: str
    changed: str


class OwnTable:
    """The own rows of one login."""

    def __init__(self, connection: Callable[[], Connection], *, uid: str, sealer: OwnSealer, clock: Clock) -> None:
        """`connection` gives the truth file's connection, which may be another one after an I/O error."""
        self._connection, self._uid, self._sealer, self._clock = connection, uid, sealer, clock

    def now(self) -> str:
        """The stamp that a row written now would bear."""
        return stamp(self._clock.now())

    def put(self, did: str, kind: str, sid: bytes, payload: bytes) -> None:
        """Writes or overwrites a row; on the disk when it returns."""
        now = self.now()
        ct = self._sealer.seal_own(bytes.fromhex(did), kind, sid, payload)
        connection = self._connection()
        with connection.transaction():
            connection.run(
                "INSERT INTO own (uid, did, kind, sid, made, changed, ct)"
                " VALUES (:uid, :did, :kind, :sid, :now, :now, :ct)"
                " ON CONFLICT (uid, did)"
                " DO UPDATE SET sid = excluded.sid, changed = excluded.changed, ct = excluded.ct",
                self._key(did) | {"kind": kind, "sid": sid, "now": now, "ct": ct},
            )

    def rows(self, kind: str | None = None) -> tuple[OwnRow, ...]:
        """Rows of one kind or of all, in the order of their ids."""
        found = self._connection().rows(
            "SELECT did, kind, sid, made, changed, ct FROM own"
            " WHERE uid = :uid AND (:kind IS NULL OR kind = :kind) ORDER BY did",
            {"uid": self._uid, "kind": kind},
        )
        return tuple(
            OwnRow(
                did=bytes(did).hex(),
                kind=row_kind,
                payload=self._sealer.open_own(bytes(did), row_kind, bytes(sid), bytes(ct)),
                made=made,
                changed=changed,
            )
            for did, row_kind, sid, made, changed, ct in found
        )

    def counts(self, kind: str, made_before: str) -> dict[str, int]:
        """How many rows of a kind each login made before a stamp: nothing is opened (vault.md 5)."""
        found = self._connection().rows(
            "SELECT uid, count(*) FROM own WHERE kind = :kind AND made < :before GROUP BY uid",
            {"kind": kind, "before": made_before},
        )
        return {str(uid): int(count) for uid, count in found}

    def sid(self, did: str) -> bytes | None:
        """The sid of a row, so that it is kept when the row is written again."""
        found = self._connection().row("SELECT sid FROM own WHERE uid = :uid AND did = :did", self._key(did))
        return None if found is None else bytes(found[0])

    def delete(self, did: str) -> None:
        """Inside a transaction of the caller. UserError where there is no such row."""
        if self.sid(did) is None:
            raise UserError(tr("That draft is not there any more."))
        self._connection().run("DELETE FROM own WHERE uid = :uid AND did = :did", self._key(did))

    def forget(self, did: str) -> None:
        """Deletes a row in a transaction of its own; one that is not there is no error."""
        connection = self._connection()
        with connection.transaction():
            connection.run("DELETE FROM own WHERE uid = :uid AND did = :did", self._key(did))

    def _key(self, did: str) -> dict[str, object]:
        return {"uid": self._uid, "did": bytes.fromhex(did)}
