"""What the chain, the rows and the pages of the truth file say. Facts only; `service.py` says what they mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rehabdesk.core.errors import NoKey, SealBroken
from rehabdesk.db.chain import Entry, Fault, Head, Verifier, parse_entry, walk
from rehabdesk.db.truth import Row, Sealer, Truth


@dataclass(slots=True, kw_only=True)
class Walked:
    """What a walk met: counts and faults. `positions` maps entry numbers that the caller asked for to their hashes."""

    entries: int = 0
    records: int = 0
    faults: list[Fault] = field(default_factory=list)
    seen: set[tuple[str, int, str]] = field(default_factory=set)


def entries_between(truth: Truth, after: int, before: int) -> list[Entry]:
    """The entries with numbers between the two, both left out, in order."""
    found = []
    for n, body, _h, _sig in truth.raw_entries(after):
        if n >= before:
            break
        found.append(parse_entry(body))
    return found


def page_faults(truth: Truth) -> tuple[str, ...]:
    """What the engine finds wrong with the structure of the pages; empty when it is well (vault.md 6.4)."""
    found = [str(row[0]) for row in truth.connection.rows("PRAGMA integrity_check(20)")]
    return () if found == ["ok"] else tuple(found)


def walk_chain(
    truth: Truth,
    sealer: Sealer,
    *,
    verify: Verifier,
    verify_after: int,
    statement_hashes: Mapping[int, str],
    walked: Walked,
) -> Iterator[Entry]:
    """Walks the whole chain and compares every entry with its row;
    yields each entry so that the caller can give way.
    """
    start = Head(n=0, h=truth.entry_hash_at(0) or b"")
    for step in walk(
        truth.raw_entries(),
        start=start,
        gen=0,
        verify=verify,
        verify_after=verify_after,
        statement_hashes=statement_hashes,
    ):
        if isinstance(step, Fault):
            walked.faults.append(step)
            continue
        walked.entries += 1
        if step.h:
            walked.records += 1
            walked.seen.add((step.r, step.v, step.h))
            row = truth.row_of(step)
            if row is None:
                walked.faults.append(Fault(code="record_missing", n=step.n))
            elif not _hash_holds(row, sealer):
                walked.faults.append(Fault(code="record_changed", n=step.n))
        yield step


def unaudited_rows(truth: Truth, walked: Walked) -> Iterator[Row]:
    """Rows of which no entry speaks."""
    for row in truth.rows_after(0):
        if (row.rid, row.ver, row.h.hex()) not in walked.seen:
            yield row


def opens(row: Row, sealer: Sealer) -> bool | None:
    """Whether a row opens with the keys at hand; None where this login holds no key for it."""
    try:
        sealer.open(row.comp, row.epoch, row.sid, bytes.fromhex(row.rid), row.ver, row.ct)
    except NoKey:
        return None
    except SealBroken:
        return False
    return True


def signed_by(uid: str, gen: int) -> Entry:
    """An entry of which only the author matters."""
    return Entry(n=0, t="", m=0, u=uid, a="", g=gen, p="")


def _hash_holds(row: Row, sealer: Sealer) -> bool:
    return sealer.hash(row.comp, row.epoch, row.sid, bytes.fromhex(row.rid), row.ver, row.ct) == row.h
