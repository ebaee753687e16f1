"""What a load tried, and what it was told is done: one line each, written where the desk cannot lose it.

*Acknowledged* (reliability.md) is what stands here as done; the judge holds the desk to it.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path


class Name(StrEnum):
    """The deeds of a load."""

    MAKE = "make"
    SAVE = "save"
    DRAFT = "draft"
    SIGN = "sign"
    PASSPHRASE = "passphrase"
    ADMIT = "admit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One deed. `word` is the unique word of what was written; `n` and `h` are the end of the log once it was done."""

    name: Name
    word: str = ""
    comp: str = ""
    rid: str = ""
    ver: int = 0
    draft: str = ""
    sign_in: str = ""
    passphrase: str = ""
    n: int = 0
    h: str = ""

    @property
    def done(self) -> bool:
        return self.n > 0


class Ledger:
    """The writing side. A line is one write, so that a kill leaves whole lines."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def begins(self, deed: Deed) -> None:
        self._add(deed)

    def is_done(self, deed: Deed, n: int, h: bytes) -> None:
        self._add(replace(deed, n=n, h=h.hex()))

    def _add(self, deed: Deed) -> None:
        os.write(self._file, json.dumps(asdict(deed)).encode("ascii") + b"\n")


@dataclass(slots=True)
class Promises:
    """The reading side: what must be there, and the one deed that may or may not be."""

    heads: dict[int, str] = field(default_factory=dict)
    saved: dict[tuple[str, int], Deed] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    passphrases: dict[str, list[str]] = field(default_factory=dict)
    admitted: set[str] = field(default_factory=set)
    made: bool = False
    open_deed: Deed | None = None

    def passphrases_of(self, sign_in: str, first: str) -> tuple[str, ...]:
        """Those that may open the login, the acknowledged one first."""
        known = [first, *self.passphrases.get(sign_in, [])]
        asked = self.open_deed
        maybe = asked.passphrase if asked and asked.name is Name.PASSPHRASE and asked.sign_in == sign_in else None
        return (known[-1],) if maybe is None else (known[-1], maybe)

    def replaced_passphrases(self, sign_in: str, first: str) -> tuple[str, ...]:
        """Those that must not open the login any more."""
        return tuple([first, *self.passphrases.get(sign_in, [])][:-1])

    def _fulfil(self, deed: Deed) -> None:
        self.heads[deed.n] = deed.h
        if deed.name in (Name.SAVE, Name.SIGN):
            self.saved[deed.rid, deed.ver] = deed
            self.drafts.pop(deed.draft, None)
        elif deed.name is Name.DRAFT:
            self.drafts[deed.draft] = deed.word
        elif deed.name is Name.PASSPHRASE:
            self.passphrases.setdefault(deed.sign_in, []).append(deed.passphrase)
        elif deed.name is Name.ADMIT:
            self.admitted.add(deed.sign_in)
        elif deed.name is Name.MAKE:
            self.made = True


def read_promises(lines: Iterable[bytes]) -> Promises:
    """From the lines of a ledger. The last deed that began and was not done stays open."""
    promises = Promises()
    for line in lines:
        fields = json.loads(line)
        deed = Deed(**{**fields, "name": Name(fields["name"])})
        if deed.done:
            promises._fulfil(deed)
            promises.open_deed = None
        else:
            promises.open_deed = deed
    return promises
