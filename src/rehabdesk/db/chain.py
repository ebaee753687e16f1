"""The audit chain: the form of an entry, how one follows another, and what is wrong with a chain (vault.md 6)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rehabdesk.core.canon import H, Json, Limits, dump, parse_object
from rehabdesk.core.errors import FormatError

_ENTRY_LIMITS = Limits(max_bytes=64 << 10, max_depth=6, max_items=5_000)
_FIELDS = {"n": int, "t": str, "m": int, "u": str, "a": str, "c": str, "r": str, "v": int, "h": str, "g": int, "p": str}

Verifier = Callable[[str, int, bytes, bytes], bool]
"""(uid, gen, entry hash, signature) -> whether that login of that generation signed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deed: number, time, monotonic ms, uid, deed, compartment, rid, version, record hash, gen, previous
    hash, codes.
    """

    n: int
    t: str
    m: int
    u: str
    a: str
    c: str = ""
    r: str = ""
    v: int = 0
    h: str = ""
    g: int
    p: str
    x: Mapping[str, Json] = field(default_factory=dict)

    def body(self) -> bytes:
        plain: dict[str, Json] = {name: getattr(self, name) for name in _FIELDS}
        if self.x:
            plain["x"] = dict(self.x)
        return dump(plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the chain ends: number of the last entry (0 for none) and its hash."""

    n: int
    h: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong at one entry. `code` is stable."""

    code: str
    n: int


def genesis(vault: str) -> bytes:
    """h_0. `vault`: 16 bytes in hex."""
    return H(b"rd/audit/genesis/1", bytes.fromhex(vault))


def entry_hash(previous: bytes, body: bytes) -> bytes:
    return H(previous, body)


def parse_entry(body: bytes) -> Entry:
    """FormatError for anything but the exact form of 6.1."""
    fields = parse_object(body, _ENTRY_LIMITS)
    extra = fields.pop("x", {})
    if set(fields) != set(_FIELDS) or not isinstance(extra, dict):
        raise FormatError("An entry of the log is not of the form that this version knows.")
    if any(type(fields[name]) is not kind for name, kind in _FIELDS.items()):
        raise FormatError("An entry of the log is not of the form that this version knows.")
    return Entry(**fields, x=extra)  # type: ignore[arg-type]  # each type was compared just above


def walk(
    rows: Iterable[tuple[int, bytes, bytes, bytes]],
    *,
    start: Head,
    gen: int,
    verify: Verifier,
    verify_after: int,
    statement_hashes: Mapping[int, str],
) -> Iterator[Entry | Fault]:
    """Every entry of `rows` (n, body, h, sig), each fault just before the entry it concerns.

    `start` and `gen` are where the walk begins; signatures are looked at for entries after number `verify_after`;
    `statement_hashes` (gen -> hex) is what the first entry of a generation must carry.
    """
    previous, expected, monotone = start.h, start.n + 1, gen
    for n, body, h, sig in rows:
        if n != expected:
            yield Fault(code="entry_missing", n=expected)
        try:
            entry = parse_entry(body)
        except FormatError:
            yield Fault(code="entry_unreadable", n=n)
            previous, expected = h, n + 1
            continue
        if entry.n != n or entry.p != previous.hex() or entry_hash(previous, body) != h:
            yield Fault(code="chain_broken", n=n)
        if entry.g < monotone:
            yield Fault(code="generation_fell", n=n)
        elif (entry.g > monotone or n == 1) and entry.x.get("st") != statement_hashes.get(entry.g):
            yield Fault(code="statement_not_named", n=n)
        if n > verify_after and not verify(entry.u, entry.g, h, sig):
            yield Fault(code="signature", n=n)
        yield entry
        previous, expected, monotone = h, n + 1, max(monotone, entry.g)
