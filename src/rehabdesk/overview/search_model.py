"""What somebody looks for, and what is shown of it. A search is kept as plain values, so that it can be saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rehabdesk.core.canon import Json
from rehabdesk.core.found import Snippet

KINDS: Mapping[str, tuple[str, ...]] = {
    "note": ("kindnote",),
    "plan": ("plan",),
    "conference": ("kindconference",),
    "check": ("kindcheck",),
    "packet": ("kindpacket",),
}
"""Groups of records that one can choose, and the terms of which a record of them carries one."""
PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """`kind`: of KINDS, or PEOPLE, or all; `person`: an id; `author`: a login; `role`: the discipline that wrote it."""

    words: str
    kind: str = ""
    person: str = ""
    author: str = ""
    role: str = ""
    since: date | None = None
    until: date | None = None

    def takes(self, day: date) -> bool:
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of the results. `at`: when it happened. `kind` and `id` say where it opens."""

    kind: str
    comp: str
    title: str
    person: str
    name: str
    author: str
    at: datetime
    snippet: Snippet
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a list of results goes on: in each compartment below which row; 0 where it has ended."""

    rows: tuple[tuple[str, int], ...] = ()

    def row(self, comp: str) -> int | None:
        return dict(self.rows).get(comp)

    @property
    def ended(self) -> bool:
        return bool(self.rows) and all(row == 0 for _, row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A piece of the list. `back_to`: everything recorded later has been looked through."""

    hits: tuple[Hit, ...]
    place: Place
    back_to: datetime | None = None


def written(wish: Wish) -> dict[str, Json]:
    """A search as it is kept."""
    return {
        "words": wish.words,
        "kind": wish.kind,
        "person": wish.person,
        "author": wish.author,
        "role": wish.role,
        "since": wish.since.isoformat() if wish.since else "",
        "until": wish.until.isoformat() if wish.until else "",
    }


def read(kept: Mapping[str, Json]) -> Wish:
    """A kept search; what is not understood any more is left out."""

    def text(name: str) -> str:
        value = kept.get(name)
        return value if isinstance(value, str) else ""

    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(text(name))
        except ValueError:
            return None

    return Wish(
        words=text("words"),
        kind=text("kind"),
        person=text("person"),
        author=text("author"),
        role=text("role"),
        since=day("since"),
        until=day("until"),
    )
