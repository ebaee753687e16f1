"""Counts what another process still holds in memory (Linux). Needles travel masked, so that ours are not counted."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_MASK = 0x5A
_CHUNK = 8 << 20
_REGION = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S)")


def masked(needle: bytes) -> bytes:
    """The form in which a needle is handed over; masking it again gives the needle back."""
    return bytes(byte ^ _MASK for byte in needle)


def count_in_memory(pid: int, masked_needles: Mapping[str, bytes]) -> dict[str, int]:
    """How often each needle stands in the readable memory of `pid`, by name. The process must be our own child."""
    needles = {name: masked(hidden) for name, hidden in masked_needles.items()}
    counts = dict.fromkeys(needles, 0)
    overlap = max(map(len, needles.values())) - 1
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for start, end in _readable_regions(pid):
            tail = b""
            for at in range(start, end, _CHUNK):
                try:
                    memory.seek(at)
                    chunk = tail + memory.read(min(_CHUNK, end - at))
                except (OSError, ValueError, OverflowError):
                    break  # a region of the kernel's, which nobody reads
                for name, needle in needles.items():
                    counts[name] += chunk.count(needle) - tail.count(needle)
                tail = chunk[-overlap:]
    return counts


def _readable_regions(pid: int) -> Iterator[tuple[int, int]]:
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        found = _REGION.match(line)
        if found is not None and found[3] == "r":
            yield int(found[1], 16), int(found[2], 16)
