"""Full-text search of one index: what was typed becomes an expression, a record's words become rows (performance.md 4).

No syntax of the engine's query language gets through from what people type.
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from rehabdesk.core.text import fold
from rehabdesk.db.connection import Connection
from rehabdesk.db.projection import SearchText

MOST_ENDINGS = 24
"""The beginning of a word stands for so many of its most frequent words."""
MERGE_PAGES = 50
_WORD = re.compile(r"\w+")
_LAST_CHARACTER = "\U0010ffff"
_NOTHING_MOVED = 2
"""FTS5's own documentation: a merge that changed fewer rows than this found nothing to do."""


def match_rows(
    connection: Connection, query: str, *, scope: Sequence[str] = (), limit: int = 50, before: int | None = None
) -> list[tuple[int, str]]:
    """Row and record ids that hold all words of `query` (the last one as a beginning), newest first.

    `before`: the row id of the last one of the list that is continued.
    """
    expression = match_expression(connection, query, scope)
    if expression is None:
        return []
    return [
        (int(row), bytes(rid).hex())
        for row, rid in connection.rows(
            "SELECT f.rowid, m.rid FROM fts f JOIN map m ON m.id = f.rowid"
            " WHERE fts MATCH :expression AND f.rowid < :before ORDER BY f.rowid DESC LIMIT :limit",
            {"expression": expression, "before": before or 1 << 60, "limit": limit},
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A record that holds the words. `row`: by which the list is continued; author and time as the log has them."""

    row: int
    rid: str
    author: str
    recorded: str


def match_recorded(
    connection: Connection, query: str, *, narrow: Sequence[Sequence[str]], limit: int, before: int | None
) -> list[Matched]:
    """As `match_rows`, with who wrote each and when. Of each group in `narrow` one term must be in the scope."""
    expression = match_expression(connection, query, *narrow)
    if expression is None:
        return []
    rows = connection.rows(
        "SELECT f.rowid, s.rid, s.author, s.at FROM fts f JOIN map m ON m.id = f.rowid"
        " JOIN seen s ON s.rid = lower(hex(m.rid)) AND s.doc = f.rowid"
        " WHERE fts MATCH :expression AND f.rowid < :before ORDER BY f.rowid DESC LIMIT :limit",
        {"expression": expression, "before": before or 1 << 60, "limit": limit},
    )
    return [Matched(row=int(row), rid=str(rid), author=str(author), recorded=str(at)) for row, rid, author, at in rows]


def match_expression(connection: Connection, query: str, *scopes: Sequence[str]) -> str | None:
    """The engine's expression for what a person typed; None where it holds no word or nothing begins like the last."""
    words = _WORD.findall(fold(query))
    if not words:
        return None
    endings = words_beginning(connection, words[-1])
    if not endings:
        return None
    parts = [f'"{word}"' for word in words[:-1]] + ["(" + " OR ".join(f'"{word}"' for word in endings) + ")"]
    expression = "{title body} : (" + " AND ".join(parts) + ")"
    for scope in scopes:
        terms = [f'"{word}"' for term in scope for word in _WORD.findall(fold(term))]
        if terms:
            expression += " AND scope : (" + " OR ".join(terms) + ")"
    return expression


def words_beginning(connection: Connection, typed: str) -> list[str]:
    """The most frequent words of this index that begin like `typed`, and `typed` itself where it is one."""
    beginning = _plain(typed)
    found = connection.rows(
        "SELECT term FROM terms WHERE term >= :first AND term < :last ORDER BY term = :first DESC, n DESC LIMIT :most",
        {"first": beginning, "last": beginning + _LAST_CHARACTER, "most": MOST_ENDINGS},
    )
    return [str(term) for (term,) in found]


def index_text(
    connection: Connection, rid: str, found: SearchText | None, *, old: int | None, first_time: bool
) -> int | None:
    """Replaces what a record is found by, and gives its row in the search table.

    `old`: the row of the version before. `first_time`: this version was not applied before, so its words count.
    """
    if old is not None:
        connection.run("DELETE FROM fts WHERE rowid = :id", {"id": old})
        connection.run("DELETE FROM map WHERE id = :id", {"id": old})
    if found is None:
        return None
    title, body = fold(found.title), fold(found.body)
    connection.run("INSERT INTO map (rid) VALUES (:rid)", {"rid": bytes.fromhex(rid)})
    made = connection.row("SELECT last_insert_rowid()")
    doc = int(made[0]) if made else 0
    connection.run(
        "INSERT INTO fts (rowid, title, body, scope) VALUES (:doc, :title, :body, :scope)",
        {"doc": doc, "title": title, "body": body, "scope": " ".join(map(fold, found.scope))},
    )
    if first_time:
        _count_terms(connection, rid, f"{title} {body}")
    return doc


def merge(connection: Connection) -> bool:
    """One slice of the idle work that keeps search flat (performance.md 4); whether there may be more."""
    with connection.transaction():
        before = connection.changes()
        connection.run("INSERT INTO fts (fts, rank) VALUES ('merge', :pages)", {"pages": MERGE_PAGES})
        return connection.changes() - before >= _NOTHING_MOVED


def _count_terms(connection: Connection, rid: str, text: str) -> None:
    """Keeps of each word the logarithm of how many records hold it.

    A count that grew with every record would write a hundred pages a note. So `n` goes up with a chance of one in 4^n
    (Morris, Counting large numbers of events in small registers, 1978), drawn from record and word: built anew, the
    table comes out the same.
    """
    terms = set(_WORD.findall(_plain(text)))
    connection.run_many(
        "INSERT INTO terms (term, n) VALUES (:term, 0)"
        " ON CONFLICT (term) DO UPDATE SET n = n + 1 WHERE :draw & ((1 << 2 * n) - 1) = 0",
        [{"term": term, "draw": zlib.crc32(f"{rid} {term}".encode())} for term in sorted(terms)],
    )


def _plain(text: str) -> str:
    """Without case and diacritics: never finer than the engine's own cutting, so that nothing is missed."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
