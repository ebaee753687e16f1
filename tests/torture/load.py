"""The work that is killed, cut off and recorded: a program of its own that uses the desk through its public deeds only.

`record` does one whole day; `serve` starts writers that go on until they are killed. Each deed goes into the ledger.
"""

import ctypes
import json
import os
import random
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from rehabdesk.access.members_service import add_member, create_desk
from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.access.store import PROJECTION as ACCESS
from rehabdesk.access.unlock_service import change_passphrase
from rehabdesk.core.errors import StorageError
from rehabdesk.core.ids import SeededIds
from rehabdesk.db.projection import (
    CLINICAL,
    OWN,
    PASTORAL,
    PROTECTED,
    TEAM,
    Index,
    NewRecord,
    Projection,
    Record,
    SearchText,
)
from tests.desks import CHEAP, SITE, Site, founder, passphrase
from tests.torture.ledger import Deed, Ledger, Name
from tests.torture.mutations import MUTATIONS

STAFF = (("adm", Role.ADM), ("sup", Role.SUP), ("psy", Role.PSY), ("cha", Role.CHA))
JOTTING, LOOSE_JOTTING = "jotting", "loose_jotting"
NEW_PASSPHRASE = "eleven quiet lanterns above the harbour"
PERSONS = 3
REFUSED, UNEXPECTED = 1, 3
"""Exit statuses of a writer whose disk failed: with a named error, with anything else."""

_DDL = """
CREATE TABLE jotting (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, person TEXT NOT NULL, words TEXT NOT NULL,
                      sid BLOB NOT NULL) WITHOUT ROWID;
"""


def _apply(index: Index, record: Record) -> None:
    index.run(
        "INSERT OR REPLACE INTO jotting (rid, ver, person, words, sid) VALUES (:rid, :ver, :person, :words, :sid)",
        {
            "rid": record.rid,
            "ver": record.ver,
            "person": record.person,
            "words": record.payload["words"],
            "sid": record.sid,
        },
    )


def _search(record: Record) -> SearchText:
    return SearchText(title="", body=str(record.payload["words"]), scope=(str(record.person),))


JOTTINGS = Projection(
    feature="jottings",
    version=1,
    comps=(TEAM, CLINICAL, PASTORAL, PROTECTED, OWN),
    ddl=_DDL,
    kinds={JOTTING: (1,), LOOSE_JOTTING: (1,)},
    retention={JOTTING: "case", LOOSE_JOTTING: "single"},
    apply=_apply,
    search=_search,
)
"""A feature of one table, so that the judges judge the store and not a feature."""

