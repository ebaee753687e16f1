"""What an act asks of the engine and of the disk, counted; never timed."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench_rounds import moved

from rehabdesk.db.index import IndexFile

PAGE = 4096
"""Bytes of one page of an encrypted file."""


@dataclass(kw_only=True)
class Counted:
    """Filled when the block ends, except for the questions, which come as they are asked."""

    read: int = 0
    """Bytes read from files, whether the system had them in memory or not."""
    written: int = 0
    """Bytes written to files."""
    questions: list[str] = field(default_factory=list)
    """SQL statements in the order asked, values in place; the engine's own work on its search tables left out."""

    @property
    def pages(self) -> int:
        return self.read // PAGE

    def reading(self) -> list[str]:
        """Questions about rows; not beginnings and ends of transactions, settings or writing."""
        return [sql for sql in self.questions if sql.lstrip().upper().startswith(("SELECT", "WITH"))]


@contextmanager
def counting(*files: IndexFile) -> Iterator[Counted]:
    """What the block asks of these files, and what the whole process reads and writes meanwhile."""
    counted = Counted()
    with ExitStack() as ends:
        for one in files:
            raw = _raw(one)
            raw.set_trace_callback(lambda sql: None if sql.startswith("--") else counted.questions.append(sql))
            ends.callback(raw.set_trace_callback, None)
        read, written = moved()
        yield counted
        now_read, now_written = moved()
        told = len(Path("/proc/self/io").read_bytes())  # reading the count is counted too
        counted.read, counted.written = max(0, now_read - read - told), now_written - written


def plan_of(file: IndexFile, sql: str) -> list[str]:
    """How the engine answers: one line per step."""
    return [str(row[3]) for row in _raw(file).execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]


def _raw(file: IndexFile):  # type: ignore[no-untyped-def]  # the engine has no types
    return file._connection._raw
