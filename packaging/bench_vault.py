"""Desks to measure on: real files, seals and signatures, invented text; and the same index files without a key."""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench_words import Writer
from sqlcipher3 import dbapi2 as engine

from rehabdesk.access.door_service import Door
from rehabdesk.access.idle_service import rest
from rehabdesk.access.keys_service import Cost
from rehabdesk.access.members_service import Founder, create_desk
from rehabdesk.access.model import Newcomer, Role
from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import Means
from rehabdesk.app import PROJECTIONS
from rehabdesk.core.clock import SystemClock
from rehabdesk.core.ids import SystemIds
from rehabdesk.core.payload import to_payload
from rehabdesk.core.settings import SiteSettings
from rehabdesk.db.fulltext import match_rows
from rehabdesk.db.projection import CLINICAL, TEAM, NewRecord
from rehabdesk.notes.model import Marker, NotePart, Part
from rehabdesk.notes.store import Viewer
from rehabdesk.people.legal_model import DateSource, LegalDates, LegalEpisode, Stage
from rehabdesk.people.model import (
    AgeRegime,
    AssignmentDetails,
    Capacity,
    PersonDetails,
    PersonName,
    Placement,
    Script,
    Sex,
)
from rehabdesk.people.service import People
from rehabdesk.seals.kdf import KdfBounds, KdfCost

