"""What a feature tells the engine about its records, and what the engine hands to a feature.

No SQL and no keys here: only the values that pass between `store.py` of a feature, `db/index.py` and `access`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from rehabdesk.core.canon import Json, dump
from rehabdesk.core.clock import stamp

TEAM, CLINICAL, PASTORAL, PROTECTED, HOUSE = "team", "clinical", "pastoral", "protected", "vault"
"""Compartments that hold records; `vault` holds the house records (vault.md 3.1)."""

OWN, OWN_EPOCH = "own", 1
"""What a projection calls the compartments of single logins, and their one epoch: a login's keys never change."""


def own_comp(uid: str) -> str:
    """The compartment of one login: letters that this login alone opens (vault.md 3.3)."""
    return f"{OWN}:{uid}"


def family_of(comp: str) -> str:
    """What projections call a compartment: its name, and `own` for that of any login."""
    return comp.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One opened version of a record. `author` and `recorded_at` come from its audit entry, never from the payload."""

    rid: str
    ver: int
    seq: int
    comp: str
    epoch: int
    sid: bytes
    h: bytes
    kind: str
    pv: int
    person: str | None
    payload: Mapping[str, Json]
    author: str
    recorded_at: datetime

    def columns(self) -> dict[str, Any]:
        """What most tables keep of every record, by the names that their columns have; `body` is the payload."""
        return {
            "seq": self.seq,
            "rid": self.rid,
            "ver": self.ver,
            "person": self.person,
            "author": self.author,
            "at": stamp(self.recorded_at),
            "body": dump(dict(self.payload)),
            "sid": self.sid,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """What is to be written. `rid` of an existing record makes its next version; None makes a new record.

    `payload` holds the feature's own fields; kind, payload version and person are put beside them by the engine.
    """

    comp: str
    kind: str
    pv: int
    person: str | None
    payload: Mapping[str, Json]
    rid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchText:
    """What full-text search finds a record by. `scope` holds plain terms (person, kind) that narrow a query."""

    title: str
    body: str
    scope: tuple[str, ...] = ()


class Index(Protocol):
    """One login's index of one compartment, as a feature's store sees it: ordinary SQL with named parameters."""

    def run(self, sql: str, values: Mapping[str, Any] | None = None) -> None:
        """Changes rows; only inside `apply`."""
        ...

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        ...

    def row(self, sql: str, values: Mapping[str, Any] | None = None) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        ...

    def match(self, query: str, *, scope: Sequence[str] = (), limit: int = 50, before: int | None = None) -> list[str]:
        """Ids of records that hold all words of `query`, newest first; `before` continues a list (index row id)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """How a feature's records lie in an index (vault.md 7).

    `comps` names compartments, with `OWN` for letters to single logins. `kinds` maps each kind to the payload versions
    that can be read; `retention` maps it to the class of its sid (`case`, `single`, `staff`, `house`). `apply` depends
    on index and record only and is idempotent for the same (rid, ver). Another `version` or `ddl` means that every
    index is rebuilt. Each table with personal data has a column `sid`, so that the engine can forget a person without
    knowing the feature.
    """

    feature: str
    version: int
    comps: tuple[str, ...]
    ddl: str
    kinds: Mapping[str, tuple[int, ...]]
    retention: Mapping[str, str]
    apply: Callable[[Index, Record], None]
    search: Callable[[Record], SearchText | None]
