"""The entries of one login in a stretch of time, found in a chain of any length without walking it."""

from dataclasses import dataclass

from rehabdesk.db.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEntry:
    """A deed, its moment (time stamp and monotonic ms), and whether a record was written."""

    deed: str
    moment: tuple[str, int]
    wrote: bool


def entries_of(truth: Truth, uid: str, start: str, end: str) -> tuple[OwnEntry, ...]:
    """Entries of a login from a stamp on and before another, in order.

    Times in the chain rise with the numbers, so that the stretch is found by halving, by some twenty rows in a chain of
    any length. Where somebody set the clock back, what was done by the wrong clock may be missing.
    """
    newest = truth.head().n
    first, last = _first_from(truth, start, newest), _first_from(truth, end, newest)
    rows = truth.connection.rows(
        """SELECT json_extract(body, '$.a'), json_extract(body, '$.t'), json_extract(body, '$.m'),
            json_extract(body, '$.v')
        FROM audit WHERE seq >= :first AND seq < :last AND json_extract(body, '$.u') = :uid
            AND json_extract(body, '$.t') >= :start AND json_extract(body, '$.t') < :end
        ORDER BY seq""",
        {"first": first, "last": last, "uid": uid, "start": start, "end": end},
    )
    return tuple(OwnEntry(deed=str(deed), moment=(str(at), int(ms)), wrote=bool(ver)) for deed, at, ms, ver in rows)


def _first_from(truth: Truth, stamp: str, newest: int) -> int:
    """The number of the first entry at a stamp or after it; one more than the newest where there is none."""
    low, high = 1, newest + 1
    while low < high:
        middle = (low + high) // 2
        row = truth.connection.row("SELECT json_extract(body, '$.t') FROM audit WHERE seq = :n", {"n": middle})
        if row is not None and str(row[0]) < stamp:
            low = middle + 1
        else:
            high = middle
    return low