CHEAP, BOUNDS = KdfCost(m=64, t=1, p=1), KdfBounds(memory=(8, 2 << 20), rounds=(1, 16), lanes=(1, 16))
"""Key derivation is a matter of choice and would hide the rest."""
PHRASES = {
    "adm": "copper rivers walking 71",
    "sup": "seven lanterns drifting 42",
    "psy": "quiet harbours folding 93",
    "case": "amber ladders turning 58",
}
ROLES = {"adm": Role.ADM, "sup": Role.SUP, "psy": Role.PSY, "case": Role.CO}
WHO = (("case", Capacity.LEAD_CASE_OFFICER), ("psy", Capacity.PSYCHOLOGIST))
OWN_CASES = 60
"""Persons of one practitioner."""
LONG = 10
"""Every tenth note is on the first person, so that one timeline has many pages."""
PER_COMMIT = 250
MADE_BY = "made-by"
SEES_ALL = Viewer(uid="", parts=frozenset(Part), sees_struck=True)
BEGINS = datetime(2021, 11, 1, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much a desk holds (performance.md 1). Seven notes of ten are clinical, three are the team's."""

    name: str
    people: int
    notes: int


SIZES = {
    size.name: size
    for size in (
        Size(name="small", people=200, notes=10_000),
        Size(name="demo", people=40, notes=600),
        Size(name="site", people=2_000, notes=100_000),
        Size(name="large", people=20_000, notes=1_000_000),
    )
}


def door_to(folder: Path) -> Door:
    clock = SystemClock()
    means = Means(clock=clock, ids=SystemIds(clock), projections=PROJECTIONS, cost=Cost(bounds=BOUNDS))
    return Door(folder / "vault", means, profile=folder / "profile", cost=CHEAP)


def prepared(folder: Path, size: Size, made_by: str, say: Callable[[str], None]) -> Door:
    """The desk of a size in `folder`, from the last time where the same programs made it, else made now."""
    mark = folder / MADE_BY
    if not mark.exists() or mark.read_text("utf-8") != made_by:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make(folder, size, say)
        mark.write_text(made_by, "utf-8")
    return door_to(folder)


def make(folder: Path, size: Size, say: Callable[[str], None]) -> None:
    door = door_to(folder)
    founders = [
        Founder(
            newcomer=Newcomer(sign_in=name, name=f"Name of {name}", alias=name, role=ROLES[name]), passphrase=phrase
        )
        for name, phrase in PHRASES.items()
    ]
    settings = SiteSettings(site="DEMO", name="Residence of the Three Wells", country="XX", phone="+000 20 555 010")
    create_desk(door.folder, settings, founders, door.means, CHEAP, profile=door.profile)
    desk = door.unlock("case", PHRASES["case"])
    people = register(desk, size.people)
    say(f"{size.people} people")
    desk.lock()
    desk = door.unlock("psy", PHRASES["psy"])
    write_notes(desk, people, size.notes, say)
    desk.lock()


def register(desk: Desk, count: int) -> list[str]:
    """People in the register; the first sixty are the psychologist's own cases."""
    people, uids = People(desk), {member.sign_in: member.card.uid for member in desk.members()}
    today, ids = desk.clock.now().date(), []
    for number in range(count):
        details = PersonDetails(
            case_ref=f"24-{number:05d}",
            display_alias=f"Person {number}",
            names=(PersonName(script=Script.LATIN, given=f"Given{number}", family=f"Family{number}"),),
            sex=Sex.NOT_RECORDED,
            age_regime=AgeRegime.ADULT,
        )
        legal = LegalEpisode(
            stage=Stage.SENTENCED,
            since=date(2024, 1, 1),
            source=DateSource.REGISTRY,
            country="XX",
            dates=LegalDates(planned_release=today + timedelta(days=20 + number % 400 * 5)),
        )
        place = Placement(establishment="Three Wells", since=date(2024, 1, 1), unit=f"B{number % 9}")
        person = people.register(details, legal, placement=place)
        for sign_in, capacity in WHO if number < OWN_CASES else ():
            people.assign(person.id, AssignmentDetails(staff=uids[sign_in], capacity=capacity, since=date(2024, 1, 1)))
        ids.append(person.id)
    return ids


def write_notes(desk: Desk, people: Sequence[str], count: int, say: Callable[[str], None]) -> None:
    """Sealed and signed records, many to a transaction, with the idle work that a desk does between them."""
    writer = Writer(7)
    for first in range(0, count, PER_COMMIT):
        items: list[NewRecord] = []
        for number in range(first, min(count, first + PER_COMMIT)):
            person = people[0 if number % LONG == 0 else number % len(people)]
            items += one_note(desk, writer.note(number, count), person, number)
        desk.commit("sign", items)
        while rest(desk):
            pass
        if first and first % 20_000 == 0:
            say(f"{first} notes")


def one_note(desk: Desk, words: str, person: str, number: int) -> list[NewRecord]:
    occurred = BEGINS + timedelta(minutes=26 * number)
    clinical = number % 10 < 7
    form, field = ("psychologist_session", "psy.P3.free") if clinical else ("keywork", "key.K2")
    part = NotePart(
        note=desk.ids(),
        form=form,
        form_version=1,
        occurred_at=occurred,
        words={field: words},
        marks={"hdr.3": 45},
    )
    comp = CLINICAL if clinical else TEAM
    items = [NewRecord(comp=comp, kind="note", pv=1, person=person, payload=part.to_payload())]
    if clinical:
        marker = to_payload(Marker(note=part.note, on=occurred.date()))
        items.append(NewRecord(comp=TEAM, kind="clinical_marker", pv=1, person=person, payload=marker))
    return items


def save_note(desk: Desk, person: str, words: str) -> None:
    """One clinical note, signed: what is measured and counted as saving."""
    part = NotePart(
        note=desk.ids(),
        form="psychologist_session",
        form_version=1,
        occurred_at=desk.clock.now(),
        words={"psy.P3.free": words},
        marks={},
    )
    desk.commit("sign", [NewRecord(comp=CLINICAL, kind="note", pv=1, person=person, payload=part.to_payload())])


class Plain:
    """An index file copied row by row into one without a key, asked by the same engine with the same settings."""

    def __init__(self, source: Path, key: bytes, target: Path) -> None:
        if not target.exists():
            raw = engine.connect(str(source), isolation_level=None)
            raw.set_key(bytearray(b"x'" + key.hex().encode("ascii") + b"'"))
            raw.execute("SELECT count(*) FROM sqlite_schema")
            raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
            raw.execute("SELECT sqlcipher_export('plain')")
            raw.close()
        self._raw = engine.connect(str(target), isolation_level=None)
        for pragma in ("cache_size=-16000", "mmap_size=0", "temp_store=2", "locking_mode=exclusive"):
            self._raw.execute(f"PRAGMA {pragma}")

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._raw.execute(sql, values or {}).fetchall()
        return found

    def row(self, sql: str, values: Mapping[str, Any] | None = None) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._raw.execute(sql, values or {}).fetchone()
        return found

    def run(self, sql: str, values: Mapping[str, Any] | None = None) -> None:
        self.rows(sql, values)

    def match(self, query: str, *, scope: Sequence[str] = (), limit: int = 50, before: int | None = None) -> list[str]:
        found = match_rows(self, query, scope=scope, limit=limit, before=before)  # type: ignore[arg-type]  # asks `rows` only
        return [rid for _, rid in found]

    def close(self) -> None:
        self._raw.close()


def described(door: Door) -> str:
    """How large the files are, for the head of a report."""
    sizes = {file.name: file.stat().st_size for file in sorted(door.folder.glob("*.db"))}
    return json.dumps({name: f"{size / 2**20:.1f} MB" for name, size in sizes.items()})
