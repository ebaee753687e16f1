"""A small store for tests: real files, engine, seals and signatures, one kind of record, one login."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rehabdesk.core.canon import Json, dump
from rehabdesk.core.clock import SettableClock
from rehabdesk.core.ids import SeededIds
from rehabdesk.db.chain import Entry
from rehabdesk.db.connection import FileKind, create_file, open_file
from rehabdesk.db.index import IndexFile
from rehabdesk.db.projection import Index, Projection, Record, SearchText
from rehabdesk.db.shred import Shred
from rehabdesk.db.truth import Item, Row, Truth
from rehabdesk.seals.identity import Domain, Identity, signature_holds
from rehabdesk.seals.record import RecordSealer

VAULT = "ab" * 16
STATEMENT = "cd" * 32
TRUTH_KEY, SHRED_KEY, INDEX_KEY, X_SECRET, TEAM_SECRET = (bytes([number]) * 32 for number in range(1, 6))
MOST = 1000
"""The largest `number` that the tables of the index take."""

DDL = f"""
CREATE TABLE slip (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, person TEXT NOT NULL, text TEXT NOT NULL,
                   number INTEGER NOT NULL CHECK (number < {MOST}), author TEXT NOT NULL,
                   sid BLOB NOT NULL) WITHOUT ROWID;
"""


class Scribe:
    """Who signs the entries of a test."""

    def __init__(self, uid: str) -> None:
        self.uid, self.identity = uid, Identity.make()

    def sign(self, entry: bytes) -> bytes:
        return self.identity.sign(Domain.AUDIT, entry)

    def signed(self, entry: bytes, sig: bytes) -> bool:
        return signature_holds(self.identity.e, Domain.AUDIT, entry, sig)


def _apply(index: Index, record: Record) -> None:
    index.run(
        "INSERT OR REPLACE INTO slip (rid, ver, person, text, number, author, sid)"
        " VALUES (:rid, :ver, :person, :text, :number, :author, :sid)",
        {
            "rid": record.rid,
            "ver": record.ver,
            "person": record.person,
            "text": record.payload["text"],
            "number": record.payload["number"],
            "author": record.author,
            "sid": record.sid,
        },
    )


def _search(record: Record) -> SearchText:
    return SearchText(title="", body=str(record.payload["text"]), scope=(record.person or "", record.kind))


def projection(version: int = 1) -> Projection:
    return Projection(
        feature="slips",
        version=version,
        comps=("team",),
        ddl=DDL,
        kinds={"slip": (1,)},
        retention={"slip": "case"},
        apply=_apply,
        search=_search,
    )


@dataclass(kw_only=True)
class Store:
    """The open files of one login. `open` may be called again after `close`."""

    folder: Path
    scribe: Scribe
    ids: SeededIds
    clock: SettableClock

    @classmethod
    def make(cls, folder: Path) -> "Store":
        create_file(folder / "vault-000001.db", TRUTH_KEY, FileKind.TRUTH).close()
        create_file(folder / "shred-000001.db", SHRED_KEY, FileKind.SHRED).close()
        clock = SettableClock(datetime(2026, 1, 1, tzinfo=UTC), timedelta(milliseconds=1))
        return cls(folder=folder, scribe=Scribe("uabcdefg"), ids=SeededIds(1), clock=clock).open()

    @property
    def truth_path(self) -> Path:
        return self.folder / "vault-000001.db"

    @property
    def index_path(self) -> Path:
        return self.folder / "idx-team-1-uabcdefg.db"

    def open(self) -> "Store":
        self.shred = Shred(open_file(self.folder / "shred-000001.db", SHRED_KEY, FileKind.SHRED))
        self.sealer = RecordSealer(
            vault=VAULT,
            uid=self.scribe.uid,
            x_secret=X_SECRET,
            secrets_of={("team", 1): TEAM_SECRET},
            salt_of=self.shred.salt,
        )
        self.truth = Truth(
            lambda: open_file(self.truth_path, TRUTH_KEY, FileKind.TRUTH),
            vault=VAULT,
            sealer=self.sealer,
            signer=self.scribe,
            clock=self.clock,
            generation=(1, STATEMENT),
        )
        self.index = self.open_index(self.index_path)
        return self

    def open_index(self, path: Path, *, version: int = 1) -> IndexFile:
        return IndexFile(
            path,
            INDEX_KEY,
            comp="team",
            projections=(projection(version),),
            truth=self.truth,
            sealer=self.sealer,
            trusted_author=lambda entry, h, sig: self.scribe.signed(h, sig),
        )

    def close(self) -> None:
        self.index.close()
        self.truth.close()
        self.shred.close()

    def item(self, payload: Json, rid: str | None = None) -> Item:
        return Item(comp="team", epoch=1, sid=self.shred.new_sid(), rid=rid or self.ids(), payload=dump(payload))

    def slip(self, text: str, *, person: str = "p1", number: int = 1, rid: str | None = None) -> Item:
        return self.item({"k": "slip", "pv": 1, "person": person, "text": text, "number": number}, rid)

    def commit(self, *items: Item, drop_own: Sequence[str] = ()) -> tuple[tuple[Row, Entry], ...]:
        return self.truth.commit("put", items, drop_own=drop_own)

    def save(self, text: str, *, person: str = "p1", number: int = 1, rid: str | None = None) -> str:
        """A slip in truth and index; its id."""
        written = self.commit(self.slip(text, person=person, number=number, rid=rid))
        self.index.apply(written)
        return written[0][0].rid