PROJECTIONS = (ACCESS, JOTTINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a load works. The ledger lies outside of desk and profile, which alone a crash may harm."""

    root: Path

    @property
    def desk(self) -> Path:
        return self.root / "desk"

    @property
    def profile(self) -> Path:
        return self.root / "profile"

    @property
    def ledger(self) -> Path:
        return self.root / "ledger"

    def site(self, seed: int) -> Site:
        return Site(folder=self.desk, profile=self.profile, projections=PROJECTIONS, ids=SeededIds(seed))


class Load:
    """Deeds on one desk, each written into the ledger before it is asked for and after it is done."""

    def __init__(self, place: Place, seed: int) -> None:
        self._place, self._seed, self._rng = place, seed, random.Random(seed)
        self._site = place.site(seed)
        self._ledger = Ledger(place.ledger)
        self._words = 0
        self._versions: dict[str, int] = {}
        self._desk: Desk | None = None

    @property
    def desk(self) -> Desk:
        assert self._desk is not None, "nobody has unlocked"
        return self._desk

    def make(self) -> None:
        deed = Deed(name=Name.MAKE)
        self._ledger.begins(deed)
        founders = [founder(sign_in, role) for sign_in, role in STAFF]
        create_desk(self._place.desk, SITE, founders, self._site.means, CHEAP, profile=self._place.profile)
        self._desk = self._site.open("adm")
        self._done(deed)

    def unlock(self, sign_in: str, typed: str | None = None) -> None:
        self._desk = self._site.open(sign_in, typed)

    def lock(self) -> None:
        self._site.close()

    def save(self, comp: str, *, kind: str = JOTTING, rid: str | None = None) -> str:
        """A new record, or the next version of `rid`; gives the id."""
        return self._write(Name.SAVE, comp, kind, rid, draft="")

    def sign(self, comp: str, draft: str) -> str:
        """A record in the place of a draft, in one transaction."""
        return self._write(Name.SIGN, comp, JOTTING, None, draft=draft)

    def draft(self, draft: str | None = None) -> str:
        word = self._word()
        deed = Deed(name=Name.DRAFT, word=word, draft=draft or self._site.ids())
        self._ledger.begins(deed)
        self.desk.save_draft("jotting", {"words": self._text(word)}, person=None, draft_id=deed.draft)
        self._done(deed)
        return deed.draft

    def change_passphrase(self, sign_in: str, old: str, new: str) -> None:
        deed = Deed(name=Name.PASSPHRASE, sign_in=sign_in, passphrase=new)
        self._ledger.begins(deed)
        change_passphrase(self.desk, old, new, CHEAP, self._site.means)
        self._done(deed)

    def admit(self, sign_in: str, role: Role) -> None:
        deed = Deed(name=Name.ADMIT, sign_in=sign_in)
        self._ledger.begins(deed)
        add_member(self.desk, founder(sign_in, role), [self._site.keys("adm")], self._site.means, CHEAP)
        self._done(deed)

    def whole_day(self) -> None:
        """Everything that is replayed from the recording; it ends without a lock, as a crash does."""
        self.make()
        self.unlock("psy")
        self._some_saves(6)
        kept = self.save(CLINICAL)
        self.save(CLINICAL, rid=kept)
        unsigned = self.draft()
        self.draft(unsigned)
        self.sign(CLINICAL, unsigned)
        self.desk.keep_pins()
        self.draft()
        self.unlock("cha")
        for comp in (PASTORAL, TEAM, PROTECTED, PASTORAL):
            self.save(comp)
        self.unlock("psy")
        self.save(TEAM, kind=LOOSE_JOTTING)
        self.change_passphrase("psy", passphrase("psy"), NEW_PASSPHRASE)
        self._some_saves(3)
        self.unlock("sup")
        self.admit("officer", Role.CO)
        self.save(TEAM)
        self.unlock("psy", NEW_PASSPHRASE)
        self._some_saves(8)

    def write_until_killed(self, *, loose: bool) -> None:
        """A psychologist at work; `loose` gives each record a salt of its own, so that the shred file works most."""
        while True:
            self.unlock("psy")
            draft = None
            for _ in range(self._rng.randrange(3, 12)):
                what = self._rng.random()
                if loose:
                    self.save(self._rng.choice((TEAM, CLINICAL, PASTORAL)), kind=LOOSE_JOTTING)
                elif what < 0.6:
                    self._some_saves(1)
                elif what < 0.9 or draft is None:
                    draft = self.draft(draft)
                else:
                    self.sign(CLINICAL, draft)
                    draft = None

    def write_until_refused(self) -> bool:
        """A short sitting; ends at the first error of the disk. Whether there was none. Closing must never fail."""
        try:
            self.unlock("psy")
            draft = self.draft()
            self.save(CLINICAL)
            self.save(TEAM, kind=LOOSE_JOTTING)
            self.draft(draft)
            self.sign(CLINICAL, draft)
            self.draft()
            self.desk.keep_pins()
        except StorageError:
            return False
        finally:
            self.lock()
        return True

    def _some_saves(self, count: int) -> None:
        for _ in range(count):
            self.save(self._rng.choice((TEAM, CLINICAL)))

    def _write(self, name: Name, comp: str, kind: str, rid: str | None, *, draft: str) -> str:
        word, wanted = self._word(), rid or self._site.ids()
        ver = self._versions.get(wanted, 0) + 1
        deed = Deed(name=name, word=word, comp=comp, rid=wanted, ver=ver, draft=draft)
        person = f"p{self._rng.randrange(PERSONS)}" if rid is None else f"of {rid}"
        record = NewRecord(comp=comp, kind=kind, pv=1, person=person, payload={"words": self._text(word)}, rid=wanted)
        self._ledger.begins(deed)
        self.desk.commit("jot", [record], drop_drafts=[draft] if draft else [])
        self._done(deed)
        self._versions[wanted] = ver
        return wanted

    def _done(self, deed: Deed) -> None:
        head = self.desk.truth.head()
        self._ledger.is_done(deed, head.n, head.h)

    def _word(self) -> str:
        self._words += 1
        return f"word{self._seed:x}n{self._words:05d}"  # of one length: search takes the last word as a beginning

    def _text(self, word: str) -> str:
        """Of very different lengths, so that rows share pages and cross them."""
        return word + " common" * self._rng.choice((1, 20, 400))


def record(place: Place, seed: int, mutation: str | None) -> None:
    """The recorded day, with one weakness of durability if a name of one is given."""
    if mutation is not None:
        MUTATIONS[mutation]()
    Load(place, seed).whole_day()
    os._exit(0)


def serve() -> None:
    """Forks a writer for each line of standard input, says its number, and waits for its end: imports cost once."""
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _obey(order)
        _say(f"{child}")
        _, status = os.waitpid(child, 0)
        _say(f"ended {os.waitstatus_to_exitcode(status)}")


def _obey(order: dict[str, Any]) -> NoReturn:
    """The forked writer: until it is killed, or (`fail_at`) until its disk fails. See REFUSED."""
    load = Load(Place(root=Path(order["root"])), order["seed"])
    if "fail_at" not in order:
        load.write_until_killed(loose=order["loose"])
    faults = ctypes.CDLL(None)
    faults.iotrace_fail(order["fail_at"], order["error"], order["forever"])
    ended = UNEXPECTED
    try:
        ended = 0 if load.write_until_refused() else REFUSED
        _say(f"calls {faults.iotrace_calls()}")
    finally:
        if ended == UNEXPECTED:
            traceback.print_exc()
        os._exit(ended)


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def _run(arguments: list[str]) -> None:
    if arguments[0] == "serve":
        serve()
    else:
        record(Place(root=Path(arguments[1])), int(arguments[2]), arguments[3] if len(arguments) > 3 else None)


if __name__ == "__main__":
    _run(sys.argv[1:])
